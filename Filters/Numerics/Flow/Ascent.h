// SPDX-License-Identifier: BSD-3-Clause
#ifndef Flow_Ascent_h
#define Flow_Ascent_h

#include "Numerics/Flow/FlowState.h"

namespace scorefields
{
/// Ascent of the log density by mean shift, x' = x + e M s with the unit of steps M
/// (DensityFamily::StepUnitAt); for a kernel density and e = 1 that is the mean of the samples
/// around x (Fukunaga and Hostetler 1975). Since log p + x' M^-1 x / 2 is convex,
///   log p(x') - log p(x) >= e (1 - e/2) s' M s,
/// so no step with 0 < e <= 2 lowers the log density. It converges linearly, slowly where the mode
/// is flat. Newton steps hasten it; one that lowers the log density is taken back, and a mean shift
/// is made instead.
enum class NewtonSteps
{
  /// Where the step promises a gain below 0.02 within half a unit and the Hessian is negative
  /// definite: the way is that of the mean shift, and so is the mode at its end.
  NearModes,
  /// Everywhere, L' s / |curvature| along each eigenvector of L' Hess L (L L' = M), which leads
  /// uphill, at most one unit long. The fewest steps, about 10; it converges quadratically also to
  /// a mode that is about to vanish, and passes a place where one has just vanished.
  Everywhere
};

struct AscentOptions
{
  double StepSize = 1.0; ///< e
  /// A particle has settled, and moves no more, where |L' s| is at most this: about its distance
  /// from the mode in bandwidths. With Newton steps everywhere these too must be as short.
  double Convergence = 1e-7;
  NewtonSteps Newton = NewtonSteps::NearModes;

  /// For modes alone, not for the ways there.
  static AscentOptions ToModes() { return { 1.0, 1e-10, NewtonSteps::Everywhere }; }
};

/// One step of every particle that has not settled. One where the density is not known counts as
/// settled, though it is at no mode (Basins.h). Where the score vanishes but a curvature is
/// positive (a saddle), the particle is pushed by a hundredth of a unit along it.
/// @param state  with Hessians in Tensors; Settled may be empty at first.
void AscendStep(const SmoothDensity& source, const StepMetric& unit, const AscentOptions& options,
  FlowState& state, const Execution& execution);

/// Steps until all particles have settled, at most `steps`.
void AscendToEnd(const SmoothDensity& source, const StepMetric& unit, const AscentOptions& options,
  Index steps, FlowState& state, const Execution& execution);

/// The same from some points.
FlowState AscendFrom(const SmoothDensity& source, const StepMetric& unit,
  const AscentOptions& options, Index steps, Eigen::Matrix3Xd starts, const Execution& execution);
}

#endif
