// SPDX-License-Identifier: BSD-3-Clause
#ifndef Cloud_GridPlacement_h
#define Cloud_GridPlacement_h

#include "Numerics/Cloud/CloudMoments.h"

namespace scorefields
{
/// Where a user wants the nodes of a grid.
struct GridRequest
{
  bool UseInputBounds = true; ///< box = bounds of the points and a margin; else Bounds
  double Margin = 3.0;        ///< in bandwidths of each axis, beyond the bounds of the points
  /// x0 x1 y0 y1 z0 z1
  Eigen::Matrix<double, 6, 1> Bounds{ -1.0, 1.0, -1.0, 1.0, -1.0, 1.0 };
  Index3 Dimensions = Index3::Constant(128); ///< nodes per axis, both ends included
};

/// @throws std::invalid_argument that names SampleDimensions, SamplingBounds or BoundsMargin and
/// the
///         value if a dimension is below 1, a bound is not finite or out of order, or the margin is
///         negative or not finite.
void Require(const GridRequest& request);

/// The dimensions of the grid: one node along flat axes, and along active axes where the requested
/// box has no extent.
Index3 DimensionsOf(const GridRequest& request, const Axes& axes);

/// The nodes, with both ends of the box among them: spacing (upper - lower) / (n - 1). An active
/// axis with one node has it in the middle of the box; a flat axis has it in the middle of the
/// points.
/// @param axisBandwidths  bandwidth along each axis, for the margin.
/// @throws like Require.
Grid PlaceGrid(const GridRequest& request, const CloudMoments& moments, const Axes& axes,
  const Eigen::Vector3d& axisBandwidths);

/// The weight of the samples that lie outside the grid's box, along active axes with more than one
/// node. The sum runs in an order that does not depend on the number of threads.
double WeightOutside(
  const SampleSource& source, const Grid& grid, const Axes& axes, const Execution& execution);

/// True if WeightOutside is 0 for every cloud with these bounds.
bool IsInside(const CloudMoments& moments, const Grid& grid, const Axes& axes);

/// @throws std::invalid_argument that names SampleDimensions if `bytes` are more than `available`;
///         the message gives both.
void RequireMemory(const Index3& dimensions, double bytes, double available);
}

#endif
