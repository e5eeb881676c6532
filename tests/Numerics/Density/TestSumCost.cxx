// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/SumCost.h"

#include "support/Fields.h"
#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
namespace
{
Grid Square(Index nodes)
{
  const double spacing = 1.0 / static_cast<double>(nodes - 1);
  return { Eigen::Vector3d(-0.5, -0.5, 0.0), Eigen::Vector3d(spacing, spacing, 1.0),
    Index3(nodes, nodes, 1) };
}

Engine EngineFor(Index samples, double bandwidth, Index nodes, double correlation = 0.0)
{
  Eigen::Matrix3d covariance = Eigen::Matrix3d::Identity() * bandwidth * bandwidth;
  covariance(0, 1) = covariance(1, 0) = correlation * bandwidth * bandwidth;
  const Samples cloud = Samples::Unweighted(RandomPoints(samples, 5, 2));
  const Grid grid = Square(nodes);
  support::Fields found(grid.Size());
  FieldView fields;
  fields.Density = found.Density.data();
  fields.Score = found.Score.data();
  return EstimateDensity(cloud, GaussianKernel(Axes::First(2), covariance), grid, fields).Engine;
}
}

// Oracle: slow definition. The share of all pairs that lie within 7 bandwidths; a few pairs tell it
// to the spread of that many draws, five deviations of 128 queries.
TEST(SumCost, FindsTheShareOfNearPairs)
{
  for (const double h : { 0.01, 0.05, 0.2 })
  {
    const Eigen::Matrix3Xd points = RandomPoints(3000, 5, 2);
    const Eigen::Matrix3Xd others = RandomPoints(2000, 6, 2);
    const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), h);
    const PointsRef queries = others;
    const Samples samples = Samples::Unweighted(points);
    double near = 0.0;
    for (Index i = 0; i < others.cols(); ++i)
    {
      const auto distances = (points.colwise() - others.col(i)).colwise().norm().array();
      near += static_cast<double>((distances <= 7.0 * h).count());
    }
    const double share = near / static_cast<double>(points.cols() * others.cols());
    const PairCount some = SomePairs(kernel, StoredSamples(samples), queries);
    EXPECT_GT(some.All, 1e4);
    EXPECT_NEAR(some.ShareNear(), share, 5.0 * std::sqrt(share / 128.0)) << h;
  }
}

// Oracle: closed form. All pairs are near if the kernel is wide, none if it is narrow and far away:
// the time grows with the pairs, and nodes cost something by themselves.
TEST(SumCost, GrowsWithTheNearPairs)
{
  const Samples cloud = Samples::Unweighted(RandomPoints(1000, 5, 2));
  const StoredSamples source(cloud);
  const auto seconds = [&](double h, const Grid& grid)
  {
    return SecondsOfSums(
      { source, MomentsOf(cloud), GaussianKernel::Isotropic(Axes::First(2), h), grid });
  };
  const Grid near = Square(100);
  Grid far = near;
  far.Origin[0] += 1e3;
  EXPECT_GT(seconds(10.0, near) - seconds(0.01, far), 1e7 * 1e-10);
  EXPECT_GT(seconds(0.01, far), 0.0);
  EXPECT_LT(seconds(0.01, far), 1e-2);
  EXPECT_LT(seconds(0.05, near), seconds(10.0, near));
}

// Contract: exact sums are taken where they take a moment, be it many pairs with a narrow kernel; a
// mesh, or with correlations a transform, where each node would see many samples.
TEST(SumCost, DecidesWhatAutoTakes)
{
  EXPECT_EQ(EngineFor(200, 0.1, 256), Engine::Exact);
  EXPECT_EQ(EngineFor(10000, 0.002, 256), Engine::Exact);
  EXPECT_EQ(EngineFor(10000, 0.1, 256), Engine::Auto);
  EXPECT_EQ(EngineFor(10000, 0.1, 256, 0.6), Engine::Auto);
  EXPECT_EQ(EngineFor(10000, 0.002, 256, 0.6), Engine::Exact);
}
}
