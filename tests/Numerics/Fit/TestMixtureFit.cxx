// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/MixtureFit.h"

#include "Numerics/Fit/Clusters.h"
#include "Numerics/Fit/MixtureLoss.h"
#include "Numerics/Fit/MixtureModel.h"

#include "support/FitCases.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace scorefields
{
namespace
{
/// Three clusters of 100 points each, 12 apart, of deviations 0.5 and 1.
FitSamples ThreeClusters(double noise)
{
  Eigen::MatrixXd points = fitcases::Normals(2, 300, 11);
  points.row(0) *= 0.5;
  points.middleCols(100, 100).row(0).array() += 12.0;
  points.middleCols(200, 100).row(1).array() += 12.0;
  return fitcases::Plain(points, noise);
}
}

// Oracle: mean, covariance and share of each cluster, which is what denoising finds without a
// component in the way, and for the share the likelihood, since the score knows nothing of it. The
// noise that is drawn once, 32 pairs for each of 100 samples, leaves an error of about noise /
// sqrt(100 * 64) in a mean, since pairs cancel; of a covariance about noise^2 sqrt(2 / 6400), and
// the same again times deviation. 5 of these.
TEST(MixtureFit, FindsSeparateClusters)
{
  const FitSamples samples = ThreeClusters(0.3);
  const MixtureFit fit = FitMixture(samples, { 3, 300, 5 }, Execution());
  ASSERT_EQ(fit.Found.Count(), 3);
  for (int cluster = 0; cluster < 3; ++cluster)
  {
    const Eigen::MatrixXd own = samples.Points.middleCols(100 * cluster, 100);
    const Eigen::VectorXd mean = own.rowwise().mean();
    const Eigen::MatrixXd centred = own.colwise() - mean;
    const Eigen::MatrixXd covariance = centred * centred.transpose() / 100.0;
    Index found = 0;
    for (Index k = 1; k < 3; ++k)
    {
      const auto away = [&](Index of)
      { return (fit.Found.Component(of).Mean.head(2) - mean).norm(); };
      found = away(k) < away(found) ? k : found;
    }
    const MixtureComponent& component = fit.Found.Component(found);
    EXPECT_NEAR(component.Weight, 1.0 / 3.0, 0.01);
    EXPECT_LE((component.Mean.head(2) - mean).cwiseAbs().maxCoeff(), 0.03);
    EXPECT_LE((component.Covariance.topLeftCorner(2, 2) - covariance).cwiseAbs().maxCoeff(), 0.06);
  }
  EXPECT_LT(fit.Losses.back(), fit.Losses.front());
}

// Oracle: differences of the log density; Hyvarinen's objective with the divergence by differences.
TEST(MixtureFit, TheModelIsAMixture)
{
  Eigen::Matrix3d tilted = Eigen::Matrix3d::Zero();
  tilted.topLeftCorner(2, 2) << 0.6, 0.2, 0.2, 0.4;
  const Eigen::Matrix3d round = Eigen::Vector3d(1, 1, 0).asDiagonal();
  const MixtureModel model(
    Mixture(Axes::First(2), { { 0.3, { -1, 0, 0 }, round }, { 0.7, { 1, 0.5, 0 }, tilted } }));
  const Eigen::Vector2d place(0.2, 0.7);
  EXPECT_LE((model.ScoreAt(place) - fitcases::Gradient(model, place)).norm(), 1e-10);
  const FitSamples samples = fitcases::Plain(fitcases::Normals(2, 10, 1));
  EXPECT_NEAR(model.Objective(samples), fitcases::Objective(model, samples), 1e-9);
}

// Oracle: differences of the loss over each parameter, whose error is 1e-8 here.
TEST(MixtureLoss, GradientIsThatOfTheLoss)
{
  for (const Index d : { 1, 2, 3 })
  {
    const FitSamples samples =
      fitcases::Plain(fitcases::Normals(d, 12, 3), Eigen::VectorXd::LinSpaced(12, 1.0, 2.0), 0.4);
    const MixtureLayout layout(d, 3);
    const NoisedSamples noised = AddNoise(samples, 1);
    const Execution execution;
    const MixtureLoss loss(noised, layout, execution);
    const Eigen::VectorXd x = 0.5 * fitcases::Normals(layout.Size(), 1, 7);
    Eigen::VectorXd gradient(x.size());
    loss(x, gradient);
    Eigen::VectorXd unused(x.size());
    for (Index k = 0; k < x.size(); ++k)
    {
      const auto at = [&](double shift)
      {
        Eigen::VectorXd moved = x;
        moved[k] += 1e-3 * shift;
        return loss(moved, unused);
      };
      const double slope = (8.0 * (at(1) - at(-1)) - (at(2) - at(-2))) / 12e-3;
      EXPECT_NEAR(gradient[k], slope, 1e-7 * (1.0 + std::abs(slope))) << d << " " << k;
    }
  }
}

// Contract: one component is the Gaussian of the samples, up to the noise that is drawn (50 pairs
// for each of 60 samples: noise / sqrt(6000), times 5), also in one and three dimensions.
TEST(MixtureFit, OneComponentIsTheGaussian)
{
  for (const Index d : { 1, 2, 3 })
  {
    const FitSamples samples =
      fitcases::Plain(fitcases::Normals(d, 60, 3), Eigen::VectorXd::LinSpaced(60, 1.0, 2.0), 0.4);
    const MixtureFit fit = FitMixture(samples, { 1, 300, 5 }, Execution());
    const Eigen::VectorXd mean = samples.Points * samples.Shares;
    const Eigen::MatrixXd centred = samples.Points.colwise() - mean;
    EXPECT_LE((fit.Found.Component(0).Mean.head(d) - mean).cwiseAbs().maxCoeff(), 0.03) << d;
    EXPECT_LE((fit.Found.Component(0).Covariance.topLeftCorner(d, d) -
                centred * samples.Shares.asDiagonal() * centred.transpose())
                .cwiseAbs()
                .maxCoeff(),
      0.08)
      << d;
    EXPECT_TRUE(fit.Minimum.Converged);
  }
}

// Contract: the number of threads changes no bit.
TEST(MixtureFit, ThreadsChangeNothing)
{
  const FitSamples samples = ThreeClusters(0.5);
  const MixtureFit one = FitMixture(samples, { 2, 20, 5 }, Execution());
  const MixtureFit three = FitMixture(samples, { 2, 20, 5 }, OnThreads(3));
  EXPECT_EQ(one.Losses, three.Losses);
  EXPECT_EQ(one.Found.Component(1).Covariance, three.Found.Component(1).Covariance);
}

// Contract: more components than different points are refused by name.
TEST(Clusters, RefusesMoreThanDifferentPoints)
{
  Eigen::MatrixXd points(2, 4);
  points << 0, 1, 0, 1, 0, 1, 0, 1;
  EXPECT_EQ(FindClusters(fitcases::Plain(points), 2, 1).Of.size(), 4U);
  try
  {
    FindClusters(fitcases::Plain(points), 3, 1);
    FAIL() << "no exception";
  }
  catch (const std::invalid_argument& error)
  {
    EXPECT_NE(std::string(error.what()).find("NumberOfComponents is 3; Input has only 2"),
      std::string::npos)
      << error.what();
  }
}

// Oracle: three separate clusters.
TEST(Clusters, FindsThree)
{
  const FitSamples samples = ThreeClusters(0.0);
  const Clusters clusters = FindClusters(samples, 3, 1);
  for (std::size_t i = 0; i < 300; ++i)
  {
    EXPECT_EQ(clusters.Of[i], clusters.Of[i / 100 * 100]);
  }
}
}
