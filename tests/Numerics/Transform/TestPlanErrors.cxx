// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Transform/PlanErrors.h"

#include "Numerics/Transform/FftDensity.h"

#include "support/Boxes.h"
#include "support/DirectSum.h"
#include "support/Fields.h"
#include "support/RandomPoints.h"
#include "support/ReliabilityTable.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace scorefields
{
namespace
{
constexpr double LeastNormal = std::numeric_limits<double>::min();

std::vector<support::ReliabilityCase> Cases()
{
  const Grid grid = support::Box(4.0, 80, 2);
  const Samples samples = Samples::Unweighted(2.0 * RandomPoints(40, 7, 2));
  std::vector<support::ReliabilityCase> cases;
  for (const double correlation : { 0.0, 0.5, 0.9, 0.99 })
  {
    for (const double spacings : { 0.6, 0.9, 1.5, 3.0 })
    {
      const auto kernel = support::Correlated(correlation, spacings * grid.Spacing[0]);
      cases.push_back({ "random", samples, grid, kernel, std::to_string(correlation) });
    }
  }
  const Eigen::Vector3d bandwidths(0.1, 2.0, 0.0);
  const auto kernel = GaussianKernel::PerAxis(Axes::First(2), bandwidths);
  cases.push_back({ "random", samples, grid, kernel, "1:20" });
  return cases;
}

/// Of the binning weights 4 eps, as much as of the transforms. The exponents u'H^-1u / 2 = x / 2
/// are off by 1.5 eps |u|'|H^-1||u| <= 1.5 eps c x, c = (1 + r) / (1 - r), r being the correlation,
/// and x exp(-x / 2) <= 0.74. The harmonics' exponents are computed alike.
double RoundingOfDirectSums(const GaussianKernel& kernel, double ofTransforms)
{
  const Eigen::Matrix3d& h = kernel.Covariance();
  const double r = h(1, 1) > 0.0 ? h(0, 1) / std::sqrt(h(0, 0) * h(1, 1)) : 0.0;
  return ofTransforms * (1.0 + 2.0 * 1.5 * 0.74 / 4.0 * (1.0 + r) / (1.0 - r));
}

/// Evaluates and compares with the density of `reference`.
/// @param classical  binned samples are the reference: Spreading does not count.
void ExpectBounded(const support::ReliabilityCase& problem, const Samples& reference,
  const FftOptions& options, bool classical)
{
  const Grid& grid = problem.Nodes;
  support::Fields exact(grid.Size());
  direct::EvaluateOnGrid(reference, problem.Kernel, grid, exact.View());
  support::Fields fft(grid.Size());
  FieldView view;
  view.Density = fft.Density.data();
  view.Score = fft.Score.data();
  const FftReport report = ComputeFftDensity(grid, problem.Points, problem.Kernel, options, view);
  const double least = classical ? LeastNormal : report.Floor();
  ErrorPart largest; // the gradient is the score times what it was divided by
  for (Index i = 0; i < grid.Size(); ++i)
  {
    const Eigen::Vector3d error =
      std::max(fft.Density[i], least) * fft.Score.col(i) - exact.Density[i] * exact.Score.col(i);
    largest.Density = std::max(largest.Density, std::abs(fft.Density[i] - exact.Density[i]));
    largest.Gradient =
      std::max(largest.Gradient, std::sqrt(error.dot(problem.Kernel.Covariance() * error)));
  }
  TransformErrors parts = report.Errors;
  parts.RoundOff.Add(RoundingOfDirectSums(problem.Kernel, parts.RoundOff.Density), 2.0);
  parts.Spreading = classical ? ErrorPart() : parts.Spreading;
  const std::string where = problem.Shape + ", " + std::to_string(support::ResolutionOf(problem)) +
    " spacings, " + NameOf(options.Spectrum);
  EXPECT_LE(largest.Density, parts.Sum().Density) << where;
  EXPECT_LE(largest.Gradient, parts.Sum().Gradient) << where;
}
}

// Oracle: direct sums over the samples. The errors of density and gradient are within what is
// claimed, for kernels with and without correlation.
TEST(PlanErrors, BoundTheDeconvolvedSpectrum)
{
  for (const support::ReliabilityCase& problem : Cases())
  {
    for (const double tolerance : { 1e-4, 1e-9, 1e-14 })
    {
      FftOptions options;
      options.ClampNegative = false;
      options.Tolerance = tolerance;
      ExpectBounded(problem, problem.Points, options, false);
    }
  }
}

// Oracle: direct sums. A cluster just outside of what is kept outweighs the samples in the box.
TEST(PlanErrors, CountTheWeightThatIsDropped)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 5);
  points.row(0) << 5.0, 5.4, 6.1, 6.3, -7.3;
  Eigen::VectorXd weights(5);
  weights << 1.0, 1.0, 1.0, 1.0, 1e4;
  Grid grid;
  grid.Spacing = Eigen::Vector3d(0.05, 1.0, 1.0);
  grid.Dimensions = Index3(201, 1, 1);
  const Samples samples = Samples::Weighted(points, weights);
  const auto kernel = GaussianKernel::Isotropic(Axes::First(1), 1.0);
  for (const double tolerance : { 1e-4, 1e-9, 1e-12 })
  {
    FftOptions options;
    options.ClampNegative = false;
    options.Tolerance = tolerance;
    ExpectBounded({ "far cluster", samples, grid, kernel, "1" }, samples, options, false);
  }
}

// Oracle: direct sums over the samples. Bandwidths up to beyond that of the box,
// where more images count than the nearest.
TEST(PlanErrors, CountAllImagesWithoutPadding)
{
  const Grid grid = support::GridInBox({ 0.0, 0.0, 0.0 }, { 1.0, 0.0, 0.0 }, { 64, 1, 1 });
  Eigen::Matrix3Xd point = Eigen::Matrix3Xd::Zero(3, 1);
  for (const double x : { 0.3, 0.5, 0.9 })
  {
    point(0, 0) = x;
    const Samples samples = Samples::Unweighted(point);
    for (const double bandwidth : { 0.1, 0.5, 1.0, 3.0 })
    {
      FftOptions options;
      options.ClampNegative = false;
      options.ZeroPadding = false;
      const auto kernel = GaussianKernel::Isotropic(Axes::First(1), bandwidth);
      ExpectBounded({ "one", samples, grid, kernel, "1" }, samples, options, false);
    }
  }
}

// Oracle: direct sums over the binned sample. A tenth of it lies nearly a step nearer to the
// images' nodes than itself.
TEST(PlanErrors, CountTheStepThatBinningMoves)
{
  const Grid grid = support::GridInBox({ 0.0, 0.0, 0.0 }, { 39.0, 0.0, 0.0 }, { 40, 1, 1 });
  Eigen::Matrix3Xd point = Eigen::Matrix3Xd::Zero(3, 1);
  point(0, 0) = 10.9;
  const Samples sample = Samples::Unweighted(point);
  FftOptions options = FftOptions::Study();
  options.Spectrum = FftSpectrum::Aliased;
  options.ClampNegative = false;
  const auto kernel = GaussianKernel::Isotropic(Axes::First(1), 1.5);
  ExpectBounded(
    { "one", sample, grid, kernel, "1.5" }, support::Binned(sample, grid), options, true);
}

// Oracle: direct sums over the binned samples. Even numbers of nodes have a highest frequency that
// stands for two, odd ones have not. Below 1.5 spacings the spectrum is scaled to mass 1.
TEST(PlanErrors, BoundTheAliasedSpectrum)
{
  for (support::ReliabilityCase problem : Cases())
  {
    for (const Index nodes : { 72, 73, 80 })
    {
      problem.Nodes.Dimensions = Index3(nodes, nodes, 1);
      FftOptions options = FftOptions::Study();
      options.Spectrum = FftSpectrum::Aliased;
      options.ClampNegative = false;
      if (support::ResolutionOf(problem) >= 1.5)
      {
        ExpectBounded(problem, support::Binned(problem.Points, problem.Nodes), options, true);
      }
    }
  }
}

// Oracle: direct sums over the binned samples.
TEST(PlanErrors, BoundTheCharacteristicFunction)
{
  for (const support::ReliabilityCase& problem : Cases())
  {
    for (const bool padded : { true, false })
    {
      FftOptions options = FftOptions::Study();
      options.ClampNegative = false;
      options.ZeroPadding = padded;
      ExpectBounded(problem, support::Binned(problem.Points, problem.Nodes), options, true);
    }
  }
}
}
