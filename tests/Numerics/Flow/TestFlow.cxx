// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/Flow.h"

#include "Numerics/Flow/ParticleDraws.h"
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
constexpr FlowMode AllModes[] = { FlowMode::Ascent, FlowMode::Langevin, FlowMode::AnnealedLangevin,
  FlowMode::ProbabilityFlow, FlowMode::Denoise, FlowMode::Diffusion };
}

// Oracle: invariant, to the bit. In every mode a particle's path depends neither on the others, nor
// on threads, nor on being continued from a copy of an earlier state.
TEST(Flow, AParticleKnowsNothingOfTheOthers)
{
  const auto samples = flow::StudySamples(1000);
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), 0.3);
  ScoreAccuracy accuracy;
  accuracy.Evaluations = 1e12; // splines
  const auto family = std::make_shared<const KernelFamily>(samples, kernel, accuracy);
  for (const FlowMode mode : AllModes)
  {
    FlowRequest request;
    request.Mode = mode;
    request.Steps = 6;
    request.Levels = 3;
    request.FirstBandwidth = mode == FlowMode::Diffusion ? 0.3 : 0.6;
    request.LastBandwidth = mode == FlowMode::Diffusion ? 0.6 : 0.3;
    const FlowSchedule schedule(request, kernel, flow::MomentsOfStudy());
    const Eigen::Matrix3Xd start = RandomPoints(100, 4, 2) * 10.0;
    const Flow together(family, schedule, flow::Numbers(100));
    FlowState all = together.Start(start, OnThreads(3));
    FlowState later;
    const Flow one(family, schedule, { 42 });
    FlowState single = one.Start(start.col(42), Execution());
    for (Index k = 0; k < request.Steps; ++k)
    {
      together.Advance(all, OnThreads(3));
      one.Advance(single, Execution());
      later = k == 2 ? all : later;
    }
    EXPECT_TRUE((all.Positions.col(42).array() == single.Positions.col(0).array()).all())
      << static_cast<int>(mode);
    EXPECT_EQ(all.LogDensity[42], single.LogDensity[0]);
    EXPECT_EQ(all.Bandwidth, schedule.After(request.Steps));
    while (later.Step < request.Steps)
    {
      together.Advance(later, Execution());
    }
    EXPECT_TRUE((all.Positions.array() == later.Positions.array()).all());
  }
}

// Oracle: definition by responsibilities. The posterior mean and covariance of a noisy point are
// those of the samples weighted by how likely they are to have become it. Sums that leave out 1e-13
// move a mean of samples, which are within r = 5 of a point that counts them, by 2e-13 r, and a
// covariance by that times r.
TEST(Flow, DenoisesToThePosteriorMean)
{
  const auto samples = flow::StudySamples(20);
  const double h = 0.5;
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), h);
  FlowRequest request;
  request.Mode = FlowMode::Denoise;
  request.Steps = 4;
  const Eigen::Matrix3Xd start = RandomPoints(30, 3, 2) * 5.0;
  const auto states = flow::Run(flow::ExactScores(samples, h), request, kernel, start);
  for (Index i = 0; i < start.cols(); ++i)
  {
    const Eigen::ArrayXd squared =
      (samples->Points.colwise() - start.col(i)).colwise().squaredNorm().transpose();
    Eigen::VectorXd shares = (-(squared - squared.minCoeff()) / (2.0 * h * h)).exp();
    shares /= shares.sum();
    const Eigen::Vector3d mean = samples->Points * shares;
    const Eigen::Matrix3Xd centred = samples->Points.colwise() - mean;
    const Eigen::Matrix3d covariance = centred * shares.asDiagonal() * centred.transpose();
    EXPECT_LT((states[4].Positions.col(i) - mean).norm(), 2e-13 * 5.0);
    EXPECT_LT((states[2].Positions.col(i) - 0.5 * (mean + start.col(i))).norm(), 2e-13 * 5.0);
    EXPECT_LT((ToMatrix(states[4].Tensors.col(i)) - covariance).norm(), 2e-13 * 25.0);
  }
}

// Oracle: moments of the kernel density, mean of the samples and S + h^2 I; without the last step,
// which takes the noise away. Two clusters ten bandwidths apart get their shares: 0.25 and 0.75
// within four errors of sqrt(0.19 / 4000) = 0.007 and 0.011 that freeze (TestAnnealing.cxx), where
// plain Langevin steps stay in one. The mean follows: 5 times that across, and along, where the
// variance is 0.17 and the clusters lie 0.12 apart, 0.04 * 0.12 beside four errors of the mean.
TEST(Flow, AnnealingReachesEveryCluster)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 8);
  points.row(0) << -2.5, -2.4, 2.5, 2.4, 2.6, 2.5, 2.3, 2.7;
  points.row(1) << 0.1, 0.0, 0.2, 0.1, 0.3, 0.0, 0.1, 0.2;
  const auto samples = std::make_shared<const Samples>(Samples::Unweighted(points));
  const double h = 0.4;
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), h);
  const auto scores = flow::ExactScores(samples, h);
  FlowRequest request;
  request.Mode = FlowMode::AnnealedLangevin;
  request.Steps = 400;
  request.StepSize = 0.5;
  request.FirstBandwidth = 5.0;
  request.FinalDenoise = false;
  const Eigen::Matrix3Xd start =
    Eigen::Vector3d(-2.5, 0.0, 0.0).replicate(1, 4000); // all in the small cluster
  const auto annealed = flow::Run(scores, request, kernel, start);
  const auto share = [](const FlowState& state)
  { return (state.Positions.row(0).array() < 0.0).cast<double>().mean(); };
  EXPECT_NEAR(share(annealed.back()), 0.25, 0.04);
  const Eigen::Vector3d mean = annealed.back().Positions.rowwise().mean();
  EXPECT_NEAR(mean[0], points.row(0).mean(), 5.0 * 0.04);
  EXPECT_NEAR(mean[1], points.row(1).mean(), 0.04 * 0.12 + 4.0 * std::sqrt(0.17 / 4000.0));
  request.Mode = FlowMode::Langevin;
  EXPECT_GT(share(flow::Run(scores, request, kernel, start).back()), 0.99);
  request.Mode = FlowMode::AnnealedLangevin;
  request.FinalDenoise = true;
  const auto denoised = flow::Run(scores, request, kernel, start).back();
  EXPECT_DOUBLE_EQ(denoised.Bandwidth, h);
  EXPECT_LT(
    (denoised.Positions.colwise() - Eigen::Vector3d(-2.45, 0.05, 0.0)).colwise().norm().minCoeff(),
    0.01); // the small cluster's mean: the nearest of a thousand ends between its two samples
}

// Oracle: closed form. Noise carries the samples to the kernel density: covariance S + s_n^2 -
// s_0^2, within four standard errors of 20000 particles.
TEST(Flow, DiffusionAddsTheNoiseOfTheKernel)
{
  const auto samples = flow::StudySamples(100);
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), 0.1);
  FlowRequest request;
  request.Mode = FlowMode::Diffusion;
  request.Steps = 10;
  request.LastBandwidth = 2.0;
  const Eigen::Matrix3Xd start = Eigen::Matrix3Xd::Zero(3, 20000);
  const auto states = flow::Run(flow::ExactScores(samples, 0.1), request, kernel, start);
  EXPECT_NEAR(states[10].Positions.row(0).squaredNorm() / 20000.0, 3.99,
    4.0 * 3.99 * std::sqrt(2.0 / 20000.0));
  EXPECT_EQ(states[10].Bandwidth, 2.0);
  EXPECT_DOUBLE_EQ(states[0].Bandwidth, 0.1);
}
}
