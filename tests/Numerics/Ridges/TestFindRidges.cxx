// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Ridges/FindRidges.h"

#include "support/RandomPoints.h"
#include "support/RidgeCases.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace scorefields
{
namespace
{
/// Sums of twelve even draws less 6: nearly normal, variance 1.
Eigen::Matrix3Xd NearlyNormal(Index n, unsigned int seed, int dimension)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, n);
  for (unsigned int k = 0; k < 12; ++k)
  {
    points += RandomPoints(n, 100 * seed + k, dimension);
  }
  return points;
}

/// Samples at equal distances on three turns of a helix.
Eigen::Matrix3Xd HelixSamples(Index n, double rise)
{
  Eigen::Matrix3Xd points(3, n);
  for (Index i = 0; i < n; ++i)
  {
    const double turn = static_cast<double>(i) / static_cast<double>(n - 1);
    points.col(i) = ridges::OnHelix(6.0 * Pi * (turn - 0.5), rise);
  }
  return points;
}

/// Three arms of length 1 that meet at the origin, with a spread of 0.05.
Eigen::Matrix3Xd ThreeArms(Index n)
{
  Eigen::Matrix3Xd points = 0.05 * NearlyNormal(n, 4, 2);
  const Eigen::Matrix3Xd along = RandomPoints(n, 9, 1);
  for (Index i = 0; i < n; ++i)
  {
    const double angle = 2.0 * Pi / 3.0 * static_cast<double>(i % 3) + 0.3;
    const double way = along(0, i) + 0.5;
    points.col(i) += way * Eigen::Vector3d(std::cos(angle), std::sin(angle), 0.0);
  }
  return points;
}

double Longest(const std::vector<Filament>& filaments)
{
  double longest = 0.0;
  for (const Filament& filament : filaments)
  {
    longest = std::max(longest, filament.Length());
  }
  return longest;
}

/// A box of this length along x, from 0 on.
Domain BoxAlongX(Boundary boundary, double length)
{
  Domain box;
  box.Boundaries[0] = boundary;
  box.Length[0] = length;
  return box;
}
}

// Oracle: the helix whose radius follows from the integral over the smoothed one. Tolerance: points
// settle within 1e-6 h; the ends of the samples are 10 h away from what is compared, where they add
// exp(-50). The helix is found as one line, each place once.
TEST(FindRidges, FindsTheSmoothedHelix)
{
  const double h = 0.2;
  const double rise = 0.25;
  const ridges::Case helix(
    Samples::Unweighted(HelixSamples(3000, rise)), GaussianKernel::Isotropic(Axes(), h));
  const std::vector<Filament> filaments = helix.Filaments();
  ASSERT_EQ(filaments.size(), 1U);
  EXPECT_FALSE(filaments[0].Closed);
  const double radius = ridges::RadiusOfHelix(h * h, rise);
  EXPECT_LT(radius, 0.99); // else the samples' own radius would do
  int compared = 0;
  for (const RidgePoint& point : filaments[0].Points)
  {
    const double angle = point.Place.z() / rise;
    if (std::abs(angle) < 3.0 * Pi - 10.0 * h)
    {
      // On the horizontal section of the helix at this height, to first order in what is off.
      EXPECT_LT((point.Place - ridges::OnHelix(angle, rise, radius)).norm(), 1e-5 * h);
      ++compared;
    }
  }
  const double length = (6.0 * Pi - 20.0 * h) * std::hypot(radius, rise);
  EXPECT_NEAR(compared, length / (0.25 * h), 3.0);
}

// Oracle: the exact density of a mixture on a circle, whose ridge is that of the Bessel functions
// with the variance of its components. One closed line; its length that of an inscribed polygon:
// chords of spacing a at radius r are shorter than the circle by (a / r)^2 / 24.
TEST(FindRidges, FindsTheRingOfAMixtureOnce)
{
  std::vector<MixtureComponent> components;
  const Eigen::Matrix3Xd circle = ridges::Circle(60);
  const double variance = 0.09;
  for (Index i = 0; i < circle.cols(); ++i)
  {
    components.push_back({ 1.0, circle.col(i), variance * Eigen::Matrix3d::Identity() });
  }
  const MixtureDensity density(Mixture(Axes::First(2), components));
  const TraceProblem problem{ density, { Axes::First(2), 0.3 }, { -1e300, 0.02 }, 0.25, {} };
  const std::vector<Filament> filaments = FindRidges(problem, RidgeRequest(),
    ProjectToRidge(density, problem.Unit, circle, ProjectionOptions(), Execution()), Execution());
  ASSERT_EQ(filaments.size(), 1U);
  EXPECT_TRUE(filaments[0].Closed);
  const double radius = ridges::RadiusOfRing(variance);
  for (const RidgePoint& point : filaments[0].Points)
  {
    EXPECT_NEAR(point.Place.norm(), radius, 1e-6);
  }
  const double chord = 1.5 * 0.25 * 0.3 / radius;
  EXPECT_NEAR(filaments[0].Length(), 2.0 * Pi * radius, 2.0 * Pi * radius * chord * chord / 24.0);
}

// Oracle: the analytic ring of the density behind the samples, noise and kernel together, within
// the tenth of a bandwidth that is promised for clouds of this size.
TEST(FindRidges, FindsTheRingOfANoisyCircleWithinATenthOfABandwidth)
{
  const Index n = 20000;
  const double h = 0.2;
  Eigen::Matrix3Xd points = 0.1 * NearlyNormal(n, 1, 2);
  const Eigen::Matrix3Xd angles = 2.0 * Pi * RandomPoints(n, 2, 1);
  for (Index i = 0; i < n; ++i)
  {
    points.col(i) += Eigen::Vector3d(std::cos(angles(0, i)), std::sin(angles(0, i)), 0.0);
  }
  ridges::Case ring(Samples::Unweighted(points), GaussianKernel::Isotropic(Axes::First(2), h));
  ring.Criteria.LeastLogDensity = std::log(5.0 / static_cast<double>(n)) + ring.Kernel.LogPeak();
  const std::vector<Filament> filaments = ring.Filaments();
  ASSERT_EQ(filaments.size(), 1U);
  EXPECT_TRUE(filaments[0].Closed);
  const double radius = ridges::RadiusOfRing(h * h + 0.01);
  for (const RidgePoint& point : filaments[0].Points)
  {
    EXPECT_NEAR(point.Place.norm(), radius, 0.1 * h);
  }
}

// Contract: where three arms meet, three lines end, at one point of which two or three share it to
// the bit, or within a bandwidth of each other where the third ridge ends before.
TEST(FindRidges, SplitsLinesWhereOthersEnd)
{
  const double h = 0.1;
  ridges::Case arms(
    Samples::Unweighted(ThreeArms(6000)), GaussianKernel::Isotropic(Axes::First(2), h));
  arms.Criteria.LeastLogDensity = std::log(5.0 / 6000.0) + arms.Kernel.LogPeak();
  const std::vector<Filament> filaments = arms.Filaments();
  double total = 0.0;
  for (const Filament& filament : filaments)
  {
    EXPECT_FALSE(filament.Closed);
    total += filament.Length();
  }
  // Each arm has its line once: no place of a line lies on another, but for shared ends.
  EXPECT_NEAR(total, 3.0, 6.0 * 3.0 * h);
  RidgeLookup others(0.5 * h, Domain());
  for (std::size_t i = 0; i < filaments.size(); ++i)
  {
    const std::vector<RidgePoint>& points = filaments[i].Points;
    for (std::size_t k = 2; k + 2 < points.size() && i > 0; ++k)
    {
      EXPECT_FALSE(others.Find(points[k].Place, SameLine * 0.25 * h));
    }
    others.Add(static_cast<Index>(i), points);
  }
}

// Contract: a ring with a tail of twice its density is a closed line and an open one, which ends at
// a point of the ring to the bit. The tail's own ridge goes on into the ring for less than two
// bandwidths; that end is left out.
TEST(FindRidges, SplitsARingFromItsTail)
{
  const double h = 0.1;
  Eigen::Matrix3Xd points(3, 1000);
  points << ridges::Circle(400), Eigen::Matrix3Xd::Zero(3, 600);
  for (Index i = 0; i < 600; ++i)
  {
    points.col(400 + i) << 1.0 + static_cast<double>(i) / 127.4, 0.0, 0.0;
  }
  ridges::Case tailed(Samples::Unweighted(points), GaussianKernel::Isotropic(Axes::First(2), h));
  tailed.Criteria.LeastLogDensity = std::log(5.0 / 1000.0) + tailed.Kernel.LogPeak();
  RidgeRequest request;
  request.LeastLength = 2.0;
  const auto filaments = FindRidges(tailed.Problem(), request, tailed.Projected(), Execution());
  ASSERT_EQ(filaments.size(), 2U);
  const Filament& ring = filaments[filaments[0].Closed ? 0 : 1];
  const Filament& tail = filaments[filaments[0].Closed ? 1 : 0];
  EXPECT_TRUE(ring.Closed);
  EXPECT_FALSE(tail.Closed);
  const Eigen::Vector3d& junction = ring.Points.front().Place;
  EXPECT_TRUE(tail.Points.front().Place == junction || tail.Points.back().Place == junction);
  // A circle of chords, which bends a little out towards the tail; the tail up to a bandwidth.
  EXPECT_NEAR(ring.Length(), 2.0 * Pi * ridges::RadiusOfRing(h * h), 0.2 * h);
  EXPECT_NEAR(tail.Length(), 4.7, h);
}

// Contract: a line that comes back to an earlier part of itself is a ring and what leads to it. The
// cloud is one of a hundred where that happens.
TEST(FindRidges, SplitsALineThatEndsOnItself)
{
  const ridges::Case cloud(Samples::Unweighted(RandomPoints(300, 106, 2)),
    GaussianKernel::Isotropic(Axes::First(2), 0.05));
  const std::vector<Filament> filaments = cloud.Filaments();
  int touching = 0;
  for (const Filament& ring : filaments)
  {
    const Eigen::Vector3d& junction = ring.Points.front().Place;
    for (const Filament& other : filaments)
    {
      const bool touches =
        other.Points.front().Place == junction || other.Points.back().Place == junction;
      touching += ring.Closed && !other.Closed && touches ? 1 : 0;
    }
  }
  EXPECT_EQ(touching, 1);
}

// Oracle: the ridge of the kernel density does not depend on where a periodic box begins. A
// straight filament through the seam is one closed line as long as the period; each of its points
// lies on y = 0 by symmetry.
TEST(FindRidges, GoesOnAcrossAPeriodicSeam)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 400);
  for (Index i = 0; i < 200; ++i)
  {
    points.col(2 * i) << (static_cast<double>(i) + 0.5) / 50.0, 0.1, 0.0;
    points.col(2 * i + 1) << (static_cast<double>(i) + 0.5) / 50.0, -0.1, 0.0;
  }
  const ridges::Case line(Samples::Unweighted(points),
    GaussianKernel::Isotropic(Axes::First(2), 0.2), BoxAlongX(Boundary::Periodic, 4.0));
  const std::vector<Filament> filaments = line.Filaments();
  ASSERT_EQ(filaments.size(), 1U);
  EXPECT_TRUE(filaments[0].Closed);
  EXPECT_NEAR(filaments[0].Length(), 4.0, 1e-6);
  for (const RidgePoint& point : filaments[0].Points)
  {
    EXPECT_NEAR(point.Place.y(), 0.0, 2e-7);
  }
}

// Oracle: symmetry. The samples of an upright line between reflecting walls have a ridge along x,
// which meets both walls at right angles, ends on them, and lies in the box.
TEST(FindRidges, EndsOnReflectingWalls)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 200);
  for (Index i = 0; i < 200; ++i)
  {
    points.col(i) << (static_cast<double>(i) + 0.5) / 50.0, 0.3, 0.0;
  }
  const ridges::Case line(Samples::Unweighted(points),
    GaussianKernel::Isotropic(Axes::First(2), 0.2), BoxAlongX(Boundary::Reflecting, 4.0));
  const std::vector<Filament> filaments = line.Filaments();
  ASSERT_EQ(filaments.size(), 1U);
  const std::vector<RidgePoint>& ridge = filaments[0].Points;
  const auto ends = std::minmax(ridge.front().Place.x(), ridge.back().Place.x());
  EXPECT_NEAR(ends.first, 0.0, 1e-6);
  EXPECT_NEAR(ends.second, 4.0, 1e-6);
  for (const RidgePoint& point : ridge)
  {
    EXPECT_NEAR(point.Place.y(), 0.3, 2e-7);
    EXPECT_GE(point.Place.x(), 0.0);
    EXPECT_LE(point.Place.x(), 4.0);
  }
}

// Oracle: a Gaussian smoothed by a kernel with correlation is one with the sum of both covariances;
// its ridge is the longest axis of the sum, neither that of the samples nor that of the kernel.
TEST(FindRidges, CountsTheCorrelationOfTheKernel)
{
  Eigen::Matrix3d samples = Eigen::Matrix3d::Zero();
  samples.topLeftCorner<2, 2>() << 4.0, 0.0, 0.0, 1.0;
  Eigen::Matrix3d kernel = Eigen::Matrix3d::Zero();
  kernel.topLeftCorner<2, 2>() << 1.0, 0.8, 0.8, 1.0;
  const GaussianKernel shape(Axes::First(2), kernel);
  const MixtureFamily family(
    Mixture(Axes::First(2), { { 1.0, Eigen::Vector3d::Zero(), samples } }), shape);
  const auto density = family.At(shape.EquivalentBandwidth(), Execution());
  const TraceProblem problem{ *density, RidgeUnit::Of(shape), { -8.0, 0.0 }, 0.25, {} };
  const std::vector<Filament> filaments = FindRidges(problem, RidgeRequest(),
    ProjectToRidge(
      *density, problem.Unit, RandomPoints(20, 1, 2), ProjectionOptions(), Execution()),
    Execution());
  ASSERT_EQ(filaments.size(), 1U);
  // The axis of [[5, 0.8], [0.8, 2]].
  const double angle = 0.5 * std::atan2(1.6, 3.0);
  for (const RidgePoint& point : filaments[0].Points)
  {
    EXPECT_NEAR(point.Place.y() * std::cos(angle) - point.Place.x() * std::sin(angle), 0.0, 2e-6);
  }
}

// Oracle: a sample of weight 2 is two samples at one place. Rounding: sums of other length.
TEST(FindRidges, CountsWeights)
{
  const Eigen::Matrix3Xd points = ThreeArms(600);
  Eigen::Matrix3Xd twice(3, 900);
  twice << points, points.leftCols(300);
  Eigen::VectorXd weights = Eigen::VectorXd::Ones(600);
  weights.head(300).setConstant(2.0);
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), 0.15);
  const ridges::Case weighted(Samples::Weighted(points, weights), kernel);
  const ridges::Case repeated(Samples::Unweighted(twice), kernel);
  const auto one = weighted.Filaments();
  const auto other = repeated.Filaments();
  ASSERT_EQ(one.size(), other.size());
  for (std::size_t i = 0; i < one.size(); ++i)
  {
    EXPECT_NEAR(one[i].Length(), other[i].Length(), 1e-5);
  }
}

// Contract: the order of the places and the number of threads change nothing, to the bit.
TEST(FindRidges, DoesNotDependOnOrderNorOnThreads)
{
  ridges::Case arms(
    Samples::Unweighted(ThreeArms(900)), GaussianKernel::Isotropic(Axes::First(2), 0.08));
  std::vector<RidgePoint> places = arms.Projected();
  const auto one = FindRidges(arms.Problem(), RidgeRequest(), places, Execution());
  std::reverse(places.begin(), places.end());
  const auto other = FindRidges(arms.Problem(), RidgeRequest(), places, OnThreads(3));
  ASSERT_GT(one.size(), 2U);
  ASSERT_EQ(one.size(), other.size());
  for (std::size_t i = 0; i < one.size(); ++i)
  {
    ASSERT_EQ(one[i].Points.size(), other[i].Points.size());
    for (std::size_t k = 0; k < one[i].Points.size(); ++k)
    {
      EXPECT_EQ(one[i].Points[k].Place, other[i].Points[k].Place);
    }
  }
}

// Contract: lines shorter than asked for are left out, and nothing else.
TEST(FindRidges, LeavesOutShortLines)
{
  const ridges::Case arms(
    Samples::Unweighted(ThreeArms(900)), GaussianKernel::Isotropic(Axes::First(2), 0.05));
  const std::vector<RidgePoint> places = arms.Projected();
  RidgeRequest request;
  request.LeastLength = 0.0;
  const auto all = FindRidges(arms.Problem(), request, places, Execution());
  request.LeastLength = 5.0;
  const auto some = FindRidges(arms.Problem(), request, places, Execution());
  EXPECT_LT(some.size(), all.size());
  EXPECT_EQ(Longest(some), Longest(all));
  request.LeastLength = 1e9;
  EXPECT_TRUE(FindRidges(arms.Problem(), request, places, Execution()).empty());
  EXPECT_TRUE(FindRidges(arms.Problem(), request, {}, Execution()).empty());
}
}
