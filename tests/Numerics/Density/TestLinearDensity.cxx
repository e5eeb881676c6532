// SPDX-License-Identifier: BSD-3-Clause
// The oracle is the log-normal density: if log10 x is normal, x has it, in closed form.
#include "Numerics/Density/LinearDensity.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace
{
using scorefields::Grid;
using scorefields::Index;
using scorefields::Index3;
using scorefields::LinearDensities;

constexpr double Pi = 3.14159265358979323846;

double Normal(double u, double mean, double deviation)
{
  const double z = (u - mean) / deviation;
  return std::exp(-0.5 * z * z) / (deviation * std::sqrt(2.0 * Pi));
}

/// The density of x whose natural logarithm is normal.
double LogNormal(double x, double mean, double deviation)
{
  return Normal(std::log(x), mean, deviation) / x;
}

Grid ThreeAxes()
{
  Grid grid;
  grid.Origin = Eigen::Vector3d(-3.0, 1.0, -2.0);
  grid.Spacing = Eigen::Vector3d(0.5, 0.25, 1.0);
  grid.Dimensions = Index3(9, 4, 3);
  return grid;
}

// Oracle: the log-normal density in closed form.
TEST(LinearDensity, OfANormalIsLogNormal)
{
  const Grid grid = ThreeAxes();
  std::vector<double> densities(static_cast<std::size_t>(grid.Size()));
  for (Index i = 0; i < grid.Size(); ++i)
  {
    const Eigen::Vector3d u = grid.Node(i);
    densities[static_cast<std::size_t>(i)] =
      Normal(u[0], -1.0, 0.8) * Normal(u[1], 1.5, 0.4) * Normal(u[2], 0.0, 1.5);
  }
  std::vector<double> linear(densities.size());
  LinearDensities(grid, { { true, false, true } }, densities.data(), linear.data());
  const double ten = std::log(10.0);
  for (Index i = 0; i < grid.Size(); ++i)
  {
    const Eigen::Vector3d u = grid.Node(i);
    const double expected = LogNormal(std::pow(10.0, u[0]), -ten, 0.8 * ten) *
      Normal(u[1], 1.5, 0.4) * LogNormal(std::pow(10.0, u[2]), 0.0, 1.5 * ten);
    // About twenty roundings, of which those of exp are up to its exponent's 10 in size.
    EXPECT_NEAR(linear[static_cast<std::size_t>(i)], expected, 1e-13 * expected);
  }
}

// Contract: no density stays none, also where the slope is infinite.
TEST(LinearDensity, OfZeroIsZeroWhereverItIs)
{
  Grid grid = ThreeAxes();
  grid.Origin[0] = -400.0; // 10^400 is no double
  std::vector<double> densities(static_cast<std::size_t>(grid.Size()), 0.0);
  LinearDensities(grid, { { true, true, true } }, densities.data(), densities.data());
  EXPECT_EQ(densities, std::vector<double>(densities.size(), 0.0));
}
}
