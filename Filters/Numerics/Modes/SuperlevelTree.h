// SPDX-License-Identifier: BSD-3-Clause
#ifndef Modes_SuperlevelTree_h
#define Modes_SuperlevelTree_h

#include "Numerics/Base/Boundary.h"
#include "Numerics/Base/Types.h"

#include <array>
#include <vector>

namespace scorefields
{
/// Values at the nodes of a grid, and how they go on beyond it.
struct NodeField
{
  Grid Nodes;
  const double* Values = nullptr; ///< one per node; a node with NaN is not there
  std::array<Boundary, 3> Boundaries{ Boundary::Open, Boundary::Open, Boundary::Open };

  /// How many layers of nodes are different ones: the last layer of a periodic axis is the first.
  Index3 Layers() const;
  /// The node beside one, along each axis; -1 where there is none. Of a periodic axis the last
  /// layer is never returned.
  Index Beside(Index node, const Index3& steps) const;
};

/// Two islands of the nodes above a falling level become one at a node.
struct IslandMerge
{
  Index Node = 0;   ///< its value is the level
  Index Higher = 0; ///< the highest node of either island
  Index Lower = 0;
};

/// The islands of the nodes above a level as the level falls: each begins at a peak, and of two
/// that meet the one with the lower peak ends (Edelsbrunner, Letscher and Zomorodian 2002,
/// "Topological persistence and simplification"; 0-dimensional persistence of superlevel sets).
///
/// Neighbours are the ends of the edges of Freudenthal's triangulation: steps of 0 and 1 along each
/// axis, or of 0 and -1. Of equal values that with the lower index counts as higher. Along periodic
/// axes islands go on across the seam.
struct SuperlevelTree
{
  std::vector<Index> Peaks;        ///< highest first
  std::vector<IslandMerge> Merges; ///< highest level first
};

/// Cost: O(N log N), 32 bytes a node.
SuperlevelTree TreeOfSuperlevels(const NodeField& field);

/// The peak at which the way from a node to the highest of its neighbours, again and again, ends.
/// @param node  with a value, not in the last layer of a periodic axis.
Index PeakAbove(const NodeField& field, Index node);
}

#endif
