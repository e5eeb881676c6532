// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/BoundaryImages.h"
#include "support/DirectSum.h"
#include "support/Numbers.h"
#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace scorefields
{
namespace
{
Eigen::VectorXd DensityOf(const Samples& samples, const GaussianKernel& kernel, const Grid& grid)
{
  Eigen::VectorXd density(grid.Size());
  FieldView fields;
  fields.Density = density.data();
  direct::EvaluateOnGrid(samples, kernel, grid, fields);
  return density;
}

/// The samples with 81 periods of images along an axis of the box [0, 1].
Samples ManyImages(const Samples& samples, int axis, Boundary boundary)
{
  const bool mirrors = boundary == Boundary::Reflecting;
  const int sides = mirrors ? 2 : 1;
  constexpr int most = 40;
  Samples all = samples;
  all.Points = samples.Points.replicate(1, (2 * most + 1) * sides);
  const Index n = samples.Count();
  for (int k = -most; k <= most; ++k)
  {
    for (int side = 0; side < sides; ++side)
    {
      auto image = all.Points.middleCols(((k + most) * sides + side) * n, n).row(axis);
      image = (side == 0 ? 1.0 : -1.0) * samples.Points.row(axis);
      image.array() += (mirrors ? 2.0 : 1.0) * k;
    }
  }
  return all;
}

const Grid Box{ Eigen::Vector3d(-0.5, -0.5, 0.0), Eigen::Vector3d(0.05, 0.1, 1.0),
  Index3(21, 11, 1) };
}

// Oracle: closed form. On a circle the estimate is a theta function; its Fourier series converges
// fast where the images do not, and the two must agree. Images left out weigh 1e-16; the sums round
// by a few eps of terms that are 1 and below.
TEST(BoundaryImages, PeriodicSumIsTheThetaFunction)
{
  const double h = 0.4;
  const double x0 = 0.13;
  const Samples one = Samples::Unweighted(Eigen::Vector3d(x0, 0.0, 0.0));
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(1), h);
  const Grid line{ Eigen::Vector3d(-0.5, 0.0, 0.0), Eigen::Vector3d(0.1, 1.0, 1.0),
    Index3(11, 1, 1) };
  const Eigen::VectorXd density =
    DensityOf(WithImages(one, kernel, line, { Boundary::Periodic, Boundary::Open, Boundary::Open }),
      kernel, line);
  for (Index i = 0; i < 11; ++i)
  {
    double expected = 1.0;
    for (int k = 1; k < 20; ++k)
    {
      const double w = 2.0 * Pi * k;
      expected += 2.0 * std::exp(-0.5 * h * h * w * w) * std::cos(w * (line.Node(i)[0] - x0));
    }
    EXPECT_NEAR(density[i], expected, 32.0 * Eps);
  }
}

// Oracle: invariant. Mass stays in the box, and the two faces of a periodic axis are one. Trapezoid
// sums of a periodic function, or of the even mirror of one, are right to exp(-2 (pi h / delta)^2)
// = e^-79. Images left out weigh 1e-16 of the nearest one; densities are below 4 and come from some
// hundred images: 1e-13 is left to rounding.
TEST(BoundaryImages, ClosedBoxesKeepTheMass)
{
  const Samples samples = Samples::Unweighted(RandomPoints(20, 3, 2) * 2.0); // some are outside
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), 0.2);
  for (const Boundary boundary : { Boundary::Periodic, Boundary::Reflecting })
  {
    const Eigen::VectorXd density =
      DensityOf(WithImages(samples, kernel, Box, { boundary, boundary, boundary }), kernel, Box);
    double mass = 0.0;
    for (Index j = 0; j < 11; ++j)
    {
      for (Index i = 0; i < 21; ++i)
      {
        const double cell = ((i == 0 || i == 20) ? 0.5 : 1.0) * ((j == 0 || j == 10) ? 0.5 : 1.0);
        mass += cell * density[i + 21 * j] * 0.005;
      }
    }
    EXPECT_NEAR(mass, 1.0, 1e-13);
    if (boundary == Boundary::Periodic)
    {
      EXPECT_NEAR(density[0], density[20], 1e-13);
    }
  }
}

// Oracle: slow definition, 2 x 40 + 1 repetitions along the closed axes whatever they weigh. Images
// that count with a correlated kernel are those near in its metric, which for nodes far out along
// the open axis lie periods away.
TEST(BoundaryImages, AreThoseThatAreNearForACorrelatedKernel)
{
  Eigen::Matrix3d covariance = Eigen::Matrix3d::Identity();
  covariance.topLeftCorner<2, 2>() << 0.09, 0.057, 0.057, 0.04;
  const GaussianKernel kernel(Axes::First(2), covariance);
  Eigen::Matrix3Xd points = RandomPoints(6, 8, 2);
  points.row(0).array() += 0.5;
  points.row(1) = 0.2 * (points.row(1).array() + 0.5);
  const Samples samples = Samples::Unweighted(points);
  const Grid grid{ Eigen::Vector3d(0.0, -4.0, 0.0), Eigen::Vector3d(0.25, 0.5, 1.0),
    Index3(5, 17, 1) };
  for (const Boundary boundary : { Boundary::Periodic, Boundary::Reflecting })
  {
    const Samples all = ManyImages(samples, 0, boundary);
    Eigen::VectorXd expected(grid.Size());
    Eigen::VectorXd found(grid.Size());
    FieldView fields;
    fields.LogDensity = expected.data();
    direct::EvaluateOnGrid(all, kernel, grid, fields);
    fields.LogDensity = found.data();
    const Samples images = WithImages(samples, kernel, grid, { boundary, Boundary::Open });
    EXPECT_LT(images.Count(), all.Count());
    direct::EvaluateOnGrid(images, kernel, grid, fields);
    EXPECT_LT(expected.minCoeff(), -100.0);
    // Logarithms up to 1e3 of sums with a kernel of condition 46.
    EXPECT_LE((found - expected).cwiseAbs().maxCoeff(), 46.0 * 1e3 * Eps);
  }
}

// Oracle: definition. An open axis has no images, and an axis with one node stays open.
TEST(BoundaryImages, OpenAxesAndSlicesKeepTheSamples)
{
  const Samples samples = Samples::Unweighted(RandomPoints(5, 4));
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes(), 0.1);
  const std::array<Boundary, 3> flatOnly{ Boundary::Open, Boundary::Open, Boundary::Periodic };
  EXPECT_FALSE(HasClosedAxis(Box, flatOnly)); // one node along z
  EXPECT_EQ(WithImages(samples, kernel, Box, flatOnly).Points, samples.Points);
  EXPECT_TRUE(HasClosedAxis(Box, { Boundary::Reflecting, Boundary::Open, Boundary::Open }));
}

// Contract: more than 1e8 images are refused.
TEST(BoundaryImages, RefusesAKernelFarWiderThanTheBox)
{
  const Samples samples = Samples::Unweighted(RandomPoints(100, 5, 2));
  const auto kernel = GaussianKernel::Isotropic(Axes::First(2), 1e3);
  EXPECT_THROW(
    WithImages(samples, kernel, Box, { Boundary::Periodic, Boundary::Periodic, Boundary::Open }),
    std::invalid_argument);
}
}
