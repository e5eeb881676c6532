// SPDX-License-Identifier: BSD-3-Clause
#ifndef Score_DensityScan_h
#define Score_DensityScan_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/Types.h"

#include <limits>

namespace scorefields
{
/// What one pass over a log density finds. The parts of a distributed grid are joined entry by
/// entry: counts add up, everything else takes the larger.
struct DensityScan
{
  double Values = 0.0;  ///< nodes with a finite logarithm
  double Zeros = 0.0;   ///< nodes where the density is 0 or below
  double Missing = 0.0; ///< nodes without a value
  /// Of the logarithm; -infinity without values.
  double Maximum = -std::numeric_limits<double>::infinity();
  /// Median logarithm of the nodes next to zeros in their row, -infinity where there are none:
  /// beside zeros lies either noise or data.
  double BesideZeros = -std::numeric_limits<double>::infinity();
  /// Least density, if it is below 0; not found by the scan, since logarithms do not have it.
  double MostNegative = 0.0;
};

/// @param logDensity  one per node: finite, or -infinity where the density is not positive, or NaN
///                    where there is no value.
/// @param first, dimensions  the block to scan.
/// Cost: one pass. The result does not depend on the number of threads.
DensityScan ScanLogDensity(const Grid& grid, const double* logDensity, const Index3& first,
  const Index3& dimensions, const Execution& execution);

/// Per axis the largest downward second derivative of the logarithm among the nodes of the block
/// where it is above `threshold`: 1 / length^2 of the sharpest feature. 0 along flat axes. The
/// tails of a Gaussian kernel density with H = h^2 I have 1 / h^2, and nothing curves down more.
Eigen::Vector3d SharpestCurvature(const Grid& grid, const double* logDensity, const Index3& first,
  const Index3& dimensions, double threshold, const Execution& execution);
}

#endif
