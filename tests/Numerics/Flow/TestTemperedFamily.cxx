// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/TemperedFamily.h"

#include "Numerics/Base/FieldStorage.h"
#include "Numerics/Flow/MixtureFamily.h"
#include "support/FlowCases.h"
#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace scorefields
{
// Oracle: the definition, summed in long double. The score is the softmax mean at this temperature,
// less the point, over h^2. The sums leave out 1e-13 of samples within r = 9 of a point: that moves
// their mean by 2e-13 r.
TEST(TemperedFamily, IsTheSoftmaxMeanAtATemperature)
{
  const auto samples = flow::StudySamples(30);
  const double h = 0.4;
  const Eigen::Matrix3Xd points = RandomPoints(40, 5, 2) * 6.0;
  for (const double temperature : { 0.3, 1.0, 4.0 })
  {
    const TemperedFamily family(flow::ExactScores(samples, h), temperature);
    const FieldStorage fields = flow::Evaluated(family, h, points);
    for (Index i = 0; i < points.cols(); ++i)
    {
      using Vector = Eigen::Matrix<long double, 3, 1>;
      const Vector x = points.col(i).cast<long double>();
      long double nearest = std::numeric_limits<long double>::infinity();
      for (Index k = 0; k < samples->Count(); ++k)
      {
        nearest = std::min(nearest, (samples->Points.col(k).cast<long double>() - x).squaredNorm());
      }
      Vector sum = Vector::Zero();
      long double total = 0.0L;
      for (Index k = 0; k < samples->Count(); ++k)
      {
        const Vector sample = samples->Points.col(k).cast<long double>();
        const long double weight =
          std::exp(-((sample - x).squaredNorm() - nearest) / (2.0L * h * h * temperature));
        sum += weight * sample;
        total += weight;
      }
      const Eigen::Vector3d mean = (sum / total).cast<double>();
      EXPECT_LT((points.col(i) + h * h * fields.Score.col(i) - mean).norm(), 2e-13 * 9.0);
    }
  }
}

// Oracle: differences. Score and Hessian are the derivatives of the log density: central
// differences of step e are off by e^2 / 6 times a third derivative, which for samples within D of
// a point is at most T D^3 / (h^2 T)^3 times 1, here 2e3, beside rounding of 1e-13 / e.
TEST(TemperedFamily, BelongTogether)
{
  const TemperedFamily family(flow::ExactScores(flow::StudySamples(30), 0.4), 2.5);
  const Eigen::Matrix3Xd points = RandomPoints(20, 6, 2) * 2.0;
  const double step = 1e-4;
  const FieldStorage at = flow::Evaluated(family, 0.4, points);
  for (int axis = 0; axis < 2; ++axis)
  {
    const Eigen::Vector3d offset = step * Eigen::Vector3d::Unit(axis);
    const FieldStorage above = flow::Evaluated(family, 0.4, points.colwise() + offset);
    const FieldStorage below = flow::Evaluated(family, 0.4, points.colwise() - offset);
    const double bound = step * step / 6.0 * 2e3 + 1e-11 / step;
    for (Index i = 0; i < points.cols(); ++i)
    {
      const double slope = (above.LogDensity[i] - below.LogDensity[i]) / (2.0 * step);
      EXPECT_NEAR(at.Score(axis, i), slope, bound);
      const Eigen::Vector3d change = (above.Score.col(i) - below.Score.col(i)) / (2.0 * step);
      EXPECT_LT((ToMatrix(at.Hessian.col(i)).col(axis) - change).norm(), bound);
    }
  }
}

// Oracle: closed forms. The unit of steps is H for a kernel density, whatever T, and h^2 plus the
// least variance over T for a mixture.
TEST(TemperedFamily, HasTheUnitOfItsCurvature)
{
  const TemperedFamily kernels(flow::ExactScores(flow::StudySamples(5), 0.4), 3.0);
  EXPECT_NEAR(kernels.StepUnitAt(0.5)(0, 0), 0.25, 1e-15);
  EXPECT_NEAR(kernels.KernelAt(0.5).Covariance()(1, 1), 0.25, 1e-15);
  const auto mixture = std::make_shared<const MixtureFamily>(
    flow::Study(), GaussianKernel::Isotropic(Axes::First(2), 0.4));
  EXPECT_NEAR(TemperedFamily(mixture, 2.0).StepUnitAt(0.3)(0, 0), 0.09 + 0.2 / 2.0, 1e-12);
}

// Oracle: the closed form of two samples at +-a, q = (exp(-(x - a)^2 / (2 s^2)) + exp(-(x + a)^2 /
// (2 s^2)))^T with s^2 = h^2 T, whose moments the trapezoid rule gives to rounding. Metropolis
// steps draw from it: after 100 steps of size h^2, 0.6 of the variance, particles that begin at 0
// know nothing of that. Four errors of the second moment of 4000.
TEST(TemperedFamily, IsDrawnFromByMetropolisSteps)
{
  const double h = 0.5;
  const double a = 0.6;
  const double temperature = 3.0;
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 2);
  points.row(0) << -a, a;
  const auto samples = std::make_shared<const Samples>(Samples::Unweighted(points));
  const auto family =
    std::make_shared<const TemperedFamily>(flow::ExactScores(samples, h, 1), temperature);
  FlowRequest request;
  request.Mode = FlowMode::Langevin;
  request.Metropolis = true;
  request.Steps = 100;
  const Index count = 4000;
  const Eigen::Matrix3Xd start = Eigen::Matrix3Xd::Zero(3, count);
  const auto states =
    flow::Run(family, request, GaussianKernel::Isotropic(Axes::First(1), h), start);
  double total = 0.0;
  double second = 0.0;
  double fourth = 0.0;
  for (int k = -1000; k <= 1000; ++k)
  {
    const double x = 0.01 * k;
    const auto bell = [&](double centre)
    { return std::exp(-(x - centre) * (x - centre) / (2.0 * h * h * temperature)); };
    const double q = std::pow(bell(a) + bell(-a), temperature);
    total += q;
    second += q * x * x;
    fourth += q * x * x * x * x;
  }
  second /= total;
  const double error = std::sqrt((fourth / total - second * second) / static_cast<double>(count));
  EXPECT_NEAR(states.back().Positions.row(0).array().square().mean(), second, 4.0 * error);
  EXPECT_LT(states.back().Accepted, 0.99 * states.back().Proposed);
}

// Contract: the message names the property and the value.
TEST(TemperedFamily, RefusesATemperatureThatIsNone)
{
  const double infinity = std::numeric_limits<double>::infinity();
  for (const double wrong : { 0.0, -1.0, infinity, std::numeric_limits<double>::quiet_NaN() })
  {
    EXPECT_THROW(TemperedFamily(nullptr, wrong), std::invalid_argument) << wrong;
  }
}
}
