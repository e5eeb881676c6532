// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Regions/RegionField.h"

#include "Numerics/Regions/LevelSums.h"
#include "support/RegionCases.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace scorefields
{
namespace
{
Grid SmallGrid(const Index3& nodes)
{
  return Grid{ Eigen::Vector3d(0.1, -0.4, 0.7), Eigen::Vector3d(0.25, 0.5, 0.125), nodes };
}

/// A quadratic with all mixed terms, positive on the grids of these tests.
double Quadratic(const Eigen::Vector3d& x)
{
  return 60.0 + x[0] * x[0] - 2.0 * x[1] * x[1] + 3.0 * x[2] * x[2] + x[0] * x[1] -
    1.5 * x[1] * x[2] + 0.7 * x[0] * x[2] + x[0] - x[2];
}

/// Gauss's rule of two points along each axis, exact for a quadratic.
double IntegralOfQuadratic(const Grid& grid)
{
  double sum = 0.0;
  const double offset = 0.5 / std::sqrt(3.0);
  Index3 cells = (grid.Dimensions.array() - 1).max(1);
  for (Index cell = 0; cell < cells.prod(); ++cell)
  {
    const Index3 place(cell % cells[0], cell / cells[0] % cells[1], cell / (cells[0] * cells[1]));
    for (int corner = 0; corner < 8; ++corner)
    {
      Eigen::Vector3d x = grid.Origin;
      for (int axis = 0; axis < 3; ++axis)
      {
        const double inside =
          grid.Dimensions[axis] > 1 ? 0.5 + (((corner >> axis) & 1) != 0 ? offset : -offset) : 0.0;
        x[axis] += (static_cast<double>(place[axis]) + inside) * grid.Spacing[axis];
      }
      sum += Quadratic(x) / 8.0;
    }
  }
  return sum;
}
}

// Oracle: Gauss's rule, exact for quadratics, in one, two and three dimensions and other planes.
// The values are right on average over each cell, so all of them are.
TEST(RegionField, IntegratesQuadraticsExactly)
{
  for (const Index3& nodes : { Index3(9, 1, 1), Index3(1, 7, 1), Index3(6, 8, 1), Index3(5, 1, 9),
         Index3(1, 6, 5), Index3(5, 6, 7), Index3(3, 3, 3) })
  {
    const Grid grid = SmallGrid(nodes);
    const support::RegionCase given(
      grid, [](const Eigen::Vector3d& x) { return std::log(Quadratic(x)); });
    const RegionField field = given.Field();
    const LevelSums sums = SumsAtLevels(field, { 0.0 }, Exchange(), Execution());
    const double expected = IntegralOfQuadratic(grid) * field.CellMeasure();
    EXPECT_NEAR(sums.Mass[0] * std::exp(given.Largest), expected, 1e-13 * expected)
      << nodes.transpose();
  }
}

// Contract: no node is changed by more than half of its value, a node without value has none, and
// its neighbours keep theirs.
TEST(RegionField, KeepsValuesPositive)
{
  const Grid grid = support::RegionGrid(2, 1.0, 5.0);
  const support::RegionCase given(grid,
    [](const Eigen::Vector3d& x)
    { return x[0] > 3.5 ? std::numeric_limits<double>::quiet_NaN() : -10.0 * x.squaredNorm(); });
  const RegionField field = given.Field();
  for (std::size_t node = 0; node < field.Density().size(); ++node)
  {
    const double f = field.Density()[node];
    const double g = field.Balanced()[node];
    EXPECT_TRUE(std::isnan(f) ? std::isnan(g) : std::abs(g - f) <= 0.500001 * f);
  }
}

// Oracle: invariant. Parts with a layer of nodes more have the same values as the whole.
TEST(RegionField, HasTheSameValuesInParts)
{
  const Grid grid = support::RegionGrid(3, 0.5, 2.0);
  const support::RegionCase given(grid,
    [](const Eigen::Vector3d& x)
    { return -x.squaredNorm() + 0.3 * std::sin(3.0 * x[0] + x[1] * x[2]); });
  const RegionField whole = given.Field(OnThreads(3));
  for (const int axis : { 0, 1, 2 })
  {
    for (const Index from : { 0, 4 })
    {
      const support::RegionPart part(given, axis, from, from == 0 ? 4 : 8);
      const RegionField field(part.Nodes, given.Largest, Execution());
      for (Index row = 0; row < field.Rows(); ++row)
      {
        const Index node = field.FirstOfRow(row);
        const Index3 place = field.PlaceOf(node);
        const Index same =
          place[0] + grid.Dimensions[0] * (place[1] + grid.Dimensions[1] * place[2]);
        EXPECT_EQ(field.Balanced()[static_cast<std::size_t>(node)],
          whole.Balanced()[static_cast<std::size_t>(same)]);
      }
    }
  }
}
}
