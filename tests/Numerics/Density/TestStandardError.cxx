// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/StandardError.h"

#include "Numerics/Base/Random.h"
#include "support/DirectSum.h"
#include "support/Fields.h"
#include "support/ManyImages.h"
#include "support/Numbers.h"
#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace scorefields
{
namespace
{
constexpr double BoxWidth[2] = { 1.2, 0.9 };

Grid NodesIn(const Eigen::Vector3d& lower, const Index3& dimensions)
{
  Grid grid;
  grid.Origin = lower;
  grid.Dimensions = dimensions;
  grid.Spacing = Eigen::Vector3d(BoxWidth[0] / static_cast<double>(dimensions[0] - 1),
    BoxWidth[1] / static_cast<double>(dimensions[1] - 1), 1.0);
  return grid;
}

/// A density with its standard errors and band.
struct Estimated
{
  explicit Estimated(const EstimateProblem& problem, const StandardErrorOptions& options = {})
    : Density(problem.Nodes.Size())
    , Error(problem.Nodes.Size())
    , LogLower(problem.Nodes.Size())
    , LogUpper(problem.Nodes.Size())
  {
    FieldView fields;
    fields.Density = this->Density.data();
    EstimateDensity(problem, fields, Execution());
    EstimateStandardErrors(problem, this->Density.data(), options,
      { this->Error.data(), this->LogLower.data(), this->LogUpper.data() }, Execution());
  }

  Eigen::VectorXd Density;
  Eigen::VectorXd Error;
  Eigen::VectorXd LogLower;
  Eigen::VectorXd LogUpper;
};

/// N / (N - 1) sum a_i^2 (K_i - f)^2 by its definition.
double VarianceAt(const Samples& cloud, const GaussianKernel& kernel, const Domain& box,
  const Eigen::Vector3d& place, double density)
{
  double sum = 0.0;
  double squares = 0.0;
  for (Index i = 0; i < cloud.Count(); ++i)
  {
    const Samples one = Samples::Unweighted(cloud.Points.col(i));
    support::Fields folded(1);
    direct::EvaluateAtPoints(ManyImages(one, 2, box, 4), kernel, place, folded.View());
    const double weight = cloud.Weight(i) / cloud.TotalWeight;
    sum += weight * weight * std::pow(folded.Density[0] - density, 2);
    squares += weight * weight;
  }
  return sum / (1.0 - squares);
}

std::string RefusalOf(const EngineSettings& settings, const StandardErrorOptions& options)
{
  const Samples cloud = Samples::Unweighted(RandomPoints(5, 3, 2));
  const StoredSamples stored(cloud);
  const EstimateProblem problem{ stored, MomentsOf(cloud),
    GaussianKernel::Isotropic(Axes::First(2), 0.3), NodesIn({ 0.0, 0.0, 0.0 }, { 4, 4, 1 }),
    NodeBlock::Whole(NodesIn({ 0.0, 0.0, 0.0 }, { 4, 4, 1 })), settings };
  try
  {
    RequireStandardError(problem, options);
  }
  catch (const std::invalid_argument& error)
  {
    return error.what();
  }
  return "";
}
}

// Oracle: the definition, for open, periodic and reflecting axes, with and without weights, for
// each engine. Auto's densities are right to 1e-4, so that both terms of the variance are: 2e-4
// times their sum. The other two are right to 1e-9 of the largest density.
TEST(StandardError, IsItsDefinition)
{
  const std::array<std::array<Boundary, 3>, 3> boundaries{ {
    { Boundary::Open, Boundary::Open, Boundary::Open },
    { Boundary::Periodic, Boundary::Reflecting, Boundary::Open },
    { Boundary::Reflecting, Boundary::Open, Boundary::Open },
  } };
  for (int variant = 0; variant < 18; ++variant)
  {
    Eigen::Matrix3Xd points = RandomPoints(30, 3, 2);
    points.colwise() += Eigen::Vector3d(0.5, 0.45, 0.0);
    const Samples cloud = variant % 2 == 0
      ? Samples::Unweighted(points)
      : Samples::Weighted(points, (3.0 * RandomPoints(30, 9, 1).row(0).array()).exp());
    const StoredSamples stored(cloud);
    EngineSettings settings;
    settings.Engine = static_cast<Engine>(variant / 2 % 3);
    settings.Fft.Boundaries = boundaries[static_cast<std::size_t>(variant / 6)];
    const Grid nodes = NodesIn(Eigen::Vector3d::Zero(), { 25, 19, 1 });
    const GaussianKernel kernel(Axes::First(2), Eigen::Vector3d(0.04, 0.09, 0.0).asDiagonal());
    const EstimateProblem problem{ stored, MomentsOf(cloud), kernel, nodes, NodeBlock::Whole(nodes),
      settings };
    const Estimated found(problem);
    const Domain box = Domain::Of(nodes, settings.Fft.Boundaries);
    const double most = found.Density.maxCoeff();
    for (Index node = 0; node < nodes.Size(); node += 37)
    {
      const double f = found.Density[node];
      const double expected = VarianceAt(cloud, kernel, box, nodes.Node(node), f);
      const double terms = expected + f * f / problem.Moments.EffectiveCount();
      const double tolerance = settings.Engine == Engine::Auto ? 2e-4 * terms : 1e-8 * most * most;
      EXPECT_NEAR(std::pow(found.Error[node], 2), expected, tolerance) << variant << " " << node;
    }
  }
}

// Oracle: enumeration. All 27 bootstrap samples of three points: their variance is (n - 1) / n of
// the squared standard error. Exact sums are right to 1e-9.
TEST(StandardError, IsThatOfTheBootstrap)
{
  const Eigen::Matrix3Xd points = RandomPoints(3, 3, 2);
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), 0.4);
  const Grid nodes = NodesIn(Eigen::Vector3d(-0.5, -0.5, 0.0), { 5, 5, 1 });
  EngineSettings settings;
  settings.Engine = Engine::Exact;
  Eigen::VectorXd sum = Eigen::VectorXd::Zero(nodes.Size());
  Eigen::VectorXd squares = sum;
  for (int draw = 0; draw < 27; ++draw)
  {
    Eigen::Matrix3Xd drawn(3, 3);
    drawn << points.col(draw % 3), points.col(draw / 3 % 3), points.col(draw / 9);
    Eigen::VectorXd density(nodes.Size());
    FieldView fields;
    fields.Density = density.data();
    EstimateDensity(Samples::Unweighted(drawn), kernel, nodes, fields, settings);
    sum += density / 27.0;
    squares += density.cwiseAbs2() / 27.0;
  }
  const Samples cloud = Samples::Unweighted(points);
  const StoredSamples stored(cloud);
  const Estimated found(
    { stored, MomentsOf(cloud), kernel, nodes, NodeBlock::Whole(nodes), settings });
  const Eigen::VectorXd expected = squares - sum.cwiseAbs2();
  EXPECT_LT((2.0 / 3.0 * found.Error.cwiseAbs2() - expected).cwiseAbs().maxCoeff(),
    1e-8 * squares.maxCoeff());
}

// Oracle: coverage. 400 clouds of 400 normal points; the mean of the estimate is the normal density
// of variance 1 + h^2. The band of 95 % holds it in 95 % of the clouds, within five binomial
// deviations of 1.1 % and the skewness, of the order of 1 / 30 effective samples.
TEST(StandardError, BandsHoldTheirLevel)
{
  constexpr double h = 0.3;
  constexpr Index clouds = 400;
  constexpr Index n = 400;
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(1), h);
  Grid nodes;
  nodes.Origin[0] = -2.0;
  nodes.Spacing[0] = 1.0;
  nodes.Dimensions[0] = 5;
  Eigen::VectorXd held = Eigen::VectorXd::Zero(5);
  const Eigen::Matrix3Xd uniform = RandomPoints(clouds * n, 11, 1);
  for (Index c = 0; c < clouds; ++c)
  {
    Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, n);
    points.row(0) = uniform.row(0).segment(c * n, n).unaryExpr(
      [](double u) { return NormalQuantile(u + 0.5 + 1e-10); });
    const Samples cloud = Samples::Unweighted(points);
    const StoredSamples stored(cloud);
    const Estimated found({ stored, MomentsOf(cloud), kernel, nodes });
    for (Index node = 0; node < 5; ++node)
    {
      const double variance = 1.0 + h * h;
      const double x = nodes.Node(node)[0];
      const double truth = -0.5 * x * x / variance - 0.5 * std::log(2.0 * Pi * variance);
      held[node] += found.LogLower[node] <= truth && truth <= found.LogUpper[node] ? 1.0 : 0.0;
    }
  }
  held /= static_cast<double>(clouds);
  EXPECT_GT(held.minCoeff(), 0.95 - 5.0 * 0.011 - 1.0 / 30.0) << held.transpose();
  EXPECT_LT(held.maxCoeff(), 0.95 + 5.0 * 0.011) << held.transpose();
  EXPECT_NEAR(held.mean(), 0.95, 0.03) << held.transpose();
}

// Contract: no band where fewer samples lie within a bandwidth than asked for, nor for one sample.
TEST(StandardError, HasNoBandWhereSamplesAreFew)
{
  const Grid nodes = NodesIn(Eigen::Vector3d(-0.5, -0.5, 0.0), { 9, 9, 1 });
  for (const Index n : { 1, 200 })
  {
    const Samples cloud = Samples::Unweighted(RandomPoints(n, 3, 2));
    const StoredSamples stored(cloud);
    const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), 0.1);
    StandardErrorOptions options;
    options.MinimumSampleSize = n == 1 ? 0.0 : 8.0;
    const Estimated found({ stored, MomentsOf(cloud), kernel, nodes }, options);
    Index bands = 0;
    for (Index node = 0; node < nodes.Size(); ++node)
    {
      const double size = static_cast<double>(n) * found.Density[node] / std::exp(kernel.LogPeak());
      const bool expected = n > 1 && size >= 8.0;
      EXPECT_EQ(std::isfinite(found.LogLower[node]), expected);
      EXPECT_EQ(std::isfinite(found.LogUpper[node]), expected);
      EXPECT_TRUE(n > 1 || found.Error[node] == 0.0);
      bands += expected ? 1 : 0;
    }
    EXPECT_EQ(bands > 0, n > 1);
  }
}

// Contract: what it does not go with is refused by name.
TEST(StandardError, RefusesWhatItCannotUse)
{
  EngineSettings compact;
  compact.Profile = KernelProfile::Quartic;
  EXPECT_NE(RefusalOf(compact, {}).find("Kernel is Quartic"), std::string::npos);
  EngineSettings sharpened;
  sharpened.Sharpen = true;
  EXPECT_NE(RefusalOf(sharpened, {}).find("Sharpen"), std::string::npos);
  for (const double level : { 0.0, 1.0, -0.5, NaN })
  {
    StandardErrorOptions options;
    options.ConfidenceLevel = level;
    EXPECT_NE(RefusalOf({}, options).find("ConfidenceLevel is "), std::string::npos) << level;
  }
  EXPECT_EQ(RefusalOf({}, {}), "");
}
}
