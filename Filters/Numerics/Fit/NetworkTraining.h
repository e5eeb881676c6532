// SPDX-License-Identifier: BSD-3-Clause
#ifndef Fit_NetworkTraining_h
#define Fit_NetworkTraining_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Fit/DenoisingNetwork.h"
#include "Numerics/Fit/FitSamples.h"

#include <string>
#include <vector>

namespace scorefields
{
struct TrainingRequest
{
  Index HiddenLayers = 2;
  Index HiddenWidth = 32;
  Index Steps = 8000;
  double LearningRate = 0.01; ///< the largest, which the steps near the end fall below
  std::uint64_t Seed = 1;
};

/// What is known after some steps, by 4096 noised samples that are drawn once for that.
struct TrainingRow
{
  Index Step = 0;
  double Loss = 0.0;     ///< of the network
  double Distance = 0.0; ///< mean |noise (score - kernel score)|^2 / 2, of which Loss is too large
  /// sqrt(mean |score - kernel score|^2 / mean |kernel score|^2), lengths in noises, over those of
  /// the noised samples that have an effective sample size of 5 or more (all, if none has).
  double ScoreError = 0.0;
};

struct Training
{
  std::vector<TrainingRow> Rows;       ///< with the start and the end, at most 101
  std::vector<Eigen::VectorXd> States; ///< the network's parameters at each row
  double KernelLoss = 0.0;             ///< of the exact score: no score can have a smaller mean
  std::string Problem;                 ///< why it ended early, or ""
};

/// After which steps a training looks at its network: at the start, at the end, and between.
std::vector<Index> TrainingRowSteps(Index steps);

/// Trains a network to denoise: the loss
///   L(s) = mean over samples y and noise z ~ N(0, I) of sum_a (noise_a s_a(y + noise z) + z_a)^2 /
///   2
/// is least for the score of the density of noised samples (Vincent 2011), which is the Gaussian
/// kernel density of the samples whose bandwidth is the noise. The difference is exact:
///   L(s) - L(kernel score) = mean over noised samples of sum_a (noise_a (s_a - kernel score_a))^2
///   / 2.
///
/// A step looks at 512 noised samples and follows Adam (Kingma, Ba 2015). The samples are drawn
/// systematically in proportion to their shares. Each gets the noise +-|z| q_a for a = 1 to d,
/// where the q_a are orthonormal and q_1 has the direction of z: each of these is normal, and
/// together their second moments are isotropic, which takes most of the noise out of the gradient.
/// The step size rises over the first hundredth of the steps and falls like a cosine to a
/// thousandth. What counts is the mean of the parameters over about the last tenth of the steps so
/// far (Polyak).
///
/// The pieces of a batch are summed in a fixed order: the result does not depend on the number of
/// threads. Training ends where the loss is no number, or 100 times that at the start; the last row
/// before is then the result.
/// @param base  scores are base + network; called with d by m points.
class NetworkTrainer
{
public:
  NetworkTrainer(const FitSamples& samples, const ScoreModel* base, const TrainingRequest& request);
  Training Run(const Execution& execution);
  /// With the parameters of a state.
  DenoisingNetwork ModelOf(const Eigen::VectorXd& state) const;

private:
  struct Batch
  {
    Eigen::MatrixXd Points;
    Eigen::MatrixXd Wanted; ///< what f should be: -z - noise base
  };
  Batch Draw(Index size, std::uint32_t step) const;
  double AddLoss(const Batch& batch, Eigen::VectorXd& gradient, const Execution& execution) const;
  void MakeTest(const Execution& execution);
  TrainingRow Look(const Eigen::VectorXd& state, Index step) const;

  const FitSamples& Cloud;
  const ScoreModel* Base;
  TrainingRequest Request;
  Network Trained;
  Eigen::VectorXd Cumulated; ///< shares
  Batch Test;
  Eigen::MatrixXd TestKernel; ///< what f would be with the exact score
  Eigen::RowVectorXd Core;    ///< 1 where samples are many enough for ScoreError, else 0
  double KernelSize = 0.0;    ///< mean square of noise times the exact score there
};
}

#endif
