// SPDX-License-Identifier: BSD-3-Clause
#ifndef Flow_AscentModes_h
#define Flow_AscentModes_h

#include "Numerics/Flow/FlowState.h"

#include <vector>

namespace scorefields
{
/// Modes of a density in the order of falling log density, ties by coordinates.
struct AscentModes
{
  Eigen::Matrix3Xd Positions;
  Eigen::VectorXd LogDensity;

  Index Count() const { return this->Positions.cols(); }
};

/// Distance, in units of the metric, within which ends of an ascent are one mode. Ends that have
/// settled lie within about 1e-6 of it, while modes of a kernel density are a bandwidth apart or
/// so.
constexpr double MergeDistance = 0.05;
/// No mode for a particle that did not settle near one.
constexpr int NoBasin = -1;

/// Merges the ends of an ascent that have settled where the density is known: from the highest on,
/// each end farther than MergeDistance from all modes so far is a new one. Cost: O(n log n).
AscentModes MergeEnds(const FlowState& ends, const StepMetric& unit);

/// The same for modes found by several processes, put together; their order does not matter.
AscentModes MergeModes(const AscentModes& modes, const StepMetric& unit);

/// The number of the mode within MergeDistance of each such end; NoBasin for the others.
std::vector<int> BasinsOf(const FlowState& ends, const AscentModes& modes, const StepMetric& unit);
}

#endif
