// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/KernelFamily.h"

#include "support/DirectSum.h"
#include "support/FlowCases.h"
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
  Values(const SmoothDensity& source, const Eigen::Matrix3Xd& points,
    const Execution& execution = Execution())
    : LogDensity(points.cols())
    , Score(3, points.cols())
    , Hessian(6, points.cols())
  {
    FieldView fields;
    fields.LogDensity = this->LogDensity.data();
    fields.Score = this->Score.data();
    fields.Hessian = this->Hessian.data();
    source.Evaluate(points, fields, execution);
  }
  Eigen::VectorXd LogDensity;
  Eigen::Matrix3Xd Score;
  Eigen::Matrix<double, 6, Eigen::Dynamic> Hessian;
};

/// Splines whatever they cost.
ScoreAccuracy WithSplines()
{
  ScoreAccuracy accuracy;
  accuracy.Evaluations = 1e12;
  return accuracy;
}
}

// Oracle: slow definition; the tolerances are those asked for: 1e-6 where the density is above 1e-4
// of its maximum, 1e-3 below, in log density, h score and h^2 Hessian; however far the tail.
TEST(KernelFamily, MeetTheToleranceEverywhere)
{
  const auto samples = flow::StudySamples(3000);
  for (const double h : { 0.1, 0.4, 2.0 })
  {
    const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), h);
    const KernelFamily scores(samples, kernel, WithSplines());
    Eigen::Matrix3Xd points = RandomPoints(4000, 11, 2) * 8.0;
    points.rightCols(1000) *= 20.0;
    const Values actual(*scores.At(h, Execution()), points);
    Eigen::VectorXd logDensity(points.cols());
    Eigen::Matrix3Xd score(3, points.cols());
    Eigen::Matrix<double, 6, Eigen::Dynamic> hessian(6, points.cols());
    FieldView fields;
    fields.LogDensity = logDensity.data();
    fields.Score = score.data();
    fields.Hessian = hessian.data();
    direct::EvaluateAtPoints(*samples, kernel, points, fields);
    const double core = logDensity.maxCoeff() + std::log(1e-4);
    for (Index i = 0; i < points.cols(); ++i)
    {
      const double allowed = logDensity[i] > core ? 1e-6 : 1e-3;
      EXPECT_NEAR(actual.LogDensity[i], logDensity[i], allowed);
      EXPECT_LT(h * (actual.Score.col(i) - score.col(i)).norm(), allowed) << logDensity[i];
      EXPECT_LT(h * h * (actual.Hessian.col(i) - hessian.col(i)).norm(), 3.0 * allowed);
    }
  }
}

// Oracle: invariant, to the bit: splines and sums together are a function of the point alone.
TEST(KernelFamily, AreAFunctionOfThePointAlone)
{
  const KernelFamily scores(
    flow::StudySamples(2000), GaussianKernel::Isotropic(Axes::First(2), 0.2), WithSplines());
  const auto source = scores.At(0.2, Execution());
  const Eigen::Matrix3Xd points = RandomPoints(600, 2, 2) * 12.0;
  const Values together(*source, points);
  const Values threaded(*source, points, OnThreads(3));
  EXPECT_TRUE((together.Score.array() == threaded.Score.array()).all());
  for (Index i = 0; i < points.cols(); i += 51)
  {
    const Values alone(*source, points.col(i));
    EXPECT_TRUE((alone.Score.col(0).array() == together.Score.col(i).array()).all());
    EXPECT_EQ(alone.LogDensity[0], together.LogDensity[i]);
  }
}

// Oracle: the same source comes back while it is kept, and an equal one later.
TEST(KernelFamily, KeepTheLastDensities)
{
  const KernelFamily scores(
    flow::StudySamples(50), GaussianKernel::Isotropic(Axes::First(2), 0.2), ScoreAccuracy());
  const auto first = scores.At(0.2, Execution());
  EXPECT_EQ(scores.At(0.2, Execution()), first);
  for (int k = 0; k < 10; ++k)
  {
    scores.At(0.3 + k, Execution());
  }
  EXPECT_NE(scores.At(0.2, Execution()), first);
}

// Contract: no samples, and a tolerance of tails below that of the core, are refused.
TEST(KernelFamily, RefuseWhatCannotWork)
{
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), 1.0);
  EXPECT_THROW(KernelFamily(std::make_shared<const Samples>(), kernel, ScoreAccuracy()),
    std::invalid_argument);
  ScoreAccuracy accuracy;
  accuracy.Tolerance = 1e-2;
  EXPECT_THROW(KernelFamily(flow::StudySamples(5), kernel, accuracy), std::invalid_argument);
}
}
