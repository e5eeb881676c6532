// SPDX-License-Identifier: BSD-3-Clause
#include "support/DirectSum.h"

#include "support/Fields.h"
#include "support/Numbers.h"

#include <Eigen/Eigenvalues>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace scorefields
{
namespace
{
/// n points in [-1, 1]^3 that are multiples of 2^-20, so that shifts by integers are exact.
Eigen::Matrix3Xd RandomPoints(Index n, unsigned int seed)
{
  std::mt19937 generator(seed);
  return Eigen::Matrix3Xd::NullaryExpr(3, n,
    [&generator]()
    {
      const auto step = static_cast<double>(generator() % (1u << 21));
      return std::ldexp(step, -20) - 1.0;
    });
}

support::Fields Evaluate(
  const Samples& samples, const GaussianKernel& kernel, const Eigen::Matrix3Xd& queries)
{
  support::Fields fields(queries.cols());
  direct::EvaluateAtPoints(samples, kernel, queries, fields.View());
  return fields;
}
}

// Oracle: invariant. The order of the samples does not matter beyond rounding of the sums (n u).
TEST(DirectSum, OrderOfSamplesDoesNotMatter)
{
  const Eigen::Matrix3Xd points = RandomPoints(50, 1);
  const Eigen::Matrix3Xd queries = RandomPoints(20, 2);
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(3), 0.2);
  const support::Fields one = Evaluate(Samples::Unweighted(points), kernel, queries);
  const support::Fields two =
    Evaluate(Samples::Unweighted(points.rowwise().reverse()), kernel, queries);
  EXPECT_TRUE(one.LogDensity.isApprox(two.LogDensity, 50.0 * Eps));
  EXPECT_TRUE(one.Score.isApprox(two.Score, 50.0 * Eps));
}

// Oracle: invariant. A common shift that is exact in floating point changes no bit.
TEST(DirectSum, CommonOffsetCancels)
{
  const Eigen::Matrix3Xd points = RandomPoints(50, 3);
  const Eigen::Matrix3Xd queries = RandomPoints(20, 4);
  const Eigen::Vector3d shift(1e8, -3e8, 7.0); // 2^-20 is still a multiple of the last place
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(3), 0.2);
  const support::Fields here = Evaluate(Samples::Unweighted(points), kernel, queries);
  const support::Fields there =
    Evaluate(Samples::Unweighted(points.colwise() + shift), kernel, queries.colwise() + shift);
  EXPECT_EQ(here.LogDensity, there.LogDensity);
  EXPECT_EQ(here.Score, there.Score);
}

// Oracle: invariant. The covariance part of the Hessian is not negative, so Hess >= -P, and the
// posterior mean x + H score (Tweedie) is a mean of samples, inside their bounding box.
TEST(DirectSum, HessianAndPosteriorMeanAreBounded)
{
  const double h = 0.3;
  const Eigen::Matrix3Xd points = RandomPoints(40, 5);
  const Eigen::Matrix3Xd queries = 3.0 * RandomPoints(60, 6);
  const support::Fields fields =
    Evaluate(Samples::Unweighted(points), GaussianKernel::Isotropic(Axes::First(3), h), queries);
  for (Index j = 0; j < queries.cols(); ++j)
  {
    const Eigen::Vector3d eigenvalues =
      Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d>(ToMatrix(fields.Hessian.col(j))).eigenvalues();
    EXPECT_GE(eigenvalues.minCoeff(), -(1.0 + 100.0 * Eps) / (h * h));
    const Eigen::Vector3d mean = queries.col(j) + h * h * fields.Score.col(j);
    EXPECT_TRUE((mean.array() <= points.rowwise().maxCoeff().array() + 16.0 * Eps).all());
    EXPECT_TRUE((mean.array() >= points.rowwise().minCoeff().array() - 16.0 * Eps).all());
  }
}

// Oracle: closed form. The trapezoid sum of Gaussians with step h / 2 over +- 9 h is 1 to
// 2 exp(-2 pi^2 4) = 1e-34 and the cut tails 1e-18, so only rounding is left.
TEST(DirectSum, DensityIntegratesToOne)
{
  Eigen::Matrix3d covariance = Eigen::Matrix3d::Zero();
  covariance.topLeftCorner<2, 2>() << 0.04, 0.01, 0.01, 0.09;
  const Eigen::Matrix3Xd points = RandomPoints(20, 7);
  Eigen::VectorXd weights = Eigen::VectorXd::LinSpaced(20, 0.0, 3.0);
  const Grid grid{ Eigen::Vector3d(-4.0, -5.0, 0.0), Eigen::Vector3d(0.0625, 0.0625, 1.0),
    Index3(129, 161, 1) };
  support::Fields fields(grid.Size());
  direct::EvaluateOnGrid(Samples::Weighted(points, weights),
    GaussianKernel(Axes::First(2), covariance), grid, fields.View());
  EXPECT_NEAR(fields.Density.sum() * 0.0625 * 0.0625, 1.0, 1e-13);
}

// Oracle: invariant. A common factor of the weights cancels, also where they are subnormal; a
// weight of 0 is the absence of the sample, and an integer weight its repetition.
TEST(DirectSum, WeightsAreRelative)
{
  const Eigen::Matrix3Xd points = RandomPoints(8, 8);
  const Eigen::Matrix3Xd queries = 4.0 * RandomPoints(20, 9);
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), 0.4);
  Eigen::VectorXd weights(8);
  weights << 1, 2, 1, 0, 3, 1, 1, 2;
  const support::Fields one = Evaluate(Samples::Weighted(points, weights), kernel, queries);
  const support::Fields tiny =
    Evaluate(Samples::Weighted(points, weights * 5e-324), kernel, queries);
  Eigen::Matrix3Xd repeated(3, 11);
  repeated << points.col(0), points.col(1), points.col(1), points.col(2), points.col(4),
    points.col(4), points.col(4), points.col(5), points.col(6), points.col(7), points.col(7);
  const support::Fields many = Evaluate(Samples::Unweighted(repeated), kernel, queries);
  EXPECT_TRUE(one.LogDensity.isApprox(many.LogDensity, 16.0 * Eps));
  EXPECT_TRUE(one.Score.isApprox(many.Score, 64.0 * Eps));
  // log w is about -744 here, and its rounding 744 u.
  EXPECT_TRUE(one.LogDensity.isApprox(tiny.LogDensity, 2000.0 * Eps));
  EXPECT_TRUE(one.EffectiveSampleSize.isApprox(tiny.EffectiveSampleSize, 4000.0 * Eps));
}

// Oracle: definition. Leaving a sample out is the estimate from the others.
TEST(DirectSum, LeaveOneOutIsTheEstimateFromTheOthers)
{
  const Eigen::Matrix3Xd points = RandomPoints(9, 10);
  Eigen::VectorXd weights = Eigen::VectorXd::LinSpaced(9, 1.0, 2.0);
  weights[4] = 1e30; // W - w_4 would lose all digits
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(3), 0.3);
  support::Fields fields(9);
  direct::EvaluateAtPoints(
    Samples::Weighted(points, weights), kernel, points, fields.View(), direct::OwnSample::LeaveOut);
  for (const Index out : { 0, 4, 8 })
  {
    Eigen::VectorXd others = weights;
    others[out] = 0.0;
    const support::Fields expected =
      Evaluate(Samples::Weighted(points, others), kernel, points.col(out));
    EXPECT_NEAR(fields.LogDensity[out], expected.LogDensity[0], 16.0 * Eps * 70.0);
    EXPECT_TRUE(fields.Score.col(out).isApprox(expected.Score.col(0), 64.0 * Eps));
  }
}
}
