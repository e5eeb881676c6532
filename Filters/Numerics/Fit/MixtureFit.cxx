// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/MixtureFit.h"

#include "Numerics/Fit/Clusters.h"
#include "Numerics/Fit/MixtureLoss.h"
#include "Numerics/Mixture/MixtureField.h"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace scorefields
{
namespace
{
/// Of a cluster that has lost all of its samples.
constexpr double LeastShare = 1e-6;

/// Step 4.
Mixture WeighedBySamples(const FitSamples& samples, std::vector<MixtureComponent> components)
{
  constexpr int rounds = 200;
  constexpr double tolerance = 1e-10;
  const Axes axes = Axes::First(static_cast<int>(samples.Dimension()));
  const Eigen::Matrix3Xd points = WithThreeRows(samples.Points);
  double change = 1.0;
  for (int round = 0; round < rounds && change > tolerance; ++round)
  {
    const Mixture mixture(axes, components);
    Eigen::VectorXd weights = Eigen::VectorXd::Zero(mixture.Count());
    for (Index i = 0; i < samples.Count(); ++i)
    {
      weights += samples.Shares[i] * Responsibilities(mixture, points.col(i));
    }
    change = 0.0;
    for (Index k = 0; k < weights.size(); ++k)
    {
      double& own = components[static_cast<std::size_t>(k)].Weight;
      change = std::max(change, std::abs(weights[k] - own));
      own = std::max(weights[k], std::numeric_limits<double>::min());
    }
  }
  return Mixture(axes, std::move(components));
}

Eigen::VectorXd StartFrom(
  const Clusters& clusters, const FitSamples& samples, const MixtureLayout& layout)
{
  Eigen::VectorXd x = Eigen::VectorXd::Zero(layout.Size());
  for (Index k = 0; k < layout.Components(); ++k)
  {
    SmallMatrix covariance = SmallMatrix::Zero(samples.Dimension(), samples.Dimension());
    double share = 0.0;
    for (Index i = 0; i < samples.Count(); ++i)
    {
      if (clusters.Of[static_cast<std::size_t>(i)] == k)
      {
        const Small offset = samples.Points.col(i) - clusters.Centres.col(k);
        covariance += samples.Shares[i] * offset * offset.transpose();
        share += samples.Shares[i];
      }
    }
    // A hundredth of the cloud's variance keeps small clusters from being flat.
    covariance /= std::max(share, LeastShare);
    covariance.diagonal().array() += 0.01;
    layout.LogWeight(x, k) = std::log(std::max(share, LeastShare));
    layout.Mean(x, k) = clusters.Centres.col(k);
    layout.SetFactor(covariance.llt().matrixL(), k, x);
  }
  return x;
}
}

MixtureFit FitMixture(
  const FitSamples& samples, const MixtureFitRequest& request, const Execution& execution)
{
  // 1. Centres.
  const Clusters clusters = FindClusters(samples, request.Components, request.Seed);
  const MixtureLayout layout(samples.Dimension(), request.Components);
  Eigen::VectorXd x = StartFrom(clusters, samples, layout);
  // 2. Noise.
  const NoisedSamples noised = AddNoise(samples, request.Seed);
  // 3. The least loss.
  const MixtureLoss loss(noised, layout, execution);
  std::vector<double> losses(1);
  Eigen::VectorXd gradient(x.size());
  losses[0] = loss(x, gradient);
  constexpr double tolerance = 1e-7;
  const QuasiNewtonReport minimum = Minimise(loss, x, tolerance, request.MaximumIterations,
    [&](Index iteration, double value)
    {
      losses.push_back(value);
      execution.Checkpoint(
        static_cast<double>(iteration) / static_cast<double>(request.MaximumIterations));
    });
  // 4. Weights.
  return { WeighedBySamples(samples, ComponentsOf(x, layout, samples.Noise)), minimum, losses };
}
}
