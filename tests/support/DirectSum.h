// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_DirectSum_h
#define support_DirectSum_h

#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Base/Types.h"

/// The Gaussian kernel density estimate written down as it is defined: slow, plain, and the oracle
/// of every faster routine.
///
/// With weights w_i, W = Samples::TotalWeight, precision P = H^-1, v_i = P (x_i - x) and
/// q_i = log w_i - (x_i - x)' P (x_i - x) / 2, m = max_i q_i, Z = sum_i exp(q_i - m),
/// r_i = exp(q_i - m) / Z (the responsibilities, which sum to 1):
///   log f   = m + log Z + log K(0) - log W
///   score   = sum_i r_i v_i
///   Hessian = sum_i r_i (v_i - score)(v_i - score)' - P        (of log f)
///   ESS     = sum_i w_i exp(-d_i^2 / 2) / mean weight
///   Kish    = 1 / sum_i r_i^2
/// Z lies in [1, n], so nothing under- or overflows however far x is from the samples (distances
/// over 1e150 bandwidths excepted). Differences x_i - x are formed first, so common offsets cancel.
///
/// Error: |d log f| <= 4 eps (|log f| + 1), |d score| <= 16 eps max_i |v_i|, for well conditioned H
/// and responsibilities that rounding of q does not disturb. Cost: O(n m), one thread.
/// Without any sample: density and sample sizes 0, log density -infinity, score and Hessian 0.
namespace scorefields
{
namespace direct
{
/// Whether the estimate at query i counts sample i.
enum class OwnSample
{
  Keep,
  LeaveOut, ///< query i is sample i; f is the estimate from the others, W without w_i
};

/// @param queries  3 by m, finite; m = n if own samples are left out.
/// @param fields   m entries each, where wanted.
/// @throws std::invalid_argument as Normalization::Of does.
void EvaluateAtPoints(const Samples& samples, const GaussianKernel& kernel,
  const PointsRef& queries, const FieldView& fields, OwnSample own = OwnSample::Keep);

/// The same at the nodes of a grid, as Grid::Node gives them.
void EvaluateOnGrid(
  const Samples& samples, const GaussianKernel& kernel, const Grid& grid, const FieldView& fields);
}
}

#endif
