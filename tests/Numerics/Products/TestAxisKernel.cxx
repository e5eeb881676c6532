// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Products/AxisKernel.h"
#include "Numerics/Transform/BSpline.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <utility>

namespace scorefields
{
namespace
{
/// The sum over the nodes that a sample at 0 is spread to, and its first two derivatives, at a
/// distance x in bandwidths, over the Gaussian exp(-x^2 / 2).
std::array<double, 3> SumOverNodes(
  const AxisKernel& kernel, int order, double resolution, double phase, double x)
{
  const SplineTable& table = SplineWeights(order);
  const double u = 100.0 + phase; // where the sample is among the nodes
  const double first = std::floor(u - 0.5 * order + 1.0);
  const double s = u - 0.5 * order + 1.0 - first - 0.5;
  std::array<double, 3> sums{};
  for (int j = 0; j < order; ++j)
  {
    double weight = 0.0;
    for (int k = order; k-- > 0;)
    {
      weight = weight * s + table[static_cast<std::size_t>(k)][static_cast<std::size_t>(j)];
    }
    const std::array<double, 3> values = kernel.At(x - (first + j - u) / resolution);
    for (std::size_t k = 0; k < 3; ++k)
    {
      sums[k] += weight * values[k] * std::exp(0.5 * x * x);
    }
  }
  return sums;
}
}

// Oracle: the definition, exp(-x^2 / 2) and its derivatives. The bound is epsilon(x) of the header
// for the worst of many phases, plus the polynomial's 1e-12 and the rounding of spline weights: 4 u
// of the largest one, which the kernel's slope magnifies up to 2 (x c)^p times, p c x = rounding.
TEST(AxisKernel, SumsOverNodesAreGaussians)
{
  const std::pair<int, double> meshes[] = { { 6, 30.0 }, { 7, 42.6 }, { 8, 24.0 }, { 8, 6.0 },
    { 8, 3.0 }, { 10, 11.4 }, { 12, 7.3 }, { 14, 5.3 }, { 16, 4.3 }, { 16, 3.0 } };
  for (const auto& [order, resolution] : meshes)
  {
    const double reach = std::min(30.0, 2.5 * resolution);
    const AxisKernel kernel(order, resolution, reach + 0.5 * order / resolution);
    for (double x = 0.0; x <= reach; x += 0.23)
    {
      const double rounding = 1e-13 + 1e-15 * order * std::pow(x / resolution, order);
      const double bound = AxisKernel::AliasShare(order, resolution, x) + 1e-12 + rounding;
      for (double phase = 0.0; phase < 1.0; phase += 0.0917)
      {
        const auto sums = SumOverNodes(kernel, order, resolution, phase, x);
        EXPECT_NEAR(sums[0], 1.0, bound) << order << " " << resolution << " " << x;
        EXPECT_NEAR(sums[1], -x, (x + 1.0) * bound * order)
          << order << " " << resolution << " " << x;
        EXPECT_NEAR(sums[2], x * x - 1.0, (x + 1.0) * (x + 1.0) * bound * order * order)
          << order << " " << resolution << " " << x;
      }
    }
  }
}

// Oracle: the leading term 2 (t / pi)^p of 2 (t / sqrt(pi^2 + t^2))^p, t = x / (2 resolution), far
// above the width of the normal average: halving the spacing gains 2^p.
TEST(AxisKernel, AliasesFallWithTheOrder)
{
  for (const int order : { 6, 8, 12, 16 })
  {
    const double coarse = AxisKernel::AliasShare(order, 20.0, 8.0);
    const double fine = AxisKernel::AliasShare(order, 40.0, 8.0);
    EXPECT_NEAR(std::log2(coarse / fine), order, 0.1) << order;
  }
}

// Oracle: the error of a sample half way between nodes itself. The bound is above it, by less
// than a factor of five.
TEST(AxisKernel, TheShareOfAliasesIsNotFarFromTheTruth)
{
  const AxisKernel kernel(8, 24.0, 26.0);
  const double error = std::abs(SumOverNodes(kernel, 8, 24.0, 0.0, 25.0)[0] - 1.0);
  EXPECT_GT(error, 0.2 * AxisKernel::AliasShare(8, 24.0, 25.0));
  EXPECT_LT(error, AxisKernel::AliasShare(8, 24.0, 25.0));
}

// Oracle: its own statement, from both sides.
TEST(AxisKernel, ResolutionForMeetsTheShare)
{
  for (const int order : { 8, 16 })
  {
    const double resolution = AxisKernel::ResolutionFor(order, 12.0, 1e-6);
    EXPECT_LE(AxisKernel::AliasShare(order, resolution, 12.0), 1e-6);
    EXPECT_GT(AxisKernel::AliasShare(order, 0.99 * resolution, 12.0), 1e-6);
  }
  EXPECT_EQ(AxisKernel::ResolutionFor(16, 1.0, 1e-2), AxisKernel::LeastResolution);
}
}
