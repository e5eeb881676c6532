// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/ProbabilityFlow.h"

#include "Numerics/Flow/MixtureFamily.h"
#include "Numerics/Flow/ParticleDraws.h"
#include "support/FlowCases.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace scorefields
{
namespace
{
FlowState StartAt(const DensityFamily& family, double bandwidth, const Eigen::Matrix3Xd& positions)
{
  FlowState state;
  state.Bandwidth = bandwidth;
  state.Positions = positions;
  EvaluateState(*family.At(bandwidth, Execution()), false, state, Execution());
  return state;
}

double MeanDistance(const Eigen::Matrix3Xd& one, const Eigen::Matrix3Xd& two)
{
  double sum = 0.0;
  for (Index i = 0; i < one.cols(); ++i)
  {
    sum += (two.colwise() - one.col(i)).colwise().norm().sum();
  }
  return sum / static_cast<double>(one.cols() * two.cols());
}

/// Szekely and Rizzo's two-sample statistic, 2 E|X - Y| - E|X - X'| - E|Y - Y'|.
double EnergyDistance(const Eigen::Matrix3Xd& one, const Eigen::Matrix3Xd& two)
{
  return 2.0 * MeanDistance(one, two) - MeanDistance(one, one) - MeanDistance(two, two);
}
}

// Oracle: closed form. One normal density N(0, v): x scales with sqrt(v + s^2), the log density
// falls by its logarithm per axis.
TEST(ProbabilityFlow, ScalesANormalDensity)
{
  MixtureComponent component{ 1.0, Eigen::Vector3d(1.0, 2.0, 0.0), Eigen::Matrix3d::Zero() };
  component.Covariance.topLeftCorner<2, 2>() = Eigen::Matrix2d::Identity() * 0.7;
  const MixtureFamily truth(
    Mixture(Axes::First(2), { component }), GaussianKernel::Isotropic(Axes::First(2), 1.0));
  const Eigen::Vector3d start(1.5, -1.0, 0.0);
  FlowState state = StartAt(truth, 2.0, start);
  const double before = state.LogDensity[0];
  FlowToBandwidth(truth, 0.1, 200, state, Execution());
  const double scale = std::sqrt((0.7 + 0.01) / (0.7 + 4.0));
  const Eigen::Vector3d expected = component.Mean + scale * (start - component.Mean);
  // 200 steps of log(20) / 200 = 0.015: of fourth order, (0.015)^4 log(20) / 120 = 1.3e-9 times the
  // flow's fifth derivative, of order 1.
  EXPECT_LT((state.Positions.col(0) - expected).norm(), 1e-8);
  EXPECT_NEAR(state.PathLogDensity[0], before - 2.0 * std::log(scale), 1e-8);
  EXPECT_NEAR(state.LogDensity[0], state.PathLogDensity[0], 1e-8);
  EXPECT_EQ(state.Bandwidth, 0.1);
}

// Oracle: observed order of convergence, of positions and of the log density along the path,
// against 64 times as many steps. Fourth order means a factor of 16 per halving; at least 2^3.5 is
// asked.
TEST(ProbabilityFlow, ConvergesWithFourthOrder)
{
  const auto samples = flow::StudySamples(40);
  const auto scores = flow::ExactScores(samples, 0.5);
  const Eigen::Matrix3Xd start =
    DrawFromSamples(*samples, scores->KernelAt(1.0), true, 3, flow::Numbers(50));
  const auto flown = [&](Index steps)
  {
    FlowState state = StartAt(*scores, 1.0, start);
    FlowToBandwidth(*scores, 0.3, steps, state, Execution());
    return state;
  };
  const FlowState fine = flown(1024);
  double positionError = 0.0;
  double pathError = 0.0;
  for (const Index steps : { 8, 16, 32 })
  {
    const FlowState state = flown(steps);
    const double position = (state.Positions - fine.Positions).norm();
    const double path = (state.PathLogDensity - fine.PathLogDensity).norm();
    if (steps > 8)
    {
      EXPECT_GT(std::log2(positionError / position), 3.5) << steps;
      EXPECT_GT(std::log2(pathError / path), 3.5) << steps;
    }
    positionError = position;
    pathError = path;
  }
  // Instantaneous change of variables: along the path it is the log density of the smoothed
  // samples. 1024 steps are off by 32^-4 = 1e-6 of what 32 steps are.
  EXPECT_LT((fine.PathLogDensity - fine.LogDensity).cwiseAbs().maxCoeff(), 2e-6 * pathError);
}

// Oracle: invariant. From 1 to 0.3 and back is where it started, to the solver's tolerance: steps
// of 0.05 have an error of 0.05^4 = 6e-6 per unit of log s and of the flow's fourth derivatives.
TEST(ProbabilityFlow, ComesBack)
{
  const auto samples = flow::StudySamples(200);
  const auto scores = flow::ExactScores(samples, 0.3);
  const Eigen::Matrix3Xd start =
    DrawFromSamples(*samples, scores->KernelAt(1.0), true, 8, flow::Numbers(200));
  FlowState state = StartAt(*scores, 1.0, start);
  FlowToBandwidth(*scores, 0.3, FlowSteps(1.0, 0.3), state, Execution());
  EXPECT_GT((state.Positions - start).colwise().norm().maxCoeff(), 0.3);
  FlowToBandwidth(*scores, 1.0, FlowSteps(0.3, 1.0), state, Execution());
  EXPECT_LT((state.Positions - start).colwise().norm().maxCoeff(), 2e-4);
  EXPECT_EQ(FlowSteps(0.3, 1.0), 25);
}

// Oracle: two-sample test at fixed seeds. Draws from the density at 1.5 carried to 0.2 are draws
// from the density at 0.2: their energy distance to such draws is not above the largest of 19
// distances between two such sets (level 5 %); that of particles not carried is.
TEST(ProbabilityFlow, CarriesOneDensityToTheOther)
{
  const auto samples = flow::StudySamples(100);
  const auto scores = flow::ExactScores(samples, 0.2);
  const auto drawn = [&](double bandwidth, std::uint64_t seed) {
    return DrawFromSamples(*samples, scores->KernelAt(bandwidth), true, seed, flow::Numbers(500));
  };
  double largest = 0.0;
  for (std::uint64_t seed = 0; seed < 19; ++seed)
  {
    largest =
      std::max(largest, EnergyDistance(drawn(0.2, 100 + 2 * seed), drawn(0.2, 101 + 2 * seed)));
  }
  const Eigen::Matrix3Xd start = drawn(1.5, 1);
  FlowState state = StartAt(*scores, 1.5, start);
  FlowToBandwidth(*scores, 0.2, FlowSteps(1.5, 0.2), state, Execution());
  EXPECT_LT(EnergyDistance(state.Positions, drawn(0.2, 2)), largest);
  EXPECT_GT(EnergyDistance(start, drawn(0.2, 2)), 5.0 * largest);
}

// Oracle: limit. At a vanishing bandwidth every particle has landed on a sample (memorisation).
TEST(ProbabilityFlow, LandsOnSamplesAtTheBandwidthZero)
{
  const auto samples = flow::StudySamples(30);
  const auto scores = flow::ExactScores(samples, 0.2);
  FlowState state = StartAt(
    *scores, 2.0, DrawFromSamples(*samples, scores->KernelAt(2.0), true, 4, flow::Numbers(100)));
  FlowToBandwidth(*scores, 1e-4, FlowSteps(2.0, 1e-4), state, Execution());
  for (Index i = 0; i < state.Count(); ++i)
  {
    const double nearest =
      (samples->Points.colwise() - state.Positions.col(i)).colwise().norm().minCoeff();
    EXPECT_LT(nearest, 1e-3); // ten bandwidths
  }
}
}
