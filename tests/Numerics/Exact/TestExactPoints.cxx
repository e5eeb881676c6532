// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/ExactSum.h"

#include "support/DirectSum.h"
#include "support/ExpectFields.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>

namespace scorefields
{
namespace
{
/// Dense and sparse at once: coordinates are cubes of uniform numbers, times a scale.
Eigen::Matrix3Xd Peaked(Index n, double scale, unsigned int seed)
{
  std::mt19937 generator(seed);
  return Eigen::Matrix3Xd::NullaryExpr(3, n,
    [&generator, scale]()
    {
      const double uniform = std::ldexp(static_cast<double>(generator()), -31) - 1.0;
      return scale * uniform * uniform * uniform;
    });
}

Eigen::Matrix3d Full(double h)
{
  Eigen::Matrix3d matrix;
  matrix << 2.0, 0.9, -0.3, 0.9, 1.0, 0.2, -0.3, 0.2, 0.5;
  return h * h * matrix;
}

void ExpectEqualsDirectSum(const Samples& samples, const GaussianKernel& kernel,
  const Eigen::Matrix3Xd& queries, double tolerance, const std::string& label)
{
  support::Fields expected(queries.cols());
  direct::EvaluateAtPoints(samples, kernel, queries, expected.View());
  support::Fields actual(queries.cols());
  ExactOptions options;
  options.Tolerance = tolerance;
  exact::EvaluateAtPoints(samples, kernel, queries, actual.View(), options, Execution());
  support::ExpectFields(actual, expected, samples, kernel, queries, tolerance, label);
}
}

// Oracle: DirectSum. Dimensions, bandwidths from far below to far above the distances, tolerances.
TEST(ExactPoints, EqualsTheDirectSum)
{
  const Samples samples = Samples::Unweighted(Peaked(400, 10.0, 1));
  const Eigen::Matrix3Xd queries = Peaked(150, 20.0, 2);
  for (int dimension = 1; dimension <= 3; ++dimension)
  {
    for (const double h : { 1e-3, 0.05, 0.5, 3.0, 100.0 })
    {
      for (const double tolerance : { 1e-13, 1e-4 })
      {
        std::ostringstream label;
        label << dimension << "-D, h " << h << ", tolerance " << tolerance;
        const Axes axes = Axes::First(dimension);
        ExpectEqualsDirectSum(
          samples, GaussianKernel::Isotropic(axes, h), queries, tolerance, label.str());
        ExpectEqualsDirectSum(samples, GaussianKernel(axes, Full(h)), queries, tolerance,
          "full matrix, " + label.str());
      }
    }
  }
}

// Oracle: DirectSum. Queries at 1e6 bandwidths and beyond: finite, and no neighbour is lost.
TEST(ExactPoints, EqualsTheDirectSumFarAway)
{
  const Samples samples = Samples::Unweighted(Peaked(60, 1.0, 3));
  const Eigen::Matrix3Xd queries = Peaked(40, 1e6, 4);
  ExpectEqualsDirectSum(
    samples, GaussianKernel::Isotropic(Axes::First(2), 0.3), queries, 1e-13, "far away");
  support::Fields fields(40);
  exact::EvaluateAtPoints(samples, GaussianKernel::Isotropic(Axes::First(2), 0.3), 1e12 * queries,
    fields.View(), ExactOptions(), Execution());
  EXPECT_TRUE(fields.LogDensity.allFinite() && fields.Score.allFinite());
}

// Oracle: DirectSum. Among the samples: repeated points, an isolated one, and one so heavy that
// W - w_i would have no digits left.
TEST(ExactPoints, LeaveOneOutEqualsTheDirectSum)
{
  Eigen::Matrix3Xd points = Peaked(300, 5.0, 5);
  points.col(7) = points.col(8);
  points.col(9) = Eigen::Vector3d(1e4, -1e4, 3e3);
  Eigen::VectorXd weights = Eigen::VectorXd::LinSpaced(300, 0.0, 2.0);
  weights[20] = 1e25;
  ExactOptions options;
  options.LeaveOneOut = true;
  for (const bool weighted : { false, true })
  {
    const Samples samples =
      weighted ? Samples::Weighted(points, weights) : Samples::Unweighted(points);
    for (const double h : { 0.02, 0.4, 5.0 })
    {
      const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(3), h);
      support::Fields expected(300);
      direct::EvaluateAtPoints(
        samples, kernel, points, expected.View(), direct::OwnSample::LeaveOut);
      support::Fields actual(300);
      exact::EvaluateAtPoints(samples, kernel, points, actual.View(), options, Execution());
      support::ExpectFields(actual, expected, samples, kernel, points, options.Tolerance,
        weighted ? "weighted" : "unweighted");
    }
  }
}

// Oracle: the whole. A part of the samples as queries gives that part of the result.
TEST(ExactPoints, LeaveOneOutOfTheFirstSamples)
{
  const Samples samples = Samples::Unweighted(Peaked(300, 5.0, 5));
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(3), 0.4);
  ExactOptions options;
  options.LeaveOneOut = true;
  support::Fields all(300);
  exact::EvaluateAtPoints(samples, kernel, samples.Points, all.View(), options, Execution());
  support::Fields part(100);
  exact::EvaluateAtPoints(
    samples, kernel, samples.Points.leftCols(100), part.View(), options, Execution());
  // Both are within the tolerance and rounding, 4 eps (|log f| + 1), of the same sums.
  EXPECT_LT((part.LogDensity - all.LogDensity.head(100)).cwiseAbs().maxCoeff(), 1e-12);
}

// Oracle: definition. The only sample leaves nothing behind.
TEST(ExactPoints, LeavingOutTheOnlySampleLeavesNothing)
{
  ExactOptions options;
  options.LeaveOneOut = true;
  const Eigen::Vector3d point(1.0, 2.0, 3.0);
  support::Fields fields(1);
  exact::EvaluateAtPoints(Samples::Unweighted(point),
    GaussianKernel::Isotropic(Axes::First(3), 1.0), point, fields.View(), options, Execution());
  EXPECT_EQ(fields.Density[0], 0.0);
  EXPECT_EQ(fields.LogDensity[0], -std::numeric_limits<double>::infinity());
  EXPECT_EQ(fields.EffectiveSampleSize[0] + fields.KishSampleSize[0], 0.0);
  EXPECT_TRUE(fields.Score.isZero(0.0));
}

// Oracle: definition of the contract, to the bit.
TEST(ExactPoints, DoesNotDependOnTheNumberOfThreads)
{
  const Samples samples = Samples::Unweighted(Peaked(500, 10.0, 6));
  const GaussianKernel kernel(Axes::First(3), Full(0.4));
  support::Fields one(500);
  exact::EvaluateAtPoints(samples, kernel, samples.Points, one.View(), ExactOptions(), Execution());
  support::Fields many(500);
  exact::EvaluateAtPoints(
    samples, kernel, samples.Points, many.View(), ExactOptions(), OnThreads(3));
  EXPECT_EQ(many.LogDensity, one.LogDensity);
  EXPECT_EQ(many.Score, one.Score);
  EXPECT_EQ(many.Hessian, one.Hessian);
}

// Contract: a caller can stop the work, and mistakes are refused.
TEST(ExactPoints, StopsAndRefuses)
{
  const Samples samples = Samples::Unweighted(Peaked(10, 1.0, 7));
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), 1.0);
  Execution stopped;
  stopped.Continue = [](double) { return false; };
  support::Fields fields(10);
  EXPECT_THROW(exact::EvaluateAtPoints(
                 samples, kernel, samples.Points, fields.View(), ExactOptions(), stopped),
    Aborted);
  ExactOptions options;
  for (const double tolerance : { 0.0, -1.0, 0.5, std::nan("") })
  {
    options.Tolerance = tolerance;
    EXPECT_THROW(
      exact::EvaluateAtPoints(samples, kernel, samples.Points, fields.View(), options, Execution()),
      std::invalid_argument);
  }
  ExactOptions leaveOneOut;
  leaveOneOut.LeaveOneOut = true;
  EXPECT_THROW(exact::EvaluateAtPoints(samples, kernel, Eigen::Matrix3Xd::Zero(3, 11),
                 fields.View(), leaveOneOut, Execution()),
    std::invalid_argument);
}
}
