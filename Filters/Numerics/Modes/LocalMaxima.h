// SPDX-License-Identifier: BSD-3-Clause
#ifndef Modes_LocalMaxima_h
#define Modes_LocalMaxima_h

#include "Numerics/Base/Types.h"

#include <vector>

namespace scorefields
{
/// The nodes whose value is above `floor` and not below that of any of the up to 3^d - 1
/// neighbours; of neighbours with equal values the one with the highest index counts as the higher.
/// Ascending. Cost: O(N).
std::vector<Index> LocalMaxima(const Grid& grid, const double* values, double floor);

/// The node at which the way from a node to the highest neighbour, again and again, ends.
Index ClimbOnGrid(const Grid& grid, const double* values, Index node);

/// The node next to a point, that of the box's border for points outside.
Index NearestNode(const Grid& grid, const Eigen::Vector3d& point);

/// The maximum of the parabolas through the logarithms at a node and its two neighbours along each
/// axis, at most half a spacing from the node. Position error O(spacing^2).
Eigen::Vector3d ParabolicPeak(const Grid& grid, const double* values, Index node);
}

#endif
