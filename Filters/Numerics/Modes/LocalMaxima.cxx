// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Modes/LocalMaxima.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace
{
Index3 PlaceOf(const Grid& grid, Index node)
{
  const Index3& n = grid.Dimensions;
  return { node % n[0], node / n[0] % n[1], node / (n[0] * n[1]) };
}

Index NodeAt(const Grid& grid, const Index3& place)
{
  return place[0] + grid.Dimensions[0] * (place[1] + grid.Dimensions[1] * place[2]);
}

bool IsHigher(const double* values, Index one, Index other)
{
  return values[one] > values[other] || (values[one] == values[other] && one > other);
}

/// The highest of a node and its neighbours.
Index HighestAround(const Grid& grid, const double* values, Index node)
{
  const Index3 place = PlaceOf(grid, node);
  const Index3 first = (place.array() - 1).max(0);
  const Index3 last = (place.array() + 1).min(grid.Dimensions.array() - 1);
  Index highest = node;
  for (Index k = first[2]; k <= last[2]; ++k)
  {
    for (Index j = first[1]; j <= last[1]; ++j)
    {
      for (Index i = first[0]; i <= last[0]; ++i)
      {
        const Index other = NodeAt(grid, { i, j, k });
        highest = IsHigher(values, other, highest) ? other : highest;
      }
    }
  }
  return highest;
}
}

std::vector<Index> LocalMaxima(const Grid& grid, const double* values, double floor)
{
  std::vector<Index> maxima;
  const Index size = grid.Size();
  for (Index node = 0; node < size; ++node)
  {
    // Most nodes are settled by one neighbour.
    const bool fallsBack =
      node + 1 >= size || (node + 1) % grid.Dimensions[0] == 0 || IsHigher(values, node, node + 1);
    if (fallsBack && values[node] > floor && HighestAround(grid, values, node) == node)
    {
      maxima.push_back(node);
    }
  }
  return maxima;
}

Index ClimbOnGrid(const Grid& grid, const double* values, Index node)
{
  for (Index next = HighestAround(grid, values, node); next != node;
       next = HighestAround(grid, values, node))
  {
    node = next;
  }
  return node;
}

Index NearestNode(const Grid& grid, const Eigen::Vector3d& point)
{
  Index3 place;
  for (int axis = 0; axis < 3; ++axis)
  {
    const double last = static_cast<double>(grid.Dimensions[axis] - 1);
    const double cell = (point[axis] - grid.Origin[axis]) / grid.Spacing[axis];
    place[axis] = static_cast<Index>(std::lround(std::clamp(cell, 0.0, last)));
  }
  return NodeAt(grid, place);
}

Eigen::Vector3d ParabolicPeak(const Grid& grid, const double* values, Index node)
{
  const Index3 place = PlaceOf(grid, node);
  Eigen::Vector3d peak = grid.Node(node);
  for (int axis = 0; axis < 3; ++axis)
  {
    if (place[axis] == 0 || place[axis] + 1 >= grid.Dimensions[axis])
    {
      continue;
    }
    Index3 step = Index3::Zero();
    step[axis] = 1;
    const double before = std::log(values[NodeAt(grid, place - step)]);
    const double here = std::log(values[node]);
    const double after = std::log(values[NodeAt(grid, place + step)]);
    const double curvature = before - 2.0 * here + after;
    const double offset = 0.5 * (before - after) / curvature;
    peak[axis] += std::isfinite(offset) ? std::clamp(offset, -0.5, 0.5) * grid.Spacing[axis] : 0.0;
  }
  return peak;
}
}
