// SPDX-License-Identifier: BSD-3-Clause
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "Numerics/Base/TestLanes.cxx"
#include "Numerics/Base/EachTarget.h"

#include "Numerics/Base/Elementary.h"
#include "Numerics/Base/Types.h"
#include "support/Targets.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

HWY_BEFORE_NAMESPACE();
namespace scorefields
{
namespace HWY_NAMESPACE
{
namespace
{
/// Eight values at a time.
void Exponentials(const double* x, Index count, double* results)
{
  for (Index i = 0; i < count; i += LaneCount)
  {
    Exponential(Lanes::Load(x + i)).Store(results + i);
  }
}

void Logarithms(const double* x, Index count, double* results)
{
  for (Index i = 0; i < count; i += LaneCount)
  {
    Logarithm(Lanes::Load(x + i)).Store(results + i);
  }
}

double SumOfEight(const double* x)
{
  return Sum(Lanes::Load(x));
}

/// Arithmetic with packs that are one register, a part of one, and several.
template <int N>
void Combine(const double* a, const double* b, double* results)
{
  using P = Pack<N>;
  const P x = P::Load(a);
  const P y = P::Load(b);
  (x + y).Store(results);
  (x - y).Store(results + N);
  (x * y).Store(results + 2 * N);
  (x / y).Store(results + 3 * N);
  MulAdd(x, y, P::All(1.0)).Store(results + 4 * N);
  IfGreater(x, y, P::All(1.0), P::Zero()).Store(results + 5 * N);
  Larger(x, y).Store(results + 6 * N);
  Smaller(x, y).Store(results + 7 * N);
}

void Combine2(const double* a, const double* b, double* results)
{
  Combine<2>(a, b, results);
}

void Combine24(const double* a, const double* b, double* results)
{
  Combine<24>(a, b, results);
}
}
}
}
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace scorefields
{
HWY_EXPORT(Exponentials);
HWY_EXPORT(Logarithms);
HWY_EXPORT(SumOfEight);
HWY_EXPORT(Combine2);
HWY_EXPORT(Combine24);

namespace
{
/// Runs body on each target.
template <class Body>
void OnEachTarget(const Body& body)
{
  for (const std::string& name : SimdTargets())
  {
    SCOPED_TRACE(name);
    const support::OnTarget target(name);
    body();
  }
}

/// The largest relative error of results, beside expected(x) in long double.
template <class Function>
double WorstError(
  const std::vector<double>& x, const std::vector<double>& results, const Function& expected)
{
  double worst = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i)
  {
    const long double right = expected(static_cast<long double>(x[i]));
    const long double error = (static_cast<long double>(results[i]) - right) / right;
    worst = std::max(worst, static_cast<double>(std::abs(error)));
  }
  return worst;
}
}

// Oracle: std::exp in long double. The bound stated in the header, over the stated range, with the
// points where the integer part changes (multiples of log(2) / 2) among the arguments.
TEST(Elementary, ExponentialIsRightToTheLastPlace)
{
  std::vector<double> x;
  for (int i = 0; i < 160000; ++i)
  {
    x.push_back(-708.0 + 0.00885 * i);
    x.push_back(-1.0 + 1.25e-5 * i);
    x.push_back((i % 2000 - 1000) * 0.34657359027997264 + i % 7 * 2e-17);
  }
  std::vector<double> results(x.size());
  OnEachTarget(
    [&]()
    {
      HWY_DYNAMIC_DISPATCH(Exponentials)(x.data(), static_cast<Index>(x.size()), results.data());
      const auto expected = [](long double argument) { return std::exp(argument); };
      EXPECT_LE(WorstError(x, results, expected), 2.6e-16);
    });
}

// Oracle: the definition, exp(0) = 1 and log(1) = 0, to the bit.
TEST(Elementary, FixedPointsAreExact)
{
  const std::vector<double> zeros(8, 0.0);
  const std::vector<double> ones(8, 1.0);
  std::vector<double> results(8);
  OnEachTarget(
    [&]()
    {
      HWY_DYNAMIC_DISPATCH(Exponentials)(zeros.data(), LaneCount, results.data());
      EXPECT_EQ(results, ones);
      HWY_DYNAMIC_DISPATCH(Logarithms)(ones.data(), LaneCount, results.data());
      EXPECT_EQ(results, zeros);
    });
}

// Oracle: std::log in long double: all exponents, both sides of 1 and of the places where the
// exponent changes (powers of 2 times sqrt(1/2)).
TEST(Elementary, LogarithmIsRightToTwoUnits)
{
  std::vector<double> x;
  for (int i = -1022; i < 1023; ++i)
  {
    for (const double m : { 1.0, 1.2345, 1.4142135623730949, 1.4142135623730951, 1.9999 })
    {
      x.push_back(std::ldexp(m, i));
    }
  }
  for (int i = 1; i < 20000; ++i)
  {
    x.push_back(1.0 + 1e-5 * (i - 10000.5));
  }
  x.resize(x.size() / 8 * 8);
  x.erase(std::remove(x.begin(), x.end(), 1.0), x.end());
  x.resize(x.size() / 8 * 8);
  std::vector<double> results(x.size());
  OnEachTarget(
    [&]()
    {
      HWY_DYNAMIC_DISPATCH(Logarithms)(x.data(), static_cast<Index>(x.size()), results.data());
      const auto expected = [](long double argument) { return std::log(argument); };
      EXPECT_LE(WorstError(x, results, expected), 4.5e-16);
    });
}

// Oracle: the order of the header, with numbers of which any other order makes another sum.
TEST(Lanes, SumsInOneOrder)
{
  const std::array<double, 8> x{ 1.0, 1e-16, 3e15, 0.1, 1e-16, 7e-17, 1.0, 1e16 };
  const double expected = ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7]));
  OnEachTarget([&]() { EXPECT_EQ(HWY_DYNAMIC_DISPATCH(SumOfEight)(x.data()), expected); });
}

namespace
{
template <int N, class Function>
void ExpectArithmetic(const Function& combine)
{
  std::array<double, N> a;
  std::array<double, N> b;
  for (std::size_t i = 0; i < N; ++i)
  {
    a[i] = 0.25 * static_cast<double>(i);
    b[i] = 3.0 - 0.125 * static_cast<double>(i);
  }
  a[1] = std::numeric_limits<double>::quiet_NaN();
  std::array<double, 8 * N> r;
  combine(a.data(), b.data(), r.data());
  for (std::size_t i = 0; i < N; ++i)
  {
    if (i != 1)
    {
      EXPECT_EQ(r[i], a[i] + b[i]);
      EXPECT_EQ(r[N + i], a[i] - b[i]);
      EXPECT_EQ(r[2 * N + i], a[i] * b[i]);
      EXPECT_EQ(r[3 * N + i], a[i] / b[i]);
      EXPECT_EQ(r[4 * N + i], a[i] * b[i] + 1.0);
    }
    EXPECT_EQ(r[5 * N + i], a[i] > b[i] ? 1.0 : 0.0);
    EXPECT_EQ(r[6 * N + i], a[i] > b[i] ? a[i] : b[i]);
    EXPECT_EQ(r[7 * N + i], a[i] < b[i] ? a[i] : b[i]);
  }
}
}

// Oracle: the language's own arithmetic, with numbers for which it is exact; comparisons with NaN.
TEST(Lanes, ArithmeticIsLaneByLane)
{
  OnEachTarget(
    [&]()
    {
      ExpectArithmetic<2>(HWY_DYNAMIC_DISPATCH(Combine2));
      ExpectArithmetic<24>(HWY_DYNAMIC_DISPATCH(Combine24));
    });
}
}
#endif
