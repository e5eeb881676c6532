// SPDX-License-Identifier: BSD-3-Clause
#ifndef Modes_MixtureModes_h
#define Modes_MixtureModes_h

#include "Numerics/Flow/Basins.h"
#include "Numerics/Mixture/Mixture.h"

#include <optional>

namespace scorefields
{
/// The modes of a mixture, highest first.
///
/// Ways uphill start at the means and at the local maxima of a grid over the box of the means
/// (all modes lie in the hull of the ellipsoids' ridges, for equal covariances that of the means),
/// enlarged by one standard deviation, with nodes 1/2 of the shortest standard deviation apart, up
/// to 2^20 of them. Position error 1e-10 of that length.
std::vector<Mode> ModesOf(const Mixture& mixture, const Execution& execution = Execution());

/// A range of bandwidths, and how well one in it is to be found.
struct BandwidthBracket
{
  double Least;
  double Largest;
  double RelativeError = 1e-12;
};

/// The bandwidth at which the expectation of a kernel density estimate, the mixture smoothed with a
/// kernel of the shape given, changes from more than `count` modes to at most that many (Silverman
/// 1981), by bisection. None if it has at most as many at the least bandwidth, or more at the
/// largest. Cost: that of ModesOf for each bit.
std::optional<double> CriticalBandwidth(const Mixture& mixture, const GaussianKernel& shape,
  Index count, BandwidthBracket bracket, const Execution& execution = Execution());
}

#endif
