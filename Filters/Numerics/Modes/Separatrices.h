// SPDX-License-Identifier: BSD-3-Clause
#ifndef Modes_Separatrices_h
#define Modes_Separatrices_h

#include "Numerics/Modes/ModePairs.h"

#include <vector>

namespace scorefields
{
/// A way along the flow dx/dt = +-M s from a saddle.
struct CriticalWay
{
  Index From = NoPoint; ///< number of the critical point
  Index To = NoPoint;   ///< of that at its end; NoPoint: it leaves the box
  bool Uphill = true;
  Eigen::Matrix3Xd Places; ///< in the whole space: it may cross periodic seams
};

/// The ways from the passes (saddles; on a line minima): uphill to the two modes that they join,
/// and in the plane downhill, which are the borders between basins. Both are ways of the flow that
/// takes samples to their modes (Ascent.h), in the limit of short steps.
///
/// The first step leaves the saddle by a hundredth of a unit along an eigenvector of L' Hess L;
/// from there on steps are a tenth of a unit long, of the classical Runge-Kutta method for
/// M s / |L's|. A way ends where it comes within a twentieth of a unit of a mode or minimum, to
/// which it then goes, where it leaves the box along an open axis, or after `MostWaySteps`. Cost:
/// four values of the density for each step, of all ways at once.
std::vector<CriticalWay> WaysFromSaddles(
  const CriticalProblem& problem, const CriticalSet& set, const Execution& execution);

constexpr Index MostWaySteps = 4000;
}

#endif
