// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/Langevin.h"

#include "Numerics/Base/Random.h"

#include <cmath>
#include <utility>
#include <vector>

namespace scorefields
{
namespace
{
RandomStream StreamOf(std::uint64_t seed, std::uint64_t number, Index step)
{
  return RandomStream(seed, number, static_cast<std::uint32_t>(step));
}

/// z along the active axes, 0 elsewhere.
Eigen::Vector3d NormalVector(const Axes& axes, RandomStream& random)
{
  Eigen::Vector3d z = Eigen::Vector3d::Zero();
  for (int a = 0; a < axes.Count; ++a)
  {
    z[axes.Axis[a]] = random.Normal();
  }
  return z;
}

/// log q(to | from) up to a constant: -|L^-1 (to - from - (e/2) M s)|^2 / (2 e).
double LogProposal(
  const StepMetric& unit, double size, const Eigen::Vector3d& offset, const Eigen::Vector3d& score)
{
  const Eigen::Vector3d noise = offset - 0.5 * size * (unit.Matrix * score);
  double squared = 0.0;
  Eigen::Vector3d y = Eigen::Vector3d::Zero(); // L y = noise, axis by axis
  for (int a = 0; a < unit.Active.Count; ++a)
  {
    const int i = unit.Active.Axis[a];
    y[i] = (noise[i] - unit.Factor.row(i).dot(y)) / unit.Factor(i, i);
    squared += y[i] * y[i];
  }
  return -squared / (2.0 * size);
}

/// Where all particles are proposed to go; with Metropolis also the uniform number of each.
struct Proposals
{
  Eigen::Matrix3Xd Positions;
  Eigen::VectorXd Draws;
};

Proposals Propose(const StepMetric& unit, const LangevinOptions& options,
  const ParticleNumbers& numbers, const FlowState& state, const Execution& execution)
{
  const Index n = state.Count();
  const double size = options.StepSize;
  Proposals next{ Eigen::Matrix3Xd(3, n), Eigen::VectorXd(options.Metropolis ? n : 0) };
  execution.For(n,
    [&](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        RandomStream random =
          StreamOf(options.Seed, numbers[static_cast<std::size_t>(i)], state.Step);
        const Eigen::Vector3d z = NormalVector(unit.Active, random);
        const Eigen::Vector3d x = state.Positions.col(i);
        const Eigen::Vector3d moved =
          x + 0.5 * size * (unit.Matrix * state.Score.col(i)) + std::sqrt(size) * (unit.Factor * z);
        next.Positions.col(i) = state.IsKnown(i) ? moved : x;
        if (options.Metropolis)
        {
          next.Draws[i] = random.Uniform();
        }
      }
    });
  return next;
}

/// Takes back the steps that Metropolis refuses; returns how many are left.
Index RefuseSteps(const StepMetric& unit, double size, const Eigen::VectorXd& draws,
  const FlowState& state, FlowState& next)
{
  Index accepted = 0;
  for (Index i = 0; i < state.Count(); ++i)
  {
    const Eigen::Vector3d offset = next.Positions.col(i) - state.Positions.col(i);
    const bool take = std::log(draws[i]) <= next.LogDensity[i] - state.LogDensity[i] +
        LogProposal(unit, size, -offset, next.Score.col(i)) -
        LogProposal(unit, size, offset, state.Score.col(i));
    accepted += take ? 1 : 0;
    if (!take)
    {
      next.Positions.col(i) = state.Positions.col(i);
      next.Score.col(i) = state.Score.col(i);
      next.LogDensity[i] = state.LogDensity[i];
      next.Speed[i] = 0.0;
    }
  }
  return accepted;
}
}

void LangevinStep(const SmoothDensity& source, const StepMetric& unit,
  const LangevinOptions& options, const ParticleNumbers& numbers, FlowState& state,
  const Execution& execution)
{
  const Index n = state.Count();
  Proposals proposals = Propose(unit, options, numbers, state, execution);
  FlowState next;
  next.Positions = std::move(proposals.Positions);
  EvaluateState(source, false, next, execution);
  next.Speed = (next.Positions - state.Positions).colwise().norm();
  const Index accepted =
    options.Metropolis ? RefuseSteps(unit, options.StepSize, proposals.Draws, state, next) : n;
  state.Positions = std::move(next.Positions);
  state.Score = std::move(next.Score);
  state.LogDensity = std::move(next.LogDensity);
  state.Speed = std::move(next.Speed);
  state.Proposed += static_cast<double>(n);
  state.Accepted += static_cast<double>(accepted);
}

void AddNoise(const StepMetric& unit, double variance, std::uint64_t seed,
  const ParticleNumbers& numbers, FlowState& state, const Execution& execution)
{
  const double deviation = std::sqrt(variance);
  state.Speed.resize(state.Count());
  execution.For(state.Count(),
    [&](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        RandomStream random = StreamOf(seed, numbers[static_cast<std::size_t>(i)], state.Step);
        const Eigen::Vector3d offset =
          deviation * (unit.Factor * NormalVector(unit.Active, random));
        state.Positions.col(i) += offset;
        state.Speed[i] = offset.norm();
      }
    });
}
}
