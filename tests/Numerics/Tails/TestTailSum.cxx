// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Tails/TailSum.h"
#include "Numerics/Transform/FftDensity.h"
#include "support/DirectSum.h"
#include "support/RandomPoints.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace scorefields
{
namespace
{
constexpr double Tolerance = 2e-6;
constexpr double Untouched = 12345.0;

struct Fields
{
  explicit Fields(Index n)
    : Density(Eigen::VectorXd::Constant(n, Untouched))
    , LogDensity(Density)
    , SampleSize(Density)
    , Score(Eigen::VectorXd::Constant(3 * n, 0.0))
  {
  }
  FieldView View()
  {
    FieldView view;
    view.Density = this->Density.data();
    view.LogDensity = this->LogDensity.data();
    view.Score = this->Score.data();
    view.EffectiveSampleSize = this->SampleSize.data();
    return view;
  }
  Eigen::VectorXd Density, LogDensity, SampleSize, Score;
};

/// A grid of `nodes` per active axis over [low, low + length].
Grid Box(const Axes& axes, Index nodes, double low, double length)
{
  Grid grid;
  for (int a = 0; a < axes.Count; ++a)
  {
    grid.Origin[axes.Axis[a]] = low;
    grid.Spacing[axes.Axis[a]] = length / static_cast<double>(nodes - 1);
    grid.Dimensions[axes.Axis[a]] = nodes;
  }
  return grid;
}

/// @param count  as many samples as the plan is told that there are: for few it takes splines of
/// high
///               order on one coarse mesh, for many those of order 8 on a fine one with coarser
///               ones.
std::shared_ptr<const TailSum> MeshOf(
  const Samples& samples, const GaussianKernel& kernel, const Grid& grid, Index count)
{
  FftOptions options;
  options.Tolerance = 1e-14;
  CloudSummary cloud = CloudSummary::Of(samples);
  cloud.Count = count;
  const FftDensity engine(grid, { kernel }, cloud, options);
  const Mesh mesh = engine.Spread(StoredSamples(samples), Execution());
  return TailSum::Of(engine.Plan(), cloud, mesh, OnThreads(2));
}

/// What the mesh gives at all nodes of a block, and the flags of those it left.
std::vector<unsigned char> Evaluate(const Samples& samples, const GaussianKernel& kernel,
  const Grid& grid, const NodeBlock& block, Fields& fields, const Execution& execution, Index count)
{
  std::vector<unsigned char> wanted(static_cast<std::size_t>(block.Dimensions.prod()), 1);
  const auto mesh = MeshOf(samples, kernel, grid, count);
  if (mesh)
  {
    const FieldView view = fields.View();
    mesh->Evaluate({ kernel, grid, block, view, samples.TotalWeight,
                     static_cast<double>(samples.Count()), Tolerance },
      wanted.data(), execution);
  }
  return wanted;
}

void ExpectWithin(const std::string& name, const std::vector<unsigned char>& left,
  const Fields& actual, const Fields& expected, const Eigen::Vector3d& bandwidths)
{
  double worst = 0.0;
  double worstScore = 0.0;
  for (Index node = 0; node < expected.Density.size(); ++node)
  {
    if (left[static_cast<std::size_t>(node)] != 0)
    {
      EXPECT_EQ(actual.LogDensity[node], Untouched) << name;
      continue;
    }
    worst = std::max(worst, std::abs(actual.LogDensity[node] - expected.LogDensity[node]));
    EXPECT_NEAR(actual.Density[node], expected.Density[node], Tolerance * expected.Density[node]);
    EXPECT_NEAR(
      actual.SampleSize[node], expected.SampleSize[node], Tolerance * expected.SampleSize[node]);
    const Eigen::Vector3d error =
      actual.Score.segment<3>(3 * node) - expected.Score.segment<3>(3 * node);
    worstScore = std::max(worstScore, error.cwiseProduct(bandwidths).norm());
  }
  EXPECT_LT(worst, Tolerance) << name;
  EXPECT_LT(worstScore, 72.0 * Tolerance) << name;
}

/// Compares with direct sums at the nodes that the mesh claims to know; returns their least share.
/// The score is allowed the bound of the header for samples up to 35 bandwidths away.
double Compare(
  const std::string& name, const Samples& samples, const GaussianKernel& kernel, const Grid& grid)
{
  Fields expected(grid.Size());
  direct::EvaluateOnGrid(samples, kernel, grid, expected.View());
  double served = 1.0;
  for (const Index count : { samples.Count(), Index(10000000) })
  {
    Fields actual(grid.Size());
    const auto left =
      Evaluate(samples, kernel, grid, NodeBlock::Whole(grid), actual, OnThreads(2), count);
    ExpectWithin(name, left, actual, expected, kernel.AxisBandwidths());
    const auto others = static_cast<double>(std::count(left.begin(), left.end(), 0));
    served = std::min(served, others / static_cast<double>(grid.Size()));
  }
  return served;
}

Samples Ring(Index n)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, n);
  for (Index i = 0; i < n; ++i)
  {
    const double angle = 2.0 * Pi * static_cast<double>(i) / static_cast<double>(n);
    points.col(i) << std::cos(angle), std::sin(angle), 0.0;
  }
  return Samples::Unweighted(points);
}
}

// Oracle: slow definition at every node, down to log f = -200, for clouds that are hard on anything
// that takes tails for smooth: two lumps with a sharp ridge between them, a ring, samples on a
// lattice (the worst phases for splines), one far outlier, a bar of many samples
// that count far to both sides, weights over twelve decades.
TEST(TailSum, IsRightWhereverItServes)
{
  const Axes plane = Axes::First(2);
  const GaussianKernel kernel = GaussianKernel::Isotropic(plane, 0.3);
  const Grid grid = Box(plane, 160, -2.0, 4.0);
  const Eigen::Matrix3Xd random = RandomPoints(300, 7, 2);

  Eigen::Matrix3Xd lumps = 0.2 * random;
  lumps.leftCols(150).row(0).array() -= 1.5;
  lumps.rightCols(150).row(0).array() += 1.5;
  EXPECT_GT(Compare("lumps", Samples::Unweighted(lumps), kernel, grid), 0.9);
  EXPECT_GT(Compare("ring", Ring(100), kernel, grid), 0.9);
  EXPECT_GT(Compare("lattice", Samples::Unweighted((4.0 * random).array().round().matrix() / 4.0),
              kernel, grid),
    0.9);
  Eigen::Matrix3Xd outlier = 0.3 * random;
  outlier.col(0) << 1.9, 1.9, 0.0;
  EXPECT_GT(Compare("outlier", Samples::Unweighted(outlier), kernel, grid), 0.5);
  Eigen::Matrix3Xd bar = RandomPoints(4000, 8, 2);
  bar.row(0) *= 6.0;
  const Grid above = Box(plane, 80, -0.5, 2.0);
  EXPECT_GT(Compare("bar", Samples::Unweighted(bar), kernel, above), 0.9);
  Eigen::VectorXd weights(300);
  for (Index i = 0; i < 300; ++i)
  {
    weights[i] = std::pow(10.0, -12.0 * static_cast<double>(i) / 300.0);
  }
  EXPECT_GT(Compare("weights", Samples::Weighted(random, weights), kernel, grid), 0.5);
}

// Oracle: slow definition, with bandwidths that differ along the axes, on a line, in planes other
// than xy and in space.
TEST(TailSum, WorksAlongAnyAxes)
{
  const Samples line = Samples::Unweighted(RandomPoints(200, 9, 1));
  EXPECT_GT(Compare("line", line, GaussianKernel::Isotropic(Axes::First(1), 0.1),
              Box(Axes::First(1), 500, -2.0, 4.0)),
    0.6);

  const Axes plane = Axes::FromFlags(false, true, true);
  Eigen::Matrix3Xd points = RandomPoints(200, 9, 3);
  points.row(0).setConstant(0.0);
  EXPECT_GT(
    Compare("yz", Samples::Unweighted(points),
      GaussianKernel::PerAxis(plane, Eigen::Vector3d(1.0, 0.25, 0.5)), Box(plane, 200, -2.0, 4.0)),
    0.9);

  const Axes space = Axes::First(3);
  EXPECT_GT(Compare("space", Samples::Unweighted(RandomPoints(100, 9, 3)),
              GaussianKernel::Isotropic(space, 0.5), Box(space, 48, -2.5, 5.0)),
    0.5);
}

// Oracle: slow definition. A kernel wider than the cloud, on a mesh that was planned for a narrow
// one: the coarser meshes serve it, and none is wrong.
TEST(TailSum, ServesAllBandwidthsOfASweep)
{
  const Axes plane = Axes::First(2);
  const Samples samples = Samples::Unweighted(RandomPoints(300, 4, 2));
  const Grid grid = Box(plane, 120, -4.0, 8.0);
  const GaussianKernel narrow = GaussianKernel::Isotropic(plane, 0.7);
  const GaussianKernel wide = GaussianKernel::Isotropic(plane, 3.0);
  const CloudSummary cloud = CloudSummary::Of(samples);
  FftOptions options;
  options.Tolerance = 1e-14;
  const FftDensity engine(grid, { narrow, wide }, cloud, options);
  const Mesh spread = engine.Spread(StoredSamples(samples), Execution());
  const auto mesh = TailSum::Of(engine.Plan(), cloud, spread, Execution());
  ASSERT_TRUE(mesh);
  for (const GaussianKernel& kernel : { narrow, wide })
  {
    std::vector<unsigned char> wanted(static_cast<std::size_t>(grid.Size()), 1);
    Fields actual(grid.Size());
    const FieldView view = actual.View();
    mesh->Evaluate({ kernel, grid, NodeBlock::Whole(grid), view, 300.0, 300.0, Tolerance },
      wanted.data(), Execution());
    Fields expected(grid.Size());
    direct::EvaluateOnGrid(samples, kernel, grid, expected.View());
    for (Index node = 0; node < grid.Size(); ++node)
    {
      if (wanted[static_cast<std::size_t>(node)] == 0)
      {
        EXPECT_NEAR(actual.LogDensity[node], expected.LogDensity[node], Tolerance);
      }
    }
    EXPECT_LT(std::count(wanted.begin(), wanted.end(), 1), grid.Size() / 2);
  }
}

// Oracle: definition: far beyond what the mesh is fine enough for, it leaves the nodes alone.
TEST(TailSum, LeavesWhatIsTooFarAway)
{
  const Axes plane = Axes::First(2);
  const Grid grid = Box(plane, 600, -1.0, 7.0);
  const Samples samples = Samples::Unweighted(0.2 * RandomPoints(50, 4, 2));
  const GaussianKernel kernel = GaussianKernel::Isotropic(plane, 0.12);
  const double served = Compare("far", samples, kernel, grid);
  EXPECT_GT(served, 0.02);
  EXPECT_LT(served, 0.5);
}

// Oracle: definition: correlations, few nodes to a bandwidth.
TEST(TailSum, SaysWhatItCannotServe)
{
  const Axes plane = Axes::First(2);
  const Grid grid = Box(plane, 160, -2.0, 4.0);
  SymmetricTensor covariance;
  covariance << 0.1, 0.1, 0.0, 0.05, 0.0, 0.0;
  EXPECT_TRUE(TailSum::Serves(grid, GaussianKernel::Isotropic(plane, 0.3)));
  EXPECT_FALSE(TailSum::Serves(grid, GaussianKernel::Isotropic(plane, 0.05)));
  EXPECT_FALSE(TailSum::Serves(grid, GaussianKernel(plane, ToMatrix(covariance))));
}

// Oracle: the whole grid on one thread. Tiles are aligned to the grid, so a block is to the bit
// what the whole has there, whatever the number of threads.
TEST(TailSum, BlocksAndThreadsChangeNothing)
{
  const Axes plane = Axes::First(2);
  const Samples samples = Samples::Unweighted(RandomPoints(200, 6, 2));
  const GaussianKernel kernel = GaussianKernel::Isotropic(plane, 0.6);
  const Grid grid = Box(plane, 130, -3.0, 6.0);
  Fields whole(grid.Size());
  const auto left =
    Evaluate(samples, kernel, grid, NodeBlock::Whole(grid), whole, Execution(), 200);
  const NodeBlock block{ Index3(37, 50, 0), Index3(61, 44, 1) };
  Fields part(block.Dimensions.prod());
  const auto leftOfPart = Evaluate(samples, kernel, grid, block, part, OnThreads(3), 200);
  Index served = 0;
  for (Index j = 0; j < 44; ++j)
  {
    for (Index i = 0; i < 61; ++i)
    {
      const Index here = i + 61 * j;
      const Index there = 37 + i + 130 * (50 + j);
      served += left[static_cast<std::size_t>(there)] == 0 ? 1 : 0;
      EXPECT_EQ(left[static_cast<std::size_t>(there)], leftOfPart[static_cast<std::size_t>(here)]);
      EXPECT_EQ(part.LogDensity[here], whole.LogDensity[there]);
      EXPECT_EQ(part.Density[here], whole.Density[there]);
      EXPECT_EQ(part.Score[3 * here + 1], whole.Score[3 * there + 1]);
    }
  }
  EXPECT_GT(served, 1000);
}
}
