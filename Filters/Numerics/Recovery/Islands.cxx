// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Recovery/Islands.h"

#include "Numerics/Base/Partition.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace
{
void UniteNeighbours(const Lattice& lattice, const VectorNodes& nodes, Partition& sets)
{
  const Index columns = lattice.Dimensions()[0];
  for (Index row = 0; row < lattice.Rows(); ++row)
  {
    const Index next[3] = { row, lattice.HasEdges(1) ? lattice.RowBeside(1, row, 1) : -1,
      lattice.HasEdges(2) ? lattice.RowBeside(2, row, 1) : -1 };
    for (Index i = 0; i < columns; ++i)
    {
      const Index node = row * columns + i;
      for (int axis = 0; axis < 3 && nodes.IsValid(node); ++axis)
      {
        const Index place = axis == 0 && lattice.HasEdges(0) ? lattice.Beside(0, i, 1) : i;
        const Index other = next[axis] * columns + place;
        if (next[axis] >= 0 && place >= 0 && nodes.IsValid(other))
        {
          sets.Unite(node, other);
        }
      }
    }
  }
}
}

Islands FindIslands(const Lattice& lattice, const VectorNodes& nodes)
{
  const Index size = lattice.Size();
  Islands islands;
  islands.Labels.assign(static_cast<std::size_t>(size), 1);
  if (nodes.Valid.empty())
  {
    islands.Sizes.assign(1, size);
    return islands;
  }
  Partition sets(size);
  UniteNeighbours(lattice, nodes, sets);
  std::vector<Index> firsts; // in the order of the nodes, so the least of each set comes first
  std::vector<Index> counts(static_cast<std::size_t>(size), 0);
  for (Index node = 0; node < size; ++node)
  {
    if (nodes.IsValid(node))
    {
      const Index first = sets.Find(node);
      if (counts[static_cast<std::size_t>(first)]++ == 0)
      {
        firsts.push_back(first);
      }
    }
  }
  std::stable_sort(firsts.begin(), firsts.end(),
    [&](Index a, Index b)
    { return counts[static_cast<std::size_t>(a)] > counts[static_cast<std::size_t>(b)]; });
  for (const Index first : firsts)
  {
    Index& count = counts[static_cast<std::size_t>(first)];
    islands.Sizes.push_back(count);
    count = islands.Count(); // from here on the label
  }
  for (Index node = 0; node < size; ++node)
  {
    islands.Labels[static_cast<std::size_t>(node)] =
      nodes.IsValid(node) ? static_cast<int>(counts[static_cast<std::size_t>(sets.Find(node))]) : 0;
  }
  return islands;
}

namespace
{
/// The tree of shortest links between islands, or between those of known offset and the others.
class LinkTree
{
public:
  LinkTree(const std::vector<IslandLink>& links, Partition& groups, Index count)
    : Branches(static_cast<std::size_t>(count))
  {
    std::vector<IslandLink> sorted = links;
    std::stable_sort(sorted.begin(), sorted.end(),
      [](const IslandLink& a, const IslandLink& b) { return a.Length < b.Length; });
    for (const IslandLink& link : sorted)
    {
      if (groups.Unite(link.From - 1, link.To - 1))
      {
        this->At(link.From).push_back(link);
        this->At(link.To).push_back(
          IslandLink{ link.To, link.From, link.ToNode, link.FromNode, link.Length });
      }
    }
  }
  /// The links that lead away from an island.
  std::vector<IslandLink>& At(int label)
  {
    return this->Branches[static_cast<std::size_t>(label - 1)];
  }

private:
  std::vector<std::vector<IslandLink>> Branches;
};
}

Eigen::VectorXd IslandOffsets(const std::vector<IslandLink>& links,
  const Eigen::VectorXd& potential, const Eigen::VectorXd& logMasses, const Eigen::VectorXd& wanted)
{
  const Index count = logMasses.size();
  Eigen::VectorXd offsets = Eigen::VectorXd::Zero(count);
  Partition groups(count);
  std::vector<int> reached; // islands of known offset, from which the links are followed
  for (Index island = 0; island < wanted.size(); ++island)
  {
    if (wanted[island] > 0.0)
    {
      offsets[island] = std::log(wanted[island]) - logMasses[island];
      reached.push_back(static_cast<int>(island + 1));
      groups.Unite(reached.front() - 1, island);
    }
  }
  if (reached.empty())
  {
    reached.push_back(1);
  }
  std::vector<bool> known(static_cast<std::size_t>(count + 1), false);
  for (const int label : reached)
  {
    known[static_cast<std::size_t>(label)] = true;
  }
  LinkTree tree(links, groups, count);
  for (std::size_t next = 0; next < reached.size(); ++next)
  {
    for (const IslandLink& link : tree.At(reached[next]))
    {
      if (!known[static_cast<std::size_t>(link.To)])
      {
        known[static_cast<std::size_t>(link.To)] = true;
        offsets[link.To - 1] =
          offsets[link.From - 1] + potential[link.FromNode] - potential[link.ToNode];
        reached.push_back(link.To);
      }
    }
  }
  return offsets;
}
}
