// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Difference/DensityDifference.h"

#include "Numerics/Base/FieldStorage.h"
#include "support/DifferenceCases.h"
#include "support/DirectSum.h"
#include "support/RandomPoints.h"
#include "support/Reference.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

namespace scorefields
{
using support::AxesUpTo;
using support::Cube;
using support::Drawn;
using support::Judge;
using support::Result;
using support::Scene;

namespace
{
Samples Weighted(Index count, unsigned int seed, int dimension, double shift)
{
  Eigen::Matrix3Xd points = 2.0 * RandomPoints(count, seed, dimension);
  points.row(0).array() += shift;
  const Eigen::VectorXd weights = (RandomPoints(count, seed + 1).row(1).array() + 0.6).square();
  return Samples::Weighted(points, weights);
}

Eigen::ArrayXd Direct(const Samples& samples, const GaussianKernel& kernel, const Grid& grid)
{
  FieldChoice wanted;
  wanted.Density = true;
  FieldStorage fields(grid.Size(), wanted);
  direct::EvaluateOnGrid(samples, kernel, grid, fields.View());
  return fields.Density;
}

/// sum a^2 K for weights a with the sum 1, by the density with squared weights.
Eigen::ArrayXd SquaredSum(const Samples& samples, const GaussianKernel& kernel, const Grid& grid)
{
  const double share = samples.Weights.squaredNorm() / (samples.TotalWeight * samples.TotalWeight);
  return share *
    Direct(Samples::Weighted(samples.Points, samples.Weights.cwiseAbs2()), kernel, grid);
}

nlohmann::json KsCases()
{
  std::string path = SCOREFIELDS_REFERENCE;
  path.replace(path.rfind("reference.json"), std::string::npos, "difference_ks.json");
  return nlohmann::json::parse(std::ifstream(path))["cases"];
}

GaussianKernel KernelOf(const nlohmann::json& one)
{
  const int dimension = one["dimension"].get<int>();
  Eigen::Matrix3d covariance = Eigen::Matrix3d::Zero();
  for (int row = 0; row < dimension; ++row)
  {
    for (int column = 0; column < dimension; ++column)
    {
      covariance(row, column) =
        one["covariance"][static_cast<std::size_t>(row * dimension + column)].get<double>();
    }
  }
  return { AxesUpTo(dimension), covariance };
}

}

// Oracle: R's ks::kde.local.test with one kernel for both clouds (difference_ks.json). The sums are
// exact here, to 1e-9 of the largest density; 1 - F leaves a p-value an absolute error of a few
// eps. ks tests all nodes, and Hochberg's threshold gives the same nodes.
TEST(DensityDifference, IsThatOfKs)
{
  const nlohmann::json cases = KsCases();
  ASSERT_EQ(cases.size(), 3U);
  int differences = 0;
  for (const auto& one : cases)
  {
    const int dimension = one["dimension"].get<int>();
    Scene scene{ KernelOf(one), Cube(dimension, one["nodes"].get<Index>(), 3.0) };
    scene.Options.Statistic = DifferenceStatistic::Separate;
    scene.Options.MinimumSampleSize = 0.0;
    const Result found = Judge(Samples::Unweighted(reference::Points(one["a"])),
      Samples::Unweighted(reference::Points(one["b"])), scene);
    for (Index i = 0; i < scene.Nodes.Size(); ++i)
    {
      const auto entry = static_cast<std::size_t>(i);
      const double difference = one["difference"][entry].get<double>();
      const double statistic = one["statistic"][entry].get<double>();
      EXPECT_NEAR(found.Difference()[i], difference, 1e-9);
      EXPECT_NEAR(std::pow(found.Standardised()[i], 2), statistic, 1e-8 * (statistic + 1.0));
      EXPECT_EQ(found.Standardised()[i] > 0.0, difference > 0.0);
      EXPECT_NEAR(found.PValue()[i], one["p_value"][entry].get<double>(), 1e-8);
      const int significant = one["significant"][entry].get<int>();
      EXPECT_EQ(found.Classes[entry], significant > 0 ? 1 : significant < 0 ? 2 : 0);
      differences += significant != 0 ? 1 : 0;
    }
  }
  EXPECT_GT(differences, 0);
}

// Oracle: the formula of Separate with direct sums, with weights and a kernel with correlation. The
// engine keeps densities to 1e-4, and Z to that times the root of the number of samples.
TEST(DensityDifference, IsThatOfDirectSums)
{
  for (int dimension = 1; dimension <= 3; ++dimension)
  {
    const Samples a = Weighted(60, 3, dimension, 0.0);
    const Samples b = Weighted(90, 8, dimension, 0.4);
    Eigen::Matrix3d covariance = Eigen::Vector3d(0.09, 0.16, 0.12).asDiagonal();
    covariance(0, 1) = covariance(1, 0) = dimension > 1 ? 0.04 : 0.0;
    const GaussianKernel kernel(AxesUpTo(dimension), covariance);
    Scene scene{ kernel, Cube(dimension, 7, 1.5) };
    scene.Options.Statistic = DifferenceStatistic::Separate;
    const Result found = Judge(a, b, scene);
    const Eigen::ArrayXd densityA = Direct(a, kernel, scene.Nodes);
    const Eigen::ArrayXd densityB = Direct(b, kernel, scene.Nodes);
    const double square = std::exp(kernel.LogPeak()) * std::pow(2.0, -0.5 * dimension);
    const Eigen::ArrayXd variance =
      square * (SquaredSum(a, kernel, scene.Nodes) + SquaredSum(b, kernel, scene.Nodes));
    const Eigen::ArrayXd expected = (densityA - densityB) / variance.sqrt();
    const double tolerance = 1e-4 * std::sqrt(150.0);
    for (Index i = 0; i < scene.Nodes.Size(); ++i)
    {
      EXPECT_NEAR(
        found.Difference()[i], densityA[i] - densityB[i], 1e-4 * (densityA[i] + densityB[i]));
      EXPECT_NEAR(found.LogRatio()[i], std::log(densityA[i] / densityB[i]), 2e-4);
      EXPECT_NEAR(found.Standardised()[i], expected[i], tolerance);
    }
  }
}

// Oracle: for samples of equal weight the variance over all deals, by direct sums with the squared
// kernel; equal sizes, so that the score is the smaller statistic.
TEST(DensityDifference, PoolsTheVariance)
{
  for (int dimension = 1; dimension <= 3; ++dimension)
  {
    const Samples a = Samples::Unweighted(2.0 * RandomPoints(50, 3, dimension));
    const Samples b = Samples::Unweighted(1.6 * RandomPoints(50, 8, dimension));
    Eigen::Matrix3Xd both(3, 100);
    both << a.Points, b.Points;
    const auto kernel = GaussianKernel::Isotropic(AxesUpTo(dimension), 0.35);
    const auto narrow = GaussianKernel::Isotropic(AxesUpTo(dimension), 0.35 / std::sqrt(2.0));
    const Scene scene{ kernel, Cube(dimension, 7, 1.2) };
    const Result found = Judge(a, b, scene);
    const double square = std::exp(kernel.LogPeak()) * std::pow(2.0, -0.5 * dimension);
    const Samples pooled = Samples::Unweighted(both);
    const Eigen::ArrayXd mean = Direct(pooled, kernel, scene.Nodes);
    const Eigen::ArrayXd variance = (2.0 / 50.0) * (100.0 / 99.0) *
      (square * Direct(pooled, narrow, scene.Nodes) - mean.square());
    const Eigen::ArrayXd expected =
      (Direct(a, kernel, scene.Nodes) - Direct(b, kernel, scene.Nodes)) / variance.sqrt();
    for (Index i = 0; i < scene.Nodes.Size(); ++i)
    {
      EXPECT_NEAR(found.Standardised()[i], expected[i], 1e-3 * (1.0 + std::abs(expected[i])));
    }
  }
}

// Oracle: an invariant. only ratios of weights count, and weights that are all the same do not.
TEST(DensityDifference, DoesNotDependOnTheUnitOfTheWeights)
{
  const Scene scene{ GaussianKernel::Isotropic(AxesUpTo(2), 0.3), Cube(2, 9, 1.2) };
  const Samples a = Weighted(40, 1, 2, 0.0);
  const Samples b = Weighted(70, 5, 2, 0.3);
  const auto times = [](const Samples& samples, double factor)
  { return Samples::Weighted(samples.Points, factor * samples.Weights); };
  const auto all = [](const Samples& samples, double weight)
  { return Samples::Weighted(samples.Points, Eigen::VectorXd::Constant(samples.Count(), weight)); };
  const Eigen::VectorXd first = Judge(a, b, scene).Standardised();
  const Eigen::VectorXd second = Judge(times(a, 1e3), times(b, 1e-5), scene).Standardised();
  EXPECT_LT((first - second).cwiseAbs().maxCoeff(), 1e-8);
  const Eigen::VectorXd plain =
    Judge(Samples::Unweighted(a.Points), Samples::Unweighted(b.Points), scene).Standardised();
  for (const double weight : { 1.0, 0.3, 70.0 })
  {
    const Eigen::VectorXd equal = Judge(all(a, weight), all(b, 2.0 * weight), scene).Standardised();
    EXPECT_LT((plain - equal).cwiseAbs().maxCoeff(), 1e-8) << weight;
  }
  EXPECT_GT((plain - first).cwiseAbs().maxCoeff(), 0.1);
}

// Oracle: an invariant. a block of nodes, as a process has it, is what the whole grid has there.
TEST(DensityDifference, IsTheSameInBlocks)
{
  const Samples a = Drawn(80, 1, 0.0, 2);
  const Samples b = Drawn(60, 2, 0.4, 2);
  const StoredSamples sourceA(a);
  const StoredSamples sourceB(b);
  DifferenceProblem problem{ { sourceA, MomentsOf(a) }, { sourceB, MomentsOf(b) },
    GaussianKernel::Isotropic(AxesUpTo(2), 0.4), Cube(2, 8, 2.0) };
  problem.Boundaries[1] = Boundary::Reflecting;
  const Result whole = Judge(problem, {});
  problem.Block = { Index3(2, 3, 0), Index3(4, 5, 1) };
  const Result part = Judge(problem, {});
  ASSERT_EQ(part.Values.rows(), 20);
  for (Index i = 0; i < 20; ++i)
  {
    const Index node = 2 + i % 4 + 8 * (3 + i / 4);
    EXPECT_LT((part.Values.row(i) - whole.Values.row(node)).cwiseAbs().maxCoeff(), 1e-9) << i;
  }
}

// Contract: the message names property, value and range.
TEST(DensityDifference, RefusesWhatIsOutOfRange)
{
  const auto refused = [](const DifferenceOptions& options)
  {
    try
    {
      Require(options);
    }
    catch (const std::invalid_argument& error)
    {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  DifferenceOptions options;
  EXPECT_EQ(refused(options), "accepted");
  options.SignificanceLevel = 1.5;
  EXPECT_EQ(refused(options), "SignificanceLevel is 1.5; it must be above 0 and below 1");
  options.SignificanceLevel = 0.05;
  options.MinimumSampleSize = -2.0;
  EXPECT_EQ(refused(options), "MinimumSampleSize is -2; it must be 0 or more, and finite");
}

// Oracle: the definition, N effective samples in all.
TEST(DensityDifference, AsksTheEngineForEnough)
{
  const Samples few = Drawn(100, 1, 0.0, 2);
  const StoredSamples source(few);
  CloudMoments many = MomentsOf(few);
  many.Count = many.TotalWeight = many.SquaredWeights = 1e8;
  EXPECT_EQ(ToleranceOf({ source, MomentsOf(few) }, { source, MomentsOf(few) }), 1e-4);
  EXPECT_NEAR(ToleranceOf({ source, many }, { source, many }), 0.02 / std::sqrt(2e8), 1e-20);
}
}
