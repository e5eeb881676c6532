// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/NetworkTraining.h"

#include "Numerics/Fit/GaussianModel.h"

#include "support/FitCases.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
namespace
{
Training Train(const FitSamples& samples, const TrainingRequest& request,
  const Execution& execution = {}, const ScoreModel* base = nullptr)
{
  return NetworkTrainer(samples, base, request).Run(execution);
}
}

// Oracle: differences of the loss |f|^2 / 2 over each parameter; their error is 1e-10 for values of
// unit size.
TEST(Network, GradientIsThatOfTheLoss)
{
  const NetworkShape shape{ 2, 2, 3 };
  Network network(shape);
  network.Start(3);
  network.Parameters() = fitcases::Normals(shape.Parameters(), 1, 4);
  const Eigen::MatrixXd points = fitcases::Normals(2, 7, 5);
  Network::Trace trace;
  network.Forward(points, trace);
  Eigen::VectorXd gradient = Eigen::VectorXd::Zero(shape.Parameters());
  network.AddGradient(trace, trace.Output, gradient);
  for (Index k = 0; k < shape.Parameters(); ++k)
  {
    const auto loss = [&](double shift)
    {
      Network moved = network;
      moved.Parameters()[k] += 1e-3 * shift;
      return 0.5 * moved.Evaluate(points).squaredNorm();
    };
    const double slope = (8.0 * (loss(1) - loss(-1)) - (loss(2) - loss(-2))) / 12e-3;
    EXPECT_NEAR(gradient[k], slope, 1e-6 * (1.0 + std::abs(slope))) << k;
  }
  EXPECT_EQ(network.Table().Values.rows(), shape.Parameters());
}

// Contract: before training the score is that of the base.
TEST(Network, StartsAtZero)
{
  Network network({ 3, 2, 8 });
  network.Start(1);
  EXPECT_EQ(network.Evaluate(fitcases::Normals(3, 5, 1)).norm(), 0.0);
}

// Oracle: one sample, whose kernel density is a Gaussian: f(y) = (x - y) / noise, so that the loss
// is 0, and a network is within 5 % of it.
TEST(NetworkTraining, LearnsTheScoreOfOneKernel)
{
  for (const Index d : { 1, 2, 3 })
  {
    Eigen::MatrixXd points = Eigen::MatrixXd::Constant(d, 2, 0.25);
    TrainingRequest request;
    request.Steps = 400;
    const Training training = Train(fitcases::Plain(points, 1.0), request);
    EXPECT_LE(training.KernelLoss, 1e-20);
    EXPECT_NEAR(training.Rows.front().ScoreError, 1.0, 1e-12);
    EXPECT_LE(training.Rows.back().ScoreError, 0.05) << d;
    EXPECT_EQ(training.Rows.back().Step, 400);
  }
}

// Oracle: the identity of denoising. The loss of a network is the kernel score's own and half the
// squared distance of the scores, in the mean over noise. Over 4096 draws the difference is a mean
// of (f - kernel) . (kernel - wanted), whose deviation is below distance times sqrt(2 loss / 4096).
TEST(NetworkTraining, LossIsTheKernelsAndTheDistance)
{
  const FitSamples samples = fitcases::Plain(fitcases::Normals(2, 40, 6), 0.4);
  TrainingRequest request;
  request.Steps = 300;
  const Training training = Train(samples, request);
  for (const TrainingRow& row : training.Rows)
  {
    const double deviation =
      std::sqrt(2.0 * row.Distance) * std::sqrt(2.0 * training.KernelLoss / 4096.0);
    EXPECT_NEAR(row.Loss, training.KernelLoss + row.Distance, 5.0 * deviation) << row.Step;
  }
  EXPECT_LT(training.Rows.back().Distance, 0.2 * training.Rows.front().Distance);
  EXPECT_LT(training.Rows.back().ScoreError, 0.5);
}

// Contract: the number of threads changes no bit; a base is counted in.
TEST(NetworkTraining, ThreadsChangeNothing)
{
  const FitSamples samples =
    fitcases::Plain(fitcases::Normals(2, 30, 6), Eigen::VectorXd::LinSpaced(30, 1.0, 3.0), 0.5);
  const GaussianModel base(samples);
  TrainingRequest request;
  request.Steps = 20;
  const Training one = Train(samples, request, Execution(), &base);
  const Training three = Train(samples, request, OnThreads(3), &base);
  EXPECT_EQ(one.States.back(), three.States.back());
  EXPECT_EQ(one.Rows.back().Loss, three.Rows.back().Loss);
  EXPECT_NE(one.Rows.front().ScoreError, Train(samples, request).Rows.front().ScoreError);
}

// Contract: a learning rate that is too large ends with a sentence and the last good network.
TEST(NetworkTraining, EndsWhereItDiverges)
{
  TrainingRequest request;
  request.LearningRate = 1e6;
  request.Steps = 500;
  const Training training = Train(fitcases::Plain(fitcases::Normals(2, 30, 6), 0.5), request);
  EXPECT_NE(
    training.Problem.find("LearningRate is 1e+06: training diverged at step"), std::string::npos)
    << training.Problem;
  EXPECT_TRUE(training.States.back().allFinite());
  EXPECT_LT(training.Rows.back().Step, 500);
}
}
