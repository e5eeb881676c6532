// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/LineContinuation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace scorefields
{
namespace
{
constexpr Index LineNodes = 20;
constexpr Index Gap = 30;

double Polynomial(double x)
{
  return 1.0 + x * (0.5 + x * (-0.3 + x * (0.2 + x * (0.1 - 0.05 * x))));
}

/// The line and its continuation, then the line once more.
template <class Function>
std::vector<double> Continued(const Function& function)
{
  std::vector<double> values(2 * LineNodes + Gap);
  for (Index j = 0; j < LineNodes; ++j)
  {
    values[static_cast<std::size_t>(j)] = function(static_cast<double>(j));
    values[static_cast<std::size_t>(LineNodes + Gap + j)] = function(static_cast<double>(j));
  }
  const LineEnd first = LineContinuation::Fit(values.data(), 1);
  const LineEnd last = LineContinuation::Fit(values.data() + LineNodes - 1, -1);
  LineContinuation(Gap).Fill(values.data(), LineNodes, first, last);
  return values;
}

/// Largest absolute sixth difference that reaches across node j.
double RoughnessAt(const std::vector<double>& v, Index j)
{
  double most = 0.0;
  for (Index first = j - 6; first <= j; ++first)
  {
    const double* x = v.data() + first;
    most = std::max(
      most, std::abs(x[0] + x[6] - 6.0 * (x[1] + x[5]) + 15.0 * (x[2] + x[4]) - 20.0 * x[3]));
  }
  return most;
}
}

// Oracle: the polynomial of degree eleven through two equal constants is the constant.
TEST(LineContinuation, ContinuesAConstant)
{
  for (const double value : Continued([](double) { return 3.0; }))
  {
    // 12 values of 3, weights up to 1e4 that are right to 24 u: sums of 12 terms, two roundings
    // each.
    EXPECT_NEAR(value, 3.0, 1e-9);
  }
}

// Oracle: symmetry. A mirrored line has the mirrored continuation, to rounding of 12 values of 2
// and less with weights up to 1e4 that are right to 16 u.
TEST(LineContinuation, IsTheSameFromBothEnds)
{
  const auto there = Continued([](double j) { return Polynomial(0.1 * j); });
  const auto back = Continued([](double j) { return Polynomial(0.1 * (LineNodes - 1 - j)); });
  for (std::size_t i = 0; i < Gap; ++i)
  {
    EXPECT_NEAR(there[LineNodes + i], back[LineNodes + Gap - 1 - i], 4e-10);
  }
}

// Oracle: definition. A smooth end is fitted by a polynomial, whose sixth difference, here
// constant, counts 0.7 times; one that rises by e^3 per node by its value alone: its differences
// grow by powers of e^3 - 1, so that even 20 times the first one is less. Sixth differences of
// values up to 118 round by 64 u times that, three times in the error.
TEST(LineContinuation, FitsWhatTheGridResolves)
{
  double smooth[8];
  double steep[8];
  for (int j = 0; j < 8; ++j)
  {
    smooth[j] = 5.0 - 4.0 * j + 1e-3 * std::pow(j, 6);
    steep[j] = std::exp(3.0 * j);
  }
  const LineEnd resolved = LineContinuation::Fit(smooth, 1);
  EXPECT_TRUE(resolved.Smooth);
  EXPECT_NEAR(resolved.Error, 2.16, 3e-12); // 3 * 6! / 1000
  EXPECT_NEAR(resolved.ErrorAt(2), 0.24, 3e-12);
  const LineEnd risen = LineContinuation::Fit(steep, 1);
  EXPECT_FALSE(risen.Smooth);
  EXPECT_EQ(risen.Error, 1.5);
  EXPECT_EQ(risen.ErrorAt(2), 0.5);
}

// Oracle: definition. Five derivatives agree at the ends, so that sixth differences across them are
// those of a jump in the sixth derivative at most: no larger than inside the gap. Of the mirrored
// line, whose slope jumps by about 1 per step of 0.1, they are about 6 times that.
TEST(LineContinuation, JoinsSmoothly)
{
  const auto values = Continued([](double j) { return Polynomial(0.1 * j); });
  double inside = 0.0;
  for (Index j = LineNodes + 7; j < LineNodes + Gap - 7; ++j)
  {
    inside = std::max(inside, RoughnessAt(values, j));
  }
  EXPECT_LE(RoughnessAt(values, LineNodes), 3.0 * inside);
  EXPECT_LE(RoughnessAt(values, LineNodes + Gap - 1), 3.0 * inside);
  EXPECT_LT(inside, 1e-3);
}
}
