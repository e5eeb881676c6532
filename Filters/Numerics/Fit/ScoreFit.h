// SPDX-License-Identifier: BSD-3-Clause
#ifndef Fit_ScoreFit_h
#define Fit_ScoreFit_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Fit/FitSamples.h"
#include "Numerics/Fit/ScoreModel.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace scorefields
{
/// What can be fitted. A new model comes last: state files hold the numbers.
enum class FitModel
{
  Gaussian,        ///< GaussianModel.h
  Mixture,         ///< MixtureFit.h
  Basis,           ///< RadialBasis.h
  CurlFreeKernel,  ///< CurlFreeKernel.h
  DenoisingNetwork ///< NetworkTraining.h
};

constexpr const char* NameOf(FitModel value)
{
  switch (value)
  {
    case FitModel::Gaussian:
      return "Gaussian";
    case FitModel::Mixture:
      return "Gaussian mixture";
    case FitModel::Basis:
      return "Gaussian basis";
    case FitModel::CurlFreeKernel:
      return "Kernel exponential family";
    case FitModel::DenoisingNetwork:
      return "Denoising network";
  }
  return nullptr;
}

/// What the score of a basis, of the kernel exponential family or of a network is added to.
enum class BaseDensity
{
  Uniform, ///< nothing
  Gaussian ///< the fitted Gaussian, so that the density falls off far out
};

constexpr const char* NameOf(BaseDensity value)
{
  switch (value)
  {
    case BaseDensity::Uniform:
      return "Uniform";
    case BaseDensity::Gaussian:
      return "Gaussian";
  }
  return nullptr;
}

struct FitRequest
{
  FitModel Model = FitModel::CurlFreeKernel;
  BaseDensity Base = BaseDensity::Gaussian;
  bool AxisScale = false; ///< as in MakeFitSamples
  /// Of a mixture and a network, in length; 0: the normal scale bandwidth for the gradient.
  double Noise = 0.0;
  double KernelWidth = 0.0;    ///< of a basis or kernel, in length; 0: by cross-validation
  double Regularization = 0.0; ///< 0: by cross-validation
  Index NumberOfCenters = 300; ///< of a basis, and of a kernel above 2000 samples; at most
  Index NumberOfComponents = 3;
  Index HiddenLayers = 2;
  Index HiddenWidth = 32;
  Index TrainingSteps = 8000;
  double LearningRate = 0.01;
  Index MaximumSamples = 10000; ///< more are thinned at random
  int Folds = 5;
  std::uint64_t Seed = 1;
};

bool operator==(const FitRequest& one, const FitRequest& other);

/// @throws std::invalid_argument naming the property that is out of range.
void Require(const FitRequest& request);

/// A fitted model, and what was chosen for it.
struct ScoreFit
{
  FitModel Fitted = FitModel::Gaussian;
  FitFrame Frame;
  std::shared_ptr<const ScoreModel> Base; ///< whose score is added; null: none
  std::shared_ptr<const ScoreModel> Model;
  /// Of a network: the models at each row of History, of which the last is Model.
  std::vector<std::shared_ptr<const ScoreModel>> Stages;
  std::optional<double> Noise;          ///< in length
  std::optional<double> KernelWidth;    ///< in length
  std::optional<double> Regularization; ///< in the frame
  /// The mean over held-out samples of |score|^2 / 2 + divergence, in 1 / length^2 of the frame's
  /// Unit.
  std::optional<double> HeldOutObjective;
  std::optional<double> ScoreError;   ///< of a network, TrainingRow::ScoreError
  std::optional<double> TrainingStep; ///< of a network, TrainingRow::Step
  Index SamplesUsed = 0;
  Index Centers = 0;
  FitTable History; ///< the path of the regularisation, or the losses
  std::string Warning;

  /// What the sum of base and model knows.
  Potential Knows() const;
  /// This fit as it was at a row of History, or at the last one if there are fewer.
  ScoreFit AtStage(std::size_t row) const;
};

/// Fits a model to samples by score matching.
///
/// With the shares p_i of the samples the objective is Hyvarinen's (2005),
///   J(s) = sum p_i (|s(y_i)|^2 / 2 + div s(y_i)),
/// which up to a constant is half the Fisher divergence of the model from the density behind the
/// samples; a mixture and a network take its denoising form (Vincent 2011) at one level of noise.
///
/// Width and regularisation that are 0 are chosen by cross-validation with the same objective over
/// widths from 0.2 to 3.3 Units and regularisations from 1e-8 to 10 (at most 2000 samples and 300
/// parameters, LinearFit.h). The base density is that of all samples.
///
/// Deterministic: the same on any number of threads, to the bit.
/// @throws std::invalid_argument naming the property or input that cannot be used.
ScoreFit FitScore(
  const Samples& samples, const Axes& axes, const FitRequest& request, const Execution& execution);
}

#endif
