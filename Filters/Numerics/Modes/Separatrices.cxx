// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Modes/Separatrices.h"

#include "Numerics/Flow/Basins.h"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <utility>

namespace scorefields
{
namespace
{
constexpr double FirstStep = 0.01; ///< in units
constexpr double StepLength = 0.1;
constexpr double LeastScore = 1e-12; ///< |L's| below which there is no direction

/// The eigenvectors of L' Hess L in space, for ascending eigenvalues.
Eigen::Matrix3Xd DirectionsAt(const StepMetric& unit, const Eigen::Matrix3d& hessian)
{
  const Axes& axes = unit.Active;
  const Eigen::Matrix3d whole = unit.Factor.transpose() * hessian * unit.Factor;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(axes.PartOf(whole));
  Eigen::Matrix3Xd directions = Eigen::Matrix3Xd::Zero(3, axes.Count);
  for (int a = 0; a < axes.Count; ++a)
  {
    for (int b = 0; b < axes.Count; ++b)
    {
      directions.col(a) += unit.Factor.col(axes.Axis[b]) * solver.eigenvectors()(b, a);
    }
  }
  return directions;
}

/// All ways at once, a step at a time.
class Tracer
{
public:
  Tracer(const CriticalProblem& problem, const CriticalSet& set)
    : Problem(problem)
    , Set(set)
  {
    for (std::size_t i = 0; i < set.Points.size(); ++i)
    {
      const CriticalPoint& point = set.Points[i];
      if (point.Type == CriticalType::Mode || point.Type == CriticalType::Minimum)
      {
        this->Numbers.push_back(static_cast<Index>(i));
        this->Ends.push_back({ point.Position, point.LogDensity });
      }
    }
  }

  void Begin();
  void Step(const Execution& execution);
  bool IsDone() const { return this->Moving.empty(); }
  std::vector<CriticalWay> Take();

private:
  void BeginAt(Index point);
  void Add(Index from, bool uphill, const Eigen::Vector3d& offset);
  Eigen::Matrix3Xd Velocities(const Eigen::Matrix3Xd& places, const Execution& execution) const;
  std::vector<int> EndsAt(const Eigen::Matrix3Xd& places) const;
  Eigen::Vector3d NearestOffset(Eigen::Vector3d offset) const;
  bool HasEnded(std::size_t way, int end);

  const CriticalProblem& Problem;
  const CriticalSet& Set;
  std::vector<Mode> Ends;     ///< modes and minima
  std::vector<Index> Numbers; ///< of these among the critical points
  std::vector<CriticalWay> Ways;
  std::vector<std::vector<Eigen::Vector3d>> Paths;
  std::vector<std::size_t> Moving;
};

void Tracer::Add(Index from, bool uphill, const Eigen::Vector3d& offset)
{
  const Eigen::Vector3d start = this->Set.Points[static_cast<std::size_t>(from)].Position;
  for (const double side : { 1.0, -1.0 })
  {
    CriticalWay way;
    way.From = from;
    way.Uphill = uphill;
    this->Moving.push_back(this->Ways.size());
    this->Ways.push_back(std::move(way));
    this->Paths.push_back({ start, start + side * FirstStep * offset });
  }
}

void Tracer::BeginAt(Index point)
{
  const CriticalPoint& saddle = this->Set.Points[static_cast<std::size_t>(point)];
  const Eigen::Matrix3Xd directions = DirectionsAt(this->Problem.Unit, saddle.Hessian);
  this->Add(point, true, directions.col(directions.cols() - 1));
  if (directions.cols() == 2)
  {
    this->Add(point, false, directions.col(0));
  }
}

void Tracer::Begin()
{
  const CriticalType pass = TypeOf(1, this->Problem.Unit.Active.Count);
  for (std::size_t i = 0; i < this->Set.Points.size(); ++i)
  {
    if (this->Set.Points[i].Type == pass)
    {
      this->BeginAt(static_cast<Index>(i));
    }
  }
}

/// +-M s / |L's| of the ways that go on; 0 where there is no direction.
Eigen::Matrix3Xd Tracer::Velocities(
  const Eigen::Matrix3Xd& places, const Execution& execution) const
{
  FlowState state;
  state.Positions = places;
  EvaluateState(this->Problem.Source, false, state, execution);
  Eigen::Matrix3Xd velocities(3, places.cols());
  for (Index i = 0; i < places.cols(); ++i)
  {
    const Eigen::Vector3d score = state.Score.col(i);
    const double length = std::sqrt(this->Problem.Unit.SquaredLength(score));
    const double sign = this->Ways[this->Moving[static_cast<std::size_t>(i)]].Uphill ? 1.0 : -1.0;
    velocities.col(i) = this->Problem.Unit.Matrix * score;
    velocities.col(i) *= length > LeastScore ? sign / length : 0.0;
  }
  return velocities;
}

/// For each place the mode or minimum that it is at, or NoBasin.
std::vector<int> Tracer::EndsAt(const Eigen::Matrix3Xd& places) const
{
  FlowState here;
  here.Positions = places;
  here.LogDensity = Eigen::VectorXd::Zero(places.cols()); // known
  here.Settled.assign(static_cast<std::size_t>(places.cols()), 1);
  return BasinsOf(here, this->Ends, this->Problem.Unit, this->Problem.Box);
}

/// Along periodic axes the shortest of all images.
Eigen::Vector3d Tracer::NearestOffset(Eigen::Vector3d offset) const
{
  for (int axis = 0; axis < 3; ++axis)
  {
    if (this->Problem.Box.At(axis) == Boundary::Periodic)
    {
      const double period = this->Problem.Box.Length[axis];
      offset[axis] -= period * std::round(offset[axis] / period);
    }
  }
  return offset;
}

bool Tracer::HasEnded(std::size_t way, int end)
{
  std::vector<Eigen::Vector3d>& path = this->Paths[way];
  const Eigen::Vector3d folded = this->Problem.Box.Folded(path.back());
  const CriticalType goal = this->Ways[way].Uphill ? CriticalType::Mode : CriticalType::Minimum;
  const Index number = end < 0 ? NoPoint : this->Numbers[static_cast<std::size_t>(end)];
  if (number != NoPoint && this->Set.Points[static_cast<std::size_t>(number)].Type == goal)
  {
    this->Ways[way].To = number;
    const Eigen::Vector3d goalPlace = this->Set.Points[static_cast<std::size_t>(number)].Position;
    path.push_back(path.back() + this->NearestOffset(goalPlace - folded));
    return true;
  }
  return !LiesInBox(this->Problem.LogDensity.Nodes, folded) || path.back() == path[path.size() - 2];
}

void Tracer::Step(const Execution& execution)
{
  Eigen::Matrix3Xd places(3, static_cast<Index>(this->Moving.size()));
  for (std::size_t k = 0; k < this->Moving.size(); ++k)
  {
    places.col(static_cast<Index>(k)) = this->Paths[this->Moving[k]].back();
  }
  const double h = StepLength;
  const Eigen::Matrix3Xd k1 = this->Velocities(places, execution);
  const Eigen::Matrix3Xd k2 = this->Velocities(places + 0.5 * h * k1, execution);
  const Eigen::Matrix3Xd k3 = this->Velocities(places + 0.5 * h * k2, execution);
  const Eigen::Matrix3Xd k4 = this->Velocities(places + h * k3, execution);
  places += h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4);
  const std::vector<int> ends = this->EndsAt(places);
  std::vector<std::size_t> left;
  for (std::size_t k = 0; k < this->Moving.size(); ++k)
  {
    const std::size_t way = this->Moving[k];
    this->Paths[way].emplace_back(places.col(static_cast<Index>(k)));
    if (!this->HasEnded(way, ends[k]))
    {
      left.push_back(way);
    }
  }
  this->Moving = std::move(left);
}

std::vector<CriticalWay> Tracer::Take()
{
  for (std::size_t way = 0; way < this->Ways.size(); ++way)
  {
    const std::vector<Eigen::Vector3d>& path = this->Paths[way];
    this->Ways[way].Places.resize(3, static_cast<Index>(path.size()));
    for (std::size_t i = 0; i < path.size(); ++i)
    {
      this->Ways[way].Places.col(static_cast<Index>(i)) = path[i];
    }
  }
  return std::move(this->Ways);
}
}

std::vector<CriticalWay> WaysFromSaddles(
  const CriticalProblem& problem, const CriticalSet& set, const Execution& execution)
{
  Tracer tracer(problem, set);
  tracer.Begin();
  Execution inStep = execution;
  inStep.Continue = [&execution](double) { return execution.Continue(0.0); };
  for (Index step = 0; step < MostWaySteps && !tracer.IsDone(); ++step)
  {
    tracer.Step(inStep);
    execution.Checkpoint(static_cast<double>(step) / static_cast<double>(MostWaySteps));
  }
  return tracer.Take();
}
}
