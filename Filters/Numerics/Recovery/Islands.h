// SPDX-License-Identifier: BSD-3-Clause
#ifndef Recovery_Islands_h
#define Recovery_Islands_h

#include "Numerics/Recovery/Edges.h"
#include "Numerics/Recovery/Lattice.h"

#include <vector>

namespace scorefields
{
/// The valid nodes of a lattice, told apart by whether a way over valid neighbours leads from one
/// to the other. A difference of potentials is known within an island only.
struct Islands
{
  std::vector<int> Labels;  ///< one for each node: 0 not valid, else from 1 on, the largest first
  std::vector<Index> Sizes; ///< nodes of island 1, 2, ...

  Index Count() const { return static_cast<Index>(this->Sizes.size()); }
};

/// Islands of the same size stand in the order of their first nodes. Cost: O(N).
Islands FindIslands(const Lattice& lattice, const VectorNodes& nodes);

/// Two islands and the nodes at which they are closest.
struct IslandLink
{
  int From = 0;
  int To = 0; ///< more than From
  Index FromNode = 0;
  Index ToNode = 0;
  double Length = 0.0;
};

/// For each pair of islands that are neighbours, their closest nodes; in the order of the labels.
///
/// Islands are neighbours where two adjacent nodes of the lattice have their nearest valid nodes,
/// by the straight distance (around periodic axes), in one and the other. The nodes of the link are
/// the closest among these nearest ones. Every island is linked with every other one over others.
/// Cost: O(N) (Felzenszwalb, Huttenlocher 2012).
std::vector<IslandLink> FindLinks(
  const Lattice& lattice, const Islands& islands, const Execution& execution);

/// What is added to the potential of each island so that all are of one gauge.
///
/// Islands of known mass get it: their offset is the logarithm of the wanted mass less that of the
/// mass they have. Without any, island 1 stays as it is. To the others leads the tree of shortest
/// links, along which the potentials at both ends of a link become equal.
/// @param logMasses  of the islands' densities exp(u), with an offset of 0.
/// @param wanted     masses, in any unit; 0 where it is not known; or empty.
Eigen::VectorXd IslandOffsets(const std::vector<IslandLink>& links,
  const Eigen::VectorXd& potential, const Eigen::VectorXd& logMasses,
  const Eigen::VectorXd& wanted);
}

#endif
