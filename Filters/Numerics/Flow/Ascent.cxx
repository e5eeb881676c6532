// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/Ascent.h"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <vector>

namespace scorefields
{
namespace
{
constexpr double NewtonGain = 0.02;  ///< predicted rise of the log density, at most
constexpr double NewtonLength = 0.5; ///< of a step, in units
constexpr double LeastCurvature = 1e-3;
constexpr double PushLength = 0.01; ///< off a saddle, in units
constexpr double SaddleCurvature = 1e-6;

enum class Move : unsigned char
{
  None, ///< settled
  Shift,
  Newton,
  Push
};

/// Curvatures in units: eigenvalues and vectors of L' Hess L, at least -1.
struct Curvature
{
  Eigen::VectorXd Values; ///< ascending
  Eigen::MatrixXd Vectors;
};

Curvature CurvatureOf(const StepMetric& unit, const Eigen::Matrix3d& hessian)
{
  const Eigen::Matrix3d whole = unit.Factor.transpose() * hessian * unit.Factor;
  const int d = unit.Active.Count;
  Eigen::MatrixXd compact(d, d);
  for (int a = 0; a < d; ++a)
  {
    for (int b = 0; b < d; ++b)
    {
      compact(a, b) = whole(unit.Active.Axis[a], unit.Active.Axis[b]);
    }
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(compact);
  return { solver.eigenvalues(), solver.eigenvectors() };
}

/// L w for w along the active axes.
Eigen::Vector3d InSpace(const StepMetric& unit, const Eigen::VectorXd& w)
{
  Eigen::Vector3d vector = Eigen::Vector3d::Zero();
  for (int a = 0; a < unit.Active.Count; ++a)
  {
    vector += unit.Factor.col(unit.Active.Axis[a]) * w[a];
  }
  return vector;
}

/// What one particle does next, and where to.
struct Proposal
{
  Move Kind = Move::None;
  Eigen::Vector3d Offset = Eigen::Vector3d::Zero();
};

Proposal Propose(const StepMetric& unit, const AscentOptions& options, const Eigen::Vector3d& score,
  const SymmetricTensor& hessian)
{
  Proposal proposal{ Move::Shift, options.StepSize * (unit.Matrix * score) };
  const double squared = unit.SquaredLength(score);
  // No curvature is below -1: the predicted gain is at least half of this.
  if (squared > 2.0 * NewtonGain)
  {
    return proposal;
  }
  const Curvature curvature = CurvatureOf(unit, ToMatrix(hessian));
  const Eigen::Vector3d whitened = unit.Factor.transpose() * score;
  Eigen::VectorXd slope(unit.Active.Count);
  for (int a = 0; a < unit.Active.Count; ++a)
  {
    slope[a] = whitened[unit.Active.Axis[a]];
  }
  const Index last = curvature.Values.size() - 1;
  if (squared <= options.Convergence * options.Convergence)
  {
    if (!(curvature.Values[last] > SaddleCurvature))
    {
      return Proposal();
    }
    Eigen::VectorXd along = curvature.Vectors.col(last);
    Index largest = 0;
    along.cwiseAbs().maxCoeff(&largest);
    along *= along[largest] > 0.0 ? PushLength : -PushLength;
    return { Move::Push, InSpace(unit, along) };
  }
  if (curvature.Values[last] > -LeastCurvature)
  {
    return proposal;
  }
  const Eigen::VectorXd components = curvature.Vectors.transpose() * slope;
  const Eigen::VectorXd newton =
    curvature.Vectors * (-components.array() / curvature.Values.array()).matrix();
  if (0.5 * slope.dot(newton) <= NewtonGain && newton.norm() <= NewtonLength)
  {
    proposal = { Move::Newton, InSpace(unit, newton) };
  }
  return proposal;
}

/// Some of a state's particles, moved by their proposals and evaluated there.
FlowState Tried(const SmoothDensity& source, const FlowState& state,
  const std::vector<Proposal>& proposals, const std::vector<Index>& which,
  const Execution& execution)
{
  FlowState tried;
  tried.Positions.resize(3, static_cast<Index>(which.size()));
  for (std::size_t k = 0; k < which.size(); ++k)
  {
    tried.Positions.col(static_cast<Index>(k)) =
      state.Positions.col(which[k]) + proposals[static_cast<std::size_t>(which[k])].Offset;
  }
  EvaluateState(source, true, tried, execution);
  return tried;
}

void Accept(const FlowState& tried, Index from, FlowState& state, Index to)
{
  state.Speed[to] = (tried.Positions.col(from) - state.Positions.col(to)).norm();
  state.Positions.col(to) = tried.Positions.col(from);
  state.LogDensity[to] = tried.LogDensity[from];
  state.Score.col(to) = tried.Score.col(from);
  state.Tensors.col(to) = tried.Tensors.col(from);
}

/// What each particle does next; those with nothing to do have settled.
std::vector<Proposal> ProposeAll(const StepMetric& unit, const AscentOptions& options,
  FlowState& state, const Execution& execution)
{
  const Index n = state.Count();
  std::vector<Proposal> proposals(static_cast<std::size_t>(n));
  execution.For(n,
    [&](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        const auto at = static_cast<std::size_t>(i);
        if (state.Settled[at] == 0)
        {
          proposals[at] = Propose(unit, options, state.Score.col(i), state.Tensors.col(i));
          state.Settled[at] = proposals[at].Kind == Move::None ? 1 : 0;
        }
      }
    });
  return proposals;
}

std::vector<Index> NotSettled(const FlowState& state)
{
  std::vector<Index> moving;
  for (Index i = 0; i < state.Count(); ++i)
  {
    if (state.Settled[static_cast<std::size_t>(i)] == 0)
    {
      moving.push_back(i);
    }
  }
  return moving;
}
}

void AscendStep(const SmoothDensity& source, const StepMetric& unit, const AscentOptions& options,
  FlowState& state, const Execution& execution)
{
  state.Settled.resize(static_cast<std::size_t>(state.Count()), 0);
  state.Speed.setZero(state.Count());
  std::vector<Proposal> proposals = ProposeAll(unit, options, state, execution);
  const std::vector<Index> moving = NotSettled(state);
  const FlowState tried = Tried(source, state, proposals, moving, execution);
  std::vector<Index> again;
  for (std::size_t k = 0; k < moving.size(); ++k)
  {
    const Index i = moving[k];
    Proposal& proposal = proposals[static_cast<std::size_t>(i)];
    const auto from = static_cast<Index>(k);
    if (proposal.Kind == Move::Newton && !(tried.LogDensity[from] >= state.LogDensity[i]))
    {
      proposal = { Move::Shift, options.StepSize * (unit.Matrix * state.Score.col(i)) };
      again.push_back(i);
      continue;
    }
    Accept(tried, from, state, i);
  }
  if (!again.empty())
  {
    const FlowState shifted = Tried(source, state, proposals, again, execution);
    for (std::size_t k = 0; k < again.size(); ++k)
    {
      Accept(shifted, static_cast<Index>(k), state, again[k]);
    }
  }
}

void AscendToEnd(const SmoothDensity& source, const StepMetric& unit, const AscentOptions& options,
  Index steps, FlowState& state, const Execution& execution)
{
  const auto settled = [&state]
  {
    return std::all_of(
      state.Settled.begin(), state.Settled.end(), [](unsigned char flag) { return flag != 0; });
  };
  for (Index k = 0; k < steps && (k == 0 || !settled()); ++k)
  {
    AscendStep(source, unit, options, state, execution);
    ++state.Step;
  }
}
}
