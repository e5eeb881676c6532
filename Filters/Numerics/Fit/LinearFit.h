// SPDX-License-Identifier: BSD-3-Clause
#ifndef Fit_LinearFit_h
#define Fit_LinearFit_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Fit/FitSamples.h"
#include "Numerics/Fit/QuadraticObjective.h"
#include "Numerics/Fit/ScoreBasis.h"

#include <functional>
#include <vector>

namespace scorefields
{
/// The fits whose score is linear in its parameters: their objective, and the choice of the width w
/// and the regularisation lambda by cross-validation.

/// Makes a basis of one width.
using BasisOfWidth = std::function<std::unique_ptr<ScoreBasis>(double width)>;

/// One pair of width and regularisation, and how well it does at samples it has not seen.
struct PathPoint
{
  double Width = 1.0;
  double Regularization = 1.0;
  /// The mean over held-out samples of |f + b|^2 / 2 + div f, in the frame.
  double HeldOut = 0.0;
  /// The same but for the lowest values, which have a share of 0.05.
  double Trimmed = 0.0;
};

struct PathRequest
{
  std::vector<double> Widths;
  std::vector<double> Regularizations;
  int Folds = 5;
  std::uint64_t Seed = 1;
};

/// The objective of all samples.
QuadraticObjective ObjectiveOf(const ScoreBasis& basis, const FitSamples& samples,
  const Eigen::MatrixXd& base, const Execution& execution);

/// Each pair of the request. The samples are dealt out to folds at random, each as large as the
/// others; each fold is held out once. With fewer samples than folds each sample is a fold.
///
/// Values at single samples have no lower bound. A fit that turns wild where two samples nearly
/// coincide, one of which is held out, gets a very low one there, and with it a low mean although
/// its score is far off. So a choice goes by the mean without the lowest values.
/// Cost: a decomposition per width and fold, (parameters)^3 times 10. Threads share the widths.
std::vector<PathPoint> HeldOutPath(const BasisOfWidth& basisOf, const FitSamples& samples,
  const Eigen::MatrixXd& base, const PathRequest& request, const Execution& execution);

/// The mean of the values without the lowest ones, whose shares add up to `left` of all. Of a value
/// at the boundary a part counts.
double TrimmedMean(const Eigen::VectorXd& values, const Eigen::VectorXd& shares, double left);

/// The point of a path with the least trimmed objective. @throws std::invalid_argument that names
/// Input if none is finite.
const PathPoint& BestOf(const std::vector<PathPoint>& path);

/// The numbers of the samples in each fold.
std::vector<std::vector<Index>> FoldsOf(Index samples, int folds, std::uint64_t seed);
}

#endif
