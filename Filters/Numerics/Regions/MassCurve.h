// SPDX-License-Identifier: BSD-3-Clause
#ifndef Regions_MassCurve_h
#define Regions_MassCurve_h

#include "Numerics/Regions/LevelSums.h"

#include <vector>

namespace scorefields
{
/// A highest density region of a grid: all places whose density is at least the level. Of all
/// regions with its mass it is the smallest.
struct RegionLevel
{
  double Density = 0.0; ///< the level, relative to the largest density
  double Share = 0.0;   ///< of the region in the integral over the grid
  double Measure = 0.0; ///< length, area or volume
};

/// How the mass of a region follows from its level: M(t), the integral of the density f over
/// {f >= t}, as a share of the integral over the grid.
///
/// M is summed exactly (LevelSums.h) at some 900 levels: at shares 1/768 apart, and closer in steps
/// of a factor near the largest density and in the tail, down to a tail of 1e-15. Between them it
/// is a monotone cubic in log t (Fritsch and Butland 1984), the tail 1 - M a monotone cubic of
/// logs.
class MassCurve
{
public:
  /// @throws std::invalid_argument if no cell has mass.
  MassCurve(const RegionField& field, const Exchange& exchange, const Execution& execution);

  /// The integral of the density, relative to the largest, over the grid.
  double Total() const { return this->Integral; }
  /// Length, area or volume of the cells that have values.
  double Measure() const { return this->Extent; }
  /// M(t).
  double ShareAbove(double density) const;
  /// 1 - M(t), small ones exact as well.
  double ShareBelow(double density) const;
  /// The levels at which M has the shares, each from 0 to 1, in their order. Each is searched
  /// among exact sums, 31 levels at once; where M jumps, as at a plateau of the density, the region
  /// is the smallest that holds the share at least.
  std::vector<RegionLevel> Find(const std::vector<double>& shares) const;
  /// The regions of levels that are given, by exact sums, in their order.
  std::vector<RegionLevel> At(const std::vector<double>& levels) const;

private:
  void Collect(const std::vector<double>& levels, const LevelSums& sums);

  const RegionField& Field;
  const Exchange& Parts;
  const Execution& Machine;
  double Integral = 0.0;
  double Extent = 0.0;
  // Knots by ascending level: log level, M, log(1 - M), and slopes of the last two.
  std::vector<double> LogLevel, Share, LogTail, ShareSlope, TailSlope;
};
}

#endif
