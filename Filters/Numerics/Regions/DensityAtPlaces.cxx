// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Regions/DensityAtPlaces.h"

#include <array>
#include <cmath>
#include <limits>

namespace scorefields
{
namespace
{
constexpr double OnNode = 1e-6;

/// The corners of a cell that count, with their weights.
struct Corners
{
  std::array<Index, 8> Node{};
  std::array<double, 8> Weight{};
  std::size_t Count = 1;
};

/// Adds an axis: each corner so far becomes two, or one on a node.
void AddAxis(double along, Index stride, Corners& corners)
{
  const double first = std::floor(along);
  const double upper = along - first;
  const std::size_t count = corners.Count;
  for (std::size_t corner = 0; corner < count; ++corner)
  {
    corners.Node[corner] += static_cast<Index>(first) * stride;
    if (upper > 0.0)
    {
      corners.Node[corners.Count] = corners.Node[corner] + stride;
      corners.Weight[corners.Count++] = upper * corners.Weight[corner];
      corners.Weight[corner] *= 1.0 - upper;
    }
  }
}

/// From the first known node on; NaN if it is not owned.
double Along(const RegionNodes& nodes, int axis, double place)
{
  const Index last = nodes.Whole.Dimensions[axis] - 1;
  if (nodes.Borders[static_cast<std::size_t>(axis)] == Boundary::Periodic && last > 0)
  {
    const auto period = static_cast<double>(last);
    place -= place < 0.0 || place > period ? std::floor(place / period) * period : 0.0;
  }
  const double nearest = std::round(place);
  place = std::abs(place - nearest) <= OnNode ? nearest : place;
  const double known = place - static_cast<double>(nodes.Known.First[axis]);
  const double owned = known - static_cast<double>(nodes.Owned.First[axis]);
  const bool inside =
    owned >= 0.0 && owned <= static_cast<double>(nodes.Owned.Dimensions[axis] - 1);
  return inside ? known : std::numeric_limits<double>::quiet_NaN();
}
}

double DensityAt(const RegionField& field, Eigen::Vector3d place)
{
  Corners corners;
  corners.Weight[0] = 1.0;
  for (int axis = 0; axis < 3; ++axis)
  {
    const double along = Along(field.Nodes(), axis, place[axis]);
    if (std::isnan(along))
    {
      return along;
    }
    AddAxis(along, field.Stride(axis), corners);
  }
  double sum = 0.0;
  double logarithm = 0.0;
  for (std::size_t corner = 0; corner < corners.Count; ++corner)
  {
    const double value = field.Density()[static_cast<std::size_t>(corners.Node[corner])];
    sum += corners.Weight[corner] * value;
    logarithm += corners.Weight[corner] * std::log(value);
  }
  return std::isinf(logarithm) || corners.Count == 1 ? sum : std::exp(logarithm);
}
}
