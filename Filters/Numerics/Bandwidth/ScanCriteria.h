// SPDX-License-Identifier: BSD-3-Clause
#ifndef Bandwidth_ScanCriteria_h
#define Bandwidth_ScanCriteria_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Cloud/Domain.h"

#include <vector>

namespace scorefields
{
/// The criteria of PairCriterion.h over bandwidths; NaN where one could not be had.
struct ScanCriteria
{
  std::vector<double> LogLikelihood; ///< with its own sign: more is better
  std::vector<double> LeastSquares;
  std::vector<double> LeastSquaresGradient;
  std::vector<double> Hyvarinen;
  bool Sampled = false;                   ///< LogLikelihood and Hyvarinen are of a sample
  std::vector<double> LogLikelihoodError; ///< standard errors
  std::vector<double> HyvarinenError;
};

/// Leave-one-out means by exact sums (LeaveOneOut.h) over all locations, or over a random sample of
/// them with at most `affordablePairs` pairs for each bandwidth, but 200 locations at least. Least
/// squares by pairs up to FewLocations, beyond by the power spectrum (PowerSpectrumCriterion.h), an
/// octave of bandwidths at a time; NaN where its mesh is too large.
/// In a closed box all sums have the images, which are pairs as well.
/// @param shape       S with det S = 1 on the active axes; H = h^2 S.
/// @param bandwidths  ascending. @throws Aborted.
ScanCriteria EvaluateCriteria(const Samples& samples, const Axes& axes,
  const Eigen::Matrix3d& shape, const std::vector<double>& bandwidths, double affordablePairs,
  const Execution& execution, const Domain& domain = {});
}

#endif
