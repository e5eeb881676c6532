// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Mixture/MixtureSampling.h"

#include "Numerics/Mixture/MixturePresets.h"
#include "support/Numbers.h"
#include "support/Reference.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <string>

namespace scorefields
{
// Oracle: moments of the mixture. Var(mean) = C/n; Var(second moment) = (E x^4 - (E x^2)^2)/n,
// estimated from the sample itself.
TEST(MixtureSampling, MomentsAreThoseOfTheMixture)
{
  for (const MixturePreset preset : { MixturePreset::Study, MixturePreset::Clusters3D })
  {
    const Mixture mixture = MakeMixture(preset);
    constexpr Index Count = 100000;
    const MixtureCloud cloud = SampleMixture(mixture, 1, 0, Count);
    const Eigen::Matrix3Xd centred = cloud.Points.colwise() - mixture.Mean();
    const Eigen::Matrix3d expected = mixture.Covariance();
    for (int a = 0; a < 3; ++a)
    {
      EXPECT_NEAR(centred.row(a).mean(), 0.0, FiveSigma * std::sqrt(expected(a, a) / Count));
      for (int b = 0; b <= a; ++b)
      {
        const Eigen::ArrayXd product = centred.row(a).cwiseProduct(centred.row(b)).array();
        const double deviation = std::sqrt((product - product.mean()).square().mean() / Count);
        EXPECT_NEAR(product.mean(), expected(a, b), FiveSigma * deviation) << a << b;
      }
    }
  }
}

// Oracle: binomial. Component k has n w_k +- sqrt(n w_k (1 - w_k)) points, and their mean is m_k.
TEST(MixtureSampling, ComponentsHaveTheirShareAndPlace)
{
  const Mixture mixture = MakeMixture(MixturePreset::SeparatedClusters);
  constexpr Index Count = 100000;
  const MixtureCloud cloud = SampleMixture(mixture, 3, 0, Count);
  for (Index k = 0; k < mixture.Count(); ++k)
  {
    Eigen::Vector3d sum = Eigen::Vector3d::Zero();
    double found = 0.0;
    for (Index i = 0; i < Count; ++i)
    {
      if (cloud.Component[i] == k)
      {
        sum += cloud.Points.col(i);
        found += 1.0;
      }
    }
    const double weight = mixture.Component(k).Weight;
    EXPECT_NEAR(found, weight * Count, FiveSigma * std::sqrt(Count * weight * (1.0 - weight)));
    EXPECT_LE((sum / found - mixture.Component(k).Mean).cwiseAbs().maxCoeff(),
      FiveSigma * 0.3 / std::sqrt(found));
  }
}

// Oracle: contract. A particle does not depend on which others are drawn.
TEST(MixtureSampling, AnySplitGivesTheSameCloud)
{
  const Mixture mixture = MakeMixture(MixturePreset::Pinwheel);
  const MixtureCloud whole = SampleMixture(mixture, 5, 0, 100);
  const MixtureCloud head = SampleMixture(mixture, 5, 0, 37);
  const MixtureCloud tail = SampleMixture(mixture, 5, 37, 63);
  EXPECT_EQ(whole.Points.leftCols(37), head.Points);
  EXPECT_EQ(whole.Points.rightCols(63), tail.Points);
  EXPECT_EQ(whole.Component.tail(63), tail.Component);
  EXPECT_NE(whole.Points, SampleMixture(mixture, 6, 0, 100).Points);
  EXPECT_EQ(SampleMixture(mixture, 5, 0, 0).Points.cols(), 0);
}

// Oracle: the definition of the stream with 50 digits (reference.json, tests/support/reference's
// draws.py). A fixed seed must give this cloud in every version. Normal numbers are at most 8.2 and
// right to 8 eps; a mean and two products of them round a few times more.
TEST(MixtureSampling, SeedOneIsThisCloud)
{
  const Eigen::Matrix3Xd expected =
    reference::Points(reference::All()["draws"]["first_points_of_seed_1"]);
  const MixtureCloud cloud =
    SampleMixture(MakeMixture(MixturePreset::Study), 1, 0, expected.cols());
  EXPECT_LE((cloud.Points - expected).cwiseAbs().maxCoeff(), 16.0 * 8.2 * Eps);
}

// Contract: the number asked for is named.
TEST(MixtureSampling, RefusesNegativeNumbers)
{
  try
  {
    SampleMixture(MakeMixture(MixturePreset::Study), 0, 0, -3);
    FAIL() << "accepted";
  }
  catch (const std::invalid_argument& error)
  {
    EXPECT_NE(std::string(error.what()).find("NumberOfPoints is -3"), std::string::npos);
  }
}
}
