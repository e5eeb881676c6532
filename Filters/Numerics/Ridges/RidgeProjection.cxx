// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Ridges/RidgeProjection.h"

#include "Numerics/Base/FieldStorage.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace scorefields
{
namespace
{
constexpr double LongestStep = 0.5; ///< in units
/// A point that may go no farther than this, though it wants to go ten times as far, is where two
/// eigenvalues change places: each side sends it to the other.
constexpr double StuckReach = 1e-3;

/// How a point has moved so far, in units.
struct Walk
{
  Eigen::Vector3d Last = Eigen::Vector3d::Zero();
  double Reach = LongestStep;
  bool Done = false;
};

/// Takes the values at a point, and moves it on unless it has settled.
void Move(const RidgeUnit& unit, double convergence, const FieldStorage& values, Index entry,
  RidgePoint& point, Walk& walk)
{
  point.LogDensity = values.LogDensity[entry];
  point.Hessian = values.Hessian.col(entry);
  walk.Done = !std::isfinite(point.LogDensity) || !point.Hessian.allFinite();
  if (walk.Done)
  {
    return;
  }
  const RidgeGeometry geometry(unit, values.Score.col(entry), point.Hessian);
  point.Along = geometry.Along;
  point.Second = geometry.Curvatures[1];
  point.Strength = geometry.Curvatures[0] - geometry.Curvatures[1];
  const double length = geometry.Step.norm();
  walk.Done = !(length > convergence);
  point.Settled = length <= convergence && point.Second < 0.0;
  if (walk.Done)
  {
    return;
  }
  const bool turns = geometry.Step.dot(walk.Last) < 0.0;
  walk.Reach = turns ? 0.5 * walk.Last.norm() : std::min(LongestStep, 2.0 * walk.Reach);
  walk.Done = walk.Reach < StuckReach && length > 10.0 * walk.Reach;
  if (walk.Done)
  {
    return;
  }
  walk.Last = geometry.Step * std::min(1.0, walk.Reach / length);
  point.Place += unit.Length * walk.Last;
}

Eigen::Matrix3Xd PlacesOf(const std::vector<RidgePoint>& points, const std::vector<Index>& which)
{
  Eigen::Matrix3Xd places(3, static_cast<Index>(which.size()));
  for (std::size_t k = 0; k < which.size(); ++k)
  {
    places.col(static_cast<Index>(k)) = points[static_cast<std::size_t>(which[k])].Place;
  }
  return places;
}
}

std::vector<RidgePoint> ProjectToRidge(const SmoothDensity& source, const RidgeUnit& unit,
  const PointsRef& starts, const ProjectionOptions& options, const Execution& execution)
{
  std::vector<RidgePoint> points(static_cast<std::size_t>(starts.cols()));
  std::vector<Walk> walks(points.size());
  std::vector<Index> moving(points.size());
  std::iota(moving.begin(), moving.end(), Index{ 0 });
  for (Index i = 0; i < starts.cols(); ++i)
  {
    points[static_cast<std::size_t>(i)].Place = starts.col(i);
  }
  Execution inStep = execution;
  inStep.Continue = [&execution](double) { return execution.Continue(0.0); };
  for (Index step = 0; step < options.MostSteps && !moving.empty(); ++step)
  {
    const auto count = static_cast<Index>(moving.size());
    FieldStorage values(count, FieldChoice::Smooth());
    source.Evaluate(PlacesOf(points, moving), values.View(), inStep);
    execution.For(count,
      [&](Index begin, Index end)
      {
        for (Index k = begin; k < end; ++k)
        {
          const auto i = static_cast<std::size_t>(moving[static_cast<std::size_t>(k)]);
          Move(unit, options.Convergence, values, k, points[i], walks[i]);
        }
      });
    moving.erase(std::remove_if(moving.begin(), moving.end(),
                   [&walks](Index i) { return walks[static_cast<std::size_t>(i)].Done; }),
      moving.end());
  }
  return points;
}
}
