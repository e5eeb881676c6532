// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Recovery/Edges.h"
#include "support/Numbers.h"

#include "support/RecoveryCases.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
namespace
{
using recovery::GridOver;
using recovery::Vector;

/// Vectors on a grid, and the lattice of that grid.
struct Field
{
  Grid Nodes;
  Lattice Places;
  Eigen::Matrix3Xd Vectors;
  VectorNodes Values;

  Field(const Grid& grid, const Boundaries& borders, const recovery::VectorField& field)
    : Nodes(grid)
    , Places(grid, borders)
    , Vectors(3, grid.Size())
  {
    for (Index node = 0; node < grid.Size(); ++node)
    {
      this->Vectors.col(node) = field(grid.Node(node));
    }
    this->Values.GridDimensions = grid.Dimensions;
  }
  Edges Make(const Execution& execution = {})
  {
    this->Values.Vectors = this->Vectors.data();
    return MakeEdges(this->Places, this->Values, execution);
  }
};

double At(const std::vector<double>& values, Index i)
{
  return values[static_cast<std::size_t>(i)];
}

Grid LineOf(Index nodes, int axis)
{
  Index3 dimensions = Index3::Ones();
  dimensions[axis] = nodes;
  return GridOver(Vector::Constant(-1.0), Vector::Constant(2.0), dimensions);
}

double Cubic(double x)
{
  return 2.0 - x + 3.0 * x * x - 0.5 * x * x * x;
}

double IntegralOfCubic(double x)
{
  return 2.0 * x - x * x / 2.0 + x * x * x - x * x * x * x / 8.0;
}
}

// Oracle: closed form. Cubics are integrated exactly, inside, at borders and beside nodes that are
// not valid, as long as four valid nodes stand in line; values stay below 32, of which each rule
// adds four.
TEST(Edges, CubicsAreIntegratedExactly)
{
  for (int axis = 0; axis < 3; ++axis)
  {
    for (const Index masked : { -1, 0, 4, 5 })
    {
      const Grid grid = LineOf(10, axis);
      Field line(grid, Boundaries{},
        [axis](const Vector& x)
        { return Vector::Constant(7.0) + (Cubic(x[axis]) - 7.0) * Vector::Unit(axis); });
      line.Values.Valid.assign(10, 1);
      if (masked >= 0)
      {
        line.Values.Valid[static_cast<std::size_t>(masked)] = 0;
        line.Vectors.col(masked).setConstant(std::nan(""));
      }
      const Edges edges = line.Make();
      const auto a = static_cast<std::size_t>(axis);
      for (Index i = 0; i < 10; ++i)
      {
        const bool edge = i < 9 && i != masked && i + 1 != masked;
        const double x = grid.Node(i)[axis];
        const double exact =
          edge ? IntegralOfCubic(x + grid.Spacing[axis]) - IntegralOfCubic(x) : 0.0;
        EXPECT_NEAR(At(edges.Steps[a], i), exact, 128.0 * Eps) << axis << masked << i;
        EXPECT_EQ(At(edges.Weights[a], i), edge ? 1.0 : 0.0);
      }
    }
  }
}

// Oracle: closed form. With six nodes around the edge, x^5 is integrated exactly, and with four it
// is not: by the stated error, d^5 s 11/720 in the middle of the edge, where s = 120 x is linear.
TEST(Edges, SixNodesAreExactToTheFifthPower)
{
  const Grid grid = LineOf(7, 0);
  Field line(grid, Boundaries{}, [](const Vector& x) { return Vector(std::pow(x[0], 5), 0, 0); });
  const auto exact = [&](Index i)
  { return (std::pow(grid.Node(i + 1)[0], 6) - std::pow(grid.Node(i)[0], 6)) / 6.0; };
  const Edges edges = line.Make();
  EXPECT_NEAR(At(edges.Steps[0], 2), exact(2), 128.0 * Eps);
  EXPECT_NEAR(At(edges.Steps[0], 3), exact(3), 128.0 * Eps);
  const double middle = 0.5 * (grid.Node(1)[0] + grid.Node(2)[0]);
  EXPECT_NEAR(At(edges.Steps[0], 1) - exact(1),
    -std::pow(grid.Spacing[0], 5) * 120.0 * middle * 11.0 / 720.0, 256.0 * Eps);
}

// Oracle: closed form. Between two nodes only, the rule is the trapezoid.
TEST(Edges, PairsOfNodesHaveTheTrapezoid)
{
  Field line(LineOf(2, 0), Boundaries{}, [](const Vector& x) { return Vector(x[0] * x[0], 0, 0); });
  EXPECT_DOUBLE_EQ(At(line.Make().Steps[0], 0), 3.0 * 0.5 * (1.0 + 4.0));
}

// Oracle: the definition. A periodic line is one of three copies in a row, and a reflecting one the
// middle of a line that is mirrored at both walls, with the sign of the component along it turned.
TEST(Edges, BordersContinueTheField)
{
  const Index n = 6;
  for (const Boundary border : { Boundary::Periodic, Boundary::Reflecting })
  {
    const bool periodic = border == Boundary::Periodic;
    for (int axis = 0; axis < 3; ++axis)
    {
      Boundaries borders{};
      borders[static_cast<std::size_t>(axis)] = border;
      Field line(LineOf(n, axis), borders, recovery::Noise(3));
      line.Vectors.col(n - 1) =
        periodic ? Eigen::Vector3d(line.Vectors.col(0)) : Eigen::Vector3d(line.Vectors.col(n - 1));
      const Index period = periodic ? n - 1 : 2 * (n - 1);
      const Index around = 3 * period + 1;
      Grid wide = LineOf(around, axis);
      wide.Spacing = line.Nodes.Spacing;
      Field copies(wide, Boundaries{}, recovery::Noise(4));
      for (Index i = 0; i < around; ++i)
      {
        const Index at = i % period;
        const bool mirrored = !periodic && at >= n;
        copies.Vectors.col(i) =
          (mirrored ? -1.0 : 1.0) * line.Vectors.col(mirrored ? period - at : at);
      }
      const auto a = static_cast<std::size_t>(axis);
      const Edges edges = line.Make();
      const Edges expected = copies.Make();
      for (Index i = 0; i + 1 < n; ++i)
      {
        EXPECT_EQ(At(edges.Steps[a], i), At(expected.Steps[a], period + i)) << axis << i;
      }
    }
  }
}

// Oracle: definition: d_min^2 / d^2 times the harmonic mean of the weights of both ends.
TEST(Edges, WeightsAreThoseOfTheFunctional)
{
  const Grid grid = GridOver(Vector(0, 0, 0), Vector(2, 1, 0), Index3(3, 3, 1));
  Field field(grid, Boundaries{}, recovery::Noise(5));
  for (Index node = 0; node < 9; ++node)
  {
    field.Values.Weights.push_back(1.0 / static_cast<double>(node + 1));
  }
  const Edges edges = field.Make();
  EXPECT_DOUBLE_EQ(edges.AxisWeight[0], 0.25);
  EXPECT_DOUBLE_EQ(edges.AxisWeight[1], 1.0);
  EXPECT_EQ(edges.AxisWeight[2], 0.0);
  EXPECT_DOUBLE_EQ(At(edges.Weights[0], 1), 0.25 * 2.0 / (2.0 + 3.0));
  EXPECT_DOUBLE_EQ(At(edges.Weights[1], 1), 2.0 / (2.0 + 5.0));
  EXPECT_EQ(At(edges.Weights[0], 2), 0.0);
  EXPECT_FALSE(edges.IsUniform());
}

// Oracle: the definition, edge by edge, on a lattice with borders of all kinds; each of at most six
// terms of a node rounds by eps times values below 2. Threads change nothing.
TEST(Edges, SumsEqualTheirDefinition)
{
  const Grid grid = GridOver(Vector(0, 0, 0), Vector(2, 1, 3), Index3(5, 4, 3));
  Field field(
    grid, { Boundary::Periodic, Boundary::Open, Boundary::Reflecting }, recovery::Noise(6));
  const Edges edges = field.Make();
  const Lattice& lattice = edges.Nodes;
  const Eigen::VectorXd u = Eigen::VectorXd::LinSpaced(lattice.Size(), -1.0, 1.0).array().sin();
  Eigen::VectorXd laplacian = Eigen::VectorXd::Zero(lattice.Size());
  Eigen::VectorXd sums = laplacian;
  double misfit = 0.0;
  double whole = 0.0;
  for (Index node = 0; node < lattice.Size(); ++node)
  {
    for (int axis = 0; axis < 3; ++axis)
    {
      const Index3 place = lattice.PlaceOf(node);
      const Index there = lattice.Beside(axis, place[axis], 1);
      if (there < 0)
      {
        continue;
      }
      const Index other = node + (there - place[axis]) * lattice.Stride(axis);
      const double step = At(edges.Steps[static_cast<std::size_t>(axis)], node);
      const double weight = edges.AxisWeight[axis];
      laplacian[node] += weight * (u[node] - u[other]);
      laplacian[other] += weight * (u[other] - u[node]);
      sums[node] -= weight * step;
      sums[other] += weight * step;
      misfit += weight * std::pow(step - u[other] + u[node], 2);
      whole += weight * step * step;
    }
  }
  for (const int threads : { 1, 3 })
  {
    Eigen::VectorXd result(lattice.Size());
    ApplyLaplacian(edges, u.data(), result.data(), OnThreads(threads));
    EXPECT_LE((result - laplacian).cwiseAbs().maxCoeff(), 12.0 * Eps);
    GatherSteps(edges, result.data(), OnThreads(threads));
    EXPECT_LE((result - sums).cwiseAbs().maxCoeff(), 12.0 * Eps);
    EXPECT_NEAR(
      MisfitShare(edges, u.data(), OnThreads(threads)), std::sqrt(misfit / whole), 200.0 * Eps);
  }
}
}
