// SPDX-License-Identifier: BSD-3-Clause
#ifndef Mixture_MixtureSampling_h
#define Mixture_MixtureSampling_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/Random.h"
#include "Numerics/Mixture/Mixture.h"

#include <Eigen/Geometry>

#include <cstdint>

namespace scorefields
{
/// Points drawn from a mixture. Inactive coordinates are those of the means.
struct MixtureCloud
{
  Eigen::Matrix3Xd Points;
  Eigen::VectorXi Component; ///< which component each point came from, from 0
  Index Tries = 0;           ///< points proposed in all; equals their number where none is rejected
};

/// Particles first, ..., first + count - 1 of the endless cloud that (mixture, seed) defines:
/// a component by its weight, then m_k + L_k z with standard normal z.
///
/// Particle i is a function of (mixture, seed, i) alone: any division into calls, ranks or threads
/// gives the same cloud. Time O(count log components).
/// @throws std::invalid_argument if first or count is negative; Aborted.
MixtureCloud SampleMixture(const Mixture& mixture, std::uint64_t seed, Index first, Index count,
  const Execution& execution = Execution());

/// The box of means plus and minus `deviations` standard deviations of every component.
Eigen::AlignedBox3d MixtureBounds(const Mixture& mixture, double deviations);

/// Room for particles first, ..., first + count - 1.
/// @throws std::invalid_argument naming NumberOfPoints if first or count is negative.
MixtureCloud EmptyCloud(Index first, Index count);

/// k with probability shares[k] / sum of the shares; takes one uniform draw.
Index PickByShare(const Eigen::VectorXd& shares, RandomStream& random);
}

#endif
