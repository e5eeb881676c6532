// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_DirectSum_h
#define support_DirectSum_h

#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Base/Types.h"

/// The Gaussian kernel density estimate written down as ExactSum.h defines it: slow, plain, and the
/// oracle of every faster routine.
///
/// It shares data types with the engines and nothing else: the precision and the peak of the
/// kernel, the weights' total and mean, and every sum are its own. Differences x_i - x are formed
/// first, so common offsets cancel; exponentials are those of q_i - max q, so nothing under- or
/// overflows however far x is from the samples (distances over 1e150 bandwidths excepted).
///
/// Error: |d log f| <= 4 eps (|log f| + 1), |d score| <= 16 eps max_i |v_i|, for well conditioned H
/// and responsibilities that rounding of q does not disturb. Cost: O(n m), one thread.
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

/// @param samples  with as many weights as points, or none, and a positive total weight.
/// @param queries  3 by m, finite; m = n if own samples are left out.
/// @param fields   m entries each, where wanted.
void EvaluateAtPoints(const Samples& samples, const GaussianKernel& kernel,
  const PointsRef& queries, const FieldView& fields, OwnSample own = OwnSample::Keep);

/// The same at the nodes of a grid.
void EvaluateOnGrid(
  const Samples& samples, const GaussianKernel& kernel, const Grid& grid, const FieldView& fields);
}
}

#endif
