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

// Oracle: closed form (reference.json, closed_form_rules.ULA): on N(m, v) the stationary variance
// is v / (1 - e/4v). One sample makes the density normal with v = h^2, so e is in units of v. The
// error of the variance of n independent particles is v sqrt(2 / n) = 0.7 %: four of these.
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
    EXPECT_NEAR(covariance(0, 0), expected, 0.048 * expected) << size;
    EXPECT_NEAR(covariance(1, 1), expected, 0.048 * expected) << size;
    EXPECT_NEAR(covariance(0, 1), 0.0, 0.048 * expected) << size;
    EXPECT_EQ(covariance(2, 2), 0.0); // the flat axis gets no noise
  }
}

// Oracle: closed form. With Metropolis the density is met for any step size, also beyond the limit;
// its log density has the mean -log(2 pi e v) in the plane. Some proposals are refused, and
// particles refused stay where they are.
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
    EXPECT_NEAR(covariance(0, 0), h * h, 0.065 * h * h) << size;
    EXPECT_NEAR(end.LogDensity.mean(), -std::log(2.0 * Pi * std::exp(1.0) * h * h), 0.04) << size;
    const double rate = end.Accepted / end.Proposed;
    EXPECT_GT(rate, 0.05);
    EXPECT_LT(rate, 0.99);
    const Eigen::VectorXd moved = (end.Positions - states[99].Positions).colwise().norm();
    EXPECT_LT((moved - end.Speed).cwiseAbs().maxCoeff(), 1e-14);
    EXPECT_EQ(moved.minCoeff(), 0.0);
  }
}

// Oracle: moments of the kernel density: mean of the samples and S + h^2 I, S with divisor n. The
// step's bias is of order e h^2 = 0.012 and the error of a moment of 8000 particles about 0.015.
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
  EXPECT_LT((end.rowwise().mean() - samples->Points.rowwise().mean()).norm(), 0.05);
  EXPECT_LT((CovarianceOf(end) - expected).cwiseAbs().maxCoeff(), 0.09);
}

// Oracle: closed form. Noise of n steps adds up to its whole variance, and the same number, seed
// and step give the same noise whoever else is there.
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
  EXPECT_NEAR(CovarianceOf(all.Positions)(0, 0), 3 * 0.5 * 4.0, 0.25);
  EXPECT_NE(all.Positions(0, 0), all.Positions(0, 1));
}
}
