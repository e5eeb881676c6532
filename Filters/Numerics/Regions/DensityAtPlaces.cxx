// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Regions/DensityAtPlaces.h"

#include <algorithm>
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
  std::array<double, 3> Bend{}; ///< u (1 - u) / 2 for each axis
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
/// The second difference of the logarithm along an axis; at the ends of what is known that of the
/// node next to it.
double LogDifference(const RegionField& field, Index node, int axis)
{
  const Index count = field.Nodes().Known.Dimensions[axis];
  if (count < 3)
  {
    return 0.0;
  }
  const Index place = field.PlaceOf(node)[axis] - field.Nodes().Known.First[axis];
  const Index step = field.Stride(axis);
  node += (std::clamp<Index>(place, 1, count - 2) - place) * step;
  const auto log = [&field](Index at)
  { return std::log(field.Density()[static_cast<std::size_t>(at)]); };
  return log(node - step) - 2.0 * log(node) + log(node + step);
}

/// How far parabolas are below the linear interpolant.
double BendOf(const RegionField& field, const Corners& corners)
{
  double bend = 0.0;
  for (int axis = 0; axis < 3; ++axis)
  {
    const double factor = corners.Bend[static_cast<std::size_t>(axis)];
    for (std::size_t corner = 0; factor > 0.0 && corner < corners.Count; ++corner)
    {
      bend += factor * corners.Weight[corner] * LogDifference(field, corners.Node[corner], axis);
    }
  }
  return std::isfinite(bend) ? bend : 0.0;
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
    const double upper = along - std::floor(along);
    corners.Bend[static_cast<std::size_t>(axis)] = 0.5 * upper * (1.0 - upper);
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
  return std::isinf(logarithm) || corners.Count == 1 ? sum
                                                     : std::exp(logarithm - BendOf(field, corners));
}
}
