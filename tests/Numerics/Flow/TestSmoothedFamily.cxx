// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/SmoothedFamily.h"

#include "Numerics/Base/FieldStorage.h"
#include "support/FlowCases.h"
#include "support/RandomPoints.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace scorefields
{
namespace
{
std::shared_ptr<const Samples> Pair(double distance)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 2);
  points(0, 0) = -0.5 * distance;
  points(0, 1) = 0.5 * distance;
  return std::make_shared<const Samples>(Samples::Unweighted(points));
}

/// Of two samples D apart on a line: E[(D / 2) tanh(D (x + t z) / (2 h^2))] - x over h^2, by the
/// trapezoid rule, whose error for a pole pi h^2 / D off the axis is exp(-2 pi^2 h^2 / (D t step)).
double PairScore(double distance, double h, double t, double x)
{
  const double step = 0.01;
  double mean = 0.0;
  double total = 0.0;
  for (int k = -1000; k <= 1000; ++k)
  {
    const double z = step * k;
    const double weight = std::exp(-0.5 * z * z);
    mean += weight * 0.5 * distance * std::tanh(distance * (x + t * z) / (2.0 * h * h));
    total += weight;
  }
  return (mean / total - x) / (h * h);
}
}

// Oracle: the moments of the normal distribution. A rule of m nodes has 1, 3, 15 and so on, exactly
// up to degree 2 m - 1, and none that is odd. Rounding: eps times the largest term, z^k w, which is
// below the moment itself; eigenvectors are right to m eps.
TEST(SmoothedFamily, HasNodesThatMeetTheMomentsOfTheNormalDistribution)
{
  for (const Index count : { Index{ 4 }, Index{ 9 }, Index{ 64 } })
  {
    const NormalNodes nodes = GaussHermite(Axes::FromFlags(false, true, false), count);
    double expected = 1.0;
    for (int degree = 0; degree < 2 * count && degree <= 16; degree += 2)
    {
      expected *= degree > 0 ? degree - 1 : 1;
      const Eigen::ArrayXd z = nodes.Places.row(1).transpose();
      EXPECT_NEAR((z.pow(degree) * nodes.Weights.array()).sum(), expected,
        4.0 * static_cast<double>(count) * 2.3e-16 * expected * (degree + 1));
      EXPECT_NEAR((z.pow(degree + 1) * nodes.Weights.array()).sum(), 0.0,
        static_cast<double>(count) * 2.3e-16 * expected * (degree + 1));
    }
    EXPECT_EQ(nodes.Places.row(0).norm() + nodes.Places.row(2).norm(), 0.0);
  }
}

// Oracle: closed form. The log density of one sample is a parabola: averaging leaves its score and
// its Hessian and lowers it by d t^2 / (2 h^2), for a kernel with its own length along each axis as
// well. Rounding: some eps of the terms, which the largest offset makes 1e3.
TEST(SmoothedFamily, LeavesTheScoreOfOneSample)
{
  const auto sample =
    std::make_shared<const Samples>(Samples::Unweighted(Eigen::Vector3d(0.3, -0.2, 0.1)));
  const GaussianKernel kernel =
    GaussianKernel::PerAxis(Axes::First(3), Eigen::Vector3d(0.5, 1.0, 2.0));
  ScoreAccuracy accuracy;
  accuracy.ExactOnly = true;
  const auto plain = std::make_shared<const KernelFamily>(sample, kernel, accuracy);
  const SmoothedFamily family(plain, 0.7);
  const Eigen::Matrix3Xd points = RandomPoints(20, 7, 3) * 4.0;
  const FieldStorage expected = flow::Evaluated(*plain, 1.0, points);
  const FieldStorage actual = flow::Evaluated(family, 1.0, points);
  EXPECT_LT((actual.Score - expected.Score).norm(), 1e-12);
  EXPECT_LT((actual.Hessian - expected.Hessian).norm(), 1e-12);
  EXPECT_LT(
    (actual.LogDensity.array() - expected.LogDensity.array() + 1.5 * 0.49).abs().maxCoeff(), 1e-12);
}

// Oracle: the mean of the closed form of two samples, by another rule. For D = 2 h the error of h
// times the score is 1e-4, as the header says, wherever the number of nodes is not at its limit.
TEST(SmoothedFamily, MeetsItsErrorBetweenTwoSamples)
{
  const double h = 0.3;
  for (const double ratio : { 0.1, 0.3, 0.5, 0.7, 1.0, 1.5, 2.05 })
  {
    const SmoothedFamily family(flow::ExactScores(Pair(2.0 * h), h, 1), ratio * h);
    const Eigen::Matrix3Xd points = RandomPoints(50, 8, 1) * (4.0 * h);
    const FieldStorage fields = flow::Evaluated(family, h, points);
    for (Index i = 0; i < points.cols(); ++i)
    {
      const double expected = PairScore(2.0 * h, h, ratio * h, points(0, i));
      EXPECT_LT(h * std::abs(fields.Score(0, i) - expected), 1e-4) << ratio << " " << points(0, i);
    }
  }
}

// Oracle: the definition, by hand. Of the remainder 2 * 3! (2 / pi)^7 0.2^6 = 3e-5, with one node
// less 7e-4; of the poles for r = 1 sqrt(m) = (9.21 + log 5 + pi^2 / 8) / pi = 3.84.
TEST(SmoothedFamily, TakesAsManyNodesAsTheRatioAsksFor)
{
  EXPECT_EQ(SmoothedFamily::NodesPerAxis(0.2, 2), 3);
  EXPECT_EQ(SmoothedFamily::NodesPerAxis(1.0, 2), 15);
  EXPECT_EQ(SmoothedFamily::NodesPerAxis(0.7, 3), 8);
  EXPECT_EQ(SmoothedFamily::NodesPerAxis(1.5, 1), 28);
  EXPECT_EQ(SmoothedFamily::NodesPerAxis(1e12, 2), 16);
}

// Oracle: differences, as for TemperedFamily. Also where h is far below the smoothing, so that few
// nodes carry much, score and Hessian are the derivatives of the log density.
TEST(SmoothedFamily, BelongTogether)
{
  const double h = 0.1;
  const SmoothedFamily family(flow::ExactScores(flow::StudySamples(30), h), 0.5);
  const Eigen::Matrix3Xd points = RandomPoints(10, 9, 2) * 2.0;
  const double step = 1e-5;
  const FieldStorage at = flow::Evaluated(family, h, points);
  for (int axis = 0; axis < 2; ++axis)
  {
    const Eigen::Vector3d offset = step * Eigen::Vector3d::Unit(axis);
    const FieldStorage above = flow::Evaluated(family, h, points.colwise() + offset);
    const FieldStorage below = flow::Evaluated(family, h, points.colwise() - offset);
    // Fourth derivatives: D^4 / (8 h^8) for samples D = 1 apart of which a point sees two at once.
    const double bound = step * step / 6.0 * 1e8 / 8.0 + 1e-10 / step;
    for (Index i = 0; i < points.cols(); ++i)
    {
      const double slope = (above.LogDensity[i] - below.LogDensity[i]) / (2.0 * step);
      EXPECT_NEAR(at.Score(axis, i), slope, bound);
      const Eigen::Vector3d change = (above.Score.col(i) - below.Score.col(i)) / (2.0 * step);
      EXPECT_LT((ToMatrix(at.Hessian.col(i)).col(axis) - change).norm(), bound);
    }
  }
}

// Oracle: invariant, to the bit. A point's value depends on neither the others nor threads, also
// where they are more than are evaluated at once.
TEST(SmoothedFamily, DependsOnThePointAlone)
{
  const SmoothedFamily family(flow::ExactScores(flow::StudySamples(30), 0.2), 0.5);
  const Eigen::Matrix3Xd points = RandomPoints(600, 10, 2) * 3.0; // 256 nodes each
  const FieldStorage all = flow::Evaluated(family, 0.2, points, OnThreads(3));
  for (const Index i : { Index{ 0 }, Index{ 255 }, Index{ 256 }, Index{ 599 } })
  {
    const FieldStorage one = flow::Evaluated(family, 0.2, points.col(i));
    EXPECT_EQ(all.LogDensity[i], one.LogDensity[0]);
    EXPECT_TRUE((all.Score.col(i).array() == one.Score.col(0).array()).all());
  }
}

// Contract: without smoothing the family is the one given; a length that is none is refused.
TEST(SmoothedFamily, IsTheFamilyItselfWithoutSmoothing)
{
  const auto plain = flow::ExactScores(flow::StudySamples(5), 0.4);
  EXPECT_EQ(SmoothedFamily(plain, 0.0).At(0.4, Execution()), plain->At(0.4, Execution()));
  EXPECT_THROW(SmoothedFamily(plain, -0.1), std::invalid_argument);
  EXPECT_THROW(
    SmoothedFamily(plain, std::numeric_limits<double>::infinity()), std::invalid_argument);
}
}
