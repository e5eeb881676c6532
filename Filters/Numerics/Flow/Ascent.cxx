// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/Ascent.h"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace scorefields
{
namespace
{
constexpr double NewtonGain = 0.02;  ///< predicted rise of the log density, at most
constexpr double NewtonLength = 0.5; ///< of a step, in units
constexpr double LeastCurvature = 1e-3;
constexpr double FlatCurvature = 1e-12; ///< taken for at least this, where steps are cut anyway
constexpr double PushLength = 0.01;     ///< off a saddle, in units
constexpr double SaddleCurvature = 1e-6;
constexpr double Rounding = 1e-13; ///< of a log density, relative to 1 + its size

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

Curvature CurvatureOf(const StepMetric& unit, const SymmetricTensor& hessian)
{
  const Eigen::Matrix3d whole = unit.Factor.transpose() * ToMatrix(hessian) * unit.Factor;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(unit.Active.PartOf(whole));
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

/// Off a saddle, along the eigenvector of the largest curvature.
Proposal Push(const StepMetric& unit, const Curvature& curvature)
{
  Eigen::VectorXd along = curvature.Vectors.col(curvature.Values.size() - 1);
  Index largest = 0;
  along.cwiseAbs().maxCoeff(&largest);
  along *= along[largest] > 0.0 ? PushLength : -PushLength;
  return { Move::Push, InSpace(unit, along) };
}

/// Newton's step in units: towards the mode where the curvatures are negative, else uphill.
Eigen::VectorXd NewtonStep(
  const Curvature& curvature, const Eigen::VectorXd& slope, NewtonSteps where)
{
  const Eigen::VectorXd components = curvature.Vectors.transpose() * slope;
  if (where == NewtonSteps::NearModes)
  {
    return curvature.Vectors * (-components.array() / curvature.Values.array()).matrix();
  }
  const Eigen::VectorXd along =
    components.array() / curvature.Values.array().abs().max(FlatCurvature);
  return curvature.Vectors * (along / std::max(1.0, along.norm()));
}

/// Whether the way that Newton's step leads is the way of the mean shift.
bool KeepsTheWay(
  const Curvature& curvature, const Eigen::VectorXd& slope, const Eigen::VectorXd& newton)
{
  return curvature.Values[curvature.Values.size() - 1] <= -LeastCurvature &&
    0.5 * slope.dot(newton) <= NewtonGain && newton.norm() <= NewtonLength;
}

Proposal Propose(const StepMetric& unit, const AscentOptions& options, const Eigen::Vector3d& score,
  const SymmetricTensor& hessian)
{
  const bool everywhere = options.Newton == NewtonSteps::Everywhere;
  const Proposal shift{ Move::Shift, options.StepSize * (unit.Matrix * score) };
  const double squared = unit.SquaredLength(score);
  // No curvature is below -1: the predicted gain is at least half of this.
  if (!everywhere && squared > 2.0 * NewtonGain)
  {
    return shift;
  }
  const Curvature curvature = CurvatureOf(unit, hessian);
  const Eigen::Vector3d whitened = unit.Factor.transpose() * score;
  const Eigen::VectorXd slope = whitened(unit.Active.Axis.head(unit.Active.Count));
  const bool flat = squared <= options.Convergence * options.Convergence;
  const Eigen::VectorXd newton = NewtonStep(curvature, slope, options.Newton);
  if (flat && (!everywhere || newton.norm() <= options.Convergence))
  {
    const bool saddle = curvature.Values[slope.size() - 1] > SaddleCurvature;
    return saddle ? Push(unit, curvature) : Proposal();
  }
  return everywhere || KeepsTheWay(curvature, slope, newton)
    ? Proposal{ Move::Newton, InSpace(unit, newton) }
    : shift;
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

/// But for rounding of the logarithm, which must not stop the last steps.
bool IsNoLower(const FlowState& tried, Index from, const FlowState& state, Index to)
{
  const double before = state.LogDensity[to];
  return tried.LogDensity[from] >= before - Rounding * (1.0 + std::abs(before));
}

void Accept(const FlowState& tried, Index from, FlowState& state, Index to)
{
  state.Speed[to] = (tried.Positions.col(from) - state.Positions.col(to)).norm();
  state.Positions.col(to) = tried.Positions.col(from);
  state.LogDensity[to] = tried.LogDensity[from];
  state.Score.col(to) = tried.Score.col(from);
  state.Tensors.col(to) = tried.Tensors.col(from);
}

/// What every particle that has not settled does next; flags those that settle now.
std::vector<Proposal> ProposeAll(const StepMetric& unit, const AscentOptions& options,
  FlowState& state, const Execution& execution)
{
  std::vector<Proposal> proposals(static_cast<std::size_t>(state.Count()));
  execution.For(state.Count(),
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

double ShareSettled(const FlowState& state)
{
  const auto settled = std::count_if(
    state.Settled.begin(), state.Settled.end(), [](unsigned char flag) { return flag != 0; });
  return state.Count() == 0 ? 1.0
                            : static_cast<double>(settled) / static_cast<double>(state.Count());
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
    if (proposal.Kind == Move::Newton && !IsNoLower(tried, from, state, i))
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
  double done = 0.0;
  for (Index k = 0; k < steps && done < 1.0; ++k)
  {
    // A step has passes of its own, from 0 to 1 each: they only ask whether to stop.
    Execution inStep = execution;
    inStep.Continue = [&execution, done](double) { return execution.Continue(done); };
    AscendStep(source, unit, options, state, inStep);
    ++state.Step;
    const double share = static_cast<double>(k + 1) / static_cast<double>(steps);
    done = std::max({ done, share, ShareSettled(state) });
    execution.Checkpoint(done);
  }
}

FlowState AscendFrom(const SmoothDensity& source, const StepMetric& unit,
  const AscentOptions& options, Index steps, Eigen::Matrix3Xd starts, const Execution& execution)
{
  FlowState state;
  state.Positions = std::move(starts);
  EvaluateState(source, true, state, execution);
  AscendToEnd(source, unit, options, steps, state, execution);
  return state;
}
}
