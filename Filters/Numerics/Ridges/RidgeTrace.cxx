// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Ridges/RidgeTrace.h"

#include "Numerics/Ridges/RidgeProjection.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace
{
constexpr double LeastStep = 0.125;       ///< of the spacing
constexpr double LeastCosine = 0.7;       ///< of the angle of a step and the line before it
constexpr double LargestCorrection = 0.7; ///< of a step
constexpr Index CorrectionSteps = 30;
constexpr std::size_t FewPoints = 4; ///< of a line that cannot have come back
constexpr std::size_t MostPoints = 200000;

/// A line that goes one way.
struct Front
{
  std::vector<RidgePoint> Points; ///< the first is the seed
  Eigen::Vector3d Direction;      ///< in which the next step goes
  double Step = 0.0;              ///< its length
  bool Active = true;
  RidgeEnd End = RidgeEnd::Open;
  const Front* Other = nullptr; ///< that went the other way from the same seed
};

/// The direction of the line at its last point: of a parabola through the last three.
Eigen::Vector3d DirectionAtEnd(const std::vector<RidgePoint>& points)
{
  const std::size_t n = points.size();
  const Eigen::Vector3d last = points[n - 1].Place - points[n - 2].Place;
  if (n < 3)
  {
    return last.normalized();
  }
  const Eigen::Vector3d before = points[n - 2].Place - points[n - 3].Place;
  const Eigen::Vector3d bend = last.normalized() - before.normalized();
  return (last.normalized() + bend * (last.norm() / (last.norm() + before.norm()))).normalized();
}

class Tracer
{
public:
  Tracer(const TraceProblem& problem, const RidgeLookup& known, const Execution& execution)
    : Problem(problem)
    , Known(known)
    , Executor(execution)
    , Spacing(problem.Spacing * problem.Unit.Length)
  {
  }

  std::vector<Front> FollowForward(const std::vector<RidgePoint>& seeds) const
  {
    std::vector<Front> fronts(seeds.size());
    for (std::size_t i = 0; i < seeds.size(); ++i)
    {
      fronts[i].Points.push_back(seeds[i]);
      fronts[i].Direction = seeds[i].Along;
      fronts[i].Step = this->Spacing;
    }
    this->Follow(fronts);
    return fronts;
  }

  /// From the seeds of lines that have not come back to them.
  std::vector<Front> FollowBackward(const std::vector<Front>& forward) const
  {
    std::vector<Front> fronts;
    for (const Front& other : forward)
    {
      if (other.End != RidgeEnd::Closed)
      {
        Front& front = fronts.emplace_back();
        front.Points.push_back(other.Points.front());
        front.Direction = -other.Points.front().Along;
        front.Step = this->Spacing;
        front.Other = &other;
      }
    }
    this->Follow(fronts);
    return fronts;
  }

private:
  void Follow(std::vector<Front>& fronts) const
  {
    for (std::vector<Front*> active = ActiveOf(fronts); !active.empty(); active = ActiveOf(fronts))
    {
      this->Advance(active);
    }
    this->SettleAtWalls(fronts);
  }

  static std::vector<Front*> ActiveOf(std::vector<Front>& fronts)
  {
    std::vector<Front*> active;
    for (Front& front : fronts)
    {
      if (front.Active)
      {
        active.push_back(&front);
      }
    }
    return active;
  }

  /// Steps 1 and 2.
  void Advance(const std::vector<Front*>& fronts) const
  {
    Eigen::Matrix3Xd predicted(3, static_cast<Index>(fronts.size()));
    for (std::size_t i = 0; i < fronts.size(); ++i)
    {
      predicted.col(static_cast<Index>(i)) =
        fronts[i]->Points.back().Place + fronts[i]->Step * fronts[i]->Direction;
    }
    ProjectionOptions options;
    options.MostSteps = CorrectionSteps;
    const std::vector<RidgePoint> corrected =
      ProjectToRidge(this->Problem.Source, this->Problem.Unit, predicted, options, this->Executor);
    for (std::size_t i = 0; i < fronts.size(); ++i)
    {
      this->Judge(predicted.col(static_cast<Index>(i)), corrected[i], *fronts[i]);
    }
  }

  /// Step 3.
  void Judge(const Eigen::Vector3d& predicted, const RidgePoint& point, Front& front) const
  {
    const Eigen::Vector3d step = point.Place - front.Points.back().Place;
    const bool near = (point.Place - predicted).norm() <= LargestCorrection * front.Step;
    const bool straight = step.dot(front.Direction) >= LeastCosine * step.norm();
    if (!near || !straight || !this->Problem.Criteria.IsMet(point))
    {
      front.Step *= 0.5;
      front.Active = front.Step >= LeastStep * this->Spacing;
      return;
    }
    front.Points.push_back(point);
    front.Step = std::min(this->Spacing, 2.0 * front.Step);
    front.Direction = DirectionAtEnd(front.Points);
    front.End = this->EndAt(front);
    front.Active = front.End == RidgeEnd::Open && front.Points.size() < MostPoints;
  }

  /// Step 4.
  RidgeEnd EndAt(Front& front) const
  {
    const Eigen::Vector3d last = front.Points.back().Place;
    if (this->CutAtWall(front))
    {
      return RidgeEnd::Wall;
    }
    if (this->HasComeBack(front))
    {
      return RidgeEnd::Closed;
    }
    const bool met = this->Known.Find(last, SameLine * this->Spacing) || this->MeetsItself(front);
    return met ? RidgeEnd::Joined : RidgeEnd::Open;
  }

  /// Ends a line on the reflecting face that its last step goes through.
  bool CutAtWall(Front& front) const
  {
    Eigen::Vector3d& last = front.Points.back().Place;
    const Eigen::Vector3d before = front.Points[front.Points.size() - 2].Place;
    double share = 1.0;
    for (int axis = 0; axis < 3; ++axis)
    {
      const double low = this->Problem.Box.Lower[axis];
      const double high = low + this->Problem.Box.Length[axis];
      const double face = std::clamp(last[axis], low, high);
      // A ridge that lies in the wall may leave it by as much as its points are settled.
      if (this->Problem.Box.At(axis) == Boundary::Reflecting &&
        std::abs(last[axis] - face) > 1e-3 * this->Spacing)
      {
        share = std::min(share, std::max(0.0, (face - before[axis]) / (last[axis] - before[axis])));
      }
    }
    if (share < 1.0)
    {
      last = before + share * (last - before);
    }
    return share < 1.0;
  }

  bool HasComeBack(Front& front) const
  {
    if (front.Points.size() <= FewPoints)
    {
      return false;
    }
    const RidgePoint& last = front.Points.back();
    const RidgePoint& before = front.Points[front.Points.size() - 2];
    RidgePoint seed = front.Points.front();
    seed.Place = NearestImage(this->Problem.Box, seed.Place, last.Place);
    const SegmentDistance near = DistanceFrom(seed.Place, before.Place, last.Place);
    const bool same =
      (last.Place - before.Place).dot(front.Points[1].Place - front.Points[0].Place) > 0.0;
    if (!same || near.Squared > std::pow(SameLine * this->Spacing, 2))
    {
      return false;
    }
    // No last segment shorter than half of the others.
    front.Points.pop_back();
    if ((front.Points.back().Place - seed.Place).norm() < 0.5 * this->Spacing)
    {
      front.Points.pop_back();
    }
    front.Points.push_back(seed);
    return true;
  }

  bool MeetsItself(const Front& front) const
  {
    const std::size_t count = front.Points.size();
    if (count <= FewPoints)
    {
      return false;
    }
    const Eigen::Vector3d& last = front.Points.back().Place;
    return this->Meets(last, front.Points, count - FewPoints) ||
      (front.Other && this->Meets(last, front.Other->Points, front.Other->Points.size() - 1));
  }

  /// Whether a place lies on one of the first segments of a line.
  bool Meets(
    const Eigen::Vector3d& place, const std::vector<RidgePoint>& line, std::size_t segments) const
  {
    const double least = std::pow(SameLine * this->Spacing, 2);
    for (std::size_t i = 0; i < segments; ++i)
    {
      const Eigen::Vector3d from = NearestImage(this->Problem.Box, line[i].Place, place);
      // Far from a point is far from its segment.
      const bool near = (from - place).squaredNorm() < 4.0 * this->Spacing * this->Spacing;
      const Eigen::Vector3d to = from + line[i + 1].Place - line[i].Place;
      if (near && DistanceFrom(place, from, to).Squared < least)
      {
        return true;
      }
    }
    return false;
  }

  /// The values at the ends that were cut.
  void SettleAtWalls(std::vector<Front>& fronts) const
  {
    for (Front& front : fronts)
    {
      if (front.End != RidgeEnd::Wall)
      {
        continue;
      }
      const RidgePoint end = ProjectToRidge(this->Problem.Source, this->Problem.Unit,
        front.Points.back().Place, ProjectionOptions(), this->Executor)
                               .front();
      front.Points.back() = end;
      this->PutInBox(front.Points.back().Place);
    }
  }

  /// Along reflecting axes.
  void PutInBox(Eigen::Vector3d& place) const
  {
    for (int axis = 0; axis < 3; ++axis)
    {
      if (this->Problem.Box.At(axis) == Boundary::Reflecting)
      {
        place[axis] = this->Problem.Box.Folded(axis, place[axis]);
      }
    }
  }

  const TraceProblem& Problem;
  const RidgeLookup& Known;
  const Execution& Executor;
  double Spacing;
};

/// Both ways as one line.
RidgeTrace Joined(const Front& forward, const Front* backward)
{
  RidgeTrace trace;
  trace.Last = forward.End;
  trace.First = forward.End == RidgeEnd::Closed ? RidgeEnd::Closed : RidgeEnd::Open;
  if (backward)
  {
    trace.First = backward->End;
    trace.Points.assign(backward->Points.rbegin(), backward->Points.rend() - 1);
  }
  trace.Seed = trace.Points.size();
  trace.Points.insert(trace.Points.end(), forward.Points.begin(), forward.Points.end());
  return trace;
}
}

std::vector<RidgeTrace> TraceRidges(const TraceProblem& problem,
  const std::vector<RidgePoint>& seeds, const RidgeLookup& known, const Execution& execution)
{
  const Tracer tracer(problem, known, execution);
  const std::vector<Front> forward = tracer.FollowForward(seeds);
  const std::vector<Front> backward = tracer.FollowBackward(forward);
  std::vector<RidgeTrace> traces;
  std::size_t next = 0;
  for (const Front& front : forward)
  {
    const bool closed = front.End == RidgeEnd::Closed;
    traces.push_back(Joined(front, closed ? nullptr : &backward[next]));
    next += closed ? 0 : 1;
  }
  return traces;
}
}
