// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/DensityEstimate.h"
#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace
{
/// A cloud with weights over three decades; the second one has points of weight 0 as well, as many
/// again, among the others.
Samples Weighted(Index n, bool withZeros)
{
  Samples all = Samples::Weighted(RandomPoints(2 * n, 5, 2),
    Eigen::VectorXd::LinSpaced(2 * n, -1.5, 1.5).unaryExpr([](double x) { return std::exp(x); }));
  Eigen::Matrix3Xd points(3, n);
  Eigen::VectorXd weights(n);
  for (Index i = 0; i < n; ++i)
  {
    points.col(i) = all.Points.col(2 * i);
    weights[i] = all.Weights[2 * i];
    all.Weights[2 * i + 1] = 0.0;
  }
  return withZeros ? Samples::Weighted(all.Points, all.Weights)
                   : Samples::Weighted(points, weights);
}

Grid Box(double origin, double spacing)
{
  Grid grid;
  grid.Origin.head<2>().setConstant(origin);
  grid.Spacing.head<2>().setConstant(spacing);
  grid.Dimensions = Index3(40, 40, 1);
  return grid;
}

GaussianKernel SlantedKernel(double correlation)
{
  Eigen::Matrix3d covariance = Eigen::Vector3d(0.04, 0.04, 0.0).asDiagonal();
  covariance(0, 1) = covariance(1, 0) = 0.04 * correlation;
  return GaussianKernel(Axes::First(2), covariance);
}

struct Sizes
{
  explicit Sizes(Index n)
    : Density(n)
    , LogDensity(n)
    , SampleSize(n)
  {
  }
  FieldView View()
  {
    FieldView fields;
    fields.Density = this->Density.data();
    fields.LogDensity = this->LogDensity.data();
    fields.EffectiveSampleSize = this->SampleSize.data();
    return fields;
  }
  Eigen::VectorXd Density, LogDensity, SampleSize;
};
}

// Oracle: definition. The sample size is n f / K(0), n the samples of positive weight, whatever the
// engine, the shape of the kernel and the boundary: samples of weight 0 and images count nothing.
TEST(SampleSizes, AreThoseOfTheSamplesThatWeigh)
{
  constexpr Index Count = 150;
  const Grid grid = Box(-0.6, 1.2 / 39.0);
  for (const bool zeros : { false, true })
  {
    const Samples samples = Weighted(Count, zeros);
    for (const double correlation : { 0.0, 0.6 })
    {
      const GaussianKernel kernel = SlantedKernel(correlation);
      for (const Engine engine : { Engine::Auto, Engine::Exact, Engine::Fft })
      {
        for (const Boundary boundary : { Boundary::Open, Boundary::Periodic, Boundary::Reflecting })
        {
          EngineSettings settings;
          settings.Engine = engine;
          settings.AffordablePairs = 0.0;
          settings.Fft.Boundaries = { boundary, Boundary::Open, Boundary::Open };
          if (boundary == Boundary::Reflecting && correlation != 0.0 && engine == Engine::Fft)
          {
            continue; // the transform has no mirror images of a correlated kernel
          }
          Sizes sizes(grid.Size());
          EstimateDensity(samples, kernel, grid, sizes.View(), settings);
          const Eigen::ArrayXd expected =
            Count * sizes.Density.array() * std::exp(-kernel.LogPeak());
          EXPECT_LT(((sizes.SampleSize.array() - expected).abs() / expected).maxCoeff(), 1e-12)
            << NameOf(engine) << " " << correlation << " " << zeros << " "
            << static_cast<int>(boundary);
        }
      }
    }
  }
}

// Oracle: definition, as above. A compact kernel knows no other count when its samples have images.
TEST(SampleSizes, OfCompactKernelsDoNotCountImages)
{
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), 0.1);
  const double peak = CompactKernel(KernelProfile::Quartic, kernel).Peak();
  EngineSettings settings;
  settings.Profile = KernelProfile::Quartic;
  const Grid grid = Box(-0.6, 1.2 / 39.0);
  for (const Boundary boundary : { Boundary::Open, Boundary::Periodic })
  {
    settings.Fft.Boundaries = { boundary, boundary, Boundary::Open };
    Sizes sizes(grid.Size());
    EstimateDensity(Weighted(150, true), kernel, grid, sizes.View(), settings);
    const Eigen::VectorXd expected = 150.0 / peak * sizes.Density;
    EXPECT_LT((sizes.SampleSize - expected).cwiseAbs().maxCoeff(), 1e-12 * expected.maxCoeff());
    EXPECT_GT(expected.maxCoeff(), 1.0);
  }
}

// Oracle: definition, in logarithms. In units in which the kernel's peak is 1e-98, the density of a
// tail is a subnormal number with few digits; the sample size there is not, and has all of them.
TEST(SampleSizes, HaveAllDigitsWhereTheDensityHasFew)
{
  constexpr double Unit = 1e49;
  Samples samples = Samples::Unweighted(Unit * RandomPoints(150, 5, 2));
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), 0.2 * Unit);
  const Grid grid = Box(3.6 * Unit, 0.05 * Unit);
  for (const Engine engine : { Engine::Auto, Engine::Exact })
  {
    EngineSettings settings;
    settings.Engine = engine;
    settings.AffordablePairs = 0.0;
    Sizes sizes(grid.Size());
    EstimateDensity(samples, kernel, grid, sizes.View(), settings);
    Index subnormal = 0;
    for (Index node = 0; node < grid.Size(); ++node)
    {
      subnormal += sizes.Density[node] > 0.0 && sizes.Density[node] < 1e-310 ? 1 : 0;
      const double expected = std::exp(sizes.LogDensity[node] - kernel.LogPeak() + std::log(150.0));
      EXPECT_NEAR(sizes.SampleSize[node], expected, 1e-12 * expected + 1e-323) << NameOf(engine);
    }
    EXPECT_GT(subnormal, 10);
  }
}
}
