// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Recovery/Islands.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

namespace scorefields
{
namespace
{
constexpr double Infinity = std::numeric_limits<double>::infinity();

/// Finds for each place of a line the place p for which (x - x_p)^2 + height_p is least: the lowest
/// of the parabolas that stand over the places.
class Parabolas
{
public:
  Parabolas(Index count, double spacing, bool periodic)
    : Count(count)
    , Spacing(spacing)
    , Copies(periodic ? 3 : 1)
  {
  }

  /// @param least  for each place, p; or -1 if all heights are infinite.
  void Run(const std::vector<double>& heights, std::vector<Index>& least)
  {
    this->Build(heights);
    least.assign(static_cast<std::size_t>(this->Count), -1);
    std::size_t next = 0;
    const Index first = this->Copies == 3 ? this->Count : 0;
    for (Index place = 0; place < this->Count && !this->Places.empty(); ++place)
    {
      while (next + 1 < this->Places.size() &&
        this->Starts[next + 1] <= static_cast<double>(first + place))
      {
        ++next;
      }
      least[static_cast<std::size_t>(place)] = this->Places[next] % this->Count;
    }
  }

private:
  double HeightAt(const std::vector<double>& heights, Index place) const
  {
    return heights[static_cast<std::size_t>(place % this->Count)];
  }

  /// The lower envelope: which parabola is lowest from where on. A periodic line stands three times
  /// in a row.
  void Build(const std::vector<double>& heights)
  {
    this->Places.clear();
    this->Starts.clear();
    const double square = this->Spacing * this->Spacing;
    for (Index place = 0; place < this->Copies * this->Count; ++place)
    {
      const double height = this->HeightAt(heights, place);
      if (height == Infinity)
      {
        continue;
      }
      double start = -Infinity;
      while (!this->Places.empty())
      {
        const Index before = this->Places.back();
        const double rise = (height - this->HeightAt(heights, before)) / square;
        const auto width = static_cast<double>(place - before);
        start = 0.5 * (rise / width + static_cast<double>(place + before));
        if (start > this->Starts.back())
        {
          break;
        }
        this->Places.pop_back();
        this->Starts.pop_back();
        start = -Infinity;
      }
      this->Places.push_back(place);
      this->Starts.push_back(start);
    }
  }

  Index Count;
  double Spacing;
  Index Copies;
  std::vector<Index> Places;
  std::vector<double> Starts;
};

/// For each node, the nearest valid one.
class NearestNodes
{
public:
  NearestNodes(const Lattice& lattice, const Islands& islands, const Execution& execution)
    : Nodes(lattice)
    , Nearest(islands.Labels.size(), -1)
    , Heights(islands.Labels.size(), Infinity)
  {
    for (std::size_t node = 0; node < islands.Labels.size(); ++node)
    {
      if (islands.Labels[node] > 0)
      {
        this->Nearest[node] = static_cast<Index>(node);
        this->Heights[node] = 0.0;
      }
    }
    for (int axis = 0; axis < 3; ++axis)
    {
      if (lattice.HasEdges(axis))
      {
        this->Sweep(axis, execution);
      }
    }
  }

  Index At(Index node) const { return this->Nearest[static_cast<std::size_t>(node)]; }

  double Distance(Index a, Index b) const
  {
    const Index3 places = this->Nodes.PlaceOf(a) - this->Nodes.PlaceOf(b);
    double square = 0.0;
    for (int axis = 0; axis < 3; ++axis)
    {
      Index steps = std::abs(places[axis]);
      if (this->Nodes.IsPeriodic(axis))
      {
        steps = std::min(steps, this->Nodes.Dimensions()[axis] - steps);
      }
      const double length = static_cast<double>(steps) * this->Nodes.Spacing(axis);
      square += length * length;
    }
    return std::sqrt(square);
  }

private:
  void Sweep(int axis, const Execution& execution)
  {
    const Index count = this->Nodes.Dimensions()[axis];
    const Index stride = this->Nodes.Stride(axis);
    execution.For(this->Nodes.Size() / count,
      [&](Index begin, Index end)
      {
        Parabolas parabolas(count, this->Nodes.Spacing(axis), this->Nodes.IsPeriodic(axis));
        for (Index line = begin; line < end; ++line)
        {
          this->SweepLine(line / stride * stride * count + line % stride, count, axis, parabolas);
        }
      });
  }

  void SweepLine(Index first, Index count, int axis, Parabolas& parabolas)
  {
    const Index stride = this->Nodes.Stride(axis);
    std::vector<double> heights(static_cast<std::size_t>(count));
    std::vector<Index> nearest(heights.size());
    std::vector<Index> least;
    for (std::size_t j = 0; j < heights.size(); ++j)
    {
      const auto node = static_cast<std::size_t>(first + static_cast<Index>(j) * stride);
      heights[j] = this->Heights[node];
      nearest[j] = this->Nearest[node];
    }
    parabolas.Run(heights, least);
    for (std::size_t j = 0; j < heights.size() && least[j] >= 0; ++j)
    {
      const auto from = static_cast<std::size_t>(least[j]);
      const auto node = static_cast<std::size_t>(first + static_cast<Index>(j) * stride);
      Index steps = std::abs(static_cast<Index>(j) - least[j]);
      steps = this->Nodes.IsPeriodic(axis) ? std::min(steps, count - steps) : steps;
      const double length = static_cast<double>(steps) * this->Nodes.Spacing(axis);
      this->Heights[node] = heights[from] + length * length;
      this->Nearest[node] = nearest[from];
    }
  }

  const Lattice& Nodes;
  std::vector<Index> Nearest;
  std::vector<double> Heights; ///< squared distances
};

/// Keeps the shortest link of each pair.
class Links
{
public:
  void Add(IslandLink link)
  {
    if (link.From > link.To)
    {
      std::swap(link.From, link.To);
      std::swap(link.FromNode, link.ToNode);
    }
    const auto found = this->Shortest.find({ link.From, link.To });
    if (found == this->Shortest.end())
    {
      this->Shortest.emplace(std::make_pair(link.From, link.To), link);
    }
    else if (link.Length < found->second.Length)
    {
      found->second = link;
    }
  }
  std::vector<IslandLink> Sorted() const
  {
    std::vector<IslandLink> links;
    for (const auto& pair : this->Shortest)
    {
      links.push_back(pair.second);
    }
    return links;
  }

private:
  std::map<std::pair<int, int>, IslandLink> Shortest;
};
}

std::vector<IslandLink> FindLinks(
  const Lattice& lattice, const Islands& islands, const Execution& execution)
{
  if (islands.Count() < 2)
  {
    return {};
  }
  const NearestNodes nearest(lattice, islands, execution);
  Links links;
  for (Index node = 0; node < lattice.Size(); ++node)
  {
    const Index3 place = lattice.PlaceOf(node);
    for (int axis = 0; axis < 3; ++axis)
    {
      const Index there = lattice.HasEdges(axis) ? lattice.Beside(axis, place[axis], 1) : -1;
      if (there < 0)
      {
        continue;
      }
      const Index here = nearest.At(node);
      const Index other = nearest.At(node + (there - place[axis]) * lattice.Stride(axis));
      const int from = islands.Labels[static_cast<std::size_t>(here)];
      const int to = islands.Labels[static_cast<std::size_t>(other)];
      if (from != to)
      {
        links.Add(IslandLink{ from, to, here, other, nearest.Distance(here, other) });
      }
    }
  }
  return links.Sorted();
}
}
