// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/Flow.h"

#include "Numerics/Base/FieldStorage.h"
#include "support/DirectSum.h"
#include "support/FlowCases.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
namespace
{
/// Mean and covariance of points, and the standard errors of both for independent points: of the
/// covariance sqrt((mean(y_a^2 y_b^2) - C_ab^2) / n), y centred.
struct Moments
{
  Eigen::Vector3d Mean;
  Eigen::Matrix3d Covariance;
  Eigen::Array3d MeanError;
  Eigen::Array33d CovarianceError;

  explicit Moments(const Eigen::Matrix3Xd& points)
    : Mean(points.rowwise().mean())
  {
    const auto n = static_cast<double>(points.cols());
    const Eigen::Matrix3Xd centred = points.colwise() - this->Mean;
    this->Covariance = centred * centred.transpose() / n;
    this->MeanError = (this->Covariance.diagonal().array() / n).sqrt();
    const Eigen::Matrix3Xd squares = centred.array().square();
    this->CovarianceError =
      (((squares * squares.transpose() / n).array() - this->Covariance.array().square()).max(0.0) /
        n)
        .sqrt();
  }
};

/// Where annealing from a bandwidth of 4 to the kernel's takes n particles, all from one point,
/// without the last step to the posterior mean.
Eigen::Matrix3Xd Annealed(const std::shared_ptr<const Samples>& samples,
  const GaussianKernel& kernel, Index n, Index stepsPerLevel, double size, bool metropolis)
{
  FlowRequest request;
  request.Mode = FlowMode::AnnealedLangevin;
  request.Steps = 10 * stepsPerLevel;
  request.StepSize = size;
  request.Metropolis = metropolis;
  request.FirstBandwidth = 4.0;
  request.FinalDenoise = false;
  const double h = kernel.EquivalentBandwidth();
  const Flow particles(flow::ExactScores(samples, h, kernel.Dimension()),
    FlowSchedule(request, kernel, MomentsOf(*samples)), flow::Numbers(n));
  FlowState state = particles.Start(Eigen::Vector3d(-2.5, 0.0, 0.0).replicate(1, n), OnThreads(2));
  while (state.Step < request.Steps)
  {
    particles.Advance(state, OnThreads(2));
  }
  EXPECT_DOUBLE_EQ(state.Bandwidth, h);
  return state.Positions;
}

GaussianKernel InPlane(double h)
{
  return GaussianKernel::Isotropic(Axes::First(2), h);
}

/// S + h^2 I in the plane, S with 1 / n.
Eigen::Matrix3d CovarianceOf(const Samples& samples, double h)
{
  return Moments(samples.Points).Covariance +
    h * h * Eigen::Vector3d(1.0, 1.0, 0.0).asDiagonal().toDenseMatrix();
}

void ExpectCovariance(
  const Moments& found, const Eigen::Matrix3d& expected, const Eigen::Matrix3d& bias)
{
  for (int a = 0; a < 2; ++a)
  {
    for (int b = 0; b <= a; ++b)
    {
      EXPECT_NEAR(found.Covariance(a, b), expected(a, b),
        4.0 * found.CovarianceError(a, b) + std::abs(bias(a, b)))
        << a << b;
    }
  }
}
}

// Oracle: closed form. The kernel density of the study's sample has its mean and the covariance S +
// h^2 I; Metropolis steps leave it as it is. Within 4 standard errors of independent particles,
// with nothing left of the level before: the difference of covariances, (1.29^2 - 1) h^2 = 0.11,
// fades by exp(-e h^2 / V) a step, V = 1.3 the larger variance, so to 1e-3 in 40 steps.
TEST(Annealing, SamplesTheKernelDensityOfTheStudy)
{
  const auto samples = flow::StudySamples(200);
  const double h = 0.4;
  const Moments found(Annealed(samples, InPlane(h), 4000, 40, 1.0, true));
  const Moments cloud(samples->Points);
  EXPECT_LT(((found.Mean - cloud.Mean).array().abs() - 4.0 * found.MeanError).maxCoeff(), 1e-12);
  ExpectCovariance(found, CovarianceOf(*samples, h), Eigen::Matrix3d::Constant(1e-3));
}

// Oracle: first order of the step size. Without Metropolis the stationary density is, with D = e
// h^2 and to O(D), p (1 + (D/8) (2 Lap log p + |s|^2 - mean)), as follows from the generator of the
// step; by parts, the variance on a line changes by D/4 + (D/8) Cov(x^2, Lap log p): for a normal
// density the first order of v / (1 - e h^2 / 4v). The second order is at most that of a normal
// density of variance h^2, e^2 h^2 / 16 / (1 - e/4) = 0.018. Two samples at -1 and 1, h = 1: the
// expectations by the trapezoidal rule, which is exact to rounding for a step of h / 10.
TEST(Annealing, WithoutMetropolisIsOffByTheStepSize)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 2);
  points.row(0) << -1.0, 1.0;
  const auto samples = std::make_shared<const Samples>(Samples::Unweighted(points));
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(1), 1.0);
  const double size = 0.5;
  Eigen::Matrix3Xd line = Eigen::Matrix3Xd::Zero(3, 301);
  line.row(0).setLinSpaced(-15.0, 15.0);
  FieldStorage fields(line.cols(), FieldChoice::Smooth());
  direct::EvaluateAtPoints(*samples, kernel, line, fields.View());
  const Eigen::ArrayXd shares = 0.1 * fields.LogDensity.array().exp();
  const Eigen::ArrayXd square = line.row(0).transpose().array().square();
  const Eigen::ArrayXd laplacian = fields.Hessian.row(0).transpose().array();
  const double variance = (shares * square).sum();
  EXPECT_NEAR(variance, 2.0, 1e-12);
  const double with = (shares * square * laplacian).sum() - variance * (shares * laplacian).sum();
  const double shift = 0.25 * size + 0.125 * size * with;
  const Moments found(Annealed(samples, kernel, 60000, 20, size, false));
  const double error = 4.0 * found.CovarianceError(0, 0) + 0.018;
  EXPECT_GT(shift, 1.2 * error); // it would be seen
  EXPECT_NEAR(found.Covariance(0, 0), variance + shift, error);
}

// Oracle: closed form. Two clusters 5 apart with shares 1/4 and 3/4. Shares freeze where the
// barrier grows too high, and are those of the density at that bandwidth s: a barrier of (5 / 2s)^2
// / 2 = 2 and more at s <= 1.25, where up to 0.75 - 0.5 = 0.5 times Phi(-2) = 0.011 more is in the
// small cluster, hence 5^2 (1 - 2/4) 0.011 = 0.14 more in the variance across.
TEST(Annealing, SamplesSeparatedClusters)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 8);
  points.row(0) << -2.5, -2.4, 2.5, 2.4, 2.6, 2.5, 2.3, 2.7;
  points.row(1) << 0.1, 0.0, 0.2, 0.1, 0.3, 0.0, 0.1, 0.2;
  const auto samples = std::make_shared<const Samples>(Samples::Unweighted(points));
  const double h = 0.4;
  const Moments found(Annealed(samples, InPlane(h), 4000, 60, 1.0, true));
  Eigen::Matrix3d bias = Eigen::Matrix3d::Constant(1e-2);
  bias(0, 0) = 0.14;
  EXPECT_NEAR(found.Mean[0], points.row(0).mean(), 4.0 * found.MeanError[0] + 5.0 * 0.011);
  ExpectCovariance(found, CovarianceOf(*samples, h), bias);
}
}
