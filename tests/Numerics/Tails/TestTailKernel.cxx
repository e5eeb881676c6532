// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Tails/TailKernel.h"
#include "Numerics/Transform/BSpline.h"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>

namespace scorefields
{
namespace
{
/// The sum over the nodes that a sample at 0 is spread to, and its derivative, at a distance x in
/// bandwidths, over the Gaussian exp(-x^2 / 2).
struct Sums
{
  double Value = 0.0;
  double Slope = 0.0;
};

Sums SumOverNodes(const TailKernel& kernel, int order, double resolution, double phase, double x)
{
  const SplineTable& table = SplineWeights(order);
  const double u = 100.0 + phase; // where the sample is among the nodes
  const double first = std::floor(u - 0.5 * order + 1.0);
  const double s = u - 0.5 * order + 1.0 - first - 0.5;
  Sums sums;
  for (int j = 0; j < order; ++j)
  {
    double weight = 0.0;
    for (int k = order; k-- > 0;)
    {
      weight = weight * s + table[static_cast<std::size_t>(k)][static_cast<std::size_t>(j)];
    }
    const double y = x - (first + j - u) / resolution;
    const double value = weight * std::exp(0.5 * (x - y) * (x + y) + kernel.LogRatio(y));
    constexpr double step = 1e-4;
    const double slope = (kernel.LogRatio(y + step) - kernel.LogRatio(y - step)) / (2.0 * step);
    sums.Value += value;
    sums.Slope += value * (slope - y);
  }
  return sums;
}
}

// Oracle: the definition, exp(-x^2 / 2) and its derivative. The bounds are those the header states,
// for the worst of many phases, plus the polynomial's 1e-10, rounding of spline weights (1e8 u) and
// the difference quotient (1e-7).
TEST(TailKernel, SumsOverNodesAreGaussians)
{
  constexpr double tolerance = 2e-6;
  const std::pair<int, double> meshes[] = { { 6, 30.0 }, { 7, 42.6 }, { 8, 24.0 }, { 8, 6.0 },
    { 8, 3.0 }, { 10, 11.4 }, { 12, 7.3 }, { 14, 5.3 }, { 16, 4.3 }, { 16, 3.0 } };
  for (const auto& [order, resolution] : meshes)
  {
    const TailKernel kernel(order, resolution, tolerance);
    EXPECT_GT(kernel.Far(), kernel.Near());
    for (double x = 0.0; x <= kernel.Far(); x += 0.23)
    {
      const double share =
        x <= kernel.Near() ? 0.5 * tolerance : 0.5 * tolerance / TailKernel::FarShare;
      for (double phase = 0.0; phase < 1.0; phase += 0.0917)
      {
        const Sums sums = SumOverNodes(kernel, order, resolution, phase, x);
        EXPECT_NEAR(sums.Value, 1.0, share + 2e-8) << order << " " << resolution << " " << x;
        EXPECT_NEAR(sums.Slope, -x, (x + 1.0) * (share + 1e-7)) << order << " " << resolution;
      }
    }
  }
}

// Oracle: the leading term 2 (t / pi)^p of 2 (t / sqrt(pi^2 + t^2))^p, t = x / (2 resolution), far
// above the width of the normal average: halving the spacing gains 2^p. The bound is not far above
// what a sample half way between nodes really gets.
TEST(TailKernel, AliasesFallWithTheOrder)
{
  for (const int order : { 6, 8, 12, 16 })
  {
    const double coarse = TailKernel::AliasShare(order, 20.0, 8.0);
    const double fine = TailKernel::AliasShare(order, 40.0, 8.0);
    EXPECT_NEAR(std::log2(coarse / fine), order, 0.1) << order;
  }
  const TailKernel kernel(8, 24.0, 1e-6);
  const double error = std::abs(SumOverNodes(kernel, 8, 24.0, 0.0, 25.0).Value - 1.0);
  EXPECT_GT(error, 0.2 * TailKernel::AliasShare(8, 24.0, 25.0));
  EXPECT_LT(error, TailKernel::AliasShare(8, 24.0, 25.0));
}
}
