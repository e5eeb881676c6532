// SPDX-License-Identifier: BSD-3-Clause
#ifndef Score_Differences_h
#define Score_Differences_h

#include "Numerics/Base/Types.h"
#include "Numerics/Score/Stencils.h"

#include <limits>
#include <vector>

namespace scorefields
{
/// Which difference is taken inside the grid.
enum class DifferenceOrder
{
  Second, ///< (v[+1] - v[-1]) / (2 delta), the study's
  Fourth  ///< (8 (v[+1] - v[-1]) - (v[+2] - v[-2])) / (12 delta)
};

/// What the error estimates of RowDifferences are measured with.
struct DifferenceScale
{
  /// Per axis: the length that makes an error of the slope a number without unit (the bandwidth).
  Eigen::Vector3d Length = Eigen::Vector3d::Ones();
  /// Per axis: a bound B with v'' >= -B everywhere; infinite if none is known. For the logarithm of
  /// a Gaussian density estimate it is the diagonal of H^-1.
  Eigen::Vector3d Curvature = Eigen::Vector3d::Constant(std::numeric_limits<double>::infinity());
};

/// The slopes of one row of nodes (fixed j, k) and how far they can be believed.
struct DifferenceRow
{
  /// Per axis and node: the slope; 0 along a flat axis and where no stencil fits.
  std::vector<double> Slope[3];
  /// Per node: sum over the axes of (length * estimated error of the slope)^2.
  std::vector<double> SquaredError;
  /// Per node: the least margin among the nodes of its stencils, less log(amplification).
  std::vector<double> LeastMargin;
  /// Per node: 1 if the node is masked or no stencil fits along some axis, else 0.
  std::vector<unsigned char> Outside;

  explicit DifferenceRow(Index nodes);
};

/// First differences of a nodal field that never reach across a node without a value.
///
/// Nodes whose value is not finite are masked. Along each axis the first of these stencils that
/// fits between masked nodes and borders is used: fourth order (if asked for, and with three nodes
/// on either side), central, one-sided of second order (-3 v[0] + 4 v[1] - v[2]) / (2 delta),
/// one-sided of first order. Applied to the logarithm of a density, the central difference is
/// exactly the mean of the score over [x - delta, x + delta], so that it is exact for one Gaussian.
///
/// Error estimate per axis, with second differences g and G = g + delta^2 B >= 0:
///   T = |G[+1] - G[-1]| / 12           what fourth order would change,
///   U = |G[+1] - 2 G[0] + G[-1]| / 12  the same half a node aside: T alone has zeros,
///   r = 12 (T + U) / (G[-1] + G[0] + G[+1])  near 1 where the grid does not resolve G,
///   central: ((1.02 + 0.6 min(r, 1)) (T + U) + 1.1 F) / delta,
///   fourth:  (1.15 F + 0.6 min(r, 1)^2 (T + U)) / delta, with F the sum of the absolute fifth and
///            sixth differences / 60.
/// Without B, which leaves less to go by, the number k of nodes per length tells how much a grid
/// may hide, by c = min(1, (1.5 / k)^4) and e = 0.2 / k^6:
///   central: (C + 2 F + e M) / delta, C = (1.25 + 2.5 min(r, 1)) (T + U), M the mean of the |G|,
///   fourth:  (2 F + 2.5 min(r, 1)^2 (T + U) + c C + e M) / delta.
/// With B known, both have rigorous bounds: G[0] / (2 delta) and
/// (2/3 G[0] + (G[-1] + 2 G[0] + G[+1]) / 12) / delta. The square root of G measures how far the
/// mean of the samples moves from node to node, in bandwidths; where it is not small, no estimate
/// from nodal values is safe. So with m the mean of the three G the error is
///   (1 - w) estimate + w bound, at most bound, w = min(1, (0.85 m)^3), fourth: (0.42 m)^2.
/// The constants are the least for which none of 10 million nodes on random lines through Gaussian
/// mixtures, 0.4 to 12 nodes per bandwidth, was falsely accepted at tolerances 1e-3 to 1e-1.
/// Near borders and masked nodes the central estimate is 1.5 C, with w = min(1, m^2), and without B
/// e M is added. Next to them G is extrapolated by its growth q towards them: there the central
/// difference has 4 times its estimate plus G[0] / (4 delta), without B c |G[0]| / delta. The
/// one-sided stencil has q^2 (2 G + |dG|) / delta, without B (4 q^2 |dG| + c (|G[1]| + |G[2]|)) /
/// delta. Infinite where the nodes do not suffice. Tested against exact scores: never too low for
/// the log density of two samples at any spacing, nor at any node of the cases of
/// docs/reliability.md, which also says how often they are too low without B.
///
/// Cost: one pass over the values, which stay in cache from row to row.
class RowDifferences
{
public:
  /// How many nodes stencils and error estimates reach.
  static constexpr Index Reach = 3;

  /// @param values  one per node of the grid; kept by pointer.
  /// @param margin  one per node: the logarithm of how far the value's density lies above its
  ///                error, up to a constant; kept by pointer. May be the values themselves.
  RowDifferences(const Grid& grid, const double* values, const double* margin,
    DifferenceOrder order, const DifferenceScale& scale);

  /// Fills the row of all nodes (., j, k). "Amplification" is the sum of the absolute weights of a
  /// stencil over that of the central difference: 1.5 for fourth order, 4 and 2 for one-sided ones.
  void Evaluate(Index j, Index k, DifferenceRow& row) const;

private:
  struct AxisFacts
  {
    StencilLine Line;
    Index Count = 1;
    double InverseDelta = 1.0;
    double Weight = 1.0; ///< length / delta
  };

  void Along(int axis, Index base, Index position, DifferenceRow& row) const;
  /// The best stencil along one axis at node i of the row, added to what the row has.
  void Careful(int axis, Index base, Index i, Index position, DifferenceRow& row) const;

  Index3 Dimensions;
  const double* Values;
  const double* Margin;
  DifferenceOrder Order;
  AxisFacts Facts[3];
};
}

#endif
