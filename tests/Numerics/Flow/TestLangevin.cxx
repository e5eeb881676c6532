// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/Langevin.h"

#include "Numerics/Flow/ParticleDraws.h"
#include "support/FlowCases.h"

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
namespace
{
Eigen::Matrix3d CovarianceOf(const Eigen::Matrix3Xd& points)
{
  const Eigen::Matrix3Xd centred = points.colwise() - points.rowwise().mean();
  return centred * centred.transpose() / static_cast<double>(points.cols());
}

FlowRequest LangevinRequest(Index steps, double size, bool metropolis = false)
{
  FlowRequest request;
  request.Mode = FlowMode::Langevin;
  request.Steps = steps;
  request.StepSize = size;
  request.Metropolis = metropolis;
  return request;
}

std::shared_ptr<const Samples> OneSample()
{
  return std::make_shared<const Samples>(Samples::Unweighted(Eigen::Vector3d(2.0, -1.0, 0.0)));
}
}

// Oracle: closed form. On N(m, v) a step x' = x + (e/2) s(x) + sqrt(e) z is x' - m = (1 - e/2v)(x -
// m)
// + sqrt(e) z, which keeps the variance V = (1 - e/2v)^2 V + e, so V = v / (1 - e/4v). One sample
// makes the density normal with v = h^2, and e is in units of v. The error of the variance of n =
// 15000 independent particles is V sqrt(2 / n) = 1.2 % of it: four of these.
TEST(Langevin, UnadjustedStepsHaveTheStationaryVarianceOfTheTheory)
{
  const double h = 0.5;
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), h);
  for (const double size : { 0.5, 1.0, 2.0, 3.0 })
  {
    // The rate of forgetting the start is 1 - e/2, at worst 3/4 in size: 30 steps are plenty.
    const Eigen::Matrix3Xd start = OneSample()->Points.replicate(1, 15000);
    const auto states =
      flow::Run(flow::ExactScores(OneSample(), h), LangevinRequest(30, size), kernel, start);
    const Eigen::Matrix3d covariance = CovarianceOf(states.back().Positions);
    const double expected = h * h / (1.0 - size / 4.0);
    const double error = 4.0 * expected * std::sqrt(2.0 / 15000.0);
    EXPECT_NEAR(covariance(0, 0), expected, error) << size;
    EXPECT_NEAR(covariance(1, 1), expected, error) << size;
    EXPECT_NEAR(covariance(0, 1), 0.0, error) << size;
    EXPECT_EQ(covariance(2, 2), 0.0); // the flat axis gets no noise
  }
}

// Oracle: closed form. With Metropolis the density is met for any step size, also beyond the limit;
// its log density has the mean -log(2 pi e v) in the plane and the variance 1. Four standard errors
// of 8000 independent particles. Some proposals are refused, and particles refused stay where they
// are.
TEST(Langevin, MetropolisMeetsTheDensityForAnyStepSize)
{
  const double h = 0.5;
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), h);
  for (const double size : { 1.0, 3.0, 5.0 })
  {
    const Eigen::Matrix3Xd start = OneSample()->Points.replicate(1, 8000);
    const auto states =
      flow::Run(flow::ExactScores(OneSample(), h), LangevinRequest(100, size, true), kernel, start);
    const FlowState& end = states.back();
    const Eigen::Matrix3d covariance = CovarianceOf(end.Positions);
    EXPECT_NEAR(covariance(0, 0), h * h, 4.0 * h * h * std::sqrt(2.0 / 8000.0)) << size;
    const double entropy = std::log(2.0 * Pi * std::exp(1.0) * h * h);
    EXPECT_NEAR(end.LogDensity.mean(), -entropy, 4.0 / std::sqrt(8000.0)) << size;
    const double rate = end.Accepted / end.Proposed;
    EXPECT_GT(rate, 0.05);
    EXPECT_LT(rate, 0.99);
    const Eigen::VectorXd moved = (end.Positions - states[99].Positions).colwise().norm();
    EXPECT_LT((moved - end.Speed).cwiseAbs().maxCoeff(), 1e-14); // steps below 4: some eps of them
    EXPECT_EQ(moved.minCoeff(), 0.0);
  }
}

// Oracle: moments of the kernel density: mean of the samples and S + h^2 I, S with divisor n. The
// step of e = 0.3 h^2 adds e/4 = 0.013 to the variance to first order (TestAnnealing.cxx).
// Variances are below 1.5: four standard errors of 8000 particles, of a mean sqrt(1.5 / n) along
// two axes, of a covariance 1.5 sqrt(2 / n).
TEST(Langevin, SamplesHaveTheMomentsOfTheKernelDensity)
{
  const auto samples = flow::StudySamples(200);
  const double h = 0.42;
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), h);
  const Eigen::Matrix3Xd start = DrawFromSamples(*samples, kernel, false, 5, flow::Numbers(8000));
  const auto states =
    flow::Run(flow::ExactScores(samples, h), LangevinRequest(150, 0.3), kernel, start);
  const Eigen::Matrix3Xd& end = states.back().Positions;
  Eigen::Matrix3d expected = CovarianceOf(samples->Points);
  expected(0, 0) += h * h;
  expected(1, 1) += h * h;
  EXPECT_LT((end.rowwise().mean() - samples->Points.rowwise().mean()).cwiseAbs().maxCoeff(),
    4.0 * std::sqrt(1.5 / 8000.0));
  EXPECT_LT((CovarianceOf(end) - expected).cwiseAbs().maxCoeff(),
    0.013 + 4.0 * 1.5 * std::sqrt(2.0 / 8000.0));
}

// Oracle: closed form. Noise of n steps adds up to its whole variance, within four standard errors
// of 20000 particles, and the same number, seed and step give the same noise whoever else is there.
TEST(Langevin, NoiseIsKeyedByParticleAndStep)
{
  const StepMetric unit(Axes::First(2), 4.0 * Eigen::Matrix3d::Identity());
  FlowState all;
  all.Positions = Eigen::Matrix3Xd::Zero(3, 20000);
  FlowState some;
  some.Positions = Eigen::Matrix3Xd::Zero(3, 1);
  for (Index step = 0; step < 3; ++step)
  {
    all.Step = some.Step = step;
    AddNoise(unit, 0.5, 9, flow::Numbers(20000), all, Execution());
    AddNoise(unit, 0.5, 9, { 777 }, some, Execution());
  }
  EXPECT_TRUE((all.Positions.col(777).array() == some.Positions.col(0).array()).all());
  const double variance = 3.0 * 0.5 * 4.0;
  EXPECT_NEAR(
    CovarianceOf(all.Positions)(0, 0), variance, 4.0 * variance * std::sqrt(2.0 / 20000.0));
  EXPECT_NE(all.Positions(0, 0), all.Positions(0, 1));
}
}
