// SPDX-License-Identifier: BSD-3-Clause
#ifndef Density_StandardError_h
#define Density_StandardError_h

#include "Numerics/Density/DensityEstimate.h"

namespace scorefields
{
/// How far a kernel density f would vary from cloud to cloud, at each node.
///
/// With the weights a_i = w_i / sum w and the kernel K, images included, the variance of
/// f(x) = sum_i a_i K(x - x_i) is estimated from the cloud by
///
///   V(x) = N / (N - 1) sum_i a_i^2 (K(x - x_i) - f(x))^2,   N = (sum w)^2 / sum w^2,
///
/// which for equal weights is (mean K^2 - f^2) / (n - 1), and (n - 1) / n of it is the variance
/// over bootstrap samples, in closed form. It needs the sum of K^2 (SquaredKernel.h) and, for
/// unequal weights, the density with squared weights.
///
/// The standard error is sqrt(V). It says how far f is from its own mean, the true density smoothed
/// by the kernel; it knows nothing of the blur, which is that smoothing, nor of the choice of the
/// bandwidth. The band of the logarithm is log f -+ z sqrt(V) / f, z the normal quantile of the
/// level: right where f rests on several samples.
struct StandardErrorOptions
{
  double ConfidenceLevel = 0.95;
  /// Where fewer samples lie within one bandwidth, n f / K(0), there is no band.
  double MinimumSampleSize = 5.0;
};

/// Where the results go, one entry per node of the block, x fastest; none may be null.
struct StandardErrorView
{
  double* Error = nullptr;    ///< sqrt(V), 1 / length^d
  double* LogLower = nullptr; ///< of the band of the logarithm; NaN where there is none
  double* LogUpper = nullptr;
};

/// @throws std::invalid_argument naming ConfidenceLevel, its value and range, or
///         ComputeStandardError and what it does not go with: a kernel that is not Gaussian,
///         sharpening, correlations in a closed box.
void RequireStandardError(const EstimateProblem& problem, const StandardErrorOptions& options);

/// Standard errors of a density that is known at the nodes, to 2 tolerance f^2 / N in V. Collective
/// over the parts. One more estimate; two more for unequal weights.
/// @param densities  f at the nodes of the block.
void EstimateStandardErrors(const EstimateProblem& problem, const double* densities,
  const StandardErrorOptions& options, const StandardErrorView& errors, const Execution& execution);
}

#endif
