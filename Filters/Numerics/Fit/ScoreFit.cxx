// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/ScoreFit.h"

#include "Numerics/Bandwidth/Bandwidth.h"
#include "Numerics/Fit/ChosenFit.h"
#include "Numerics/Fit/GaussianModel.h"
#include "Numerics/Fit/LinearFit.h"
#include "Numerics/Fit/MixtureFit.h"
#include "Numerics/Fit/MixtureModel.h"
#include "Numerics/Fit/NetworkTraining.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace scorefields
{
namespace
{
constexpr Index ScoreErrorColumn = 4; ///< of a network's History

/// The mean objective over the folds, each left out of the fit once.
/// @param objectiveOf  fits to the first samples and returns the objective at the second ones.
template <class ObjectiveOf>
double HeldOut(const FitSamples& samples, const FitRequest& request, const ObjectiveOf& objectiveOf)
{
  const auto folds = FoldsOf(samples.Count(), request.Folds, request.Seed);
  double sum = 0.0;
  for (std::size_t held = 0; held < folds.size(); ++held)
  {
    std::vector<Index> others;
    for (std::size_t fold = 0; fold < folds.size(); ++fold)
    {
      if (fold != held)
      {
        others.insert(others.end(), folds[fold].begin(), folds[fold].end());
      }
    }
    std::sort(others.begin(), others.end());
    double share = 0.0;
    for (const Index number : folds[held])
    {
      share += samples.Shares[number];
    }
    sum += share * objectiveOf(samples.Subset(others), samples.Subset(folds[held]));
  }
  const double unit = samples.Frame.Unit();
  return sum / (unit * unit);
}

void FitGaussian(const FitSamples& samples, const FitRequest& request, ScoreFit& fit)
{
  fit.Model = std::make_unique<GaussianModel>(samples);
  // A fold may leave too few to have a covariance; then nothing is held out.
  if (samples.Count() >= 2 * (samples.Dimension() + 1))
  {
    fit.HeldOutObjective = HeldOut(samples, request,
      [](const FitSamples& seen, const FitSamples& held)
      { return GaussianModel(seen).Objective(held); });
  }
}

void FitMixtureModel(
  const FitSamples& samples, const FitRequest& request, ScoreFit& fit, const Execution& execution)
{
  MixtureFitRequest wanted;
  wanted.Components = request.NumberOfComponents;
  wanted.Seed = request.Seed;
  MixtureFit mixture = FitMixture(samples, wanted, execution.Part(0.0, 0.3));
  if (!mixture.Minimum.Converged)
  {
    std::ostringstream warning;
    warning << "The mixture has not converged after " << mixture.Minimum.Iterations
            << " iterations; fewer components may describe the points as well";
    fit.Warning = warning.str();
  }
  fit.History.Names = { "Step", "Loss" };
  fit.History.Values.resize(static_cast<Index>(mixture.Losses.size()), 2);
  for (std::size_t i = 0; i < mixture.Losses.size(); ++i)
  {
    fit.History.Values.row(static_cast<Index>(i)) << static_cast<double>(i), mixture.Losses[i];
  }
  fit.Model = std::make_unique<MixtureModel>(mixture.Found);
  if (samples.Count() >= 2 * request.Folds * request.NumberOfComponents)
  {
    const Execution rest = execution.Part(0.3, 1.0);
    fit.HeldOutObjective = HeldOut(samples, request,
      [&](const FitSamples& seen, const FitSamples& held)
      { return MixtureModel(FitMixture(seen, wanted, rest).Found).Objective(held); });
  }
}

void TrainNetwork(
  const FitSamples& samples, const FitRequest& request, ScoreFit& fit, const Execution& execution)
{
  TrainingRequest wanted;
  wanted.HiddenLayers = request.HiddenLayers;
  wanted.HiddenWidth = request.HiddenWidth;
  wanted.Steps = request.TrainingSteps;
  wanted.LearningRate = request.LearningRate;
  wanted.Seed = request.Seed;
  NetworkTrainer trainer(samples, fit.Base.get(), wanted);
  const Training training = trainer.Run(execution);
  fit.History.Names = { "Step", "Loss", "KernelLoss", "KernelDistance", "KernelScoreError" };
  fit.History.Values.resize(
    static_cast<Index>(training.Rows.size()), static_cast<Index>(fit.History.Names.size()));
  for (std::size_t i = 0; i < training.Rows.size(); ++i)
  {
    const TrainingRow& row = training.Rows[i];
    fit.History.Values.row(static_cast<Index>(i)) << static_cast<double>(row.Step), row.Loss,
      training.KernelLoss, row.Distance, row.ScoreError;
  }
  fit.ScoreError = training.Rows.back().ScoreError;
  fit.TrainingStep = static_cast<double>(training.Rows.back().Step);
  fit.Warning = training.Problem;
  for (const Eigen::VectorXd& state : training.States)
  {
    fit.Stages.push_back(std::make_shared<DenoisingNetwork>(trainer.ModelOf(state)));
  }
  fit.Model = fit.Stages.back();
}

/// What Kernel Density chooses by default.
double DefaultNoise(const Samples& samples, const Axes& axes)
{
  return ChooseKernel(
    BandwidthRule::NormalGradient, BandwidthShape::Isotropic, MomentsOf(samples), axes, 1.0)
    .EquivalentBandwidth();
}
}

Potential ScoreFit::Knows() const
{
  const Potential own = this->Model->Knows();
  return this->Base && own == Potential::Normalized ? Potential::UpToConstant : own;
}

ScoreFit ScoreFit::AtStage(std::size_t row) const
{
  ScoreFit stage = *this;
  if (row + 1 < this->Stages.size())
  {
    const auto rows = static_cast<Index>(row) + 1;
    stage.Model = this->Stages[row];
    stage.Stages.resize(row + 1);
    stage.History.Values = this->History.Values.topRows(rows);
    stage.TrainingStep = stage.History.Values(rows - 1, 0);
    stage.ScoreError = stage.History.Values(rows - 1, ScoreErrorColumn);
  }
  return stage;
}

ScoreFit FitScore(
  const Samples& samples, const Axes& axes, const FitRequest& request, const Execution& execution)
{
  Require(request);
  const bool noised =
    request.Model == FitModel::Mixture || request.Model == FitModel::DenoisingNetwork;
  ScoreFit fit;
  fit.Fitted = request.Model;
  if (noised)
  {
    fit.Noise = request.Noise > 0.0 ? request.Noise : DefaultNoise(samples, axes);
  }
  const FitSamples cloud = MakeFitSamples(samples, axes, fit.Noise.value_or(0.0), request.AxisScale,
    request.MaximumSamples, request.Seed);
  fit.Frame = cloud.Frame;
  fit.SamplesUsed = cloud.Count();
  const bool correction = request.Model != FitModel::Gaussian && request.Model != FitModel::Mixture;
  if (correction && request.Base == BaseDensity::Gaussian)
  {
    fit.Base = std::make_unique<GaussianModel>(cloud);
  }
  switch (request.Model)
  {
    case FitModel::Gaussian:
      FitGaussian(cloud, request, fit);
      break;
    case FitModel::Mixture:
      FitMixtureModel(cloud, request, fit, execution);
      break;
    case FitModel::Basis:
    case FitModel::CurlFreeKernel:
      FitChosen(cloud, request, fit, execution);
      break;
    case FitModel::DenoisingNetwork:
      TrainNetwork(cloud, request, fit, execution);
      break;
  }
  return fit;
}
}
