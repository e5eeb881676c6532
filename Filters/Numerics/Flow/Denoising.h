// SPDX-License-Identifier: BSD-3-Clause
#ifndef Flow_Denoising_h
#define Flow_Denoising_h

#include "Numerics/Flow/FlowState.h"

namespace scorefields
{
/// What is known of a point X drawn from p_0 after kernel noise of covariance H turned it into x
/// (Tweedie's formula; docs/math/flow.md):
///   E[X | x] = x + H s(x),   Cov[X | x] = H + H Hess log p(x) H,
/// with the score and the Hessian of the smoothed density p. For a kernel density that is the mean
/// and covariance of the samples as x sees them.
/// @param kernel  H. @param state  with score; Goals and Tensors receive the two, at all particles.
void FindPosterior(const SmoothDensity& source, const StepMetric& kernel, FlowState& state,
  const Execution& execution);
}

#endif
