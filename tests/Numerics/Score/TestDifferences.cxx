// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/Differences.h"

#include "support/DirectSum.h"
#include "support/Numbers.h"
#include "support/Reference.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <random>

namespace scorefields
{
namespace
{
struct Slopes
{
  Eigen::Matrix3Xd Score;
  Eigen::VectorXd Error;
  Eigen::VectorXd Margin;
  Eigen::VectorXi Outside;
};

Slopes Differentiate(const Grid& grid, const Eigen::VectorXd& values, DifferenceOrder order,
  const DifferenceScale& scale = {})
{
  const RowDifferences rows(grid, values.data(), values.data(), order, scale);
  const Index count = grid.Size();
  Slopes result{ Eigen::Matrix3Xd(3, count), Eigen::VectorXd(count), Eigen::VectorXd(count),
    Eigen::VectorXi(count) };
  const Index nodes = grid.Dimensions[0];
  DifferenceRow row(nodes);
  for (Index r = 0; r < grid.Dimensions[1] * grid.Dimensions[2]; ++r)
  {
    rows.Evaluate(r % grid.Dimensions[1], r / grid.Dimensions[1], row);
    for (Index i = 0; i < nodes; ++i)
    {
      const auto at = static_cast<std::size_t>(i);
      const Index node = r * nodes + i;
      result.Score.col(node) << row.Slope[0][at], row.Slope[1][at], row.Slope[2][at];
      result.Error[node] = std::sqrt(row.SquaredError[at]);
      result.Margin[node] = row.LeastMargin[at];
      result.Outside[node] = row.Outside[at];
    }
  }
  return result;
}

Eigen::VectorXd Sampled(
  const Grid& grid, const std::function<double(const Eigen::Vector3d&)>& function)
{
  Eigen::VectorXd values(grid.Size());
  for (Index node = 0; node < grid.Size(); ++node)
  {
    values[node] = function(grid.Node(node));
  }
  return values;
}

Grid Line(double origin, double delta, Index nodes)
{
  return Grid{ Eigen::Vector3d(origin, 0.0, 0.0), Eigen::Vector3d(delta, 1.0, 1.0),
    Index3(nodes, 1, 1) };
}
}

// Oracle: closed form. Every second-order stencil is exact for a quadratic, along any axis of a
// grid with unequal spacings. Rounding: 4 eps max|v| / delta.
TEST(Differences, AreExactForQuadraticsUpToTheBorders)
{
  const Grid grid{ Eigen::Vector3d(-1.0, 2.0, 0.5), Eigen::Vector3d(0.3, 0.07, 1.1),
    Index3(7, 9, 5) };
  const auto value = [](const Eigen::Vector3d& x)
  { return 1.0 + x[0] * x[0] - 2.0 * x[1] * x[1] + 0.5 * x[2] * x[2] + x[0] - 3.0 * x[2]; };
  const Eigen::VectorXd values = Sampled(grid, value);
  const double tolerance = 8.0 * Eps * values.cwiseAbs().maxCoeff() / 0.07;
  for (const auto order : { DifferenceOrder::Second, DifferenceOrder::Fourth })
  {
    const Slopes slopes = Differentiate(grid, values, order);
    for (Index node = 0; node < grid.Size(); ++node)
    {
      const Eigen::Vector3d x = grid.Node(node);
      const Eigen::Vector3d exact(2.0 * x[0] + 1.0, -4.0 * x[1], x[2] - 3.0);
      EXPECT_LE((slopes.Score.col(node) - exact).cwiseAbs().maxCoeff(), tolerance) << node;
      EXPECT_EQ(slopes.Outside[node], 0);
    }
  }
}

// Oracle: reference.json, the study's stencil in exact arithmetic. The grid is laid through the
// query point; rounding of log f amounts to 4 eps |log f| / delta.
TEST(Differences, CentralDifferenceEqualsTheReference)
{
  const auto& rows =
    reference::All()["kde5"]["central_difference_of_log_density_h0.3_delta20over255"];
  const auto samples = Samples::Unweighted(reference::Points(reference::All()["kde5"]["points"]));
  const auto kernel = GaussianKernel::Isotropic(Axes::First(2), 0.3);
  const double delta = 20.0 / 255.0;
  ASSERT_EQ(rows.size(), 9u);
  for (const auto& row : rows)
  {
    const Eigen::Vector3d x = reference::Vector(row["x"]);
    const Grid grid{ x - 2.0 * delta * Eigen::Vector3d(1.0, 1.0, 0.0),
      Eigen::Vector3d(delta, delta, 1.0), Index3(5, 5, 1) };
    Eigen::VectorXd logDensity(25);
    FieldView fields;
    fields.LogDensity = logDensity.data();
    direct::EvaluateOnGrid(samples, kernel, grid, fields);
    const Slopes slopes = Differentiate(grid, logDensity, DifferenceOrder::Second);
    const Eigen::Vector3d expected = reference::Vector(row["fd_score"]);
    // Nodes lie within 2 eps |x| of where they should; the curvature there is at most D^2/4h^4.
    const double tolerance = 8.0 * Eps * logDensity.cwiseAbs().maxCoeff() / delta +
      64.0 * Eps * (1.0 + x.norm()) * 8.0 / (4.0 * std::pow(0.3, 4));
    EXPECT_LE((slopes.Score.col(12) - expected).cwiseAbs().maxCoeff(), tolerance) << x.transpose();
  }
}

// Oracle: invariant (docs/math/score.md). The central difference of log f is the mean of the score
// over the interval. Simpson's rule on 2000 parts has the mean to (delta / 1000)^4 / 180 times the
// fourth derivative of s, a fifth cumulant of samples 2.1 apart over h^10: (2.1 / 4)^5 / h^10 = 7e3
// and more, below 2.1^5 / h^10 = 7e6 in any case, so 2e-10.
TEST(Differences, CentralDifferenceIsTheMeanScoreOverTheInterval)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 3);
  points.row(0) << -1.0, 0.2, 1.1;
  const auto samples = Samples::Unweighted(points);
  const auto kernel = GaussianKernel::Isotropic(Axes::First(1), 0.3);
  const double delta = 0.25;
  constexpr Index Parts = 2000;
  const Grid fine = Line(0.35 - delta, 2.0 * delta / Parts, Parts + 1);
  Eigen::VectorXd logDensity(Parts + 1);
  Eigen::Matrix3Xd score(3, Parts + 1);
  FieldView fields;
  fields.LogDensity = logDensity.data();
  fields.Score = score.data();
  direct::EvaluateOnGrid(samples, kernel, fine, fields);
  double mean = score(0, 0) + score(0, Parts);
  for (Index i = 1; i < Parts; ++i)
  {
    mean += (i % 2 == 1 ? 4.0 : 2.0) * score(0, i);
  }
  mean /= 3.0 * Parts;
  const Eigen::Vector3d coarse(logDensity[0], logDensity[Parts / 2], logDensity[Parts]);
  const Slopes slopes =
    Differentiate(Line(0.35 - delta, delta, 3), coarse, DifferenceOrder::Second);
  EXPECT_NEAR(slopes.Score(0, 1), mean, 2e-10);
}

// Oracle: order of convergence. Halving the spacing divides the error by 2^p; at the spacings used
// the next term changes the ratio by less than 5 %, a power of two by 0.07; at one-sided borders,
// where the order is the second and the next term of the third, by less than 10 %, or 0.15.
TEST(Differences, ConvergeAtTheirOrder)
{
  const auto error = [](Index nodes, DifferenceOrder order)
  {
    const Grid grid = Line(-1.0, 2.0 / static_cast<double>(nodes - 1), nodes);
    const Eigen::VectorXd values =
      Sampled(grid, [](const Eigen::Vector3d& x) { return std::sin(1.5 * x[0] + 0.3); });
    const Slopes slopes = Differentiate(grid, values, order);
    const Index middle = (nodes - 1) / 2;
    return std::make_pair(std::abs(slopes.Score(0, middle) - 1.5 * std::cos(0.3)),
      std::abs(slopes.Score(0, 0) - 1.5 * std::cos(-1.2)));
  };
  const auto second = error(65, DifferenceOrder::Second);
  const auto secondHalved = error(129, DifferenceOrder::Second);
  EXPECT_NEAR(std::log2(second.first / secondHalved.first), 2.0, 0.07);
  EXPECT_NEAR(std::log2(second.second / secondHalved.second), 2.0, 0.15);
  const auto fourth = error(65, DifferenceOrder::Fourth);
  const auto fourthHalved = error(129, DifferenceOrder::Fourth);
  EXPECT_NEAR(std::log2(fourth.first / fourthHalved.first), 4.0, 0.07);
}

// Oracle: definition. Values beyond a masked node are never used: they are made absurd here. Values
// up to 7800 round by 2 u times that, over a spacing of 0.5.
TEST(Differences, NeverReachAcrossMaskedNodes)
{
  const Grid grid = Line(0.0, 0.5, 12);
  // 0 1 2 | NaN | 4 (alone) | NaN | 6 7 | NaN | 9 10 11
  Eigen::VectorXd values = Sampled(grid, [](const Eigen::Vector3d& x) { return 3.0 * x[0]; });
  values.segment(4, 1).array() += 1000.0;
  values.segment(6, 2).array() -= 5000.0;
  values.segment(9, 3).array() += 7777.0;
  values[3] = values[8] = NaN;
  values[5] = -std::numeric_limits<double>::infinity();
  for (const auto order : { DifferenceOrder::Second, DifferenceOrder::Fourth })
  {
    const Slopes slopes = Differentiate(grid, values, order);
    for (const Index node : { 0, 1, 2, 6, 7, 9, 10, 11 })
    {
      EXPECT_NEAR(slopes.Score(0, node), 3.0, 7800.0 * 4.0 * Eps) << node;
      EXPECT_EQ(slopes.Outside[node], 0) << node;
    }
    for (const Index node : { 3, 4, 5, 8 })
    {
      EXPECT_EQ(slopes.Outside[node], 1) << node;
      EXPECT_EQ(slopes.Score(0, node), 0.0) << node;
    }
    // Two nodes give a slope of first order, whose error nothing bounds.
    EXPECT_TRUE(std::isinf(slopes.Error[6]));
    EXPECT_TRUE(std::isinf(slopes.Error[7]));
  }
}

// Oracle: definition. The least value of the stencil, less log(amplification).
TEST(Differences, ReportTheLeastMarginOfTheirStencil)
{
  const Grid grid = Line(0.0, 1.0, 9);
  Eigen::VectorXd values(9);
  values << 5.0, 4.0, 9.0, 7.0, 6.0, 8.0, 3.0, 7.0, 8.0;
  const Slopes second = Differentiate(grid, values, DifferenceOrder::Second);
  EXPECT_EQ(second.Margin[4], 7.0);
  EXPECT_NEAR(second.Margin[0], 4.0 - std::log(4.0), 4.0 * Eps);
  const Slopes fourth = Differentiate(grid, values, DifferenceOrder::Fourth);
  EXPECT_NEAR(fourth.Margin[4], 3.0 - std::log(1.5), 8.0 * Eps);
}

// Oracle: closed form. Between two samples, the log density is a quadratic plus log(1 + exp(t));
// the estimate of the error is never below the error, for any spacing and any place on the grid.
TEST(Differences, ErrorEstimateHoldsBetweenTwoSamples)
{
  std::mt19937 generator(7);
  const auto uniform = [&](double low, double high)
  { return low + (high - low) * (static_cast<double>(generator()) / 4294967296.0); };
  DifferenceScale scale;
  scale.Curvature.setConstant(1.0); // h = 1
  for (int trial = 0; trial < 20000; ++trial)
  {
    const double delta = std::exp(uniform(std::log(0.03), std::log(5.0)));
    const double distance = std::exp(uniform(std::log(0.1), std::log(30.0)));
    const double shift = uniform(-3.0, 3.0) * delta;
    const auto log1pexp = [](double t)
    { return t > 0.0 ? t + std::log1p(std::exp(-t)) : std::log1p(std::exp(t)); };
    const Grid grid = Line(shift - 3.0 * delta, delta, 7);
    const Eigen::VectorXd values = Sampled(grid,
      [&](const Eigen::Vector3d& x) { return -0.5 * x[0] * x[0] + log1pexp(distance * x[0]); });
    const double exact = -shift + distance / (1.0 + std::exp(-distance * shift));
    const double rounding = 32.0 * Eps * (values.cwiseAbs().maxCoeff() + 1.0) / delta;
    for (const auto order : { DifferenceOrder::Second, DifferenceOrder::Fourth })
    {
      const Slopes slopes = Differentiate(grid, values, order, scale);
      EXPECT_LE(std::abs(slopes.Score(0, 3) - exact), slopes.Error[3] * (1.0 + 1e-9) + rounding)
        << "delta " << delta << " distance " << distance << " shift " << shift;
    }
  }
}
}
