// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/DensityEstimate.h"

#include "Numerics/Density/EstimateReuse.h"
#include "Numerics/Density/Routes.h"
#include "Numerics/Exact/SampleTree.h"
#include "support/DirectSum.h"
#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

namespace scorefields
{
namespace
{
/// Two clusters far apart, the second a tenth as heavy, so that there are tails and a ridge.
Samples TwoClusters(Index n, int dimension)
{
  Eigen::Matrix3Xd points = RandomPoints(n, 11, dimension);
  points.rightCols(n / 10).row(0).array() += 3.0;
  return Samples::Unweighted(points);
}

Grid BoxAround(int dimension, Index nodes)
{
  Grid grid;
  grid.Origin.head(dimension).setConstant(-2.0);
  grid.Spacing.head(dimension).setConstant(6.0 / static_cast<double>(nodes - 1));
  grid.Dimensions.head(dimension).setConstant(nodes);
  return grid;
}

struct Result
{
  explicit Result(Index n)
    : Density(n)
    , LogDensity(n)
    , Score(3 * n)
  {
  }
  FieldView View()
  {
    FieldView fields;
    fields.Density = this->Density.data();
    fields.LogDensity = this->LogDensity.data();
    fields.Score = this->Score.data();
    return fields;
  }
  Eigen::VectorXd Density, LogDensity, Score;
};

EngineSettings SharedOut()
{
  EngineSettings settings;
  settings.AffordablePairs = 0.0; // never the exact sums alone
  return settings;
}

/// The largest errors of a result, each as what an engine claims of it, less what rounding does to
/// both sums: 4 eps (|log f| + 1) each (DirectSum.h) and, of the oracle, the rounding of the nodes'
/// places times the slope.
ErrorClaims ErrorsOf(
  const Result& actual, const Result& expected, const GaussianKernel& kernel, const Grid& grid)
{
  constexpr double eps = std::numeric_limits<double>::epsilon();
  ErrorClaims errors;
  for (Index node = 0; node < actual.Density.size(); ++node)
  {
    const Eigen::Vector3d score = expected.Score.segment<3>(3 * node);
    const Eigen::Vector3d error = actual.Score.segment<3>(3 * node) - score;
    const double rounding = 8.0 * eps * (std::abs(expected.LogDensity[node]) + 1.0) +
      eps * grid.Node(node).norm() * score.norm();
    const double size = expected.Density[node];
    const double density =
      std::max(std::abs(actual.Density[node] - size) - 2.0 * rounding * size - 1e-323, 0.0);
    errors.Density = std::max(errors.Density, density > 0.0 ? density / size : 0.0);
    errors.AbsoluteDensity = std::max(errors.AbsoluteDensity, density);
    errors.LogDensity = std::max(
      errors.LogDensity, std::abs(actual.LogDensity[node] - expected.LogDensity[node]) - rounding);
    errors.Score = std::max(errors.Score, std::sqrt(error.dot(kernel.Covariance() * error)));
  }
  return errors;
}
}

// Oracle: slow definition, at every node, in core, ridge and tails (log f down to -1e4), in 1-D to
// 3-D and with spacings from a third of to six times the bandwidth. The tolerance is the engine's
// own; of the density it is relative, below 1e-5 of the maximum, and the transform's, 1e-9 of the
// maximum, above.
TEST(DensityEstimate, AutoIsRightToItsToleranceEverywhere)
{
  for (const int dimension : { 1, 2, 3 })
  {
    for (const double h : { 0.04, 0.12, 0.5 })
    {
      const Samples samples = TwoClusters(400, dimension);
      const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(dimension), h);
      const Grid grid = BoxAround(dimension, dimension == 3 ? 24 : 64);
      Result expected(grid.Size());
      direct::EvaluateOnGrid(samples, kernel, grid, expected.View());
      Result actual(grid.Size());
      const EngineSettings settings = SharedOut();
      const EstimateReport report = EstimateDensity(samples, kernel, grid, actual.View(), settings);
      EXPECT_EQ(report.Engine, Engine::Auto);
      const double tolerance = settings.RelativeTolerance;
      EXPECT_LT((actual.LogDensity - expected.LogDensity).cwiseAbs().maxCoeff(), tolerance)
        << dimension << " " << h;
      EXPECT_LT(h * (actual.Score - expected.Score).cwiseAbs().maxCoeff(), tolerance)
        << dimension << " " << h;
      EXPECT_LT((actual.Density - expected.Density).cwiseAbs().maxCoeff(),
        1e-9 * expected.Density.maxCoeff());
    }
  }
}

// Oracle: definition. The mesh and exact sums are both used where the density spans many decades.
TEST(DensityEstimate, AutoSharesTheNodesOut)
{
  const Samples samples = TwoClusters(400, 2);
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), 0.04);
  const Grid grid = BoxAround(2, 64);
  Result result(grid.Size());
  const EstimateReport report = EstimateDensity(samples, kernel, grid, result.View(), SharedOut());
  EXPECT_GT(report.ExactShare, 0.05);
  EXPECT_LT(report.ExactShare, 0.95);
  EXPECT_EQ(report.DensityFloor, 0.0);
}

// Oracle: the shares that the report has. Each node says which way it was computed, for each engine
// and for kernels with and without correlation.
TEST(DensityEstimate, NodesSayTheirRoute)
{
  const Samples samples = TwoClusters(400, 2);
  const Grid grid = BoxAround(2, 64);
  const auto shareOf = [&](const std::vector<unsigned char>& routes, Route route)
  {
    const auto count = std::count(routes.begin(), routes.end(), static_cast<unsigned char>(route));
    return static_cast<double>(count) / static_cast<double>(grid.Size());
  };
  for (const double correlation : { 0.0, 0.5 })
  {
    Eigen::Matrix3d covariance = Eigen::Vector3d(0.04, 0.04, 0.0).asDiagonal();
    covariance(0, 1) = covariance(1, 0) = 0.04 * correlation;
    const GaussianKernel kernel(Axes::First(2), covariance);
    for (const Engine engine : { Engine::Auto, Engine::Exact, Engine::Fft })
    {
      EngineSettings settings = SharedOut();
      settings.Engine = engine;
      Result result(grid.Size());
      std::vector<unsigned char> routes(static_cast<std::size_t>(grid.Size()), 77);
      FieldView view = result.View();
      view.Route = routes.data();
      const EstimateReport report = EstimateDensity(samples, kernel, grid, view, settings);
      EXPECT_NEAR(shareOf(routes, Route::ExactSums), report.ExactShare, 1e-12);
      const double mesh = shareOf(routes, Route::Mesh) + shareOf(routes, Route::FinerMesh);
      EXPECT_NEAR(mesh, report.MeshShare, 1e-12);
      EXPECT_NEAR(
        shareOf(routes, Route::Transform), 1.0 - report.ExactShare - report.MeshShare, 1e-12);
    }
  }
}

// Oracle: slow definition, at every node: the mesh of all samples near them, exact sums far out.
// The sample size follows from the density.
TEST(DensityEstimate, AutoTakesTheMeshAndExactSums)
{
  const Samples samples = TwoClusters(400, 2);
  const double h = 0.06;
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), h);
  const Grid grid = BoxAround(2, 256);
  Result expected(grid.Size());
  direct::EvaluateOnGrid(samples, kernel, grid, expected.View());
  Result actual(grid.Size());
  Eigen::VectorXd sampleSize(grid.Size());
  FieldView fields = actual.View();
  fields.EffectiveSampleSize = sampleSize.data();
  const EngineSettings settings = SharedOut();
  const EstimateReport report = EstimateDensity(samples, kernel, grid, fields, settings);
  EXPECT_GT(report.MeshShare, 0.05);
  EXPECT_GT(report.ExactShare, 0.05);
  EXPECT_NEAR(report.MeshShare + report.ExactShare, 1.0, 1e-12);
  const double tolerance = settings.RelativeTolerance;
  EXPECT_LT((actual.LogDensity - expected.LogDensity).cwiseAbs().maxCoeff(), tolerance);
  const Eigen::ArrayXd size = (h * expected.Score.array()).abs().max(1.0);
  EXPECT_LT((h * (actual.Score - expected.Score).array().abs() / size).maxCoeff(), tolerance);
  const Eigen::ArrayXd sizes =
    (expected.LogDensity.array() + (std::log(400.0) - kernel.LogPeak())).exp();
  EXPECT_LT(((sampleSize.array() - sizes).abs() / (sizes + 1e-300)).maxCoeff(), tolerance);
}

// Oracle: slow definition. What the engines state of each array holds at every node: of boxes
// around the cloud and far from it (log f down to -1e6), with and without correlation, with weights
// over ten decades, where all ways of Auto are taken.
TEST(DensityEstimate, ErrorsStayWithinTheClaims)
{
  Samples samples = TwoClusters(300, 2);
  samples = Samples::Weighted(samples.Points,
    Eigen::VectorXd::LinSpaced(300, -5.0, 5.0)
      .unaryExpr([](double x) { return std::pow(10.0, x); }));
  Eigen::Matrix3d correlated = Eigen::Vector3d(0.02, 0.02, 0.0).asDiagonal();
  correlated(0, 1) = correlated(1, 0) = 0.018;
  const GaussianKernel kernels[] = { GaussianKernel::Isotropic(Axes::First(2), 0.14),
    GaussianKernel::PerAxis(Axes::First(2), Eigen::Vector3d(0.02, 0.4, 0.0)),
    GaussianKernel(Axes::First(2), correlated) };
  Grid far = BoxAround(2, 32);
  far.Origin << 60.0, -110.0, 0.0;
  for (const GaussianKernel& kernel : kernels)
  {
    for (const Grid& grid : { BoxAround(2, 448), far })
    {
      Result expected(grid.Size());
      direct::EvaluateOnGrid(samples, kernel, grid, expected.View());
      for (const double tolerance : { 1e-2, 1e-4, 1e-6 })
      {
        for (const Engine engine : { Engine::Auto, Engine::Exact })
        {
          EngineSettings settings = SharedOut();
          settings.RelativeTolerance = tolerance;
          settings.Engine = engine;
          Result actual(grid.Size());
          const EstimateReport report =
            EstimateDensity(samples, kernel, grid, actual.View(), settings);
          const ErrorClaims errors = ErrorsOf(actual, expected, kernel, grid);
          const ErrorClaims& claims = report.Claims;
          EXPECT_LE(errors.Density, claims.Density) << tolerance;
          EXPECT_LE(errors.AbsoluteDensity, claims.AbsoluteDensity) << tolerance;
          EXPECT_LE(errors.LogDensity, claims.LogDensity) << tolerance;
          EXPECT_LE(errors.Score, claims.Score) << tolerance;
          EXPECT_LE(claims.Density, 0.08 * tolerance * 1.001);
          EXPECT_LE(claims.Score, tolerance * 1.001);
        }
      }
    }
  }
}

// Oracle: definition. A block of nodes is that part of the whole: to the bit for sums over a mesh,
// whose mesh is that of the whole; to twice the tolerance for exact sums, whose tiles are those of
// the block.
TEST(DensityEstimate, BlocksArePartsOfTheWhole)
{
  const Samples samples = TwoClusters(200, 2);
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), 0.2);
  const Grid grid = BoxAround(2, 40);
  for (const Engine engine : { Engine::Auto, Engine::Exact, Engine::Fft })
  {
    EngineSettings settings = SharedOut();
    settings.Engine = engine;
    Result whole(grid.Size());
    EstimateDensity(samples, kernel, grid, whole.View(), settings);
    const NodeBlock block{ Index3(7, 11, 0), Index3(20, 5, 1) };
    Result part(100);
    const double tolerance = engine == Engine::Exact ? 2.0 * settings.Fft.Tolerance : 0.0;
    const StoredSamples cloud(samples);
    EstimateDensity({ cloud, MomentsOf(samples), kernel, grid, block, settings }, part.View(), {});
    for (Index j = 0; j < 5; ++j)
    {
      for (Index i = 0; i < 20; ++i)
      {
        const Index node = 7 + i + 40 * (11 + j);
        EXPECT_NEAR(part.Density[i + 20 * j], whole.Density[node], tolerance * whole.Density[node]);
      }
    }
  }
}

// Oracle: definition. A point outside is lost along an open axis; a closed one has an image of it
// in the box.
TEST(DensityEstimate, NothingIsLostAlongClosedAxes)
{
  Eigen::Matrix3Xd points(3, 3);
  points << 0.5, 1.5, 0.5, 0.5, 0.5, -0.5, 0.0, 0.0, 0.0;
  const Samples samples = Samples::Weighted(points, Eigen::Vector3d(1.0, 2.0, 4.0));
  const Grid grid{ Eigen::Vector3d::Zero(), Eigen::Vector3d(0.1, 0.1, 1.0), Index3(11, 11, 1) };
  Result result(grid.Size());
  const auto lost = [&](Boundary x, Boundary y)
  {
    EngineSettings settings;
    settings.Fft.Boundaries = { x, y, Boundary::Open };
    return EstimateDensity(
      samples, GaussianKernel::Isotropic(Axes::First(2), 0.2), grid, result.View(), settings)
      .LostWeight;
  };
  EXPECT_EQ(lost(Boundary::Open, Boundary::Open), 6.0);
  EXPECT_EQ(lost(Boundary::Periodic, Boundary::Open), 4.0);
  EXPECT_EQ(lost(Boundary::Open, Boundary::Reflecting), 2.0);
  EXPECT_EQ(lost(Boundary::Periodic, Boundary::Periodic), 0.0);
}

// Contract: the message names property and value.
TEST(DensityEstimate, RefusesAToleranceOutOfRange)
{
  const Samples samples = TwoClusters(20, 2);
  const Grid grid = BoxAround(2, 4);
  Result result(grid.Size());
  EngineSettings settings;
  settings.RelativeTolerance = 0.0;
  try
  {
    EstimateDensity(
      samples, GaussianKernel::Isotropic(Axes::First(2), 1.0), grid, result.View(), settings);
    FAIL();
  }
  catch (const std::invalid_argument& error)
  {
    EXPECT_NE(std::string(error.what()).find("RelativeTolerance is 0"), std::string::npos);
  }
}

// Oracle: the estimate that keeps nothing. The tree is the same, so the exact sums are too; the
// shared transform has another mesh, within the tolerance.
TEST(DensityEstimate, KeepingStateDoesNotChangeTheResult)
{
  const Samples samples = TwoClusters(300, 2);
  const Grid grid = BoxAround(2, 40);
  const auto kernel = [](double h) { return GaussianKernel::Isotropic(Axes::First(2), h); };
  for (const Engine engine : { Engine::Exact, Engine::Auto })
  {
    EstimateReuse reuse;
    reuse.Kernels = { kernel(0.1), kernel(0.3) };
    EngineSettings alone = SharedOut();
    alone.Engine = engine;
    EngineSettings kept = alone;
    kept.Reuse = &reuse;
    for (const double h : { 0.1, 0.3, 0.2 })
    {
      Result expected(grid.Size());
      Result result(grid.Size());
      const auto estimate = [&](Result& target, const EngineSettings& settings)
      { return EstimateDensity(samples, kernel(h), grid, target.View(), settings); };
      const EstimateReport one = estimate(expected, alone);
      const EstimateReport other = estimate(result, kept);
      const double tolerance = engine == Engine::Exact ? 0.0 : 2.0 * alone.RelativeTolerance;
      EXPECT_LE((result.LogDensity - expected.LogDensity).cwiseAbs().maxCoeff(), tolerance) << h;
      EXPECT_EQ(one.LostWeight, other.LostWeight);
    }
    EXPECT_EQ(reuse.TransformBytes(), 0.0); // a mesh follows the bandwidth
    ASSERT_EQ(reuse.Tree != nullptr, engine == Engine::Exact);
    if (reuse.Tree)
    {
      EXPECT_EQ(reuse.Tree->Count(), samples.Count());
      EXPECT_GT(reuse.TreeBytes(), 300.0 * 32.0);
    }
  }
}
}
