// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Ridges/RidgeTrace.h"

#include "support/RidgeCases.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <Eigen/Geometry>

#include <algorithm>

namespace scorefields
{
namespace
{
std::vector<RidgeTrace> TraceFrom(const ridges::Case& density, const Eigen::Vector3d& place,
  const Execution& execution = Execution())
{
  const TraceProblem problem = density.Problem();
  const std::vector<RidgePoint> seeds =
    ProjectToRidge(*density.Source, problem.Unit, place, ProjectionOptions(), execution);
  return TraceRidges(problem, seeds,
    RidgeLookup(2.0 * problem.Spacing * problem.Unit.Length, problem.Box), execution);
}

ridges::Case Ring()
{
  return { Samples::Unweighted(ridges::Circle(400)),
    GaussianKernel::Isotropic(Axes::First(2), 0.3) };
}
}

// Oracle: the radius of the ring from Bessel functions. Tolerance: the points settle within 1e-6 h;
// 400 samples a circle add nothing (I400 / I0 of the argument 10 is far below rounding).
TEST(RidgeTrace, ComesBackAroundARing)
{
  const std::vector<RidgeTrace> traces = TraceFrom(Ring(), Eigen::Vector3d(0.6, 0.3, 0.0));
  ASSERT_EQ(traces.size(), 1U);
  const RidgeTrace& ring = traces.front();
  EXPECT_TRUE(ring.IsClosed());
  EXPECT_EQ(ring.First, RidgeEnd::Closed);
  EXPECT_EQ(ring.Points.front().Place, ring.Points.back().Place);
  const double radius = ridges::RadiusOfRing(0.3 * 0.3);
  double angle = 0.0;
  for (std::size_t i = 0; i + 1 < ring.Points.size(); ++i)
  {
    const Eigen::Vector3d& place = ring.Points[i].Place;
    const Eigen::Vector3d& next = ring.Points[i + 1].Place;
    EXPECT_NEAR(place.norm(), radius, 1e-6);
    // Even steps of a quarter of the bandwidth, but for the last one; all one way.
    EXPECT_LT((next - place).norm(), 1.6 * 0.25 * 0.3);
    EXPECT_GT((next - place).norm(), 0.45 * 0.25 * 0.3);
    angle += std::asin((place.cross(next)).z() / (radius * radius));
  }
  EXPECT_NEAR(std::abs(angle), 2.0 * Pi, 1e-4);
}

// Oracle: a Gaussian's ridge is its longest axis for ever; it ends where the density falls below
// what is asked for. The last steps are an eighth of the spacing or more, so that the end lies
// within that of where log p is.
TEST(RidgeTrace, EndsWhereTheDensityFallsBelowTheLeast)
{
  const Eigen::Matrix3d covariance = Eigen::Vector3d(4.0, 1.0, 0.5).asDiagonal();
  const MixtureDensity density(Mixture({ { 1.0, Eigen::Vector3d::Zero(), covariance } }));
  const double peak = -1.5 * std::log(2.0 * Pi) - 0.5 * std::log(2.0);
  const TraceProblem problem{ density, { Axes(), 0.5 }, { peak - 2.0, 0.0 }, 0.25, {} };
  const std::vector<RidgePoint> seeds = ProjectToRidge(
    density, problem.Unit, Eigen::Vector3d(0.3, 0.2, 0.1), ProjectionOptions(), Execution());
  const RidgeTrace line =
    TraceRidges(problem, seeds, RidgeLookup(0.25, Domain()), Execution()).front();
  EXPECT_EQ(line.First, RidgeEnd::Open);
  EXPECT_EQ(line.Last, RidgeEnd::Open);
  EXPECT_EQ(line.Points[line.Seed].Place, seeds.front().Place);
  // x^2 / 8 = 2.
  EXPECT_NEAR(std::abs(line.Points.front().Place.x()), 4.0, 0.25 * 0.5 * 0.25);
  EXPECT_NEAR(std::abs(line.Points.back().Place.x()), 4.0, 0.25 * 0.5 * 0.25);
  for (const RidgePoint& point : line.Points)
  {
    EXPECT_LT(point.Place.tail<2>().norm(), 0.5e-6);
    EXPECT_LE(std::abs(point.Place.x()), 4.0);
  }
}

// Contract: a line that is known is met, and not followed again.
TEST(RidgeTrace, StopsAtAKnownLine)
{
  const ridges::Case ring = Ring();
  const RidgeTrace whole = TraceFrom(ring, Eigen::Vector3d(1.0, 0.1, 0.0)).front();
  RidgeLookup known(2.0 * 0.25 * 0.3, Domain());
  // The upper half.
  std::vector<RidgePoint> upper;
  for (const RidgePoint& point : whole.Points)
  {
    if (point.Place.y() > 0.0)
    {
      upper.push_back(point);
    }
  }
  std::sort(upper.begin(), upper.end(),
    [](const RidgePoint& one, const RidgePoint& other) { return one.Place.x() < other.Place.x(); });
  known.Add(0, upper);
  const std::vector<RidgePoint> seed = ProjectToRidge(*ring.Source, ring.Problem().Unit,
    Eigen::Vector3d(0.0, -0.9, 0.0), ProjectionOptions(), Execution());
  const RidgeTrace lower = TraceRidges(ring.Problem(), seed, known, Execution()).front();
  EXPECT_EQ(lower.First, RidgeEnd::Joined);
  EXPECT_EQ(lower.Last, RidgeEnd::Joined);
  for (std::size_t i = 1; i + 1 < lower.Points.size(); ++i)
  {
    EXPECT_LT(lower.Points[i].Place.y(), 0.1);
  }
}

// Contract: threads change nothing, to the bit.
TEST(RidgeTrace, DoesNotDependOnThreads)
{
  const RidgeTrace one = TraceFrom(Ring(), Eigen::Vector3d(0.6, 0.3, 0.0)).front();
  const RidgeTrace other = TraceFrom(Ring(), Eigen::Vector3d(0.6, 0.3, 0.0), OnThreads(3)).front();
  ASSERT_EQ(one.Points.size(), other.Points.size());
  for (std::size_t i = 0; i < one.Points.size(); ++i)
  {
    EXPECT_EQ(one.Points[i].Place, other.Points[i].Place);
  }
}
}
