// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Base/Lanes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace scorefields
{
// Oracle: std::exp in long double. The bound stated in the header, over the stated range, with the
// points where the integer part changes (multiples of log(2) / 2) among the arguments.
TEST(Lanes, ExponentialIsRightToTheLastPlace)
{
  double worst = 0.0;
  const auto check = [&worst](double first, double step)
  {
    Lanes x;
    double arguments[LaneCount];
    for (int k = 0; k < LaneCount; ++k)
    {
      arguments[k] = first + k * step;
      x[k] = arguments[k];
    }
    Exponential(x);
    for (int k = 0; k < LaneCount; ++k)
    {
      const long double expected = std::exp(static_cast<long double>(arguments[k]));
      const long double error = (static_cast<long double>(x[k]) - expected) / expected;
      worst = std::max(worst, static_cast<double>(std::abs(error)));
    }
  };
  for (int i = 0; i < 20000; ++i)
  {
    check(-708.0 + 0.0708 * i, 0.00797); // up to 708
    check(-1.0 + 1e-4 * i, 1.3e-5);
    check((i % 2000 - 1000) * 0.34657359027997264, 2e-17);
  }
  EXPECT_LE(worst, 2.6e-16);
}

TEST(Lanes, ExponentialOfZeroIsOne)
{
  Lanes x = {};
  Exponential(x);
  for (int k = 0; k < LaneCount; ++k)
  {
    EXPECT_EQ(x[k], 1.0);
  }
}
}
