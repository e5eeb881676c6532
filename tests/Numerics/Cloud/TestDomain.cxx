// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Cloud/Domain.h"
#include "support/Numbers.h"

#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <string>

namespace scorefields
{
namespace
{
Domain BoxOf(Boundary x, Boundary y, double lower, double length)
{
  Domain domain;
  domain.Boundaries = { x, y, Boundary::Open };
  domain.Lower = Eigen::Vector3d::Constant(lower);
  domain.Length = Eigen::Vector3d::Constant(length);
  return domain;
}

CloudMoments Moments(const Domain& domain, const Samples& samples, int dimension = 2)
{
  return MomentsIn(domain, Axes::First(dimension), StoredSamples(samples), MomentsOf(samples),
    Exchange(), Execution());
}

/// 300 points within 0.1 of (0, 0.5, 0), with correlation and weights.
Samples SmallCloud()
{
  Eigen::Matrix3Xd points = 0.1 * RandomPoints(300, 3, 2);
  points.row(1) = (points.row(1) + points.row(0)).array() + 0.5;
  return Samples::Weighted(points, RandomPoints(300, 4).row(0).array() + 0.7);
}
}

// Oracle: worked by hand.
TEST(Domain, BringsCoordinatesIntoTheBox)
{
  const Domain box = BoxOf(Boundary::Periodic, Boundary::Reflecting, -1.0, 2.0);
  const double periodic[][2] = { { 0.5, 0.5 }, { 1.0, -1.0 }, { -1.0, -1.0 }, { 1.25, -0.75 },
    { -1.25, 0.75 }, { 7.5, -0.5 } };
  for (const auto& pair : periodic)
  {
    EXPECT_EQ(box.Folded(0, pair[0]), pair[1]);
  }
  const double mirrored[][2] = { { 0.5, 0.5 }, { 1.0, 1.0 }, { 1.25, 0.75 }, { -1.25, -0.75 },
    { 3.5, -0.5 }, { 5.5, 0.5 } };
  for (const auto& pair : mirrored)
  {
    EXPECT_EQ(box.Folded(1, pair[0]), pair[1]);
  }
  EXPECT_EQ(box.Folded(2, 17.0), 17.0);
}

// Oracle: invariant. Where the box begins does not matter: the moments of a cloud across the seam
// are those of the cloud in one piece, correlation with the open axis and all. Coordinates up to 1
// round by Eps / 2, squares of offsets of 0.1 by 0.1 Eps.
TEST(Domain, PeriodicMomentsDoNotDependOnTheSeam)
{
  const Samples cloud = SmallCloud();
  const CloudMoments whole = MomentsOf(cloud);
  for (const double turn : { 0.0, 0.5, 0.999, 7.5 })
  {
    const Domain box = BoxOf(Boundary::Periodic, Boundary::Open, -0.5, 1.0);
    Samples turned = cloud;
    for (Index i = 0; i < turned.Count(); ++i)
    {
      turned.Points(0, i) = box.Folded(0, turned.Points(0, i) + turn);
    }
    const CloudMoments moments = Moments(box, turned);
    EXPECT_LT((moments.Covariance() - whole.Covariance()).cwiseAbs().maxCoeff(), 4.0 * Eps) << turn;
    EXPECT_NEAR(moments.EffectiveCount(), whole.EffectiveCount(), 1e-9);
  }
}

// Oracle: closed form. Points opposite each other have no mean direction; the variance is that of
// the uniform density.
TEST(Domain, WithoutADirectionTheVarianceIsThatOfTheUniformDensity)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 4);
  points.row(0) << 0.1, 0.35, 0.6, 0.85;
  points.row(1) << 1.0, 2.0, 3.0, 4.0;
  const CloudMoments moments =
    Moments(BoxOf(Boundary::Periodic, Boundary::Open, 0.0, 1.0), Samples::Unweighted(points));
  EXPECT_NEAR(moments.Covariance()(0, 0), 4.0 / 3.0 / 12.0, 4.0 * Eps);
  EXPECT_EQ(moments.Covariance()(0, 1), 0.0);
}

// Oracle: definition. At a wall the moments are those of the points and their mirror images; far
// from both walls those of the points. Neither has a correlation with the reflecting axis.
TEST(Domain, ReflectingMomentsAreThoseOfTheMirroredCloudAtAWall)
{
  Samples cloud = SmallCloud();
  const CloudMoments far = Moments(BoxOf(Boundary::Reflecting, Boundary::Open, -0.5, 1.0), cloud);
  EXPECT_NEAR(far.Covariance()(0, 0), MomentsOf(cloud).Covariance()(0, 0), 4.0 * Eps);
  EXPECT_EQ(far.Covariance()(0, 1), 0.0);
  cloud.Points.row(0) = cloud.Points.row(0).cwiseAbs();
  Samples mirrored;
  mirrored.Points.resize(3, 600);
  mirrored.Points << cloud.Points, Eigen::Vector3d(-1.0, 1.0, 1.0).asDiagonal() * cloud.Points;
  Eigen::VectorXd weights(600);
  weights << cloud.Weights, cloud.Weights;
  const CloudMoments expected = MomentsOf(Samples::Weighted(mirrored.Points, weights));
  for (const double lower : { 0.0, -1.0 })
  {
    // The wall is the lower one at 0, and then the upper one.
    Samples own = cloud;
    own.Points.row(0) *= lower < 0.0 ? -1.0 : 1.0;
    const CloudMoments moments =
      Moments(BoxOf(Boundary::Reflecting, Boundary::Open, lower, 1.0), own);
    EXPECT_NEAR(moments.Covariance()(0, 0), expected.Covariance()(0, 0), 4.0 * Eps);
    EXPECT_NEAR(moments.Covariance()(1, 1), expected.Covariance()(1, 1), 4.0 * Eps);
    EXPECT_EQ(moments.Covariance()(0, 1), 0.0);
    EXPECT_NEAR(moments.EffectiveCount(), expected.EffectiveCount(), 1e-9);
  }
}

// Contract: the box of a closed axis is what the user says, and the message tells how. Axes that
// are flat or have one node are open, whatever the boundary.
TEST(Domain, AsksForTheBoxOfAClosedAxis)
{
  const CloudMoments moments = MomentsOf(SmallCloud());
  GridRequest request;
  request.Bounds << -1.0, 1.0, -2.0, 2.0, 0.0, 0.0;
  const std::array<Boundary, 3> boundaries{ Boundary::Open, Boundary::Periodic,
    Boundary::Reflecting };
  try
  {
    DomainOf(request, boundaries, moments, Axes::First(2));
    FAIL();
  }
  catch (const std::invalid_argument& error)
  {
    const std::string message = error.what();
    for (const char* part : { "Boundary is Periodic along y", "UseInputBounds", "SamplingBounds" })
    {
      EXPECT_NE(message.find(part), std::string::npos) << message;
    }
  }
  EXPECT_FALSE(DomainOf(request, boundaries, moments, Axes::First(1)).IsClosed());
  request.UseInputBounds = false;
  const Domain domain = DomainOf(request, boundaries, moments, Axes::First(2));
  EXPECT_TRUE(domain.IsClosed(1));
  EXPECT_FALSE(domain.IsClosed(0) || domain.IsClosed(2));
  EXPECT_EQ(domain.Lower[1], -2.0);
  EXPECT_NEAR(domain.Length[1], 4.0, 4.0 * Eps);
}
}
