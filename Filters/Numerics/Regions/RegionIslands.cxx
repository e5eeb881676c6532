// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Regions/RegionIslands.h"

#include "Numerics/Base/Partition.h"
#include "Numerics/Regions/IslandRecords.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <unordered_map>

namespace scorefields
{
namespace
{
constexpr std::size_t Width = IslandRecordWidth;

/// The records of all parts: islands one after the other, and which are one.
struct Joined
{
  std::vector<std::array<double, Width>> Islands;
  Partition Sets;

  explicit Joined(const std::vector<double>& records)
  {
    std::unordered_map<Index, std::size_t> islandAt;
    for (std::size_t at = 0; at < records.size();)
    {
      const auto count = static_cast<std::size_t>(records[at]);
      const auto links = static_cast<std::size_t>(records[at + 1]);
      at += 2;
      const std::size_t first = this->Islands.size();
      this->Sets.Grow(static_cast<Index>(count));
      for (std::size_t i = 0; i < count; ++i, at += Width)
      {
        this->Islands.push_back(
          { { records[at], records[at + 1], records[at + 2], records[at + 3] } });
      }
      for (std::size_t i = 0; i < links; ++i, at += 2)
      {
        const std::size_t island = first + static_cast<std::size_t>(records[at + 1]);
        const auto [found, isNew] = islandAt.emplace(static_cast<Index>(records[at]), island);
        if (!isNew)
        {
          this->Sets.Unite(static_cast<Index>(found->second), static_cast<Index>(island));
        }
      }
    }
  }
};

void Add(const std::array<double, Width>& record, const Index3& count, RegionIsland& island)
{
  island.Share += record[0];
  island.Measure += record[1];
  const auto node = static_cast<Index>(record[3]);
  const Index3 place(node % count[0], node / count[0] % count[1], node / (count[0] * count[1]));
  const Index known =
    island.PeakPlace[0] + count[0] * (island.PeakPlace[1] + count[1] * island.PeakPlace[2]);
  if (std::make_tuple(record[2], -node) > std::make_tuple(island.Peak, -known))
  {
    island.Peak = record[2];
    island.PeakPlace = place;
  }
}
}

std::vector<RegionIsland> JoinIslands(const std::vector<double>& records, const RegionField& field,
  const RegionLevel& region, double total)
{
  Joined joined(records);
  std::vector<RegionIsland> islands;
  std::unordered_map<Index, std::size_t> numbers;
  double mass = 0.0;
  double measure = 0.0;
  for (std::size_t i = 0; i < joined.Islands.size(); ++i)
  {
    const auto [number, isNew] =
      numbers.emplace(joined.Sets.Find(static_cast<Index>(i)), islands.size());
    if (isNew)
    {
      islands.emplace_back();
    }
    Add(joined.Islands[i], field.Nodes().Whole.Dimensions, islands[number->second]);
    mass += joined.Islands[i][0];
    measure += joined.Islands[i][1];
  }
  for (RegionIsland& island : islands)
  {
    island.Share *= mass > 0.0 ? region.Share / mass : 1.0 / total;
    island.Measure *= measure > 0.0 ? region.Measure / measure : 1.0;
  }
  std::sort(islands.begin(), islands.end(),
    [](const RegionIsland& one, const RegionIsland& other)
    {
      const auto key = [](const RegionIsland& island)
      {
        return std::make_tuple(-island.Share, -island.Peak, island.PeakPlace[2],
          island.PeakPlace[1], island.PeakPlace[0]);
      };
      return key(one) < key(other);
    });
  return islands;
}
}
