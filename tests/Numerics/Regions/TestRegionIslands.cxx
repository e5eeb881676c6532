// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Regions/RegionIslands.h"

#include "Numerics/Regions/IslandRecords.h"

#include "support/RegionCases.h"

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
namespace
{
std::vector<RegionIsland> IslandsOf(const support::RegionCase& given, double share)
{
  const RegionField field = given.Field();
  const Exchange parts;
  const Execution machine;
  const MassCurve curve(field, parts, machine);
  const RegionLevel level = curve.Find({ share })[0];
  return JoinIslands(IslandRecords(field, level.Density), field, level, curve.Total());
}

/// Gaussians of variance 1 at two places along the last axis, with weights 2 and 1.
double Two(const Eigen::Vector3d& x, int axis, double distance)
{
  Eigen::Vector3d other = x;
  other[axis] -= distance;
  return std::log(2.0 * std::exp(-0.5 * x.squaredNorm()) + std::exp(-0.5 * other.squaredNorm()));
}
}

// Oracle: closed form. Gaussians ten standard deviations apart are islands in the 75 % region, with
// the masses above the level t: w - 2 pi t for a Gaussian of weight w and variance 1 in the plane.
// Masses and areas sum to those of the region.
TEST(RegionIslands, HaveTheirMasses)
{
  const support::RegionCase given(
    support::RegionGrid(2, 0.125, 16.0), [](const Eigen::Vector3d& x) { return Two(x, 0, 10.0); });
  const std::vector<RegionIsland> islands = IslandsOf(given, 0.75);
  ASSERT_EQ(islands.size(), 2u);
  // 2 - 2 pi t + 1 - 2 pi t = 0.75 * 3, with t in units of 1 / (2 pi)
  const double level = 0.5 * (3.0 - 0.75 * 3.0);
  EXPECT_NEAR(islands[0].Share, (2.0 - level) / 3.0, 1e-4);
  EXPECT_NEAR(islands[1].Share, (1.0 - level) / 3.0, 1e-4);
  EXPECT_NEAR(islands[0].Measure, 2.0 * Pi * std::log(2.0 / level), 0.01);
  EXPECT_NEAR(islands[1].Measure, 2.0 * Pi * std::log(1.0 / level), 0.01);
  EXPECT_NEAR(islands[1].Peak, 0.5, 0.01);
  const Grid& grid = given.Nodes.Whole;
  const Index3& place = islands[1].PeakPlace;
  EXPECT_LT(
    (grid.Node(place[0], place[1], place[2]) - Eigen::Vector3d(10.0, 0.0, 0.0)).norm(), 0.1);
  EXPECT_EQ(IslandsOf(given, 0.2).size(), 1u) << "the level is above the second peak";
}

// Oracle: definition. An island across the seam of a periodic axis is one; with open ends it is
// two.
TEST(RegionIslands, CrossSeams)
{
  Grid grid = support::RegionGrid(2, 0.25, 5.0);
  const double period = 0.25 * static_cast<double>(grid.Dimensions[0] - 1);
  support::RegionCase given(grid,
    [&](const Eigen::Vector3d& x)
    {
      const double angle = 2.0 * Pi * (x[0] - grid.Origin[0]) / period;
      return 3.0 * std::cos(angle) - x[1] * x[1];
    });
  EXPECT_EQ(IslandsOf(given, 0.5).size(), 2u);
  given.Nodes.Borders[0] = Boundary::Periodic;
  EXPECT_EQ(IslandsOf(given, 0.5).size(), 1u);
  EXPECT_EQ(IslandsOf(given, 0.5)[0].PeakPlace[0], 0);
}

// Oracle: invariant. The records of parts join to the islands of the whole, in each dimension, also
// where a part has a single layer of cells.
TEST(RegionIslands, AreThoseOfTheWholeInParts)
{
  for (const int dimension : { 1, 2, 3 })
  {
    const int axis = dimension - 1;
    const support::RegionCase given(support::RegionGrid(dimension, 0.5, 8.0),
      [axis](const Eigen::Vector3d& x) { return Two(x, axis, 6.0); });
    const RegionField field = given.Field();
    const Exchange exchange;
    const Execution machine;
    const MassCurve curve(field, exchange, machine);
    const RegionLevel level = curve.Find({ 0.75 })[0];
    const auto whole =
      JoinIslands(IslandRecords(field, level.Density), field, level, curve.Total());
    ASSERT_EQ(whole.size(), 2u);
    std::vector<double> records;
    const Index last = given.Nodes.Whole.Dimensions[axis] - 1;
    for (const auto& [from, to] :
      { std::pair<Index, Index>(0, 15), { 15, 16 }, { 16, 17 }, { 17, 28 }, { 28, last } })
    {
      const support::RegionPart part(given, axis, from, to);
      const RegionField partField(part.Nodes, given.Largest, machine);
      const std::vector<double> ofPart = IslandRecords(partField, level.Density);
      records.insert(records.end(), ofPart.begin(), ofPart.end());
    }
    const auto joined = JoinIslands(records, field, level, curve.Total());
    ASSERT_EQ(joined.size(), 2u);
    for (std::size_t i = 0; i < 2; ++i)
    {
      EXPECT_NEAR(joined[i].Share, whole[i].Share, 1e-13);
      EXPECT_NEAR(joined[i].Measure, whole[i].Measure, 1e-10);
      EXPECT_EQ(joined[i].Peak, whole[i].Peak);
      EXPECT_EQ(joined[i].PeakPlace, whole[i].PeakPlace);
    }
  }
}

// Oracle: definition. Nodes are connected along the edges of simplices: (1, 1) and (2, 2) are, (1,
// 2) and (2, 1) are not.
TEST(RegionIslands, AreConnectedByEdges)
{
  for (const bool along : { true, false })
  {
    const Grid grid{ Eigen::Vector3d::Zero(), Eigen::Vector3d::Ones(), Index3(5, 5, 1) };
    const support::RegionCase given(grid,
      [along](const Eigen::Vector3d& x)
      {
        const double y = along ? x[1] : 4.0 - x[1];
        return (x[0] == 1.0 && y == 1.0) || (x[0] == 2.0 && y == 2.0) ? 0.0 : -20.0;
      });
    const RegionField field = given.Field();
    const RegionLevel level{ 0.5, 0.5, 1.0 };
    EXPECT_EQ(JoinIslands(IslandRecords(field, 0.5), field, level, 1.0).size(), along ? 1u : 2u);
  }
}
}
