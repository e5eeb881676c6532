// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/EstimateClaims.h"
#include "support/Numbers.h"

#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
namespace
{
/// Covariance 0.04 (1, r; r, 1) in the plane.
GaussianKernel Correlated(double r)
{
  Eigen::Matrix3d covariance = Eigen::Vector3d(0.04, 0.04, 0.0).asDiagonal();
  covariance(0, 1) = covariance(1, 0) = 0.04 * r;
  return GaussianKernel(Axes::First(2), covariance);
}

double FarthestOf(const Samples& samples, const GaussianKernel& kernel, const Grid& grid,
  const EngineSettings& settings)
{
  const StoredSamples stored(samples);
  const NodeBlock part{ Index3(0, 0, 0), Index3(2, 2, 1) };
  return FarthestSample({ stored, MomentsOf(samples), kernel, grid, part, settings });
}
}

// Oracle: definition, over a lattice of points of both boxes that has their corners: the root of
// (u^2 - 2 r u v + v^2) / (0.04 (1 - r^2)).
TEST(EstimateClaims, FarthestOffsetIsThatOfAnyTwoPoints)
{
  const PointBox one{ { -1.0, 0.5, 0.0 }, { 0.5, 1.0, 0.0 } };
  const PointBox other{ { 0.0, -2.0, 0.0 }, { 0.25, 0.75, 0.0 } };
  for (const double r : { -0.9, 0.0, 0.5 })
  {
    double expected = 0.0;
    for (int i = 0; i < 81; ++i)
    {
      const auto at = [](const PointBox& box, int axis, int step)
      { return box.Lower[axis] + 0.5 * step * (box.Upper[axis] - box.Lower[axis]); };
      const double u = at(one, 0, i % 3) - at(other, 0, i / 3 % 3);
      const double v = at(one, 1, i / 9 % 3) - at(other, 1, i / 27);
      const double squared = (u * u - 2.0 * r * u * v + v * v) / (0.04 * (1.0 - r * r));
      expected = std::max(expected, std::sqrt(squared));
    }
    EXPECT_NEAR(FarthestOffset(Correlated(r), one, other), expected, 16.0 * Eps * expected);
  }
}

// Oracle: definition. Of a cloud with samples in opposite corners the farthest is the farthest of
// all pairs of a sample and a node of the whole grid, though the part asked for is small. Along a
// periodic axis samples are anywhere in the box, and images count down to 1e-16 of the nearest: 2
// ln 1e16 further in the square of the distance, rounded up.
TEST(EstimateClaims, FarthestSampleIsSeenFromTheWholeGrid)
{
  Eigen::Matrix3Xd points = RandomPoints(20, 3, 2);
  points.col(4) << -0.5, -0.5, 0.0;
  points.col(9) << 0.5, 0.5, 0.0;
  const Samples samples = Samples::Unweighted(points);
  const Grid grid{ { -1.0, -1.0, 0.0 }, { 0.25, 0.25, 1.0 }, Index3(17, 9, 1) };
  const GaussianKernel kernel = Correlated(0.0);
  double expected = 0.0;
  for (Index node = 0; node < grid.Size(); ++node)
  {
    const Eigen::RowVectorXd distances = (points.colwise() - grid.Node(node)).colwise().norm();
    expected = std::max(expected, distances.maxCoeff() / 0.2);
  }
  EngineSettings settings;
  EXPECT_NEAR(FarthestOf(samples, kernel, grid, settings), expected, 8.0 * Eps * expected);
  settings.Fft.Boundaries[1] = Boundary::Periodic;
  const double squared = (3.5 * 3.5 + 2.0 * 2.0) / 0.04 + 2.0 * std::log(1e16);
  EXPECT_NEAR(FarthestOf(samples, kernel, grid, settings), std::sqrt(squared), 0.01);
}

// Oracle: the formulas of the header. The condition of (1, r; r, 1) is (1 + r) / (1 - r). That the
// bounds hold is tested in TestDensityEstimate.cxx.
TEST(EstimateClaims, ExactSumsStateTheirRounding)
{
  const double sums = 1e-6 + 0.5 * Eps * 200.0;
  ErrorClaims claims = ExactClaims(Correlated(0.0), 200.0, 30.0, 1e-6);
  const double logarithm = 450.0 + std::abs(std::log(2.0 * Pi * 0.04)) + 1.0;
  EXPECT_DOUBLE_EQ(claims.Density, sums + 4.0 * Eps * logarithm);
  EXPECT_DOUBLE_EQ(claims.LogDensity, claims.Density);
  EXPECT_DOUBLE_EQ(claims.Score, 30.0 * (2.0 * sums + 16.0 * Eps));
  EXPECT_NEAR(claims.AbsoluteDensity * 2.0 * Pi * 0.04, sums, 8.0 * Eps * sums);
  claims = ExactClaims(Correlated(0.96), 200.0, 0.5, 0.0);
  EXPECT_NEAR(claims.Score / Eps, 200.0 + 16.0 * 7.0, 1e-12 * 312.0) << "at least one bandwidth";
}
}
