// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/Flow.h"

#include "Numerics/Flow/Ascent.h"
#include "Numerics/Flow/Denoising.h"
#include "Numerics/Flow/Langevin.h"
#include "Numerics/Flow/ProbabilityFlow.h"

#include <Eigen/Eigenvalues>

#include <cassert>
#include <utility>

// A flow, state by state:
//   1. Start: evaluate the density where the particles begin. Denoise finds its goals there,
//      ProbabilityFlow begins the log density along the path.
//   2. Advance: one step by the mode.
//      a. Ascent          uphill by mean shift or Newton's step (Ascent.h)
//      b. Langevin        at the step's bandwidth, noise keyed by the step (Anneal, Langevin.h);
//                         the last step of an annealing goes to the posterior mean
//      c. ProbabilityFlow to the next bandwidth, in steps of its own (ProbabilityFlow.h)
//      d. Denoise         a share of what is left of the way to the goal (TowardsGoal)
//      e. Diffusion       noise until the kernel has the next bandwidth (Diffuse)
//      Each leaves log density and score at the new places.
//   3. ToTheEnd: of an ascent, steps until all particles have settled.
namespace scorefields
{
namespace
{
constexpr Index MostAscentSteps = 5000;

AscentOptions AscentOf(const FlowRequest& request)
{
  AscentOptions options;
  options.StepSize = request.StepSize;
  return options;
}
}

Flow::Flow(std::shared_ptr<const DensityFamily> family, const FlowSchedule& schedule,
  ParticleNumbers numbers)
  : Family(std::move(family))
  , Plan(schedule)
  , Numbers(std::move(numbers))
{
}

StepMetric Flow::UnitAt(double bandwidth) const
{
  return StepMetric(
    this->Family->KernelAt(bandwidth).ActiveAxes(), this->Family->StepUnitAt(bandwidth));
}

double Flow::LeastStepUnit(double bandwidth) const
{
  const StepMetric unit = this->UnitAt(bandwidth);
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(
    unit.Active.PartOf(unit.Matrix), Eigen::EigenvaluesOnly);
  return solver.eigenvalues()[0];
}

void Flow::Evaluate(double bandwidth, FlowState& state, const Execution& execution) const
{
  state.Bandwidth = bandwidth;
  const bool hessian = this->Plan.Request().Mode == FlowMode::Ascent;
  // Of denoising, Tensors are those of the start.
  auto tensors = std::move(state.Tensors);
  EvaluateState(*this->Family->At(bandwidth, execution), hessian, state, execution);
  if (!hessian)
  {
    state.Tensors = std::move(tensors);
  }
}

// Step 1.
FlowState Flow::Start(
  Eigen::Matrix3Xd positions, const Execution& execution, const Eigen::VectorXd& logDensity) const
{
  assert(static_cast<std::size_t>(positions.cols()) == this->Numbers.size());
  FlowState state;
  state.Positions = std::move(positions);
  state.Speed.setZero(state.Count());
  state.Bandwidth = this->Plan.After(0);
  switch (this->Plan.Request().Mode)
  {
    case FlowMode::Denoise:
    {
      const GaussianKernel kernel = this->Family->KernelAt(state.Bandwidth);
      FindPosterior(*this->Family->At(state.Bandwidth, execution),
        StepMetric(kernel.ActiveAxes(), kernel.Covariance()), state, execution);
      break;
    }
    case FlowMode::Ascent:
      state.Settled.assign(static_cast<std::size_t>(state.Count()), 0);
      this->Evaluate(state.Bandwidth, state, execution);
      break;
    case FlowMode::ProbabilityFlow:
      this->Evaluate(state.Bandwidth, state, execution);
      state.PathLogDensity = logDensity.size() > 0 ? logDensity : state.LogDensity;
      break;
    case FlowMode::Langevin:
    case FlowMode::AnnealedLangevin:
    case FlowMode::Diffusion:
      this->Evaluate(state.Bandwidth, state, execution);
      break;
  }
  return state;
}

// Step 2.
void Flow::Advance(FlowState& state, const Execution& execution) const
{
  const FlowRequest& request = this->Plan.Request();
  switch (request.Mode)
  {
    case FlowMode::Ascent:
      AscendStep(*this->Family->At(state.Bandwidth, execution), this->UnitAt(state.Bandwidth),
        AscentOf(request), state, execution);
      break;
    case FlowMode::Langevin:
    case FlowMode::AnnealedLangevin:
      this->Anneal(state, execution);
      break;
    case FlowMode::ProbabilityFlow:
    {
      const double to = this->Plan.After(state.Step + 1);
      FlowToBandwidth(*this->Family, to, FlowSteps(state.Bandwidth, to), state, execution);
      break;
    }
    case FlowMode::Denoise:
      this->TowardsGoal(1.0 / static_cast<double>(request.Steps - state.Step), state, execution);
      break;
    case FlowMode::Diffusion:
      this->Diffuse(state, execution);
      break;
  }
  ++state.Step;
}

// Step 2 b.
void Flow::Anneal(FlowState& state, const Execution& execution) const
{
  const FlowRequest& request = this->Plan.Request();
  const double bandwidth = this->Plan.AtStep(state.Step);
  if (bandwidth != state.Bandwidth)
  {
    this->Evaluate(bandwidth, state, execution);
  }
  if (this->Plan.IsFinalDenoise(state.Step))
  {
    const Eigen::Matrix3d covariance = this->Family->KernelAt(bandwidth).Covariance();
    state.Goals = state.Positions + covariance * state.Score;
    this->TowardsGoal(1.0, state, execution);
    state.Goals.resize(3, 0);
    return;
  }
  LangevinOptions options;
  options.StepSize = request.StepSize;
  options.Metropolis = request.Metropolis;
  options.Seed = request.Seed;
  LangevinStep(*this->Family->At(bandwidth, execution), this->UnitAt(bandwidth), options,
    this->Numbers, state, execution);
}

// Step 2 d. Goes this share of what is left of the way to the goals, in a straight line.
void Flow::TowardsGoal(double share, FlowState& state, const Execution& execution) const
{
  const Eigen::Matrix3Xd offset = share * (state.Goals - state.Positions);
  if (share == 1.0)
  {
    state.Positions = state.Goals;
  }
  else
  {
    state.Positions += offset;
  }
  state.Speed = offset.colwise().norm();
  this->Evaluate(state.Bandwidth, state, execution);
}

// Step 2 e.
void Flow::Diffuse(FlowState& state, const Execution& execution) const
{
  const double from = this->Plan.After(state.Step);
  const double to = this->Plan.After(state.Step + 1);
  // The kernel of unit bandwidth is the shape that both share: H(s) = s^2 H(1).
  const GaussianKernel shape = this->Family->KernelAt(1.0);
  AddNoise(StepMetric(shape.ActiveAxes(), shape.Covariance()), (to - from) * (to + from),
    this->Plan.Request().Seed, this->Numbers, state, execution);
  this->Evaluate(to, state, execution);
}

// Step 3.
FlowState Flow::ToTheEnd(FlowState state, const Execution& execution) const
{
  AscendToEnd(*this->Family->At(state.Bandwidth, execution), this->UnitAt(state.Bandwidth),
    AscentOf(this->Plan.Request()), MostAscentSteps, state, execution);
  return state;
}
}
