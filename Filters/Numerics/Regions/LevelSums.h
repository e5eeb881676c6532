// SPDX-License-Identifier: BSD-3-Clause
#ifndef Regions_LevelSums_h
#define Regions_LevelSums_h

#include "Numerics/Regions/RegionField.h"

#include <vector>

namespace scorefields
{
/// Integrals over the parts of a grid at and above levels, and below them, one for each level.
struct LevelSums
{
  std::vector<double> Mass;      ///< of the density at or above the level
  std::vector<double> MassBelow; ///< summed for itself, so that a small one is exact as well
  std::vector<double> Measure;   ///< length, area or volume at or above the level
};

/// Exact integrals of the field, linear on simplices, over the cells that count here, joined over
/// the parts. Cells with a node that has no value hold nothing. A cell that no level cuts is added
/// to all levels below it at once, so that the cost grows with the cells and with the cuts.
/// @param levels  ascending, 0 or more, relative to the largest density.
LevelSums SumsAtLevels(const RegionField& field, const std::vector<double>& levels,
  const Exchange& exchange, const Execution& execution);
}

#endif
