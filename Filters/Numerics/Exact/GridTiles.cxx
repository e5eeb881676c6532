// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/GridTiles.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace exact
{
namespace
{
/// The most nodes along the axes of a tile, by dimension.
constexpr int MostAlong[3][3] = { { 48, 1, 1 }, { 16, 16, 1 }, { 8, 8, 8 } };

/// In one dimension a lattice has 8 columns and 8 rows on the same axis; node 36 is its centre.
constexpr int LineCentre = 36;

/// How far a tile may reach from its centre, in bandwidths: wider tiles keep samples that count in
/// a part of them only. Sums point by point have less to gain from width.
constexpr double LatticeReach = 3.0;
constexpr double PointsReach = 1.5;

Index3 TileSize(const Grid& grid, const GaussianKernel& kernel, double reach)
{
  Index3 size = Index3::Ones();
  for (int a = 0; a < kernel.Dimension(); ++a)
  {
    const int axis = kernel.ActiveAxes().Axis[a];
    const double step = std::abs(grid.Spacing[axis]) * std::sqrt(kernel.Precision()(axis, axis));
    Index nodes = MostAlong[kernel.Dimension() - 1][a];
    while (nodes > 1 && static_cast<double>(nodes / 2) * step > reach)
    {
      nodes /= 2;
    }
    size[axis] = std::min(nodes, grid.Dimensions[axis]);
  }
  return size;
}

int Padded(Index nodes)
{
  return nodes <= LaneCount ? LaneCount : 2 * LaneCount;
}
}

Index3 Tile::Local(Index node) const
{
  const Index row = node / this->Nodes[0];
  return Index3(node % this->Nodes[0], row % this->Nodes[1], row / this->Nodes[1]);
}

TiledGrid::TiledGrid(const Grid& grid, const GaussianKernel& kernel, int moments)
  : Nodes(grid)
  , Active(kernel.ActiveAxes())
{
  Tile tile;
  tile.Nodes = TileSize(grid, kernel, LatticeReach);
  if (!this->PrefersLattice(tile, moments))
  {
    tile.Nodes = TileSize(grid, kernel, PointsReach);
  }
  for (int axis = 0; axis < 3; ++axis)
  {
    this->TileCounts[axis] = (grid.Dimensions[axis] + tile.Nodes[axis] - 1) / tile.Nodes[axis];
  }
}

Tile TiledGrid::At(Index number) const
{
  const Index row = number / this->TileCounts[0];
  const Index3 place(
    number % this->TileCounts[0], row % this->TileCounts[1], row / this->TileCounts[1]);
  Tile tile;
  for (int axis = 0; axis < 3; ++axis)
  {
    const Index nodes = this->Nodes.Dimensions[axis];
    tile.First[axis] = nodes * place[axis] / this->TileCounts[axis];
    tile.Nodes[axis] = nodes * (place[axis] + 1) / this->TileCounts[axis] - tile.First[axis];
  }
  return tile;
}

SplitPoint TiledGrid::Centre(const Tile& tile) const
{
  SplitPoint centre;
  for (int a = 0; a < this->Active.Count; ++a)
  {
    const int axis = this->Active.Axis[a];
    const auto index = static_cast<double>(tile.First[axis] + tile.Nodes[axis] / 2);
    const double origin = this->Nodes.Origin[axis];
    // Origin + index * Spacing with the rounding errors of product and sum kept apart.
    const double product = index * this->Nodes.Spacing[axis];
    const double productError = std::fma(index, this->Nodes.Spacing[axis], -product);
    const double sum = origin + product;
    const double shared = sum - origin;
    const double sumError = (origin - (sum - shared)) + (product - shared);
    centre.Value[static_cast<std::size_t>(a)] = sum;
    centre.Remainder[static_cast<std::size_t>(a)] = sumError + productError;
  }
  return centre;
}

ActiveVector TiledGrid::Half(const Tile& tile) const
{
  ActiveVector half{};
  for (int a = 0; a < this->Active.Count; ++a)
  {
    const int axis = this->Active.Axis[a];
    half[static_cast<std::size_t>(a)] =
      static_cast<double>(tile.Nodes[axis] / 2) * std::abs(this->Nodes.Spacing[axis]);
  }
  return half;
}

ActiveVector TiledGrid::Offset(const Tile& tile, Index node) const
{
  const Index3 local = tile.Local(node);
  ActiveVector offset{};
  for (int a = 0; a < this->Active.Count; ++a)
  {
    const int axis = this->Active.Axis[a];
    offset[static_cast<std::size_t>(a)] =
      static_cast<double>(local[axis] - tile.Nodes[axis] / 2) * this->Nodes.Spacing[axis];
  }
  return offset;
}

Index TiledGrid::Entry(const Tile& tile, Index node) const
{
  const Index3 place = tile.First + tile.Local(node);
  return place[0] + this->Nodes.Dimensions[0] * (place[1] + this->Nodes.Dimensions[1] * place[2]);
}

std::array<Tile, 2> TiledGrid::Halves(const Tile& tile, const ActiveVector& reach) const
{
  int widest = this->Active.Axis[0];
  double largest = -1.0;
  for (int a = 0; a < this->Active.Count; ++a)
  {
    const int axis = this->Active.Axis[a];
    if (tile.Nodes[axis] > 1 && reach[static_cast<std::size_t>(a)] > largest)
    {
      widest = axis;
      largest = reach[static_cast<std::size_t>(a)];
    }
  }
  std::array<Tile, 2> halves{ { tile, tile } };
  halves[0].Nodes[widest] = tile.Nodes[widest] / 2;
  halves[1].First[widest] += halves[0].Nodes[widest];
  halves[1].Nodes[widest] -= halves[0].Nodes[widest];
  return halves;
}

bool TiledGrid::PrefersLattice(const Tile& tile, int moments) const
{
  // Vector operations per eight samples, measured.
  const Lattice lattice = this->LatticeOf(tile);
  const double places = static_cast<double>(lattice.Columns.Count * lattice.RowCount());
  const double byLattice = 30.0 * LaneCount + places * moments;
  const double byPoints = static_cast<double>(tile.Size()) * (18.0 + 2.0 * moments);
  return byLattice < byPoints;
}

Lattice TiledGrid::LatticeOf(const Tile& tile) const
{
  const Eigen::Vector3i& axis = this->Active.Axis;
  Lattice lattice;
  lattice.Columns.Step = this->Nodes.Spacing[axis[0]];
  if (this->Active.Count == 1)
  {
    lattice.Columns.Count = LaneCount;
    lattice.Rows = { 0, LaneCount * lattice.Columns.Step, LaneCount };
    return lattice;
  }
  lattice.Columns.Count = Padded(tile.Nodes[axis[0]]);
  lattice.Rows = { 1, this->Nodes.Spacing[axis[1]], Padded(tile.Nodes[axis[1]]) };
  if (this->Active.Count == 3)
  {
    lattice.Layers = { 2, this->Nodes.Spacing[axis[2]], static_cast<int>(tile.Nodes[axis[2]]) };
  }
  return lattice;
}

Index3 TiledGrid::LatticePlace(const Tile& tile, Index node) const
{
  const Index3 local = tile.Local(node);
  const Eigen::Vector3i& axis = this->Active.Axis;
  if (this->Active.Count == 1)
  {
    const Index place = local[axis[0]] - tile.Nodes[axis[0]] / 2 + LineCentre;
    return Index3(place % LaneCount, place / LaneCount, 0);
  }
  // Centres coincide: node Nodes / 2 is at column or row Count / 2.
  const auto along = [&tile, &local, &axis](int a)
  {
    const Index nodes = tile.Nodes[axis[a]];
    return local[axis[a]] - nodes / 2 + Padded(nodes) / 2;
  };
  return Index3(along(0), along(1), this->Active.Count == 3 ? local[axis[2]] : 0);
}
}
}
