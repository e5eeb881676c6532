// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Cloud/GridPlacement.h"

#include <cmath>
#include <sstream>
#include <stdexcept>

namespace scorefields
{
namespace
{
constexpr double GiB = 1024.0 * 1024.0 * 1024.0;

/// A coordinate whose square is a double.
bool IsUsable(double coordinate)
{
  return std::abs(coordinate) <= 1e150;
}

[[noreturn]] void Refuse(const std::ostringstream& message)
{
  throw std::invalid_argument(message.str());
}
}

void Require(const GridRequest& request)
{
  std::ostringstream message;
  message.precision(17);
  if ((request.Dimensions.array() < 1).any())
  {
    message << "SampleDimensions is " << request.Dimensions.transpose()
            << "; each axis needs at least one node";
    Refuse(message);
  }
  if (request.UseInputBounds && !(std::isfinite(request.Margin) && request.Margin >= 0.0))
  {
    message << "BoundsMargin is " << request.Margin << "; it must be 0 or more, and finite";
    Refuse(message);
  }
  for (int axis = 0; axis < 3 && !request.UseInputBounds; ++axis)
  {
    const double lower = request.Bounds[2 * axis];
    const double upper = request.Bounds[2 * axis + 1];
    if (!(IsUsable(lower) && IsUsable(upper) && lower <= upper))
    {
      message << "SamplingBounds is " << request.Bounds.transpose() << "; along axis "
              << "xyz"[axis] << " the bounds must be finite, from -1e150 to 1e150, and the first"
              << " not above the second";
      Refuse(message);
    }
  }
}

Index3 DimensionsOf(const GridRequest& request, const Axes& axes)
{
  Index3 dimensions = request.Dimensions;
  for (int axis = 0; axis < 3; ++axis)
  {
    const bool pointBox =
      !request.UseInputBounds && !(request.Bounds[2 * axis + 1] > request.Bounds[2 * axis]);
    if (!axes.IsActive(axis) || pointBox)
    {
      dimensions[axis] = 1;
    }
  }
  return dimensions;
}

Grid PlaceGrid(const GridRequest& request, const CloudMoments& moments, const Axes& axes,
  const Eigen::Vector3d& axisBandwidths)
{
  Require(request);
  const bool any = moments.Count > 0.0;
  Grid grid;
  grid.Dimensions = DimensionsOf(request, axes);
  for (int axis = 0; axis < 3; ++axis)
  {
    double lower = any ? moments.Lower[axis] : 0.0;
    double upper = any ? moments.Upper[axis] : 0.0;
    if (axes.IsActive(axis) && !request.UseInputBounds)
    {
      lower = request.Bounds[2 * axis];
      upper = request.Bounds[2 * axis + 1];
    }
    else if (axes.IsActive(axis))
    {
      lower -= request.Margin * axisBandwidths[axis];
      upper += request.Margin * axisBandwidths[axis];
    }
    const Index nodes = grid.Dimensions[axis];
    if (nodes > 1 && upper > lower)
    {
      grid.Origin[axis] = lower;
      grid.Spacing[axis] = (upper - lower) / static_cast<double>(nodes - 1);
    }
    else
    {
      grid.Origin[axis] = 0.5 * lower + 0.5 * upper;
    }
  }
  return grid;
}

namespace
{
bool IsInside(const double* point, const Grid& grid, const Axes& axes)
{
  bool inside = true;
  for (int a = 0; a < axes.Count; ++a)
  {
    const int axis = axes.Axis[a];
    const Index cells = grid.Dimensions[axis] - 1;
    const double offset = point[axis] - grid.Origin[axis];
    // Half a unit in the last place of the far end is no loss.
    const double end = static_cast<double>(cells) * grid.Spacing[axis] * (1.0 + 1e-14);
    inside = inside && (cells == 0 || (offset >= 0.0 && offset <= end));
  }
  return inside;
}
}

bool IsInside(const CloudMoments& moments, const Grid& grid, const Axes& axes)
{
  return IsInside(moments.Lower.data(), grid, axes) && IsInside(moments.Upper.data(), grid, axes);
}

double WeightOutside(
  const SampleSource& source, const Grid& grid, const Axes& axes, const Execution& execution)
{
  constexpr Index length = SampleSource::BatchLength;
  const Index entries = source.EntryCount();
  Eigen::VectorXd outside = Eigen::VectorXd::Zero((entries + length - 1) / length);
  execution.For(outside.size(),
    [&](Index begin, Index end)
    {
      SampleSource::Storage storage;
      for (Index piece = begin; piece < end; ++piece)
      {
        const SampleBatch batch =
          source.Read(piece * length, std::min(entries, (piece + 1) * length), storage);
        for (Index i = 0; i < batch.Count; ++i)
        {
          outside[piece] += IsInside(batch.Points + 3 * i, grid, axes) ? 0.0 : batch.Weight(i);
        }
      }
    });
  return outside.sum();
}

void RequireMemory(const Index3& dimensions, double bytes, double available)
{
  if (bytes <= available)
  {
    return;
  }
  std::ostringstream message;
  message.precision(3);
  message << "SampleDimensions is " << dimensions.transpose() << ", which needs about "
          << bytes / GiB << " GiB of memory; " << available / GiB
          << " GiB are there. Ask for fewer nodes or fewer arrays";
  Refuse(message);
}
}
