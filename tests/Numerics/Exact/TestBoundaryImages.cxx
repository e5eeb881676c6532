// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/BoundaryImages.h"
#include "support/DirectSum.h"
#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace scorefields
{
namespace
{
constexpr double Eps = std::numeric_limits<double>::epsilon();

Eigen::VectorXd DensityOf(const Samples& samples, const GaussianKernel& kernel, const Grid& grid)
{
  Eigen::VectorXd density(grid.Size());
  FieldView fields;
  fields.Density = density.data();
  direct::EvaluateOnGrid(samples, kernel, grid, fields);
  return density;
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
