// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Modes/SuperlevelTree.h"

#include "Numerics/Base/Partition.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace
{
constexpr Index None = -1;

std::vector<Index3> EdgesOf(const Grid& grid)
{
  std::vector<Index3> edges;
  for (int bits = 1; bits < 8; ++bits)
  {
    const Index3 step(bits & 1, bits >> 1 & 1, bits >> 2);
    const bool exists = (step.array() == 0 || grid.Dimensions.array() > 1).all();
    if (exists)
    {
      edges.push_back(step);
      edges.emplace_back(-step);
    }
  }
  return edges;
}

bool IsHigher(const NodeField& field, Index one, Index other)
{
  const double* values = field.Values;
  return values[one] > values[other] || (values[one] == values[other] && one < other);
}

/// The nodes that are there, from the highest on; of a periodic seam those of the first layer.
std::vector<Index> FallingNodes(const NodeField& field)
{
  const Index3 layers = field.Layers();
  const Index3& n = field.Nodes.Dimensions;
  std::vector<Index> nodes;
  for (Index k = 0; k < layers[2]; ++k)
  {
    for (Index j = 0; j < layers[1]; ++j)
    {
      for (Index i = 0; i < layers[0]; ++i)
      {
        const Index node = i + n[0] * (j + n[1] * k);
        if (!std::isnan(field.Values[node]))
        {
          nodes.push_back(node);
        }
      }
    }
  }
  std::sort(nodes.begin(), nodes.end(),
    [&field](Index one, Index other) { return IsHigher(field, one, other); });
  return nodes;
}
}

Index3 NodeField::Layers() const
{
  Index3 layers = this->Nodes.Dimensions;
  for (int axis = 0; axis < 3; ++axis)
  {
    const bool periodic = this->Boundaries[static_cast<std::size_t>(axis)] == Boundary::Periodic;
    layers[axis] -= periodic && layers[axis] > 1 ? 1 : 0;
  }
  return layers;
}

Index NodeField::Beside(Index node, const Index3& steps) const
{
  const Index3& n = this->Nodes.Dimensions;
  const Index3 layers = this->Layers();
  Index3 place(node % n[0], node / n[0] % n[1], node / (n[0] * n[1]));
  for (int axis = 0; axis < 3; ++axis)
  {
    place[axis] += steps[axis];
    if (layers[axis] < n[axis])
    {
      place[axis] = (place[axis] + layers[axis]) % layers[axis];
    }
    if (place[axis] < 0 || place[axis] >= n[axis])
    {
      return None;
    }
  }
  return place[0] + n[0] * (place[1] + n[1] * place[2]);
}

SuperlevelTree TreeOfSuperlevels(const NodeField& field)
{
  const std::vector<Index> falling = FallingNodes(field);
  const std::vector<Index3> edges = EdgesOf(field.Nodes);
  std::vector<Index> rank(static_cast<std::size_t>(field.Nodes.Size()), None);
  // Members are ranks, so that a set is named by its highest node.
  Partition islands(static_cast<Index>(falling.size()));
  SuperlevelTree tree;
  for (std::size_t r = 0; r < falling.size(); ++r)
  {
    const Index node = falling[r];
    const auto own = static_cast<Index>(r);
    rank[static_cast<std::size_t>(node)] = own;
    for (const Index3& edge : edges)
    {
      const Index beside = field.Beside(node, edge);
      const Index other = beside == None ? None : rank[static_cast<std::size_t>(beside)];
      if (other == None || other == own)
      {
        continue;
      }
      const Index mine = islands.Find(own);
      const Index theirs = islands.Find(other);
      if (mine != own && mine != theirs)
      {
        const auto peak = [&](Index island) { return falling[static_cast<std::size_t>(island)]; };
        tree.Merges.push_back({ node, peak(std::min(mine, theirs)), peak(std::max(mine, theirs)) });
      }
      islands.Unite(own, other);
    }
    if (islands.Find(own) == own)
    {
      tree.Peaks.push_back(node);
    }
  }
  return tree;
}

Index PeakAbove(const NodeField& field, Index node)
{
  const std::vector<Index3> edges = EdgesOf(field.Nodes);
  for (Index highest = node;; node = highest)
  {
    for (const Index3& edge : edges)
    {
      const Index beside = field.Beside(node, edge);
      const bool rises = beside != None && IsHigher(field, beside, highest);
      highest = rises ? beside : highest; // a value that is not a number is not higher
    }
    if (highest == node)
    {
      return node;
    }
  }
}
}
