// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Comparison/NodeInterpolation.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace scorefields
{
NodeInterpolation::NodeInterpolation(const Index3& nodes, const double* values, int components)
  : Nodes(nodes)
  , Values(values)
  , Components(components)
{
}

bool NodeInterpolation::At(const Eigen::Vector3d& place, double* values) const
{
  Index3 first;
  std::array<double, 3> share{};
  for (int axis = 0; axis < 3; ++axis)
  {
    const double nearest = std::round(place[axis]);
    const double along = std::abs(place[axis] - nearest) <= OnNode ? nearest : place[axis];
    if (!(along >= 0.0 && along <= static_cast<double>(this->Nodes[axis] - 1)))
    {
      return false;
    }
    first[axis] = static_cast<Index>(along);
    share[static_cast<std::size_t>(axis)] = along - static_cast<double>(first[axis]);
  }
  std::fill(values, values + this->Components, 0.0);
  for (int corner = 0; corner < 8; ++corner)
  {
    double weight = 1.0;
    Index3 node = first;
    for (int axis = 0; axis < 3; ++axis)
    {
      const bool upper = ((corner >> axis) & 1) != 0;
      const double along = share[static_cast<std::size_t>(axis)];
      weight *= upper ? along : 1.0 - along;
      node[axis] += upper ? 1 : 0;
    }
    if (weight > 0.0) // neighbours without weight may lie outside
    {
      const Index entry = node[0] + this->Nodes[0] * (node[1] + this->Nodes[1] * node[2]);
      for (int c = 0; c < this->Components; ++c)
      {
        values[c] += weight * this->Values[this->Components * entry + c];
      }
    }
  }
  return true;
}
}
