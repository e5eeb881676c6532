// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/CellSums.h"

#include "support/DirectSum.h"
#include "support/Numbers.h"
#include "support/RandomPoints.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
namespace
{
struct Values
{
  explicit Values(Index n)
    : LogDensity(n)
    , Score(3, n)
    , Hessian(6, n)
  {
  }
  FieldView View()
  {
    FieldView fields;
    fields.LogDensity = this->LogDensity.data();
    fields.Score = this->Score.data();
    fields.Hessian = this->Hessian.data();
    return fields;
  }
  Eigen::VectorXd LogDensity;
  Eigen::Matrix3Xd Score;
  Eigen::Matrix<double, 6, Eigen::Dynamic> Hessian;
};

Values Sums(const CellSums& sums, const GaussianKernel& kernel, const Eigen::Matrix3Xd& points,
  double tolerance = 1e-13, const Execution& execution = Execution())
{
  Values values(points.cols());
  sums.Evaluate(kernel, points, tolerance, values.View(), execution);
  return values;
}

std::shared_ptr<const Samples> WeightedSamples(Index n, int dimension)
{
  const Eigen::VectorXd weights = RandomPoints(n, 77).row(0).array() + 0.6;
  return std::make_shared<const Samples>(Samples::Weighted(RandomPoints(n, 5, dimension), weights));
}
}

// Oracle: slow definition, inside the cloud, on its edge and far away, for narrow, wide and
// correlated kernels in 1 to 3 dimensions. Errors: 1e-13 of either sum left out, rounding of
// exponents of about |log f|, and ten such errors times the distance over h^2 in the score, squared
// in the Hessian.
TEST(CellSums, EqualTheDirectSum)
{
  for (const int dimension : { 1, 2, 3 })
  {
    const auto samples = WeightedSamples(500, dimension);
    Eigen::Matrix3d covariance = 0.01 * Eigen::Matrix3d::Identity();
    covariance(0, 1) = covariance(1, 0) = 0.006;
    const GaussianKernel wide(Axes::First(dimension), 4.0 * Eigen::Matrix3d::Identity());
    const GaussianKernel narrow = wide.WithBandwidth(0.01);
    const GaussianKernel correlated(Axes::First(dimension), covariance);
    const CellSums sums(samples, correlated);
    Eigen::Matrix3Xd points = RandomPoints(300, 9, dimension);
    points.leftCols(100) *= 3.0;
    points.col(299) *= 1000.0;
    for (const GaussianKernel* kernel : { &wide, &narrow, &correlated })
    {
      Values expected(points.cols());
      direct::EvaluateAtPoints(*samples, *kernel, points, expected.View());
      const Values actual = Sums(sums, *kernel, points);
      const double precision = kernel->Precision().norm();
      for (Index i = 0; i < points.cols(); ++i)
      {
        const double reach = precision * (points.col(i).norm() + 1.0);
        EXPECT_NEAR(actual.LogDensity[i], expected.LogDensity[i],
          2e-13 + 8.0 * Eps * std::abs(expected.LogDensity[i]));
        EXPECT_LT((actual.Score.col(i) - expected.Score.col(i)).norm(), 1e-12 * reach);
        EXPECT_LT((actual.Hessian.col(i) - expected.Hessian.col(i)).norm(),
          1e-12 * std::max(precision, precision * precision));
      }
    }
  }
}

// Oracle: invariant, to the bit: a point's value does not depend on the other points asked for,
// their order, or the threads.
TEST(CellSums, AreAFunctionOfThePointAlone)
{
  const auto samples = WeightedSamples(2000, 2);
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), 0.05);
  const CellSums sums(samples, kernel);
  const Eigen::Matrix3Xd points = RandomPoints(1000, 3, 2) * 2.0;
  const Values together = Sums(sums, kernel, points, 1e-6);
  const Values threaded = Sums(sums, kernel, points, 1e-6, OnThreads(3));
  EXPECT_TRUE((together.Score.array() == threaded.Score.array()).all());
  EXPECT_TRUE((together.Hessian.array() == threaded.Hessian.array()).all());
  for (Index i = 0; i < points.cols(); i += 97)
  {
    const Values alone = Sums(sums, kernel, points.col(i), 1e-6);
    EXPECT_EQ(alone.LogDensity[0], together.LogDensity[i]);
    EXPECT_TRUE((alone.Score.col(0).array() == together.Score.col(i).array()).all());
  }
}

// Oracle: limit. However far away, the score is that of the nearest sample; a cell is halved until
// its exponents fit, which one as wide as half a bandwidth in front of a far cluster must be. The
// other sample, 0.2 * 1000 / 2 further in the exponent, is nothing; rounding of 1000.
TEST(CellSums, HoldFarAway)
{
  Eigen::Matrix3Xd two = Eigen::Matrix3Xd::Zero(3, 2);
  two(0, 1) = 1000.0;
  const auto samples = std::make_shared<const Samples>(Samples::Unweighted(two));
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(1), 1.0);
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 4);
  points.row(0) << -1e15, 499.9, 500.1, 1e100;
  const Values values = Sums(CellSums(samples, kernel), kernel, points);
  EXPECT_DOUBLE_EQ(values.Score(0, 0), 1e15);
  EXPECT_NEAR(values.Score(0, 1), -499.9, 8.0 * Eps * 1000.0);
  EXPECT_NEAR(values.Score(0, 2), 499.9, 8.0 * Eps * 1000.0);
  EXPECT_DOUBLE_EQ(values.Score(0, 3), -1e100);
}
}
