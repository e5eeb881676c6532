// SPDX-License-Identifier: BSD-3-Clause
#ifndef Exact_Normalization_h
#define Exact_Normalization_h

#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Base/Types.h"

namespace scorefields
{
/// What turns sums over samples into densities and sample sizes, for
///   f(x) = 1/W sum_i w_i K(x_i - x),  W = Samples::TotalWeight.
///
/// The mean weight is taken over the samples of positive weight, so that samples of weight 0
/// change no result.
struct Normalization
{
  double LogDensityFactor = 0.0; ///< log f - log sum_i w_i exp(-d_i^2 / 2) = log K(0) - log W
  double LogMeanWeight = 0.0;    ///< the effective sample size is sum_i w_i exp(-d_i^2 / 2) / mean

  /// @throws std::invalid_argument if the weights are not as many as the points, or if there are
  ///         points and the total weight is not positive and finite.
  static Normalization Of(const Samples& samples, const GaussianKernel& kernel);
};

/// log K(0) - log(W - w_i) for each sample: Normalization::LogDensityFactor of the others.
/// The difference is a sum over the others, so that a dominant sample costs no digits; infinite
/// where no weight is left.
Eigen::VectorXd LeaveOneOutFactors(const Samples& samples, const GaussianKernel& kernel);
}

#endif
