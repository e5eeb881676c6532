// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/CompactKernel.h"
#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <vector>

namespace scorefields
{
namespace
{
constexpr KernelProfile Profiles[] = { KernelProfile::Epanechnikov, KernelProfile::Quartic,
  KernelProfile::TopHat, KernelProfile::CubicSpline };

/// Midpoint sums of mass and of the variance along an axis over spheres, in d dimensions.
Eigen::Vector2d MassAndVariance(const CompactKernel& kernel, int d)
{
  const int steps = 20000;
  const double step = kernel.Support() / steps;
  const double sphere = d == 1 ? 2.0 : (d == 2 ? 2.0 * Pi : 4.0 * Pi);
  Eigen::Vector2d sums = Eigen::Vector2d::Zero();
  for (int i = 0; i < steps; ++i)
  {
    const double r = (i + 0.5) * step;
    const double shell = sphere * std::pow(r, d - 1) * step * kernel.Value(r * r);
    sums += shell * Eigen::Vector2d(1.0, r * r / d);
  }
  return sums;
}
}

// Oracle: definition. Mass 1 and covariance I for H = I. The midpoint rule errs by step^2 / 24
// times the difference of the integrand's slopes at the ends. It is largest for the second moment
// of the Epanechnikov kernel in space, 35 / R^2: (R / 20000)^2 / 24 of that is 3.65e-9.
TEST(CompactKernel, HasUnitMassAndTheAskedForVariance)
{
  for (const KernelProfile profile : Profiles)
  {
    for (int d = 1; d <= 3; ++d)
    {
      const CompactKernel kernel(profile, GaussianKernel::Isotropic(Axes::First(d), 1.0));
      const Eigen::Vector2d sums = MassAndVariance(kernel, d);
      EXPECT_NEAR(sums[0], 1.0, 3.7e-9) << static_cast<int>(profile) << " " << d;
      EXPECT_NEAR(sums[1], 1.0, 3.7e-9) << static_cast<int>(profile) << " " << d;
      EXPECT_EQ(kernel.Value(1.001 * kernel.Support() * kernel.Support()), 0.0);
      EXPECT_EQ(kernel.Value(0.0), kernel.Peak());
    }
  }
}

// Oracle: slow definition, over all pairs, with weights and a full covariance.
TEST(CompactKernel, GridEqualsTheSumOverAllPairs)
{
  const Samples samples =
    Samples::Weighted(RandomPoints(30, 1, 2), RandomPoints(30, 2).row(0).transpose().array() + 0.6);
  Eigen::Matrix3d covariance = Eigen::Matrix3d::Zero();
  covariance.topLeftCorner<2, 2>() << 0.02, 0.01, 0.01, 0.03;
  const GaussianKernel shape(Axes::First(2), covariance);
  const Grid grid{ Eigen::Vector3d(-0.7, -0.6, 0.0), Eigen::Vector3d(0.1, 0.07, 1.0),
    Index3(15, 18, 1) };
  for (const KernelProfile profile : Profiles)
  {
    const CompactKernel kernel(profile, shape);
    std::vector<double> density(static_cast<std::size_t>(grid.Size()));
    FieldView fields;
    fields.Density = density.data();
    EvaluateCompactOnGrid(samples, shape, profile, grid, fields, Execution());
    for (Index node = 0; node < grid.Size(); ++node)
    {
      double expected = 0.0;
      for (Index i = 0; i < 30; ++i)
      {
        expected += samples.Weight(i) / samples.TotalWeight *
          kernel.Value(shape.SquaredDistance(grid.Node(node) - samples.Points.col(i)));
      }
      EXPECT_EQ(density[static_cast<std::size_t>(node)], expected);
    }
  }
}

// Contract: the Gaussian has no support that ends.
TEST(CompactKernel, RefusesTheGaussian)
{
  EXPECT_THROW(
    CompactKernel(KernelProfile::Gaussian, GaussianKernel::Isotropic(Axes::First(2), 1.0)),
    std::invalid_argument);
}
}
