// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/Locations.h"
#include "support/Numbers.h"

#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace scorefields
{
// Oracle: definition, worked by hand. In the plane x, z there are two places: 0 and -0 are one
// coordinate, y does not count, and a point without weight is none.
TEST(Locations, JoinPointsThatCoincide)
{
  Eigen::Matrix3Xd points(3, 5);
  points << 0.0, -0.0, 1.0, 0.0, 5.0, 7.0, 8.0, 9.0, 7.0, 7.0, 2.0, 2.0, 3.0, 2.0, 2.0;
  Eigen::VectorXd weights(5);
  weights << 1.0, 2.0, 4.0, 8.0, 0.0;
  const Locations found =
    FindLocations(Samples::Weighted(points, weights), Axes::FromFlags(true, false, true));
  ASSERT_EQ(found.Count(), 2);
  EXPECT_EQ(found.Dimension, 2);
  EXPECT_EQ(found.PointCount, 4.0);
  EXPECT_EQ(found.TotalWeight, 15.0);
  EXPECT_EQ(found.SquaredWeights, 11.0 * 11.0 + 4.0 * 4.0);
  EXPECT_EQ(found.SquaredPointWeights, 1.0 + 4.0 + 16.0 + 64.0);
  EXPECT_DOUBLE_EQ(found.EffectivePoints(), 225.0 / 85.0);
  const Index heavy = found.Weights[0] == 11.0 ? 0 : 1;
  EXPECT_EQ(Eigen::Vector3d(found.Points.col(heavy)), Eigen::Vector3d(0.0, 2.0, 0.0));
  EXPECT_EQ(Eigen::Vector3d(found.Points.col(1 - heavy)), Eigen::Vector3d(1.0, 3.0, 0.0));
}

// Oracle: invariant, to the bit. The order of the points does not matter, of weights neither.
TEST(Locations, DoNotDependOnTheOrderOfThePoints)
{
  Eigen::Matrix3Xd points = RandomPoints(200, 3, 2);
  points.rightCols(50) = points.leftCols(50).eval();
  const Eigen::VectorXd weights = RandomPoints(200, 4).row(0).array() + 0.7;
  const Locations one = FindLocations(Samples::Weighted(points, weights), Axes::First(2));
  const Locations two =
    FindLocations(Samples::Weighted(points.rowwise().reverse(), weights.reverse()), Axes::First(2));
  EXPECT_EQ(one.Count(), 150);
  EXPECT_EQ(one.Points, two.Points);
  EXPECT_EQ(one.Weights, two.Weights);
}

// Oracle: definition. A part has its own sums and its share of the points; parts are random
// samples: the mean of 1500 of 6000 points is that of all within four standard errors, 4 sqrt(1/12
// / 1500).
TEST(Locations, PartsAreRandomSamples)
{
  const Eigen::Matrix3Xd points = RandomPoints(6000, 5, 1);
  const Locations all = FindLocations(Samples::Unweighted(points), Axes::First(1));
  for (const Index first : { 0, 1500, 4500 })
  {
    const Locations part = all.Part(first, 1500);
    EXPECT_EQ(part.Points, all.Points.middleCols(first, 1500));
    EXPECT_EQ(part.TotalWeight, 1500.0);
    EXPECT_EQ(part.PointCount, 1500.0);
    EXPECT_EQ(part.EffectivePoints(), 1500.0);
    EXPECT_NEAR(
      part.Points.row(0).mean(), points.row(0).mean(), 4.0 * std::sqrt(1.0 / 12.0 / 1500.0));
  }
}

// Oracle: definition. Whitened points have distances |L^-1 (z - z')|, L L' the shape: the quadratic
// form of its inverse. Of a shape of condition 6, a few eps.
TEST(Locations, WhitenMakesTheShapeTheUnit)
{
  const Samples samples = Samples::Unweighted(RandomPoints(20, 6, 2));
  const Locations before = FindLocations(samples, Axes::First(2));
  Locations after = before;
  Eigen::Matrix3d shape = Eigen::Matrix3d::Identity();
  shape.topLeftCorner<2, 2>() << 2.0, 0.6, 0.6, 0.5;
  Whiten(after, shape, Eigen::Vector3d(1.0, -2.0, 0.0));
  const double det = 2.0 * 0.5 - 0.36;
  for (Index i = 1; i < 20; ++i)
  {
    const Eigen::Vector3d d = before.Points.col(i) - before.Points.col(0);
    const double expected = (0.5 * d[0] * d[0] - 1.2 * d[0] * d[1] + 2.0 * d[1] * d[1]) / det;
    EXPECT_NEAR((after.Points.col(i) - after.Points.col(0)).squaredNorm(), expected, 64.0 * Eps);
  }
}

// Oracle: definition, a sum over all pairs of different points. Two rows of points share their x
// and none of their y. Sums of 300 squares round by 300 u of sums below 1.
TEST(Locations, PairsThatCoincideAlongAnAxis)
{
  Eigen::Matrix3Xd points = RandomPoints(300, 7, 2);
  points.row(0) = (points.row(0).array() * 20.0).round() / 20.0;
  const Eigen::VectorXd weights = RandomPoints(300, 8).row(0).array() + 0.7;
  double pairs = 0.0;
  for (Index i = 0; i < 300; ++i)
  {
    for (Index j = 0; j < 300; ++j)
    {
      pairs += i != j && points(0, i) == points(0, j) ? weights[i] * weights[j] : 0.0;
    }
  }
  const Locations all = FindLocations(Samples::Weighted(points, weights), Axes::First(2));
  EXPECT_NEAR(CoincidentPairs(all, 0), pairs / std::pow(weights.sum(), 2), 300.0 * Eps);
  EXPECT_NEAR(CoincidentPairs(all, 1), 0.0, 300.0 * Eps);
}

// Oracle: definition. Values are rounded to a step if they lie on its multiples, also in single
// precision, to two digits less than the values have; others have none.
TEST(Locations, FindTheStepOfRoundedValues)
{
  const Eigen::VectorXd values = 180.0 * RandomPoints(3000, 11, 1).row(0);
  const Eigen::VectorXd hundredths = (values.array() * 100.0).round() / 100.0;
  EXPECT_NEAR(RoundingStep(hundredths), 0.01, 1e-12);
  EXPECT_NEAR(RoundingStep(hundredths.cast<float>().cast<double>()), 0.01, 1e-7);
  EXPECT_NEAR(RoundingStep(values.array().round()), 1.0, 1e-14);
  EXPECT_EQ(RoundingStep(values), 0.0);
  // The same values again, in single precision: multiples of the last bit, but few neighbours.
  Eigen::VectorXd drawn(3000);
  for (Index i = 0; i < 3000; ++i)
  {
    drawn[i] = static_cast<float>(values[(i * i) % 3000]);
  }
  EXPECT_EQ(RoundingStep(drawn), 0.0);
  EXPECT_EQ(RoundingStep(Eigen::Vector4d(1.0, 2.0, 2.0, 3.0)), 0.0); // too few to tell
}

// Oracle: worked by hand. Of rounded points the others at the place count; of points that were
// given twice none does.
TEST(Locations, RoundedPointsCountBesideEachOther)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 7);
  points.row(0) << 0.0, 1.0, 1.0, 2.0, 3.0, 4.0, 5.0;
  Eigen::VectorXd weights(7);
  weights << 1.0, 2.0, 6.0, 1.0, 1.0, 1.0, 1.0;
  const Locations rounded = FindLocations(Samples::Weighted(points, weights), Axes::First(1));
  EXPECT_EQ(rounded.Steps[0], 1.0);
  EXPECT_EQ(rounded.SquaredWeights, 5.0 + 4.0 + 36.0);
  EXPECT_EQ(rounded.Others.maxCoeff(), 8.0 - 40.0 / 8.0);
  points.row(0) << 0.0, 1.2, 1.2, 2.0, 3.1, 4.9, 5.7;
  const Locations twice = FindLocations(Samples::Weighted(points, weights), Axes::First(1));
  EXPECT_EQ(twice.Steps[0], 0.0);
  EXPECT_EQ(twice.SquaredWeights, 5.0 + 64.0);
  EXPECT_EQ(twice.Others.maxCoeff(), 0.0);
}
}
