// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Recovery/Islands.h"
#include "support/Numbers.h"

#include "support/RecoveryCases.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <set>

namespace scorefields
{
namespace
{
struct Map
{
  Lattice Places;
  VectorNodes Nodes;

  Map(const Index3& dimensions, const Boundaries& borders)
    : Places(
        recovery::GridOver(Eigen::Vector3d::Zero(), Eigen::Vector3d(1.0, 2.0, 0.5), dimensions),
        borders)
  {
    this->Nodes.Valid.assign(static_cast<std::size_t>(this->Places.Size()), 0);
  }
  void Scatter(unsigned seed, unsigned percent)
  {
    std::mt19937 engine(seed);
    for (unsigned char& valid : this->Nodes.Valid)
    {
      valid = engine() % 100 < percent ? 1 : 0;
    }
  }
  std::vector<Index> Neighbours(Index node) const
  {
    std::vector<Index> neighbours;
    const Index3 place = this->Places.PlaceOf(node);
    for (int axis = 0; axis < 3; ++axis)
    {
      for (const Index step : { -1, 1 })
      {
        const Index there = this->Places.Beside(axis, place[axis], step);
        if (there >= 0)
        {
          neighbours.push_back(node + (there - place[axis]) * this->Places.Stride(axis));
        }
      }
    }
    return neighbours;
  }
  /// Straight, and around periodic axes.
  double Distance(Index a, Index b) const
  {
    double square = 0.0;
    for (int axis = 0; axis < 3; ++axis)
    {
      const Index count = this->Places.Dimensions()[axis];
      Index steps = std::abs(this->Places.PlaceOf(a)[axis] - this->Places.PlaceOf(b)[axis]);
      steps = this->Places.IsPeriodic(axis) ? std::min(steps, count - steps) : steps;
      square += std::pow(static_cast<double>(steps) * this->Places.Spacing(axis), 2);
    }
    return std::sqrt(square);
  }
};

std::vector<Map> Maps()
{
  std::vector<Map> maps;
  for (unsigned seed = 1; seed <= 6; ++seed)
  {
    const Boundary border = seed % 2 ? Boundary::Periodic : Boundary::Open;
    maps.emplace_back(
      seed < 4 ? Index3(17, 13, 1) : Index3(6, 7, 8), Boundaries{ border, Boundary::Open, border });
    maps.back().Scatter(seed, 10 + 8 * seed);
  }
  return maps;
}
}

// Oracle: the definition, by flooding from each node; the largest island has the first label.
TEST(Islands, EqualThoseOfFlooding)
{
  for (const Map& map : Maps())
  {
    const Islands islands = FindIslands(map.Places, map.Nodes);
    std::set<int> seen;
    for (Index node = 0; node < map.Places.Size(); ++node)
    {
      const int label = islands.Labels[static_cast<std::size_t>(node)];
      ASSERT_EQ(label > 0, map.Nodes.IsValid(node));
      if (label == 0 || !seen.insert(label).second)
      {
        continue;
      }
      std::vector<Index> reached{ node };
      std::set<Index> all{ node };
      for (std::size_t at = 0; at < reached.size(); ++at)
      {
        for (const Index other : map.Neighbours(reached[at]))
        {
          if (map.Nodes.IsValid(other) && all.insert(other).second)
          {
            reached.push_back(other);
          }
        }
      }
      const auto labelled = std::count(islands.Labels.begin(), islands.Labels.end(), label);
      ASSERT_EQ(static_cast<Index>(all.size()), labelled);
      ASSERT_EQ(islands.Sizes[static_cast<std::size_t>(label - 1)], labelled);
      for (const Index other : all)
      {
        ASSERT_EQ(islands.Labels[static_cast<std::size_t>(other)], label);
      }
    }
    EXPECT_EQ(static_cast<Index>(seen.size()), islands.Count());
    EXPECT_TRUE(std::is_sorted(islands.Sizes.rbegin(), islands.Sizes.rend()));
  }
}

// Oracle: all pairs of nodes. Ends lie in their islands, the stated length is that of the ends, the
// shortest link of all is the shortest distance there is, and all islands are linked.
TEST(Islands, LinksJoinClosestNodes)
{
  for (const Map& map : Maps())
  {
    const Islands islands = FindIslands(map.Places, map.Nodes);
    const std::vector<IslandLink> links = FindLinks(map.Places, islands, OnThreads(2));
    double shortest = std::numeric_limits<double>::infinity();
    for (Index a = 0; a < map.Places.Size(); ++a)
    {
      for (Index b = 0; b < a; ++b)
      {
        const int one = islands.Labels[static_cast<std::size_t>(a)];
        const int other = islands.Labels[static_cast<std::size_t>(b)];
        shortest =
          one > 0 && other > 0 && one != other ? std::min(shortest, map.Distance(a, b)) : shortest;
      }
    }
    double least = std::numeric_limits<double>::infinity();
    std::set<int> linked{ 1 };
    for (std::size_t round = 0; round < links.size(); ++round)
    {
      for (const IslandLink& link : links)
      {
        EXPECT_EQ(islands.Labels[static_cast<std::size_t>(link.FromNode)], link.From);
        EXPECT_EQ(islands.Labels[static_cast<std::size_t>(link.ToNode)], link.To);
        EXPECT_NEAR(link.Length, map.Distance(link.FromNode, link.ToNode), 4.0 * Eps);
        least = std::min(least, link.Length);
        if (linked.count(link.From) || linked.count(link.To))
        {
          linked.insert({ link.From, link.To });
        }
      }
    }
    EXPECT_NEAR(least, shortest, 4.0 * Eps);
    EXPECT_EQ(static_cast<Index>(linked.size()), islands.Count());
  }
}

// Oracle: all pairs of nodes. Two islands have one link, and it is the shortest.
TEST(Islands, TwoIslandsHaveTheShortestLink)
{
  for (const Boundary border : { Boundary::Open, Boundary::Periodic })
  {
    Map map(Index3(40, 30, 1), { border, Boundary::Open, Boundary::Open });
    for (Index node = 0; node < map.Places.Size(); ++node)
    {
      const Index3 place = map.Places.PlaceOf(node);
      const bool left = place[0] >= 2 && place[0] < 9 && place[1] > 14;
      const bool right = place[0] > 30 && place[0] < 36 && place[1] < 9;
      map.Nodes.Valid[static_cast<std::size_t>(node)] = left || right ? 1 : 0;
    }
    const Islands islands = FindIslands(map.Places, map.Nodes);
    const std::vector<IslandLink> links = FindLinks(map.Places, islands, Execution());
    ASSERT_EQ(links.size(), 1u);
    double shortest = std::numeric_limits<double>::infinity();
    for (Index a = 0; a < map.Places.Size(); ++a)
    {
      for (Index b = 0; b < map.Places.Size(); ++b)
      {
        if (islands.Labels[static_cast<std::size_t>(a)] == 1 &&
          islands.Labels[static_cast<std::size_t>(b)] == 2)
        {
          shortest = std::min(shortest, map.Distance(a, b));
        }
      }
    }
    EXPECT_NEAR(links[0].Length, shortest, 4.0 * Eps);
  }
}

// Oracle: closed form. Known masses are met; the others follow the tree of shortest links.
TEST(Islands, OffsetsFollowMassesAndShortestLinks)
{
  const std::vector<IslandLink> links{ { 1, 2, 0, 2, 1.0 }, { 1, 3, 1, 4, 9.0 },
    { 2, 3, 3, 5, 2.0 } };
  Eigen::VectorXd potential(6);
  potential << 1.0, 2.0, 10.0, 20.0, 100.0, 200.0;
  const Eigen::Vector3d logMasses(0.5, 1.0, 1.5);
  const Eigen::VectorXd free = IslandOffsets(links, potential, logMasses, {});
  EXPECT_DOUBLE_EQ(free[0], 0.0);
  EXPECT_DOUBLE_EQ(free[1], 1.0 - 10.0);
  EXPECT_DOUBLE_EQ(free[2], free[1] + 20.0 - 200.0);
  const Eigen::Vector3d wanted(0.0, 3.0, 6.0);
  const Eigen::VectorXd fixed = IslandOffsets(links, potential, logMasses, wanted);
  EXPECT_DOUBLE_EQ(fixed[1], std::log(3.0) - 1.0);
  EXPECT_DOUBLE_EQ(fixed[2], std::log(6.0) - 1.5);
  EXPECT_DOUBLE_EQ(fixed[0], fixed[1] + 10.0 - 1.0);
}
}
