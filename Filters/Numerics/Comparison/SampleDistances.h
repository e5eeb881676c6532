// SPDX-License-Identifier: BSD-3-Clause
#ifndef Comparison_SampleDistances_h
#define Comparison_SampleDistances_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/Types.h"

namespace scorefields
{
/// Points with weights whose sum is 1: samples, or the nodes of an image with the mass of each.
struct WeightedPlaces
{
  Eigen::Matrix3Xd Points;
  Eigen::VectorXd Shares;
};

/// The energy distance of two distributions (Szekely, Rizzo 2004),
///   D^2 = 2 E|X - Y| - E|X - X'| - E|Y - Y'|,
/// of which the root is given, as SciPy does: a metric, in length^(1/2), 0 for equal distributions.
///
/// Not by pairs: lengths are means over directions, |r| = c_d mean |u . r| with c_1 = 1, c_2 = pi /
/// 2, c_3 = 2, and in one dimension D^2 = 2 integral (F - G)^2 dt. So D^2 is a mean of such
/// integrals, whose terms are all positive: nothing cancels. Directions: 1, 128 in the half circle,
/// 8 times 32 (Gauss-Legendre times equal angles) in the half sphere. Along each the two
/// distributions are put into 4096 bins linearly, whose width is what the result does not see.
/// Cost: (n + m) times the directions. Threads share the directions; the result does not depend on
/// their number to the bit.
double EnergyDistance(const WeightedPlaces& one, const WeightedPlaces& other, const Axes& axes,
  const Execution& execution);

/// The kernel Stein discrepancy of samples from a density with the score s (Gorham, Mackey 2017),
///   K^2 = sum_ij p_i p_j k(x_i, x_j),
///   k(x, y) = s(x) . s(y) u^(-1/2) + (s(x) - s(y)) . r u^(-3/2) + d u^(-3/2) - 3 |r|^2 u^(-5/2),
/// r = x - y, u = c^2 + |r|^2: the kernel u^(-1/2), which tells all distributions apart. The root
/// is given, in length^(-3/2). It is 0 in the mean over samples of the density itself but for the
/// terms i = j, which make it about 1 / sqrt(n).
/// @param score  3 by n, at the samples, in 1 / length.
/// @param c      a length, best the spread of the samples.
/// Cost: n^2 / 2 pairs. Threads share them; independent of their number to the bit.
double KernelSteinDiscrepancy(const WeightedPlaces& samples, const Eigen::Matrix3Xd& score,
  double c, int dimension, const Execution& execution);
}

#endif
