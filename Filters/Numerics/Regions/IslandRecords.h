// SPDX-License-Identifier: BSD-3-Clause
#ifndef Regions_IslandRecords_h
#define Regions_IslandRecords_h

#include "Numerics/Regions/RegionField.h"

#include <vector>

namespace scorefields
{
/// Numbers of an island in a record: mass, measure, density and node of its peak.
constexpr std::size_t IslandRecordWidth = 4;

/// Islands of the nodes at or above a level, of this part of the grid, as numbers that can be
/// joined with those of other parts. Two nodes are connected if an edge of a simplex goes from one
/// to the other, which is exact for a function that is linear on simplices.
///
/// What a simplex has at or above the level belongs to the island of its densest corner.
///
/// First come the number of islands and that of links; then the islands; then, for each node that
/// other parts may have, its number in the whole grid and its island here.
std::vector<double> IslandRecords(const RegionField& field, double level);
}

#endif
