// SPDX-License-Identifier: BSD-3-Clause
#ifndef Flow_Basins_h
#define Flow_Basins_h

#include "Numerics/Cloud/Domain.h"
#include "Numerics/Flow/FlowState.h"

#include <functional>
#include <vector>

namespace scorefields
{
/// A local maximum of a density.
struct Mode
{
  Eigen::Vector3d Position = Eigen::Vector3d::Zero();
  double LogDensity = 0.0;
};

/// Distance, in units of the metric, within which ends of an ascent are one mode. Ends that have
/// settled lie within about 1e-6 of it, while modes of a kernel density are a bandwidth apart or
/// so.
constexpr double MergeDistance = 0.05;
/// No mode for a particle that did not settle near one.
constexpr int NoBasin = -1;

/// The ends of an ascent that have settled where the density is known: a mode for each of them, in
/// the box of a closed domain at its image there.
std::vector<Mode> ModesAt(const FlowState& ends, const Domain& domain = {});

/// The different ones of some modes in the order of falling log density, ties by coordinates: from
/// the highest on, each mode farther than a distance from all before is another one. The order of
/// the modes given does not matter. Across a periodic seam the nearest images count.
/// Cost: O(n log n).
/// @param distance  in units of the metric. @param domain  in whose box the modes lie.
std::vector<Mode> DistinctModes(std::vector<Mode> modes, const StepMetric& unit,
  double distance = MergeDistance, const Domain& domain = {});

/// The number of the mode within MergeDistance of each settled end; NoBasin for the others.
std::vector<int> BasinsOf(const FlowState& ends, const std::vector<Mode>& modes,
  const StepMetric& unit, const Domain& domain = {});

/// The modes at which an ascent ends, and which particle belongs to which of them.
struct FlowBasins
{
  std::vector<Mode> Modes;     ///< highest first
  std::vector<int> OfParticle; ///< number of a mode, or NoBasin
};

/// The modes that any process found are the modes of all.
/// @param gather  replaces numbers of this process by those of all processes.
FlowBasins FindBasins(const FlowState& ends, const StepMetric& unit,
  const std::function<void(std::vector<double>&)>& gather, const Domain& domain = {});
}

#endif
