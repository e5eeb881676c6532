// SPDX-License-Identifier: BSD-3-Clause
#ifndef Mixture_MixtureRejection_h
#define Mixture_MixtureRejection_h

#include "Numerics/Mixture/MixtureSampling.h"

namespace scorefields
{
/// Particles first, ..., first + count - 1 of the cloud of the mixture truncated to a box, by
/// rejection: x uniform in the box and u uniform in (0, 1) until u M < p(x); the component is then
/// drawn by its responsibility at x.
///
/// This is how the study draws its points, with M = 1. Here M = 1, too, if p stays below 1 in the
/// box and at least one try in a thousand is accepted; else M = DensityEnvelope, which is valid for
/// any mixture and independent of the unit of length. The share of accepted tries is
/// mass in the box / (M volume). Particles are independent of the division into calls, as in
/// SampleMixture. Time O(tries x components).
///
/// @param box  its sides along inactive axes are not looked at.
/// @throws std::invalid_argument if first or count is negative; naming SamplingBounds if the box is
///         not finite, empty along an active axis, or fewer than one try in a million would be
///         accepted; Aborted.
MixtureCloud SampleMixtureInBox(const Mixture& mixture, const Eigen::AlignedBox3d& box,
  std::uint64_t seed, Index first, Index count, const Execution& execution = Execution());

/// An upper bound of p over the box, within 10 % of the supremum or, where p has long level ridges,
/// somewhat more. Found by subdividing the box, at most 4096 times, and bounding p in each part
/// with ContributionBounds.
double DensityEnvelope(const Mixture& mixture, const Eigen::AlignedBox3d& box);
}

#endif
