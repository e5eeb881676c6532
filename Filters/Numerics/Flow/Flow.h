// SPDX-License-Identifier: BSD-3-Clause
#ifndef Flow_Flow_h
#define Flow_Flow_h

#include "Numerics/Flow/FlowSchedule.h"
#include "Numerics/Flow/FlowState.h"

#include <memory>

namespace scorefields
{
/// Particles moved by the score of a density, step by step, as a FlowSchedule says.
///
/// The state after k steps is a function of the start, the settings and k alone: noise is keyed by
/// (Seed, particle, step), and no particle knows of another. So any state can be computed again
/// from any earlier one, by any division of the particles over processes and threads.
class Flow
{
public:
  Flow(std::shared_ptr<const DensityFamily> family, const FlowSchedule& schedule,
    ParticleNumbers numbers);

  /// The state before the first step. @param positions  3 by n, finite.
  /// @param logDensity  of the particles, where PathLogDensity begins; empty: that of the density
  ///                    that moves them, as if they were drawn from it.
  FlowState Start(Eigen::Matrix3Xd positions, const Execution& execution,
    const Eigen::VectorXd& logDensity = {}) const;

  /// From step k to step k + 1, k < Steps. @throws Aborted; the state is then of no use.
  void Advance(FlowState& state, const Execution& execution) const;

  /// Of an ascent: where it ends for each particle, and where it settles at all.
  FlowState ToTheEnd(FlowState state, const Execution& execution) const;

  const FlowSchedule& Schedule() const { return this->Plan; }
  const DensityFamily& Densities() const { return *this->Family; }
  /// The smallest eigenvalue of the unit of steps, in length^2.
  double LeastStepUnit(double bandwidth) const;
  /// The unit of steps.
  StepMetric UnitAt(double bandwidth) const;

private:
  void Evaluate(double bandwidth, FlowState& state, const Execution& execution) const;
  void Anneal(FlowState& state, const Execution& execution) const;
  void TowardsGoal(double share, FlowState& state, const Execution& execution) const;
  void Diffuse(FlowState& state, const Execution& execution) const;

  std::shared_ptr<const DensityFamily> Family;
  FlowSchedule Plan;
  ParticleNumbers Numbers;
};
}

#endif
