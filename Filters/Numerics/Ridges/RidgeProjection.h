// SPDX-License-Identifier: BSD-3-Clause
#ifndef Ridges_RidgeProjection_h
#define Ridges_RidgeProjection_h

#include "Numerics/Ridges/RidgePoint.h"

namespace scorefields
{
struct ProjectionOptions
{
  /// A point has settled where the next step is at most this, in units: its distance from the ridge
  /// up to a factor that is 1 for a straight one.
  double Convergence = 1e-6;
  Index MostSteps = 300;
};

/// Moves points to the ridge: subspace constrained ascent.
///
/// Each step leads along e_2 ... e_d, as RidgeGeometry says, at most half a unit far. The subspace
/// constrained mean shift goes the same way with steps that are not scaled by the curvature: it
/// needs some hundred where these need about ten. A point whose step turns round goes at most half
/// as far as before, so that it cannot jump back and forth over a ridge.
/// @param starts  3 by m, finite. @return one per start, with the values at its last place.
/// Independent of the number of threads, and of how points are divided among calls. @throws
/// Aborted.
std::vector<RidgePoint> ProjectToRidge(const SmoothDensity& source, const RidgeUnit& unit,
  const PointsRef& starts, const ProjectionOptions& options, const Execution& execution);
}

#endif
