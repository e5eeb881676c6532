// SPDX-License-Identifier: BSD-3-Clause
#ifndef Flow_ProbabilityFlow_h
#define Flow_ProbabilityFlow_h

#include "Numerics/Flow/FlowState.h"

namespace scorefields
{
/// Carries particles along the probability flow from bandwidth state.Bandwidth to another one:
///   dx / d log s = -H_s grad log p_s(x),
///   d log q / d log s = tr(H_s Hess log p_s(x)) along the path,
/// H_s the kernel's covariance (s^2 I for the isotropic kernel), in either direction. The first
/// equation carries the distribution p_s exactly (x - D(x) is its right side, D the posterior
/// mean); the second carries the density q of particles that started with any density, into
/// PathLogDensity. For q = p it stays the log density. To bandwidth 0 particles land on samples.
///
/// Runge and Kutta's fourth-order rule in log s, `steps` steps of equal size: error O(size^4).
/// 4 evaluations a step, at 2 new bandwidths. Leaves log density and score of the last bandwidth.
void FlowToBandwidth(const DensityFamily& family, double bandwidth, Index steps, FlowState& state,
  const Execution& execution);

/// Steps of at most 0.05 in the logarithm of the bandwidth.
Index FlowSteps(double from, double to);
}

#endif
