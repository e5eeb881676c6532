// SPDX-License-Identifier: BSD-3-Clause
#ifndef Comparison_NodeInterpolation_h
#define Comparison_NodeInterpolation_h

#include "Numerics/Base/Types.h"

namespace scorefields
{
/// Values at the nodes of a lattice, between which they are linear along each axis.
///
/// A place on a node gives the node's value to the bit, whatever its neighbours are.
class NodeInterpolation
{
public:
  /// How far off a node, in spacings, a place still is the node: coordinates are rounded.
  static constexpr double OnNode = 1e-6;

  /// @param nodes   along each axis; an axis with one node holds places within OnNode of it.
  /// @param values  `components` for each node, x fastest; must outlive this object.
  NodeInterpolation(const Index3& nodes, const double* values, int components);

  /// @param place  in spacings from the first node.
  /// @return false, and no values, outside of the lattice.
  bool At(const Eigen::Vector3d& place, double* values) const;

private:
  Index3 Nodes;
  const double* Values;
  int Components;
};
}

#endif
