// SPDX-License-Identifier: BSD-3-Clause
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
double Bumps(const Eigen::Vector3d& x)
{
  return std::log(
    std::exp(-x.squaredNorm()) + 0.5 * std::exp(-4.0 * (x.array() - 1.0).square().sum()));
}

const std::vector<double> Levels{ 0.0, 1e-6, 0.01, 0.2, 0.5, 0.9, 0.999 };

/// The value at a place of a cell of the function that is linear on simplices: the coordinates in
/// descending order say which simplex it is, and their differences are the weights of its corners.
double LinearAt(const RegionField& field, Index node, std::array<double, 2> place)
{
  const std::size_t first = place[0] >= place[1] ? 0 : 1;
  const auto value = [&field, node](std::size_t corner)
  { return field.Balanced()[static_cast<std::size_t>(node + field.CornerOffset(corner))]; };
  return (1.0 - place[first]) * value(0) + (place[first] - place[1 - first]) * value(1 + first) +
    place[1 - first] * value(3);
}
}

// Oracle: definition, by the midpoints of 100 x 100 parts of each cell. What such a rule misses of
// the level's line is of the order of the mass in a strip 1/100 of a cell wide, with random signs:
// 1e-4 of the whole.
TEST(LevelSums, AreIntegralsAboveLevels)
{
  const support::RegionCase given(support::RegionGrid(2, 0.5, 3.0), Bumps);
  const RegionField field = given.Field();
  const LevelSums sums = SumsAtLevels(field, Levels, Exchange(), Execution());
  std::vector<double> mass(Levels.size(), 0.0), below = mass, measure = mass;
  const double share = field.CellMeasure() / 1e4;
  for (Index row = 0; row < field.Rows(); ++row)
  {
    for (Index cell = 0; cell < field.CellsInRow(); ++cell)
    {
      for (int point = 0; point < 10000; ++point)
      {
        const double value = LinearAt(field, field.FirstOfRow(row) + cell,
          { { (point % 100 + 0.5) / 100.0, (point / 100 + 0.5) / 100.0 } });
        for (std::size_t level = 0; level < Levels.size(); ++level)
        {
          const bool isAbove = value >= Levels[level];
          mass[level] += isAbove ? share * value : 0.0;
          below[level] += isAbove ? 0.0 : share * value;
          measure[level] += isAbove ? share : 0.0;
        }
      }
    }
  }
  for (std::size_t level = 0; level < Levels.size(); ++level)
  {
    EXPECT_NEAR(sums.Mass[level], mass[level], 1e-4 * mass[0]) << Levels[level];
    EXPECT_NEAR(sums.MassBelow[level], below[level], 1e-4 * mass[0]) << Levels[level];
    EXPECT_NEAR(sums.Measure[level], measure[level], 1e-4 * measure[0]) << Levels[level];
  }
}

// Oracle: invariants. What is above and what is below are all, in every dimension; parts sum to the
// whole, and threads change no bit.
TEST(LevelSums, DoNotDependOnPartsAndThreads)
{
  for (const int dimension : { 1, 2, 3 })
  {
    const support::RegionCase given(support::RegionGrid(dimension, 0.25, 3.0), Bumps);
    const RegionField field = given.Field();
    const LevelSums whole = SumsAtLevels(field, Levels, Exchange(), Execution());
    const LevelSums threads =
      SumsAtLevels(given.Field(OnThreads(4)), Levels, Exchange(), OnThreads(4));
    EXPECT_EQ(whole.Mass, threads.Mass);
    EXPECT_EQ(whole.MassBelow, threads.MassBelow);
    const Index last = given.Nodes.Whole.Dimensions[dimension - 1] - 1;
    std::vector<double> mass(Levels.size(), 0.0);
    for (const auto& [from, to] : { std::pair<Index, Index>(0, 7), { 7, 8 }, { 8, last } })
    {
      const support::RegionPart part(given, dimension - 1, from, to);
      const RegionField partField(part.Nodes, given.Largest, Execution());
      const LevelSums sums = SumsAtLevels(partField, Levels, Exchange(), Execution());
      for (std::size_t level = 0; level < Levels.size(); ++level)
      {
        mass[level] += sums.Mass[level];
      }
    }
    for (std::size_t level = 0; level < Levels.size(); ++level)
    {
      EXPECT_NEAR(whole.Mass[level] + whole.MassBelow[level], whole.Mass[0], 1e-13 * whole.Mass[0]);
      EXPECT_NEAR(mass[level], whole.Mass[level], 1e-13 * whole.Mass[0]);
    }
  }
}

// Contract: cells with a node without value hold nothing.
TEST(LevelSums, LeaveHolesOut)
{
  const support::RegionCase given(support::RegionGrid(2, 1.0, 2.0),
    [](const Eigen::Vector3d& x)
    { return x.norm() < 0.5 ? std::numeric_limits<double>::quiet_NaN() : 0.0; });
  const LevelSums sums = SumsAtLevels(given.Field(), { 0.5 }, Exchange(), Execution());
  EXPECT_DOUBLE_EQ(sums.Measure[0], 16.0 - 4.0);
}
}
