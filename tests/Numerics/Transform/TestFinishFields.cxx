// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Transform/FinishFields.h"
#include "support/Numbers.h"

#include "support/RandomPoints.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace scorefields
{
// Oracle: std::log in long double, over the range of doubles; two units in the last place are
// stated.
TEST(FinishFields, LogarithmIsRightToTwoUnits)
{
  std::vector<double> source;
  for (int i = 0; i < 40000; ++i)
  {
    source.push_back(std::exp(-700.0 + 0.035 * i));
    source.push_back(1.0 + (i - 20000) * 1e-9); // where the logarithm vanishes
  }
  std::vector<double> target(source.size());
  const auto n = static_cast<Index>(source.size());
  LogOfAtLeast(source.data(), 1e-300, target.data(), n, OnThreads(2));
  double worst = 0.0;
  for (std::size_t i = 0; i < source.size(); ++i)
  {
    const long double exact =
      std::log(std::max(static_cast<long double>(source[i]), static_cast<long double>(1e-300)));
    const long double error = std::abs(static_cast<long double>(target[i]) - exact);
    worst = std::max(worst, exact == 0.0L ? 0.0 : static_cast<double>(error / std::abs(exact)));
  }
  EXPECT_LE(worst, 2.0 * Eps);
}

// Contract: what is below the least value, or no number, gives its logarithm.
TEST(FinishFields, LogarithmHasALeastValue)
{
  const std::vector<double> source{ 0.0, -1.0, 1e-310, std::nan(""), 2.0 };
  std::vector<double> target(5);
  LogOfAtLeast(source.data(), 1e-3, target.data(), 5, Execution());
  for (std::size_t i = 0; i < 4; ++i)
  {
    EXPECT_NEAR(target[i], std::log(1e-3), 4.0 * Eps * 7.0) << i;
  }
  EXPECT_NEAR(target[4], std::log(2.0), Eps);
}

// Oracle: the quotient rule, written out, for densities above and below the least one. A few eps of
// the largest term.
TEST(FinishFields, DerivativesOfTheLogarithmFollowTheQuotientRule)
{
  const double density[2] = { 0.5, 1e-6 };
  const double least = 1e-3;
  const double gradient[6] = { 0.3, -0.2, 0.7, 1e-4, 2e-4, -3e-4 };
  const double second[12] = { 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 1e-3, 0.0, 2e-3, 0.0, 0.0, 1e-3 };
  std::vector<double> score(gradient, gradient + 6);
  std::vector<double> hessian(second, second + 12);
  DerivativesOfLog(density, least, score.data(), hessian.data(), 2, Execution());
  const int rows[6] = { 0, 1, 2, 0, 1, 0 };
  const int columns[6] = { 0, 1, 2, 1, 2, 2 };
  for (int i = 0; i < 2; ++i)
  {
    const double g = std::max(density[i], least);
    for (int a = 0; a < 3; ++a)
    {
      EXPECT_NEAR(score[static_cast<std::size_t>(3 * i + a)], gradient[3 * i + a] / g, 4.0 * Eps);
    }
    for (int e = 0; e < 6; ++e)
    {
      const double product = gradient[3 * i + rows[e]] / g * (gradient[3 * i + columns[e]] / g);
      EXPECT_NEAR(hessian[static_cast<std::size_t>(6 * i + e)], second[6 * i + e] / g - product,
        4.0 * Eps * 14.0);
    }
  }
}

// Oracle: Eigen's own extremes, for any number of threads.
TEST(FinishFields, ExtremesAreThoseOfTheValues)
{
  const Eigen::VectorXd values = RandomPoints(100003, 3).row(0).transpose();
  for (const Execution& execution : { Execution(), OnThreads(3) })
  {
    const Extremes extremes = FindExtremes(values.data(), values.size(), execution);
    EXPECT_EQ(extremes.Minimum, values.minCoeff());
    EXPECT_EQ(extremes.Maximum, values.maxCoeff());
  }
}
}
