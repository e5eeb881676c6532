// SPDX-License-Identifier: BSD-3-Clause
// Masks, weights and islands.
#include "Numerics/Recovery/DensityFromScore.h"
#include "support/Numbers.h"

#include "support/RecoveryCases.h"

#include <Eigen/QR>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace scorefields
{
namespace
{
using recovery::GridOver;
using recovery::Problem;
using recovery::Result;
using recovery::Solve;
using recovery::Vector;
constexpr SolverLimits Sharp{ 1e-13, 2000 };

Vector GaussianScore(const Vector& x)
{
  return Vector(-x[0], -4.0 * x[1], 0.0);
}

double LogDensity(const Vector& x)
{
  return -0.5 * x[0] * x[0] - 2.0 * x[1] * x[1];
}

/// The least squares problem, a row for each edge, solved by orthogonal factors. The edges' steps
/// and weights are those that TestEdges holds against their definition.
Eigen::VectorXd DenseSolution(Problem& problem)
{
  problem.Open();
  const Lattice lattice(problem.Input.Nodes, problem.Input.Borders);
  VectorNodes values;
  values.Vectors = problem.Score.data();
  values.GridDimensions = problem.Input.Nodes.Dimensions;
  values.Valid = problem.Mask;
  values.Weights = problem.Weights;
  for (double& weight : values.Weights)
  {
    weight = weight > 0.0 ? weight : 1.0;
  }
  const Edges edges = MakeEdges(lattice, values, Execution());
  std::vector<Eigen::VectorXd> rows;
  std::vector<double> right;
  for (Index node = 0; node < lattice.Size(); ++node)
  {
    for (int axis = 0; axis < 3; ++axis)
    {
      const auto a = static_cast<std::size_t>(axis);
      const Index place = lattice.PlaceOf(node)[axis];
      const Index there = lattice.Beside(axis, place, 1);
      const double weight = there < 0 ? 0.0
        : edges.Weights[a].empty()    ? edges.AxisWeight[axis]
                                      : edges.Weights[a][static_cast<std::size_t>(node)];
      if (weight > 0.0)
      {
        const double root = std::sqrt(weight);
        Eigen::VectorXd row = Eigen::VectorXd::Zero(lattice.Size());
        row[node + (there - place) * lattice.Stride(axis)] += root;
        row[node] -= root;
        rows.push_back(row);
        right.push_back(root * edges.Steps[a][static_cast<std::size_t>(node)]);
      }
    }
  }
  Eigen::MatrixXd matrix(static_cast<Index>(rows.size()), lattice.Size());
  for (std::size_t row = 0; row < rows.size(); ++row)
  {
    matrix.row(static_cast<Index>(row)) = rows[row];
  }
  return matrix.completeOrthogonalDecomposition().solve(
    Eigen::Map<Eigen::VectorXd>(right.data(), static_cast<Index>(right.size())));
}

/// Expects the result to be the solution, up to one constant on each island.
void ExpectSolution(const Result& result, const Eigen::VectorXd& solution, double tolerance)
{
  for (int island = 1; island <= result.Island.maxCoeff(); ++island)
  {
    double first = std::numeric_limits<double>::quiet_NaN();
    for (Index node = 0; node < solution.size(); ++node)
    {
      if (result.Island[node] == island)
      {
        const double constant = result.LogDensity[node] - solution[node];
        first = std::isnan(first) ? constant : first;
        ASSERT_NEAR(constant, first, tolerance) << "island " << island << ", node " << node;
      }
    }
  }
}
}

// Oracle: dense least squares. Fields that are no gradient, on boxes that are not square, with
// masks that leave islands and single nodes, with weights over four decades, with borders of all
// kinds. The solver's tolerance is 1e-13; the root mean square error of gradients is that times the
// condition of preconditioned matrices, below 1e3, and sums of at most 12 steps of order 1 follow.
TEST(DensityFromScore, EqualsDenseLeastSquares)
{
  std::mt19937 engine(11);
  for (const Index3& nodes :
    { Index3(9, 7, 1), Index3(1, 6, 8), Index3(4, 5, 4), Index3(30, 1, 1) })
  {
    for (const int kind : { 0, 1, 2, 3 })
    {
      const Grid grid = GridOver(Vector(0, 0, 0), Vector(2, 1, 3), nodes);
      Problem problem(
        grid, recovery::Noise(12), { Boundary::Reflecting, Boundary::Open, Boundary::Open });
      if (kind % 2 == 1)
      {
        problem.Keep([&](const Vector&) { return engine() % 100 < 65; });
      }
      if (kind > 1)
      {
        problem.Weigh([&](const Vector&)
          { return std::pow(10.0, -static_cast<double>(engine() % 4001) / 1000.0); });
      }
      const Result result = Solve(problem, {}, {}, Sharp);
      ExpectSolution(result, DenseSolution(problem), 1e-8);
    }
  }
}

// Oracle: closed form. A mask changes nothing of an exact gradient inside of it, whatever stands
// outside; the integral over the valid nodes is 1, LogDensity is finite outside, and the density 0.
TEST(DensityFromScore, MaskedValuesDoNotCount)
{
  const Grid grid = GridOver(Vector(-3, -2, 0), Vector(3, 2, 0), Index3(61, 51, 1));
  const auto use = [](const Vector& x) { return x.norm() < 1.9 && x.norm() > 0.4; };
  Problem problem(grid,
    [&](const Vector& x) { return use(x) ? GaussianScore(x) : Vector(std::nan(""), 1e300, 0.0); });
  problem.Keep(use);
  const Result result = Solve(problem);
  double sum = 0.0;
  const double constant = result.LogDensity[15 + 61 * 25] - LogDensity(grid.Node(15 + 61 * 25));
  for (Index node = 0; node < grid.Size(); ++node)
  {
    sum += result.Density[node] * grid.Spacing[0] * grid.Spacing[1];
    if (use(grid.Node(node)))
    {
      // The solver's tolerance is 1e-10 of a range of 8.
      ASSERT_NEAR(result.LogDensity[node] - constant, LogDensity(grid.Node(node)), 1e-8);
      ASSERT_EQ(result.Island[node], 1);
    }
    else
    {
      ASSERT_EQ(result.LogDensity[node], std::log(std::numeric_limits<double>::min()));
      ASSERT_EQ(result.Density[node], 0.0);
      ASSERT_EQ(result.Island[node], 0);
      ASSERT_EQ(result.Residual.col(node), Vector(0.0, 0.0, 0.0));
      ASSERT_EQ(result.Curl.col(node), Vector(0.0, 0.0, 0.0));
    }
  }
  EXPECT_NEAR(sum, 1.0, 1e4 * Eps);
  EXPECT_EQ(result.Report.UnknownMasses, 0);
  EXPECT_LE(result.Report.Solver.Residual, 1e-9);
}

// Oracle: closed form. Weights over sixteen decades, as those of effective sample sizes, leave an
// exact gradient what it is; where the weight is 0 a node does not count. The weighted equations
// are solved to 1e-10, and the tails weigh 1e-8 at least, so that a gradient there is right to 1e-6
// of the largest, of order 10.
TEST(DensityFromScore, WeightsLeaveGradientsAlone)
{
  const Grid grid = GridOver(Vector(-5, -3, 0), Vector(5, 3, 0), Index3(81, 71, 1));
  Problem problem(grid, GaussianScore);
  problem.Weigh([](const Vector& x) { return x[0] > 4.6 ? 0.0 : 200.0 * std::exp(LogDensity(x)); });
  const Result result = Solve(problem);
  EXPECT_GT(result.Report.Solver.Iterations, 0);
  EXPECT_LE(result.Report.Solver.Iterations, 100);
  const Index middle = 40 + 81 * 35;
  for (Index node = 0; node < grid.Size(); ++node)
  {
    const Vector x = grid.Node(node);
    if (x[0] > 4.6)
    {
      ASSERT_EQ(result.Island[node], 0);
    }
    else
    {
      ASSERT_NEAR(result.LogDensity[node] - result.LogDensity[middle],
        LogDensity(x) - LogDensity(grid.Node(middle)), 1e-4);
    }
  }
}

// Oracle: the scale of weights is none: the same bits for weights times a power of 2; weights that
// are all alike are none.
TEST(DensityFromScore, OnlyRatiosOfWeightsCount)
{
  const Grid grid = GridOver(Vector(0, 0, 0), Vector(1, 2, 0), Index3(12, 9, 1));
  const auto weight = [](const Vector& x) { return 1.0 + x[0]; };
  Problem one(grid, recovery::Noise(2));
  Problem other(grid, recovery::Noise(2));
  one.Weigh(weight);
  other.Weigh([&](const Vector& x) { return 1024.0 * weight(x); });
  EXPECT_EQ(Solve(one).LogDensity, Solve(other).LogDensity);
  Problem equal(grid, recovery::Noise(2));
  Problem none(grid, recovery::Noise(2));
  equal.Weigh([](const Vector&) { return 7.0; });
  EXPECT_EQ(Solve(equal).LogDensity, Solve(none).LogDensity);
}

namespace
{
/// Two Gaussians far apart, of which two discs are seen.
struct TwoIslands
{
  Grid Nodes = GridOver(Vector(-6, -2, 0), Vector(6, 2, 0), Index3(121, 41, 1));
  Problem Input;

  static Vector Centre(const Vector& x) { return Vector(x[0] < 0.0 ? -3.0 : 3.0, 0.0, 0.0); }
  static bool Use(const Vector& x)
  {
    return (x - Centre(x)).norm() < (x[0] < 0.0 ? 1.75 : 1.25) ||
      (x - Vector(0, 1.9, 0)).norm() < 1e-9;
  }
  TwoIslands()
    : Input(Nodes, [](const Vector& x) { return Vector(-2.0 * (x - Centre(x))); })
  {
    this->Input.Keep(Use);
  }
  double Mass(const Result& result, int island) const
  {
    double sum = 0.0;
    for (Index node = 0; node < this->Nodes.Size(); ++node)
    {
      sum += result.Island[node] == island
        ? result.Density[node] * this->Nodes.Spacing[0] * this->Nodes.Spacing[1]
        : 0.0;
    }
    return sum;
  }
};
}

// Oracle: definition. Masses that are known are met, in the stated proportion; a single node takes
// the value of the closest node of an island.
TEST(DensityFromScore, IslandsHaveTheMassesThatAreKnown)
{
  TwoIslands two;
  Eigen::Vector3d wanted(30.0, 90.0, 0.0);
  const Result result = Solve(two.Input, wanted);
  EXPECT_EQ(result.Report.IslandMasses.size(), 3);
  EXPECT_EQ(result.Report.SingleNodes, 1);
  EXPECT_EQ(result.Report.UnknownMasses, 1);
  EXPECT_NEAR(two.Mass(result, 2) / two.Mass(result, 1), 3.0, 1e-12);
  EXPECT_NEAR(two.Mass(result, 1) + two.Mass(result, 2) + two.Mass(result, 3), 1.0, 1e-12);
  for (int island = 1; island <= 3; ++island)
  {
    EXPECT_NEAR(result.Report.IslandMasses[island - 1], two.Mass(result, island), 1e-12);
  }
}

// Oracle: definition, by all pairs of nodes. Without known masses the log densities are equal at
// the closest nodes of both islands.
TEST(DensityFromScore, IslandsMeetAtTheirClosestNodes)
{
  TwoIslands two;
  const Result result = Solve(two.Input);
  EXPECT_EQ(result.Report.UnknownMasses, 2);
  double shortest = std::numeric_limits<double>::infinity();
  double difference = 0.0;
  for (Index a = 0; a < two.Nodes.Size(); ++a)
  {
    for (Index b = 0; b < two.Nodes.Size(); ++b)
    {
      const double length = (two.Nodes.Node(a) - two.Nodes.Node(b)).norm();
      // The single node is closest to the larger island.
      if (result.Island[a] == 1 && result.Island[b] == 3 && length < shortest - 1e-9)
      {
        shortest = length;
        difference = result.LogDensity[a] - result.LogDensity[b];
      }
    }
  }
  EXPECT_NEAR(difference, 0.0, 1e-12);
}

// Oracle: definition: the node whose cell holds the place, mirrored and repeated where the borders
// are closed.
TEST(DensityFromScore, PlacesBelongToTheNearestNode)
{
  const Grid grid = GridOver(Vector(0, 0, 0), Vector(4, 6, 2), Index3(5, 7, 3));
  Problem problem(
    grid, recovery::Noise(1), { Boundary::Open, Boundary::Periodic, Boundary::Reflecting });
  problem.Keep([](const Vector& x) { return x[0] < 2.5 && x[1] != 3.0; });
  const DensityFromScore density = problem.Open();
  EXPECT_EQ(density.FoundIslands().Count(), 1);
  EXPECT_EQ(density.IslandAt(Vector(2.4, 1.0, 0.0)), 1);
  EXPECT_EQ(density.IslandAt(Vector(2.6, 1.0, 0.0)), 0);
  EXPECT_EQ(density.IslandAt(Vector(-0.4, 1.0, 0.0)), 1);
  EXPECT_EQ(density.IslandAt(Vector(-0.6, 1.0, 0.0)), 0);
  EXPECT_EQ(density.IslandAt(Vector(0.0, 3.2, 0.0)), 0);
  EXPECT_EQ(density.IslandAt(Vector(0.0, 3.2 + 60.0, 0.0)), 0);
  EXPECT_EQ(density.IslandAt(Vector(0.0, 1.0 - 60.0, 50.0)), 1);
  EXPECT_EQ(density.IslandAt(Vector(0.0, std::nan(""), 0.0)), 0);
}
}
