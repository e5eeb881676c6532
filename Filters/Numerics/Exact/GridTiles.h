// SPDX-License-Identifier: BSD-3-Clause
#ifndef Exact_GridTiles_h
#define Exact_GridTiles_h

#include "Numerics/Exact/LatticeSum.h"
#include "Numerics/Exact/LocalFrame.h"

#include <array>

namespace scorefields
{
namespace exact
{
/// A box of grid nodes.
struct Tile
{
  static constexpr Index MostNodes = 512;

  Index3 First = Index3::Zero();
  Index3 Nodes = Index3::Ones();

  Index Size() const { return this->Nodes.prod(); }
  Index3 Local(Index node) const;
};

/// A grid cut into tiles small enough, against the bandwidth, for one LocalFrame each: along an
/// active axis a tile reaches at most three bandwidths from its centre, along others it has one
/// node.
class TiledGrid
{
public:
  /// @param moments  how many sums per node are wanted, for the choice between lattice and points.
  TiledGrid(const Grid& grid, const GaussianKernel& kernel, int moments);

  Index Count() const { return this->TileCounts.prod(); }
  Tile At(Index number) const;
  /// The tile's centre is its node Nodes / 2.
  SplitPoint Centre(const Tile& tile) const;
  ActiveVector Half(const Tile& tile) const;
  /// delta of a node.
  ActiveVector Offset(const Tile& tile, Index node) const;
  Index Entry(const Tile& tile, Index node) const;
  /// Two halves of a tile of more than one node, across the axis of largest reach.
  std::array<Tile, 2> Halves(const Tile& tile, const ActiveVector& reach) const;

  /// Whether sums over a lattice are expected to be cheaper than sums point by point.
  bool PrefersLattice(const Tile& tile, int moments) const;
  Lattice LatticeOf(const Tile& tile) const;
  /// Column, row and layer of a node.
  Index3 LatticePlace(const Tile& tile, Index node) const;

private:
  Grid Nodes;
  Axes Active;
  Index3 TileCounts = Index3::Ones();
};
}
}

#endif
