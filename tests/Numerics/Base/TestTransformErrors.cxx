// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Base/TransformErrors.h"

#include "Numerics/Base/Types.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

namespace scorefields
{
namespace
{
GaussianKernel Correlated(double correlation)
{
  Eigen::Matrix3d covariance = Eigen::Matrix3d::Zero();
  covariance(0, 0) = 0.25;
  covariance(1, 1) = 0.04;
  covariance(0, 1) = covariance(1, 0) = correlation * 0.5 * 0.2;
  return GaussianKernel(Axes::First(2), covariance);
}

/// (2 pi)^-2 times the integrals of exp(-w'Hw/2) and of sqrt(w'Hw) exp(-w'Hw/2) over the plane
/// where |w_x| is above the frequency, by the midpoint rule: the spectrum that is cut off.
ErrorPart SlowTail(const GaussianKernel& kernel, double frequency)
{
  constexpr int steps = 1500;
  const Eigen::Matrix3d& h = kernel.Covariance();
  const double reach = AllThatCounts / NarrowLength(kernel, 0);
  const double height = AllThatCounts / NarrowLength(kernel, 1);
  const double dx = std::max(reach - frequency, 0.0) / steps;
  const double dy = 2.0 * height / steps;
  ErrorPart tail;
  for (int i = 0; i < steps; ++i)
  {
    for (int j = 0; j < steps; ++j)
    {
      const Eigen::Vector3d w(frequency + (i + 0.5) * dx, -height + (j + 0.5) * dy, 0.0);
      const double square = w.dot(h * w);
      tail.Add(2.0 * std::exp(-0.5 * square) * dx * dy / (4.0 * Pi * Pi), std::sqrt(square));
    }
  }
  return tail;
}
}

// Oracle: numeric integration of the tail of the spectrum. The density's bound is the integral; the
// gradient's is more by what Birnbaum's bound and the root of the mean square add, below 10 %.
TEST(TransformErrors, TruncationIsTheTailOfTheSpectrum)
{
  for (const double correlation : { 0.0, 0.5, 0.9, 0.99 })
  {
    const GaussianKernel kernel = Correlated(correlation);
    for (const double c : { 0.5, 1.0, 3.0, 5.0 })
    {
      const double frequency = c / NarrowLength(kernel, 0);
      const ErrorPart tail = SlowTail(kernel, frequency);
      const ErrorPart part = TruncationOf(kernel, 0, frequency);
      EXPECT_NEAR(part.Density, tail.Density, 1e-4 * tail.Density) << correlation << ", " << c;
      EXPECT_GE(part.Gradient, tail.Gradient * (1.0 - 1e-4)) << correlation << ", " << c;
      EXPECT_LE(part.Gradient, 1.1 * tail.Gradient) << correlation << ", " << c;
    }
  }
}

// Oracle: erfc(pi / sqrt 2), whatever the correlation, if the narrow length is one spacing.
TEST(TransformErrors, TruncationSeesTheNarrowLength)
{
  for (const double correlation : { 0.0, 0.9, 0.99 })
  {
    const GaussianKernel kernel = Correlated(correlation);
    const double spacing = NarrowLength(kernel, 1);
    const ErrorPart part = TruncationOf(kernel, 1, Pi / spacing);
    EXPECT_NEAR(part.Density / std::exp(kernel.LogPeak()), 1.6803163e-3, 1e-9);
  }
}

// Oracle: the sum over two thousand images, one by one.
TEST(TransformErrors, ImagesAreSummedUntilTheyDoNotCount)
{
  const double lower = -0.3;
  const double upper = 0.7;
  for (const double period : { 1.0, 2.5 })
  {
    for (const double length : { 0.1, 1.0, 10.0 })
    {
      for (const double x : { -0.5, 0.0, 1.1 })
      {
        double all = 0.0;
        for (int image = -1000; image <= 1000; ++image)
        {
          const double shift = image * period;
          const double d = std::max({ lower + shift - x, x - upper - shift, 0.0 }) / length;
          all += std::exp(-0.5 * d * d);
        }
        const ImageShares shares = ImagesAlong(x, lower, upper, period, length);
        EXPECT_NEAR(shares.All(), all, 1e-12 * all) << period << ", " << length << ", " << x;
        const double d = std::max({ lower - x, x - upper, 0.0 }) / length;
        EXPECT_DOUBLE_EQ(shares.Direct, std::exp(-0.5 * d * d));
      }
    }
  }
  EXPECT_EQ(ImagesAlong(0.0, lower, upper, 0.0, 1.0).Images, 0.0);
}

// Oracle: the squared distance itself, in all directions.
TEST(TransformErrors, DistanceLengthsNeverOverstateDistance)
{
  for (const double correlation : { 0.0, 0.5, 0.99 })
  {
    const GaussianKernel kernel = Correlated(correlation);
    const Eigen::Vector3d lengths = DistanceLengths(kernel);
    for (int i = 0; i < 360; ++i)
    {
      const double angle = Pi * i / 180.0;
      const Eigen::Vector3d u(std::cos(angle), std::sin(angle), 0.0);
      const double least = u.cwiseQuotient(lengths).squaredNorm();
      EXPECT_LE(least, kernel.SquaredDistance(u) * (1.0 + 1e-12)) << correlation << ", " << i;
    }
  }
}

// Oracle: the parts themselves. From the density alone the gradient is never understated.
TEST(TransformErrors, StatedErrorsBoundTheGradients)
{
  for (const double correlation : { 0.0, 0.9 })
  {
    const GaussianKernel kernel = Correlated(correlation);
    for (const double c : { 0.5, 2.0, 4.0, 8.0 })
    {
      TransformErrors errors;
      errors.RoundOff = RoundOffOf(2, 3.0);
      for (const int axis : { 0, 1 })
      {
        errors.Truncation.Add(TruncationOf(kernel, axis, c / NarrowLength(kernel, axis)));
      }
      errors.Spreading = SpreadingOf(2, 8, 1e-9);
      errors.Wrap = FarSamplesOf(1e-10, 6.0);
      const std::array<double, 4> densities{ { errors.RoundOff.Density, errors.Truncation.Density,
        errors.Spreading.Density, errors.Wrap.Density } };
      const TransformErrors stated = StatedErrors(2, kernel.LogPeak(), densities);
      EXPECT_DOUBLE_EQ(stated.Sum().Density, errors.Sum().Density);
      EXPECT_GE(stated.RoundOff.Gradient, errors.RoundOff.Gradient);
      EXPECT_GE(stated.Truncation.Gradient, errors.Truncation.Gradient) << correlation << ", " << c;
      EXPECT_GE(stated.Spreading.Gradient, errors.Spreading.Gradient);
      EXPECT_GE(stated.Wrap.Gradient, errors.Wrap.Gradient);
    }
  }
}
}
