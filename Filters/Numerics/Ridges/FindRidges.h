// SPDX-License-Identifier: BSD-3-Clause
#ifndef Ridges_FindRidges_h
#define Ridges_FindRidges_h

#include "Numerics/Ridges/RidgeTrace.h"

namespace scorefields
{
/// A line between two ends or junctions, or a closed one, whose last point is its first.
struct Filament
{
  std::vector<RidgePoint> Points; ///< at least two, in the whole space
  bool Closed = false;

  double Length() const;
};

struct RidgeRequest
{
  double LeastLength = 1.0; ///< of a line, in units; shorter ones are left out
};

/// The places that meet the criteria, in the order of falling log density, one of each cell as wide
/// as the spacing: where to follow ridges from. Those of all parts of a cloud, joined and chosen
/// again, are those of the whole cloud.
std::vector<RidgePoint> SeedsAmong(
  const TraceProblem& problem, const std::vector<RidgePoint>& places);

/// The ridge lines that some places lead to.
///
/// 1. Seeds are chosen among the places.
/// 2. The next of them that lie on no line are followed (RidgeTrace.h), some at once: first one,
///    then twice as many as long as that has paid, so that all threads have work while few lines
///    are followed twice.
/// 3. In their order, each is cut where it meets a line accepted before, and ends at a point of
///    that; so no ridge has two lines.
/// 4. Lines are split where others end at them, or they themselves. Short ends are left out.
/// @param places  on ridges, such as ProjectToRidge gives.
/// @return the lines, those found first before the others. Independent of the order of the places
///         and of the number of threads. @throws Aborted.
std::vector<Filament> FindRidges(const TraceProblem& problem, const RidgeRequest& request,
  const std::vector<RidgePoint>& places, const Execution& execution);
}

#endif
