// SPDX-License-Identifier: BSD-3-Clause
#ifndef Regions_RegionIslands_h
#define Regions_RegionIslands_h

#include "Numerics/Regions/MassCurve.h"

#include <vector>

namespace scorefields
{
/// A connected part of a region.
struct RegionIsland
{
  double Share = 0.0;                ///< in the integral over the grid
  double Measure = 0.0;              ///< length, area or volume
  double Peak = 0.0;                 ///< largest density at a node, relative to that of the grid
  Index3 PeakPlace = Index3::Zero(); ///< of that node in the whole grid
};

/// Islands of the nodes at or above a level, of this part of the grid, as numbers that can be
/// joined with those of other parts. Two nodes are connected if an edge of a simplex goes from one
/// to the other, which is exact for a function that is linear on simplices.
///
/// What a simplex has at or above the level belongs to the island of its densest corner.
std::vector<double> IslandRecords(const RegionField& field, double level);

/// The islands of the whole grid, those with more mass first. Nodes that several parts have, and
/// the first and last layer of a periodic axis, connect. Masses and measures sum to those of the
/// region: what simplices without a corner in the region add is shared in proportion.
/// @param records  of all parts, one after the other, in the same order everywhere.
/// @param field    any part.
/// @param region   whose level the records are for.
std::vector<RegionIsland> JoinIslands(const std::vector<double>& records, const RegionField& field,
  const RegionLevel& region, double total);
}

#endif
