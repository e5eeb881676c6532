// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Modes/CriticalPoints.h"

#include "Numerics/Flow/Basins.h"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace scorefields
{
namespace
{
constexpr double Convergence = 1e-10;    ///< of |L's|
constexpr double LongestStep = 0.5;      ///< in units
constexpr double ShortestShare = 1e-4;   ///< of Newton's step, before a place is given up
constexpr double LeastCurvature = 1e-12; ///< a curvature counts as at least this
constexpr Index MostSteps = 100;
constexpr double Rounding = 1e-9; ///< of a place, in lengths of the box

Eigen::Vector3d Whitened(const StepMetric& unit, const Eigen::Vector3d& score)
{
  return unit.Factor.transpose() * score;
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

/// Eigenvalues and vectors of L' Hess L.
struct Curvature
{
  Eigen::VectorXd Values; ///< ascending
  Eigen::MatrixXd Vectors;

  Curvature(const StepMetric& unit, const Eigen::Matrix3d& hessian)
  {
    const Eigen::Matrix3d whole = unit.Factor.transpose() * hessian * unit.Factor;
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(unit.Active.PartOf(whole));
    this->Values = solver.eigenvalues();
    this->Vectors = solver.eigenvectors();
  }
};

/// -(L' Hess L)^-1 L's, no longer than LongestStep, in space.
Eigen::Vector3d NewtonStep(
  const StepMetric& unit, const Eigen::Vector3d& score, const SymmetricTensor& hessian)
{
  const Curvature curvature(unit, ToMatrix(hessian));
  const Eigen::Vector3d white = Whitened(unit, score);
  Eigen::VectorXd gradient(unit.Active.Count);
  for (int a = 0; a < unit.Active.Count; ++a)
  {
    gradient[a] = white[unit.Active.Axis[a]];
  }
  Eigen::VectorXd along = curvature.Vectors.transpose() * gradient;
  for (Index a = 0; a < along.size(); ++a)
  {
    const double value = curvature.Values[a];
    along[a] /= -std::copysign(std::max(std::abs(value), LeastCurvature), value);
  }
  const double length = along.norm();
  along *= length > LongestStep ? LongestStep / length : 1.0;
  return InSpace(unit, curvature.Vectors * along);
}

/// The places that are still on their way, each with the share of Newton's step that it takes.
class NewtonSearch
{
public:
  NewtonSearch(const SmoothDensity& source, const StepMetric& unit, FlowState& state)
    : Source(source)
    , Unit(unit)
    , State(state)
    , Shares(static_cast<std::size_t>(state.Count()), 1.0)
  {
    state.Settled.assign(static_cast<std::size_t>(state.Count()), 0);
    for (Index i = 0; i < state.Count(); ++i)
    {
      this->Moving.push_back(i);
    }
    this->DropArrived();
  }

  bool IsDone() const { return this->Moving.empty(); }

  void Step(const Execution& execution)
  {
    FlowState tried;
    tried.Positions.resize(3, static_cast<Index>(this->Moving.size()));
    for (std::size_t k = 0; k < this->Moving.size(); ++k)
    {
      const Index i = this->Moving[k];
      tried.Positions.col(static_cast<Index>(k)) = this->State.Positions.col(i) +
        this->ShareOf(i) *
          NewtonStep(this->Unit, this->State.Score.col(i), this->State.Tensors.col(i));
    }
    EvaluateState(this->Source, true, tried, execution);
    for (std::size_t k = 0; k < this->Moving.size(); ++k)
    {
      this->Take(tried, static_cast<Index>(k), this->Moving[k]);
    }
    this->DropArrived();
  }

private:
  double& ShareOf(Index i) { return this->Shares[static_cast<std::size_t>(i)]; }

  void Take(const FlowState& tried, Index from, Index to)
  {
    const bool closer = tried.IsKnown(from) &&
      this->Unit.SquaredLength(tried.Score.col(from)) <
        this->Unit.SquaredLength(this->State.Score.col(to));
    this->ShareOf(to) = closer ? std::min(1.0, 4.0 * this->ShareOf(to)) : 0.25 * this->ShareOf(to);
    if (closer)
    {
      this->State.Positions.col(to) = tried.Positions.col(from);
      this->State.LogDensity[to] = tried.LogDensity[from];
      this->State.Score.col(to) = tried.Score.col(from);
      this->State.Tensors.col(to) = tried.Tensors.col(from);
    }
  }

  /// Those that have settled, and those that find no way.
  void DropArrived()
  {
    std::vector<Index> left;
    for (const Index i : this->Moving)
    {
      const double length = std::sqrt(this->Unit.SquaredLength(this->State.Score.col(i)));
      const bool known = this->State.IsKnown(i);
      const bool settled = known && length <= Convergence;
      this->State.Settled[static_cast<std::size_t>(i)] = settled ? 1 : 0;
      if (known && !settled && this->ShareOf(i) >= ShortestShare)
      {
        left.push_back(i);
      }
    }
    this->Moving = std::move(left);
  }

  const SmoothDensity& Source;
  const StepMetric& Unit;
  FlowState& State;
  std::vector<double> Shares;
  std::vector<Index> Moving;
};

/// How a log density changes from node to node.
class SlopeSigns
{
public:
  SlopeSigns(const NodeField& field, const Axes& axes, double floor, const Execution& execution)
    : Field(field)
    , Active(axes)
    , Signs(static_cast<std::size_t>(field.Nodes.Size()), 0)
  {
    execution.ForInBatches(field.Nodes.Size(), Index(1) << 20,
      [&](Index begin, Index end)
      {
        for (Index node = begin; node < end; ++node)
        {
          this->Signs[static_cast<std::size_t>(node)] = this->SignsAt(node, floor);
        }
      });
  }

  /// Whether the cell at a node may hold a zero of the gradient.
  bool MayHoldZero(Index node) const
  {
    unsigned char signs = 0;
    for (int bits = 0; bits < 1 << this->Active.Count; ++bits)
    {
      Index3 step = Index3::Zero();
      for (int a = 0; a < this->Active.Count; ++a)
      {
        step[this->Active.Axis[a]] = bits >> a & 1;
      }
      const Index corner = this->Field.Beside(node, step);
      if (corner < 0 || std::isnan(this->Field.Values[corner]))
      {
        return false;
      }
      signs = static_cast<unsigned char>(signs | this->Signs[static_cast<std::size_t>(corner)]);
    }
    return signs == (High | ((1 << 2 * this->Active.Count) - 1));
  }

private:
  static constexpr int High = 64; ///< above the floor

  /// Bit 2 a: the density does not fall along active axis a; the next: it does not rise.
  unsigned char SignsAt(Index node, double floor) const
  {
    int signs = this->Field.Values[node] > floor ? High : 0;
    for (int a = 0; a < this->Active.Count; ++a)
    {
      const double slope = this->SlopeAt(node, this->Active.Axis[a]);
      signs |= (slope >= 0.0 ? 1 : 0) << 2 * a | (slope <= 0.0 ? 1 : 0) << (2 * a + 1);
    }
    return static_cast<unsigned char>(signs);
  }

  double SlopeAt(Index node, int axis) const
  {
    Index3 step = Index3::Zero();
    step[axis] = 1;
    const Index before = this->Field.Beside(node, -step);
    const Index after = this->Field.Beside(node, step);
    const bool atBorder = before < 0 || after < 0;
    if (atBorder && this->Field.Boundaries[static_cast<std::size_t>(axis)] == Boundary::Reflecting)
    {
      return 0.0;
    }
    return this->Field.Values[after < 0 ? node : after] -
      this->Field.Values[before < 0 ? node : before];
  }

  const NodeField& Field;
  Axes Active;
  std::vector<unsigned char> Signs;
};

CriticalPoint PointAt(const StepMetric& unit, const FlowState& state, Index i)
{
  CriticalPoint point;
  point.Position = state.Positions.col(i);
  point.LogDensity = state.LogDensity[i];
  point.Hessian = ToMatrix(state.Tensors.col(i));
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(unit.Active.PartOf(point.Hessian));
  int rising = 0;
  for (int a = 0; a < unit.Active.Count; ++a)
  {
    point.Eigenvalues[a] = solver.eigenvalues()[a];
    rising += point.Eigenvalues[a] > 0.0 ? 1 : 0;
  }
  point.Type = TypeOf(rising, unit.Active.Count);
  return point;
}

bool ComesBefore(const CriticalPoint& one, const CriticalPoint& other)
{
  const auto key = [](const CriticalPoint& point)
  {
    return std::make_tuple(static_cast<int>(point.Type), -point.LogDensity, point.Position[0],
      point.Position[1], point.Position[2]);
  };
  return key(one) < key(other);
}
}

CriticalType TypeOf(int rising, int axes)
{
  if (rising == axes)
  {
    return CriticalType::Minimum;
  }
  return rising == 0 ? CriticalType::Mode
                     : (rising == 1 ? CriticalType::Saddle : CriticalType::SecondSaddle);
}

bool LiesInBox(const Grid& box, const Eigen::Vector3d& place)
{
  for (int axis = 0; axis < 3; ++axis)
  {
    const double length = box.Spacing[axis] * static_cast<double>(box.Dimensions[axis] - 1);
    const double offset = place[axis] - box.Origin[axis];
    if (length > 0.0 && (offset < -Rounding * length || offset > (1.0 + Rounding) * length))
    {
      return false;
    }
  }
  return true;
}

Eigen::Matrix3Xd CriticalCells(
  const NodeField& logDensity, double floor, const Execution& execution)
{
  const Index3& n = logDensity.Nodes.Dimensions;
  const Axes axes = Axes::FromFlags(n[0] > 1, n[1] > 1, n[2] > 1);
  const Index size = logDensity.Nodes.Size();
  const SlopeSigns slopes(logDensity, axes, floor, execution.Part(0.0, 0.5));
  std::vector<unsigned char> flags(static_cast<std::size_t>(size), 0);
  execution.Part(0.5, 1.0).ForInBatches(size, Index(1) << 20,
    [&](Index begin, Index end)
    {
      for (Index node = begin; node < end; ++node)
      {
        flags[static_cast<std::size_t>(node)] = slopes.MayHoldZero(node) ? 1 : 0;
      }
    });
  Eigen::Matrix3Xd centres(3, std::count(flags.begin(), flags.end(), 1));
  Eigen::Vector3d half = Eigen::Vector3d::Zero();
  for (int a = 0; a < axes.Count; ++a)
  {
    half[axes.Axis[a]] = 0.5 * logDensity.Nodes.Spacing[axes.Axis[a]];
  }
  Index column = 0;
  for (Index node = 0; node < size; ++node)
  {
    if (flags[static_cast<std::size_t>(node)] != 0)
    {
      centres.col(column++) = logDensity.Nodes.Node(node) + half;
    }
  }
  return centres;
}

Eigen::Matrix3Xd BesideFolds(const StepMetric& unit, const std::vector<CriticalPoint>& points)
{
  std::vector<Eigen::Vector3d> places;
  for (const CriticalPoint& point : points)
  {
    const Curvature curvature(unit, point.Hessian);
    for (Index a = 0; a < curvature.Values.size(); ++a)
    {
      if (std::abs(curvature.Values[a]) >= FoldCurvature)
      {
        continue;
      }
      const Eigen::Vector3d along = InSpace(unit, curvature.Vectors.col(a));
      for (const double distance : { 0.1, 0.2, 0.4, 0.7, 1.0 })
      {
        places.emplace_back(point.Position + distance * along);
        places.emplace_back(point.Position - distance * along);
      }
    }
  }
  Eigen::Matrix3Xd columns(3, static_cast<Index>(places.size()));
  for (std::size_t i = 0; i < places.size(); ++i)
  {
    columns.col(static_cast<Index>(i)) = places[i];
  }
  return columns;
}

FlowState SettleFrom(const SmoothDensity& source, const StepMetric& unit, Eigen::Matrix3Xd starts,
  const Execution& execution)
{
  FlowState state;
  state.Positions = std::move(starts);
  Execution inStep = execution;
  inStep.Continue = [&execution](double) { return execution.Continue(0.0); };
  EvaluateState(source, true, state, inStep);
  NewtonSearch search(source, unit, state);
  for (Index step = 0; step < MostSteps && !search.IsDone(); ++step)
  {
    search.Step(inStep);
    execution.Checkpoint(static_cast<double>(step) / static_cast<double>(MostSteps));
  }
  return state;
}

std::vector<CriticalPoint> CriticalPointsAt(const SmoothDensity& source, const StepMetric& unit,
  const FlowState& ends, const Grid& box, const Domain& domain, const Execution& execution)
{
  std::vector<Mode> inside;
  for (const Mode& place : DistinctModes(ModesAt(ends, domain), unit, CriticalDistance, domain))
  {
    if (LiesInBox(box, place.Position))
    {
      inside.push_back(place);
    }
  }
  FlowState state;
  state.Positions.resize(3, static_cast<Index>(inside.size()));
  for (std::size_t i = 0; i < inside.size(); ++i)
  {
    state.Positions.col(static_cast<Index>(i)) = inside[i].Position;
  }
  EvaluateState(source, true, state, execution);
  std::vector<CriticalPoint> points;
  for (Index i = 0; i < state.Count(); ++i)
  {
    points.push_back(PointAt(unit, state, i));
  }
  std::sort(points.begin(), points.end(), ComesBefore);
  return points;
}
}
