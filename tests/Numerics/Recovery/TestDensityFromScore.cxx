// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Recovery/DensityFromScore.h"

#include "support/DirectSum.h"
#include "support/Fields.h"
#include "support/Numbers.h"
#include "support/RecoveryCases.h"
#include "support/Reference.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace scorefields
{
namespace
{
using recovery::GridOver;
using recovery::Problem;
using recovery::Result;
using recovery::Solve;
using recovery::Vector;

/// log density and score of a Gaussian with these standard deviations.
double LogGaussian(const Vector& x, const Vector& deviation, int dimension)
{
  double value = 0.0;
  for (int axis = 0; axis < dimension; ++axis)
  {
    const double t = x[axis] / deviation[axis];
    value -= 0.5 * t * t + std::log(deviation[axis]) + 0.5 * std::log(2.0 * Pi);
  }
  return value;
}

/// The largest difference between a result and a function, constants aside, where `use` is true.
double WorstBut(const Result& result, const Grid& grid, const recovery::ScalarField& expected,
  const std::function<bool(const Vector&)>& use)
{
  double least = std::numeric_limits<double>::infinity();
  double most = -least;
  for (Index node = 0; node < grid.Size(); ++node)
  {
    if (use(grid.Node(node)))
    {
      const double difference = result.LogDensity[node] - expected(grid.Node(node));
      least = std::min(least, difference);
      most = std::max(most, difference);
    }
  }
  return 0.5 * (most - least);
}

bool Everywhere(const Vector&)
{
  return true;
}

/// Kernel density of the study's 200 points with bandwidth 0.3, in a box of half width 6, and what
/// comes back from its score.
struct StudyErrors
{
  double Bulk = 0.0;           ///< largest error of the log density where f > max f / 1000
  double TotalVariation = 0.0; ///< of the densities

  explicit StudyErrors(Index nodes)
  {
    const Grid grid = GridOver(Vector(-6, -6, 0), Vector(6, 6, 0), Index3(nodes, nodes, 1));
    FieldStorage truth(grid.Size(), FieldChoice::Smooth());
    direct::EvaluateOnGrid(
      Samples::Unweighted(reference::Points(reference::All()["sample200"]["points"])),
      GaussianKernel::Isotropic(Axes::First(2), 0.3), grid, truth.View());
    Problem problem(grid, [](const Vector&) { return Vector(Vector::Zero()); });
    problem.Score = truth.Score;
    const Result result = Solve(problem);
    const double bulk = truth.LogDensity.maxCoeff() - std::log(1000.0);
    for (Index node = 0; node < grid.Size(); ++node)
    {
      const double error = std::abs(result.LogDensity[node] - truth.LogDensity[node]);
      this->Bulk = truth.LogDensity[node] > bulk ? std::max(this->Bulk, error) : this->Bulk;
      this->TotalVariation += 0.5 * grid.Spacing[0] * grid.Spacing[1] *
        std::abs(result.Density[node] - std::exp(truth.LogDensity[node]));
    }
  }
};
}

// Oracle: the density itself, and the order of the edge rule. With spacings of 0.42, 0.21 and 0.10
// bandwidths the errors are not above 0.012, 0.0014 and 0.00009 (bulk) and 1.1e-4, 7e-6 and 5e-7
// (total variation), which another program had with the rule of four nodes. Halving the spacing
// divides them by more than 16, the factor of fourth order, since inside the rule has six nodes.
TEST(DensityFromScore, KernelDensityComesBackToFourthOrder)
{
  const StudyErrors coarse(97);
  const StudyErrors middle(191);
  const StudyErrors fine(383);
  EXPECT_LE(coarse.Bulk, 0.012);
  EXPECT_LE(middle.Bulk, 0.0014);
  EXPECT_LE(fine.Bulk, 0.00009);
  EXPECT_LE(coarse.TotalVariation, 1.1e-4);
  EXPECT_LE(middle.TotalVariation, 7e-6);
  EXPECT_LE(fine.TotalVariation, 5e-7);
  EXPECT_GE(coarse.Bulk / middle.Bulk, 16.0);
  EXPECT_GE(middle.Bulk / fine.Bulk, 16.0);
}

// Oracle: closed form. The score of a Gaussian is linear, for which each rule is exact, so that the
// log density is right to rounding (some eps of values up to 50, times the number of transforms'
// levels); boxes are not square, spacings differ, axes are flat, and the normalisation is that of
// the box, by the trapezoidal rule exact to 1e-11 for spacings below half a deviation and walls at
// 7 deviations.
TEST(DensityFromScore, GaussiansAreExactInAnyDimension)
{
  const Vector deviation(0.5, 1.0, 0.25);
  for (const Index3& nodes : { Index3(57, 1, 1), Index3(31, 45, 1), Index3(29, 1, 31),
         Index3(1, 30, 1), Index3(29, 31, 33) })
  {
    const Vector high = 7.0 * deviation;
    const Grid grid = GridOver(-high, high, nodes);
    Vector flat;
    for (int axis = 0; axis < 3; ++axis)
    {
      flat[axis] = nodes[axis] > 1 ? 1.0 : 0.0;
    }
    const auto active = [&](const Vector& x) { return Vector(x.cwiseProduct(flat)); };
    Problem problem(grid,
      [&](const Vector& x) { return Vector(-active(x).array() / deviation.array().square()); });
    const Result result = Solve(problem);
    for (Index node = 0; node < grid.Size(); ++node)
    {
      double expected = 0.0;
      for (int axis = 0; axis < 3; ++axis)
      {
        const double t = grid.Node(node)[axis] / deviation[axis];
        expected -= flat[axis] * (0.5 * t * t + std::log(deviation[axis] * std::sqrt(2.0 * Pi)));
      }
      ASSERT_NEAR(result.LogDensity[node], expected, 1e-10) << nodes.transpose();
      ASSERT_NEAR(result.Density[node], std::exp(expected), 2e-10 * std::exp(expected));
    }
    EXPECT_EQ(result.Report.Solver.Iterations, 0);
    EXPECT_LE(result.Report.MisfitShare, 1e-12);
    EXPECT_LE(result.Report.Solver.Residual, 1e-12);
  }
}

// Oracle: dimension analysis. In units 1e9 times larger or smaller, the density scales by their
// square and the logarithm by a constant; rounding as above.
TEST(DensityFromScore, UnitsOnlyScale)
{
  for (const double unit : { 1e-9, 1.0, 1e9 })
  {
    const Grid grid = GridOver(unit * Vector(-6, -5, 0), unit * Vector(6, 5, 0), Index3(40, 50, 1));
    Problem problem(grid, [&](const Vector& x) { return Vector(-x / (unit * unit)); });
    problem.Keep([&](const Vector& x) { return x.norm() < 4.5 * unit || x[0] > 0.0; });
    const Result result = Solve(problem);
    const Index middle = 20 + 40 * 25;
    const Vector x = grid.Node(middle) / unit;
    EXPECT_NEAR(
      result.LogDensity[middle], LogGaussian(x, Vector::Ones(), 2) - 2.0 * std::log(unit), 1e-3);
    EXPECT_NEAR(result.LogDensity[middle] - result.LogDensity[middle + 1],
      0.5 * (grid.Node(middle + 1) / unit).squaredNorm() - 0.5 * x.squaredNorm(), 1e-8);
  }
}

// Oracle: closed form. Along a periodic axis log f = cos(2 pi x / L), along a reflecting one cos(pi
// y / M): both continue as themselves, so that the error falls with the sixth power of the spacing
// up to the walls. The edge rule is off by 191/60480 d^6 s^(6) per length, so that the potential
// cos(k x) is off by that share k^6 d^6 of itself.
TEST(DensityFromScore, ClosedBordersKeepTheOrder)
{
  const double k = 2.0 * Pi / 3.0;
  const double q = Pi / 2.0;
  double before = 0.0;
  for (const Index n : { 17, 33, 65 })
  {
    const Grid grid = GridOver(Vector(1, 0, 0), Vector(4, 0, 2), Index3(n, 1, n));
    const Vector first = grid.Origin;
    Problem problem(grid,
      [&](const Vector& x)
      { return Vector(-k * std::sin(k * (x[0] - first[0])), 0.0, -q * std::sin(q * x[2])); },
      { Boundary::Periodic, Boundary::Open, Boundary::Reflecting });
    const Result result = Solve(problem);
    const double worst = WorstBut(
      result, grid,
      [&](const Vector& x) { return std::cos(k * (x[0] - first[0])) + std::cos(q * x[2]); },
      Everywhere);
    const double bound =
      191.0 / 60480.0 * (std::pow(k * grid.Spacing[0], 6) + std::pow(q * grid.Spacing[2], 6));
    EXPECT_LE(worst, bound);
    EXPECT_TRUE(before == 0.0 || before / worst > 60.0) << before / worst;
    before = worst;
    // The last layer of the periodic axis is the first one.
    for (Index row = 0; row < n; ++row)
    {
      EXPECT_EQ(result.LogDensity[row * n], result.LogDensity[row * n + n - 1]);
      EXPECT_EQ(result.Island[row * n], result.Island[row * n + n - 1]);
    }
  }
}

// Contract: the same bits on any number of threads, with and without mask and weights.
TEST(DensityFromScore, ThreadsChangeNothing)
{
  const Grid grid = GridOver(Vector(-2, -1, 0), Vector(2, 1, 1), Index3(40, 33, 12));
  for (const int kind : { 0, 1, 2 })
  {
    Problem problem(grid, recovery::Noise(7));
    if (kind > 0)
    {
      problem.Keep([](const Vector& x) { return x.norm() < 1.4 || x[0] > 1.7; });
    }
    if (kind > 1)
    {
      problem.Weigh([](const Vector& x) { return std::exp(-x.squaredNorm()); });
    }
    const Result one = Solve(problem);
    const Result three = Solve(problem, {}, OnThreads(3));
    EXPECT_EQ(one.LogDensity, three.LogDensity) << kind;
    EXPECT_EQ(one.Residual, three.Residual);
    EXPECT_EQ(one.Curl, three.Curl);
    EXPECT_EQ(one.Divergence, three.Divergence);
    EXPECT_EQ(one.Island, three.Island);
    EXPECT_EQ(one.Report.MisfitShare, three.Report.MisfitShare);
    EXPECT_EQ(one.Report.Solver.Residual, three.Report.Solver.Residual);
  }
}

// Contract: an image of one node has a density of 1, since its measure is 1; of two nodes the ratio
// is that of the trapezoid.
TEST(DensityFromScore, FewNodes)
{
  Problem one(GridOver(Vector(0, 0, 0), Vector(0, 0, 0), Index3(1, 1, 1)),
    [](const Vector&) { return Vector(5.0, std::nan(""), 1.0); });
  const Result single = Solve(one);
  EXPECT_EQ(single.LogDensity[0], 0.0);
  EXPECT_EQ(single.Density[0], 1.0);
  EXPECT_EQ(single.Island[0], 1);
  Problem two(GridOver(Vector(0, 0, 0), Vector(2, 0, 0), Index3(2, 1, 1)),
    [](const Vector& x) { return Vector(x[0], 0.0, 0.0); });
  const Result pair = Solve(two);
  EXPECT_NEAR(pair.LogDensity[1] - pair.LogDensity[0], 2.0, 8.0 * Eps);
  EXPECT_NEAR(pair.Density[0] + pair.Density[1], 1.0, 8.0 * Eps);
}
}
