// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Modes/SuperlevelTree.h"

#include "support/Numbers.h"
#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace scorefields
{
namespace
{
/// Random values at the nodes of a small grid, some of them missing.
struct RandomField
{
  std::vector<double> Values;
  NodeField Field;

  RandomField(const Index3& dimensions, const std::array<Boundary, 3>& boundaries, unsigned seed)
  {
    Grid grid;
    grid.Dimensions = dimensions;
    const Eigen::Matrix3Xd draws = RandomPoints(grid.Size(), seed);
    for (Index i = 0; i < grid.Size(); ++i)
    {
      this->Values.push_back(draws(1, i) > 0.45 ? NaN : std::floor(20.0 * draws(0, i)));
    }
    this->Field = { grid, this->Values.data(), boundaries };
  }
};

/// Whether two nodes are ends of an edge of Freudenthal's triangulation, by their coordinates.
bool AreNeighbours(const NodeField& field, Index one, Index other)
{
  const Index3& n = field.Nodes.Dimensions;
  bool up = true;
  bool down = true;
  Index strides[3] = { 1, n[0], n[0] * n[1] };
  for (int axis = 0; axis < 3; ++axis)
  {
    const Index last = n[axis] - 1;
    Index step = other / strides[axis] % n[axis] - one / strides[axis] % n[axis];
    const bool periodic =
      field.Boundaries[static_cast<std::size_t>(axis)] == Boundary::Periodic && last > 0;
    std::set<Index> steps{ step };
    if (periodic)
    {
      steps.insert({ step - last, step + last });
    }
    up = up && (steps.count(0) + steps.count(1) > 0);
    down = down && (steps.count(0) + steps.count(-1) > 0);
  }
  return one != other && (up || down);
}

bool IsHigher(const NodeField& field, Index one, Index other)
{
  return field.Values[one] > field.Values[other] ||
    (field.Values[one] == field.Values[other] && one < other);
}

bool IsThere(const NodeField& field, Index node)
{
  const Index3& n = field.Nodes.Dimensions;
  const Index3 place(node % n[0], node / n[0] % n[1], node / (n[0] * n[1]));
  const Index3 layers = field.Layers();
  return (place.array() < layers.array()).all() && !std::isnan(field.Values[node]);
}

/// The highest node of the island of a node among those not below a level, by flood.
Index TopOf(const NodeField& field, Index start, Index level)
{
  std::set<Index> reached{ start };
  std::vector<Index> edge{ start };
  Index top = start;
  while (!edge.empty())
  {
    const Index from = edge.back();
    edge.pop_back();
    for (Index to = 0; to < field.Nodes.Size(); ++to)
    {
      const bool counts = IsThere(field, to) && (to == level || IsHigher(field, to, level));
      if (counts && AreNeighbours(field, from, to) && reached.insert(to).second)
      {
        edge.push_back(to);
        top = IsHigher(field, to, top) ? to : top;
      }
    }
  }
  return top;
}

/// The tops of all islands, level after level: peaks as they appear, and where each is lost.
void ExpectAsFlooded(const NodeField& field)
{
  std::vector<Index> levels;
  for (Index node = 0; node < field.Nodes.Size(); ++node)
  {
    if (IsThere(field, node))
    {
      levels.push_back(node);
    }
  }
  std::sort(levels.begin(), levels.end(),
    [&](Index one, Index other) { return IsHigher(field, one, other); });
  std::vector<Index> peaks;
  std::map<Index, Index> lostAt;
  std::set<Index> before;
  for (std::size_t i = 0; i < levels.size(); ++i)
  {
    std::set<Index> tops;
    for (std::size_t k = 0; k <= i; ++k)
    {
      tops.insert(TopOf(field, levels[k], levels[i]));
    }
    for (const Index top : tops)
    {
      if (before.count(top) == 0)
      {
        peaks.push_back(top);
      }
    }
    for (const Index top : before)
    {
      if (tops.count(top) == 0)
      {
        lostAt[top] = levels[i];
      }
    }
    before = tops;
  }
  const SuperlevelTree tree = TreeOfSuperlevels(field);
  EXPECT_EQ(tree.Peaks, peaks);
  std::map<Index, Index> merged;
  for (const IslandMerge& merge : tree.Merges)
  {
    merged[merge.Lower] = merge.Node;
    EXPECT_TRUE(IsHigher(field, merge.Higher, merge.Lower));
  }
  EXPECT_EQ(merged, lostAt);
}
}

// Oracle: the definition, slowly: at each level the islands are flooded anew. 20 different values
// on about forty nodes, so that most have equals; one node in twenty is missing.
TEST(SuperlevelTree, IsThatOfFloods)
{
  constexpr Boundary open = Boundary::Open;
  constexpr Boundary periodic = Boundary::Periodic;
  for (unsigned seed = 1; seed <= 3; ++seed)
  {
    ExpectAsFlooded(RandomField({ 40, 1, 1 }, { open, open, open }, seed).Field);
    ExpectAsFlooded(RandomField({ 7, 6, 1 }, { open, open, open }, seed).Field);
    ExpectAsFlooded(RandomField({ 1, 7, 6 }, { open, periodic, open }, seed).Field);
    ExpectAsFlooded(RandomField({ 4, 3, 4 }, { open, open, open }, seed).Field);
    ExpectAsFlooded(RandomField({ 4, 3, 4 }, { periodic, open, periodic }, seed).Field);
  }
}

// Contract: no nodes, and none with a value, have no islands.
TEST(SuperlevelTree, OfNothing)
{
  const std::vector<double> none(6, NaN);
  Grid grid;
  grid.Dimensions = { 3, 2, 1 };
  const SuperlevelTree tree = TreeOfSuperlevels({ grid, none.data() });
  EXPECT_TRUE(tree.Peaks.empty());
  EXPECT_TRUE(tree.Merges.empty());
}
}
