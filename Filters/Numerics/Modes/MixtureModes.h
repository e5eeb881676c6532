// SPDX-License-Identifier: BSD-3-Clause
#ifndef Modes_MixtureModes_h
#define Modes_MixtureModes_h

#include "Numerics/Mixture/Mixture.h"
#include "Numerics/Modes/ModeSearch.h"

namespace scorefields
{
/// The modes of a mixture, highest first.
///
/// Ways uphill start at the means and at the local maxima of a lattice over the box of the means
/// (all modes lie in the hull of the ellipsoids' ridges, for equal covariances that of the means),
/// enlarged by one standard deviation, with nodes 1/2 of the shortest standard deviation apart, up
/// to 2^20 of them. Position error 1e-10 of that length.
std::vector<Mode> ModesOf(const Mixture& mixture, const Execution& execution = Execution());

/// The bandwidth at which the expectation of a kernel density estimate, the mixture smoothed with
/// an isotropic kernel, changes between more than `count` modes and at most that many, by bisection
/// to the relative error given.
/// @param least, largest  a range at whose least bandwidth there are more modes than `count`, and
/// at
///        whose largest there are not. @throws std::invalid_argument if that does not hold.
double CriticalBandwidth(const Mixture& mixture, Index count, double least, double largest,
  double relativeError = 1e-12, const Execution& execution = Execution());
}

#endif
