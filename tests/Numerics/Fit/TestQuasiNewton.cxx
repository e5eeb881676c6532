// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/QuasiNewton.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace scorefields
{
namespace
{
void Nothing(Index /*iteration*/, double /*value*/) {}
}

// Oracle: the minimum of Rosenbrock's function at (1, 1, ..., 1).
TEST(QuasiNewton, FindsTheEndOfRosenbrocksValley)
{
  const SmoothFunction function = [](const Eigen::VectorXd& x, Eigen::VectorXd& gradient)
  {
    double sum = 0.0;
    gradient.setZero(x.size());
    for (Index i = 0; i + 1 < x.size(); ++i)
    {
      const double bend = x[i + 1] - x[i] * x[i];
      sum += 100.0 * bend * bend + (1.0 - x[i]) * (1.0 - x[i]);
      gradient[i] += -400.0 * bend * x[i] - 2.0 * (1.0 - x[i]);
      gradient[i + 1] += 200.0 * bend;
    }
    return sum;
  };
  Eigen::VectorXd x = Eigen::VectorXd::Constant(6, -1.2);
  const QuasiNewtonReport report = Minimise(function, x, 1e-9, 500, Nothing);
  EXPECT_TRUE(report.Converged);
  EXPECT_LE((x.array() - 1.0).abs().maxCoeff(), 1e-8);
}

// Oracle: the minimum of |x|^(3/2) + x, which is no number for x < -1, at x = -4/9.
TEST(QuasiNewton, StepsBackFromWhereThereIsNoValue)
{
  const SmoothFunction function = [](const Eigen::VectorXd& x, Eigen::VectorXd& gradient)
  {
    const double t = x[0];
    gradient[0] = 1.5 * std::copysign(std::sqrt(std::abs(t)), t) + 1.0;
    return t < -1.0 ? std::numeric_limits<double>::quiet_NaN() : std::pow(std::abs(t), 1.5) + t;
  };
  Eigen::VectorXd x = Eigen::VectorXd::Constant(1, 50.0);
  EXPECT_TRUE(Minimise(function, x, 1e-10, 100, Nothing).Converged);
  EXPECT_NEAR(x[0], -4.0 / 9.0, 1e-9);
}

// Contract: the steps are told, and end at the limit.
TEST(QuasiNewton, EndsAtTheLimit)
{
  const SmoothFunction function = [](const Eigen::VectorXd& x, Eigen::VectorXd& gradient)
  {
    gradient = 4.0 * x.array().cube().matrix();
    return x.array().square().square().sum();
  };
  Eigen::VectorXd x = Eigen::VectorXd::Constant(2, 3.0);
  Index told = 0;
  const QuasiNewtonReport report = Minimise(function, x, 0.0, 7,
    [&told](Index iteration, double value)
    {
      EXPECT_EQ(iteration, ++told);
      EXPECT_GE(value, 0.0);
    });
  EXPECT_EQ(report.Iterations, 7);
  EXPECT_EQ(told, 7);
  EXPECT_FALSE(report.Converged);
}
}
