// SPDX-License-Identifier: BSD-3-Clause
#ifndef Flow_Langevin_h
#define Flow_Langevin_h

#include "Numerics/Flow/FlowState.h"

namespace scorefields
{
struct LangevinOptions
{
  double StepSize = 1.0;   ///< e, in units M; above 0
  bool Metropolis = false; ///< accept or refuse steps so that the density is met exactly
  std::uint64_t Seed = 1;
};

/// One Langevin step of every particle,
///   x' = x + (e/2) M s(x) + sqrt(e) L z,  L L' = M,  z standard normal,
/// with noise keyed by (Seed, particle, state.Step). Unadjusted, its stationary density is off by
/// O(e): for a normal density of covariance M it is M / (1 - e/4), and there is none from e = 4 on,
/// the limit for every density with -Hess log p <= M^-1. With Metropolis (MALA) x' is taken with
/// probability min(1, p(x') q(x | x') / (p(x) q(x' | x))), q the density of the proposal, and p is
/// stationary for every e. A particle where the density is not known stays there; Metropolis
/// refuses steps to such places.
/// @param state  with log density and score of this source; both are those of x' afterwards.
///               Proposed and Accepted count up.
void LangevinStep(const SmoothDensity& source, const StepMetric& unit,
  const LangevinOptions& options, const ParticleNumbers& numbers, FlowState& state,
  const Execution& execution);

/// Adds the noise sqrt(variance) L z, keyed like LangevinStep's.
void AddNoise(const StepMetric& unit, double variance, std::uint64_t seed,
  const ParticleNumbers& numbers, FlowState& state, const Execution& execution);
}

#endif
