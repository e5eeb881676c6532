// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Transform/BSpline.h"

#include "Numerics/Base/Types.h"
#include "support/Numbers.h"

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
namespace
{
// Cardinal B-spline on [0, p] by its recursion.
double Spline(int p, double x)
{
  if (p == 1)
  {
    return x >= 0.0 && x < 1.0 ? 1.0 : 0.0;
  }
  return (x * Spline(p - 1, x) + (p - x) * Spline(p - 1, x - 1.0)) / (p - 1);
}
}

// Oracle: the definition by recursion. Weights are at most 1, so 16 eps bounds Horner's rule.
TEST(BSpline, WeightsFollowTheRecursion)
{
  for (int p = MinimumSplineOrder; p <= MaximumSplineOrder; ++p)
  {
    const SplineTable& table = SplineWeights(p);
    for (const double t : { 0.0, 0.25, 0.5, 0.9 })
    {
      for (int j = 0; j < MaximumSplineOrder; ++j)
      {
        double weight = 0.0;
        for (int k = p - 1; k >= 0; --k)
        {
          weight =
            weight * (t - 0.5) + table[static_cast<std::size_t>(k)][static_cast<std::size_t>(j)];
        }
        EXPECT_NEAR(weight, j < p ? Spline(p, j + 1.0 - t) : 0.0, 16.0 * Eps) << p << " " << j;
      }
    }
  }
}

// Oracle: definition. The transform is the integral of the spline times a cosine about its centre,
// by the trapezoidal rule on 200 parts a node: the spline of order p has p - 2 continuous
// derivatives, and the rule on its knots is off by (theta / 200)^2 / 12 for p = 2, less beyond.
TEST(BSpline, TransformIsThatOfTheSpline)
{
  for (const int p : { 2, 3, 8, 16 })
  {
    for (const double theta : { 0.0, 0.5, 2.0, 3.1 })
    {
      constexpr int parts = 200;
      double sum = 0.0;
      for (int i = 0; i < p * parts; ++i)
      {
        const double x = static_cast<double>(i) / parts;
        sum += Spline(p, x) * std::cos(theta * (x - 0.5 * p)) / parts;
      }
      EXPECT_NEAR(SplineTransform(p, theta), sum, 3.1 * 3.1 / 40000.0 / 12.0 + 1e-14) << p;
    }
  }
}

// Oracle: the error itself, for one sample at any place between the nodes. Spread and deconvolved,
// its transform has beside its own term the aliases S(theta + 2 pi m) / S(theta) exp(-2 pi i m u),
// S the spline's transform and u the place; times exp(-w^2 / 2) and integrated over the frequencies
// below the mesh's Nyquist frequency that is what the density is off, over the kernel's peak. The
// bound is for the worst clouds, so one sample is some way below it.
TEST(BSpline, ErrorBoundHoldsForOneSample)
{
  for (const int p : { 4, 6, 8 })
  {
    for (const double resolution : { 1.5, 3.0 })
    {
      double worst = 0.0;
      for (double phase = 0.0; phase < 1.0; phase += 0.05)
      {
        for (double x = -6.0; x <= 6.0; x += 0.1) // distance in bandwidths
        {
          // Frequencies in radians per bandwidth; the mesh has 2 pi resolution between aliases.
          double error = 0.0;
          const double step = Pi * resolution / 200.0;
          for (int k = -200; k < 200; ++k)
          {
            const double w = (k + 0.5) * step;
            const double theta = w / resolution;
            double aliases = 0.0;
            for (int m = -20; m <= 20; ++m)
            {
              const double ratio =
                SplineTransform(p, theta + 2.0 * Pi * m) / SplineTransform(p, theta);
              aliases += m == 0 ? 0.0 : ratio * std::cos(w * x + 2.0 * Pi * m * phase);
            }
            error += aliases * std::exp(-0.5 * w * w) * step;
          }
          worst = std::max(worst, std::abs(error) / std::sqrt(2.0 * Pi));
        }
      }
      EXPECT_LE(worst, SplineErrorBound(p, resolution)) << p << " " << resolution;
      EXPECT_GT(worst, 1e-3 * SplineErrorBound(p, resolution)) << p << " " << resolution;
    }
  }
}
}
