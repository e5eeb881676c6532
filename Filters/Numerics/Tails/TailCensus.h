// SPDX-License-Identifier: BSD-3-Clause
#ifndef Tails_TailCensus_h
#define Tails_TailCensus_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Tails/TailMesh.h"

#include <array>
#include <vector>

namespace scorefields
{
/// Sums of weights times a product of factors over a box of nodes, and their first moments in nodes
/// from the first.
struct NodeSums
{
  double Sum = 0.0;
  Eigen::Array3d Moment = Eigen::Array3d::Zero();
};
/// @param factors  along each axis, for each of its nodes.
NodeSums SumNodes(const TailMesh& mesh, const Index3& first, const Index3& count,
  const std::array<std::vector<double>, 3>& factors);

/// A mesh cut into blocks of nodes, and what these hold: so that what counts somewhere can be found
/// without a look at every node. There are at most 16384 blocks on a line, 128 along each of two
/// axes, 25 along each of three.
struct TailCensus
{
  Index3 Side = Index3::Ones();   ///< nodes of a block; the last ones may have fewer
  Index3 Blocks = Index3::Ones(); ///< their numbers
  std::vector<double> LogPeak;    ///< log of the largest weight of each block, first axis fastest
  std::vector<double> LogSum;     ///< log of its weight
  std::vector<double> RowPeak;    ///< the largest LogPeak of a row of blocks
  std::vector<double> RowSum;     ///< the largest LogSum

  /// @param side  nodes of a block, at least. Cost: one pass over the mesh.
  TailCensus(const TailMesh& mesh, const Index3& side, const Execution& execution);

  Index RowCount() const { return this->Blocks[1] * this->Blocks[2]; }
  Index3 PlaceOf(Index block) const;
  double Bytes() const { return 16.0 * static_cast<double>(this->LogPeak.size()); }

  /// Along one axis, relative to the grid's origin: where a block's first and last node lie, and
  /// the middle of a whole block.
  double FirstOf(Index axis, Index block) const;
  double LastOf(Index axis, Index block) const;
  double MiddleOf(Index axis, Index block) const;

private:
  void CountRow(Index row);

  const TailMesh& Nodes;
};
}

#endif
