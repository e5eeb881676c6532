// SPDX-License-Identifier: BSD-3-Clause
#ifndef Ridges_RidgeTrace_h
#define Ridges_RidgeTrace_h

#include "Numerics/Ridges/RidgeLookup.h"

namespace scorefields
{
/// Why a line ends.
enum class RidgeEnd : unsigned char
{
  Open,   ///< the ridge ends, or no longer meets the criteria
  Closed, ///< the line has come back to where it began
  Joined, ///< at a line that is known, or at an earlier part of the line itself
  Wall,   ///< at a reflecting face of the domain
};

/// A ridge followed from a place on it.
struct RidgeTrace
{
  /// In order, in the whole space: across a periodic seam they go on. A closed one ends with the
  /// point that it begins with.
  std::vector<RidgePoint> Points;
  std::size_t Seed = 0; ///< the number of the point it was followed from
  RidgeEnd First = RidgeEnd::Open;
  RidgeEnd Last = RidgeEnd::Open;

  bool IsClosed() const { return this->Last == RidgeEnd::Closed; }
};

/// What ridges are followed in.
struct TraceProblem
{
  const SmoothDensity& Source;
  RidgeUnit Unit;
  RidgeCriteria Criteria;
  double Spacing = 0.25; ///< of the points of a line, in units
  Domain Box = {};
};

/// Beyond which distance from a line another one is different, as a share of the spacing: points
/// lie on the ridge to 1e-6 units, and a chord of it 1/64 of the spacing away where it bends by
/// half a radian per unit.
constexpr double SameLine = 0.25;

/// Follows the ridge both ways from each seed, in steps of the spacing.
///
/// 1. A step goes on in the direction of the line, bent as the last two steps were.
/// 2. ProjectToRidge brings the point back to the ridge.
/// 3. Where that leads far away or round a corner, or the criteria are not met, the step is halved;
///    below an eighth of the spacing the line ends.
/// 4. A line ends where it comes back to its seed, meets a known line or itself, or leaves the box
///    through a reflecting face, on which its last point lies then.
/// All lines go on at once, each for itself, so that threads share the work and the result depends
/// on nothing but the seeds.
/// @param seeds  that meet the criteria. @param known  lines that are not followed again.
std::vector<RidgeTrace> TraceRidges(const TraceProblem& problem,
  const std::vector<RidgePoint>& seeds, const RidgeLookup& known, const Execution& execution);
}

#endif
