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

/// The islands of the whole grid, those with more mass first. Nodes that several parts have, and
/// the first and last layer of a periodic axis, connect. Masses and measures sum to those of the
/// region: what simplices without a corner in the region add is shared in proportion.
/// @param records  IslandRecords of all parts, one after the other, in the same order everywhere.
/// @param field    any part.
/// @param region   whose level the records are for.
std::vector<RegionIsland> JoinIslands(const std::vector<double>& records, const RegionField& field,
  const RegionLevel& region, double total);
}

#endif
