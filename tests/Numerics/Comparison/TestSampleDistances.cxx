// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Comparison/SampleDistances.h"

#include "support/FitCases.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
namespace
{

WeightedPlaces Cloud(int d, Index n, std::uint64_t seed, double shift, bool weighted = false)
{
  WeightedPlaces places{ Eigen::Matrix3Xd::Constant(3, n, 0.5), Eigen::VectorXd::Ones(n) };
  places.Points.topRows(d) = fitcases::Normals(d, n, seed).array() + shift;
  if (weighted)
  {
    places.Shares = Eigen::VectorXd::LinSpaced(n, 1.0, 3.0);
  }
  places.Shares /= places.Shares.sum();
  return places;
}

double MeanDistance(const WeightedPlaces& one, const WeightedPlaces& other)
{
  double sum = 0.0;
  for (Index i = 0; i < one.Points.cols(); ++i)
  {
    for (Index j = 0; j < other.Points.cols(); ++j)
    {
      sum += one.Shares[i] * other.Shares[j] * (one.Points.col(i) - other.Points.col(j)).norm();
    }
  }
  return sum;
}
}

// Oracle: the definition, pair by pair. Bins of 1/4096 of the extent, and directions whose rule is
// right to 1e-4 of a length for one pair and to much less in the mean over pairs: 2e-3 of the
// distance.
TEST(EnergyDistance, IsTheMeanOverPairs)
{
  for (const int d : { 1, 2, 3 })
  {
    for (const double shift : { 0.2, 2.0 })
    {
      const WeightedPlaces one = Cloud(d, 60, 1, 0.0, true);
      const WeightedPlaces other = Cloud(d, 80, 2, shift);
      const double expected = std::sqrt(
        2.0 * MeanDistance(one, other) - MeanDistance(one, one) - MeanDistance(other, other));
      EXPECT_NEAR(
        EnergyDistance(one, other, Axes::First(d), Execution()), expected, 2e-3 * expected)
        << d << " " << shift;
    }
  }
}

// Oracle: two points, 3 apart: D^2 = 2 * 3. One place: 0.
TEST(EnergyDistance, OfTwoPoints)
{
  WeightedPlaces one{ Eigen::Vector3d(1, 2, 0), Eigen::VectorXd::Ones(1) };
  WeightedPlaces other{ Eigen::Vector3d(1, 5, 0), Eigen::VectorXd::Ones(1) };
  const Axes axes = Axes::First(2);
  EXPECT_NEAR(EnergyDistance(one, other, axes, Execution()), std::sqrt(6.0), 1e-3);
  EXPECT_EQ(EnergyDistance(one, one, axes, Execution()), 0.0);
  EXPECT_EQ(
    EnergyDistance(one, other, axes, OnThreads(3)), EnergyDistance(one, other, axes, Execution()));
}

// Oracle: Stein's kernel by its definition, the divergences over both places of k(x, y) = (1 + |x -
// y|^2 / c^2)^(-1/2) / c by central differences of fourth order (1e-9).
TEST(KernelSteinDiscrepancy, IsTheDoubleSum)
{
  for (const int d : { 1, 2, 3 })
  {
    const WeightedPlaces samples = Cloud(d, 9, 3, 0.0, true);
    Eigen::Matrix3Xd score = Eigen::Matrix3Xd::Zero(3, 9);
    score.topRows(d) = fitcases::Normals(d, 9, 4);
    constexpr double c = 1.3;
    const auto kernel = [](const Eigen::Vector3d& x, const Eigen::Vector3d& y)
    { return 1.0 / std::sqrt(c * c + (x - y).squaredNorm()); };
    constexpr double step = 2e-2;
    const auto slope = [](const auto& f)
    { return (8.0 * (f(step) - f(-step)) - (f(2 * step) - f(-2 * step))) / (12.0 * step); };
    double sum = 0.0;
    for (Index i = 0; i < 9; ++i)
    {
      for (Index j = 0; j < 9; ++j)
      {
        const Eigen::Vector3d x = samples.Points.col(i);
        const Eigen::Vector3d y = samples.Points.col(j);
        double term = score.col(i).dot(score.col(j)) * kernel(x, y);
        for (int a = 0; a < d; ++a)
        {
          const Eigen::Vector3d unit = Eigen::Vector3d::Unit(a);
          const auto overY = [&](double shift)
          { return slope([&](double h) { return kernel(x + shift * unit, y + h * unit); }); };
          term += score(a, i) * overY(0.0) +
            score(a, j) * slope([&](double h) { return kernel(x + h * unit, y); }) + slope(overY);
        }
        sum += samples.Shares[i] * samples.Shares[j] * term;
      }
    }
    EXPECT_NEAR(KernelSteinDiscrepancy(samples, score, c, d, Execution()), std::sqrt(sum), 1e-6)
      << d;
  }
}

// Oracle: Stein's identity. For samples of the density whose score is given only the terms of a
// point with itself remain, on average: K^2 = (E|s|^2 / c + d / c^3) / n = 4 / n for d = 2, c = 1;
// its spread over clouds is below that. The score of another density is told apart.
TEST(KernelSteinDiscrepancy, IsSmallForTheRightScore)
{
  constexpr Index n = 1000;
  const WeightedPlaces samples = Cloud(2, n, 5, 0.0);
  Eigen::Matrix3Xd score = Eigen::Matrix3Xd::Zero(3, n);
  score.topRows(2) = -samples.Points.topRows(2);
  const double right = KernelSteinDiscrepancy(samples, score, 1.0, 2, OnThreads(2));
  EXPECT_NEAR(right * right, 4.0 / n, 4.0 / n);
  score.topRows(2).array() += 0.5;
  EXPECT_GT(KernelSteinDiscrepancy(samples, score, 1.0, 2, Execution()), 4.0 * right);
  EXPECT_EQ(KernelSteinDiscrepancy(samples, score, 1.0, 2, OnThreads(3)),
    KernelSteinDiscrepancy(samples, score, 1.0, 2, Execution()));
}
}
