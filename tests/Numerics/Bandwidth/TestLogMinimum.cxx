// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/LogMinimum.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

// Functions of a length whose minima have closed forms.
namespace scorefields
{
// Oracle: closed form. a h^4 + b / h is least at h = (b / 4a)^(1/5), whatever the unit. In log h
// its fifth derivative is 51 times its curvature, so that the five values 3e-3 apart leave (3e-3)^4
// / 30 of that, 1.4e-10; 1e-9 is stated.
TEST(LogMinimum, OfATermOfBiasAndOneOfVariance)
{
  for (const double unit : { 1e-9, 1.0, 1e9 })
  {
    const auto error = [unit](double h)
    {
      const double r = h / unit;
      return 3.0 * r * r * r * r + 0.02 / r;
    };
    const double expected = std::pow(0.02 / 12.0, 0.2) * unit;
    const LogMinimum full = MinimizeInLog(error, 0.01 * unit, 4.0 * unit, MinimumAccuracy::Full);
    ASSERT_TRUE(full.Found);
    EXPECT_NEAR(full.Position, expected, 1e-9 * expected);
    EXPECT_NEAR(full.Value, error(expected), 1e-15);
    const LogMinimum sampled =
      MinimizeInLog(error, 0.01 * unit, 4.0 * unit, MinimumAccuracy::Sampled);
    EXPECT_NEAR(sampled.Position, expected, 2e-3 * expected);
  }
}

// Oracle: definition. Of two minima in log h, at 0.1 and 1, the one at 1 counts where it is no
// higher than the noise allows, else the deeper one; the slope of 0.01 moves either by 0.005.
TEST(LogMinimum, PrefersTheLargeLengthWithinTheNoise)
{
  const auto two = [](double h)
  {
    const double x = std::log10(h);
    return x * x * (x + 1.0) * (x + 1.0) + 0.01 * x; // 0.01 deeper at -1
  };
  const auto minimize = [&two](double noise)
  {
    return MinimizeInLog(
      two, 0.01, 10.0, MinimumAccuracy::Full, [noise](double, double) { return noise; });
  };
  EXPECT_NEAR(std::log10(minimize(0.0).Position), -1.0, 0.01);
  EXPECT_NEAR(std::log10(minimize(0.02).Position), 0.0, 0.01);
}

// Contract: a function that falls to an end of the range has no minimum, nor one that is no number.
TEST(LogMinimum, AnEndOfTheRangeIsNone)
{
  const auto ask = [](const std::function<double(double)>& function)
  { return MinimizeInLog(function, 0.1, 10.0, MinimumAccuracy::Full).Found; };
  EXPECT_FALSE(ask([](double h) { return h; }));
  EXPECT_FALSE(ask([](double h) { return -h; }));
  EXPECT_FALSE(ask([](double) { return std::numeric_limits<double>::quiet_NaN(); }));
}
}
