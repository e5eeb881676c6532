// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Modes/ModeDensity.h"

#include "Numerics/Base/Random.h"
#include "Numerics/Flow/Basins.h"
#include "Numerics/Mixture/MixturePresets.h"
#include "Numerics/Mixture/MixtureSampling.h"
#include "support/CriticalCases.h"
#include "support/RandomPoints.h"

#include <gtest/gtest.h>

namespace scorefields
{
namespace
{
/// A cloud, its density and what is found of it.
struct FoundModes
{
  ModeDensity Density;
  CriticalSet Set;
  SampleEnds Ends;
  std::vector<double> PValues;

  FoundModes(const std::shared_ptr<const Samples>& samples, int dimension, double bandwidth)
    : Density(ModeDensity::Of(samples, GaussianKernel::Isotropic(Axes::First(dimension), bandwidth),
        {}, 100.0, Execution()))
  {
    const Eigen::Vector3d margin =
      Eigen::Vector3d::Constant(3.0 * bandwidth)
        .cwiseProduct(this->Density.Unit.Matrix.diagonal().cwiseSign());
    const Eigen::Vector3d lower = samples->Points.rowwise().minCoeff() - margin;
    const Eigen::Vector3d upper = samples->Points.rowwise().maxCoeff() + margin;
    const auto nodes = static_cast<Index>(3.0 * (upper - lower).maxCoeff() / bandwidth) + 1;
    const support::CriticalCase given(
      this->Density.Exact, support::GridBetween(lower, upper, nodes), this->Density.Unit);
    this->Set = given.Find();
    this->Ends = ClimbFrom(this->Density, samples->Points, Execution());
    this->PValues = ModePValues(CountsOfModes(this->Set, this->Density.Counts, Execution()),
      this->Ends.PlacesOf(samples->Count()));
  }

  /// Modes with a p-value up to 5 %, the first among them.
  Index Significant() const
  {
    return std::count_if(
      this->PValues.begin(), this->PValues.end(), [](double p) { return p <= 0.05; });
  }
};

/// A normal, uniform or long-tailed cloud.
std::shared_ptr<const Samples> CloudOfOneMode(int kind, int dimension, std::uint64_t seed)
{
  RandomStream draws(seed, 0, 0);
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 200);
  for (Index i = 0; i < points.cols(); ++i)
  {
    const double factor = kind == 2 ? 1.0 / std::sqrt(draws.Uniform()) : 1.0;
    for (int axis = 0; axis < dimension; ++axis)
    {
      points(axis, i) = kind == 1 ? 3.0 * draws.Uniform() : factor * draws.Normal();
    }
  }
  return std::make_shared<const Samples>(Samples::Unweighted(points));
}
}

// Oracle: the definition. Each sample ends at one of the critical points that are modes, and the
// number of places is the sum of 1 over the kernels around it, here by all pairs.
TEST(ModeDensity, SamplesEndAtItsModes)
{
  const auto samples =
    std::make_shared<const Samples>(Samples::Unweighted(RandomPoints(300, 3, 2)));
  const FoundModes found(samples, 2, 0.08);
  std::vector<Mode> modes;
  for (Index mode = 0; mode < found.Set.Modes(); ++mode)
  {
    const CriticalPoint& point = found.Set.Points[static_cast<std::size_t>(mode)];
    modes.push_back({ point.Position, point.LogDensity });
  }
  EXPECT_GT(modes.size(), 5u);
  for (const int basin : BasinsOf(found.Ends.Ends, modes, found.Density.Unit))
  {
    EXPECT_NE(basin, NoBasin);
  }
  double places = 0.0;
  for (Index i = 0; i < samples->Count(); ++i)
  {
    const Eigen::Matrix3Xd offsets = samples->Points.colwise() - samples->Points.col(i);
    places += 1.0 / (-0.5 * offsets.colwise().squaredNorm().array() / 0.0064).exp().sum();
  }
  EXPECT_NEAR(found.Ends.PlacesOf(300), places, 1e-9 * places);
}

// Contract: of clouds whose density has one mode at most 5 % have a second one that is called
// significant at that level. A share of 5 % of the 36 clouds here would give more than 6 with a
// probability of 0.2 %; the seeds are fixed. The whole study is RunDensityModes.
TEST(ModeDensity, FindsNoFalseModes)
{
  Index modes = 0;
  Index wrong = 0;
  for (std::uint64_t seed = 1; seed <= 6; ++seed)
  {
    for (int kind = 0; kind < 3; ++kind)
    {
      for (int dimension = 1; dimension <= 2; ++dimension)
      {
        const FoundModes found(
          CloudOfOneMode(kind, dimension, seed), dimension, dimension == 1 ? 0.05 : 0.3);
        modes += found.Set.Modes() - 1;
        wrong += found.Significant() > 1 ? 1 : 0;
      }
    }
  }
  EXPECT_GT(modes, 300) << "bumps there are";
  EXPECT_LE(wrong, 6);
}

// Oracle: the mixture. Four clusters twelve deviations apart are found, with the least of 200
// samples about 20, and no others, although there are more bumps.
TEST(ModeDensity, FindsClustersThatLieApart)
{
  const Mixture mixture = MakeMixture(MixturePreset::SeparatedClusters);
  const auto samples =
    std::make_shared<const Samples>(Samples::Unweighted(SampleMixture(mixture, 1, 0, 400).Points));
  const double deviation = std::sqrt(mixture.Component(0).Covariance(0, 0));
  const FoundModes found(samples, 2, 0.7 * deviation);
  EXPECT_GE(found.Set.Modes(), 4);
  EXPECT_EQ(found.Significant(), 4);
}
}
