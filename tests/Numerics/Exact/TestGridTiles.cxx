// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/GridTiles.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace scorefields
{
namespace exact
{
namespace
{
const Grid Nodes{ Eigen::Vector3d(-1.0, 7.0, 2.0), Eigen::Vector3d(0.1, 1.0, 0.07),
  Index3(53, 1, 41) };
const Axes Plane = Axes::FromFlags(true, false, true);

/// The nodes of the tiles, counted.
std::vector<int> Visits(const TiledGrid& tiles)
{
  std::vector<int> visits(static_cast<std::size_t>(Nodes.Size()), 0);
  for (Index number = 0; number < tiles.Count(); ++number)
  {
    const Tile tile = tiles.At(number);
    EXPECT_LE(tile.Size(), Tile::MostNodes);
    for (Index node = 0; node < tile.Size(); ++node)
    {
      ++visits[static_cast<std::size_t>(tiles.Entry(tile, node))];
    }
  }
  return visits;
}
}

// Oracle: definition. Tiles cover each node once, for kernels from far below to far above the
// spacing.
TEST(GridTiles, CoverEachNodeOnce)
{
  for (const double h : { 0.001, 0.05, 0.3, 20.0 })
  {
    const TiledGrid tiles(Nodes, GaussianKernel::Isotropic(Plane, h), 4);
    for (const int visits : Visits(tiles))
    {
      ASSERT_EQ(visits, 1) << h;
    }
  }
}

// Oracle: definition. Centre and offset lead to the node, to rounding of coordinates below 8; no
// node is farther than three bandwidths from the centre of a tile with more than one, along each
// axis.
TEST(GridTiles, OffsetsLeadToTheNodes)
{
  const double h = 0.15;
  const TiledGrid tiles(Nodes, GaussianKernel::Isotropic(Plane, h), 4);
  for (Index number = 0; number < tiles.Count(); ++number)
  {
    const Tile tile = tiles.At(number);
    const SplitPoint centre = tiles.Centre(tile);
    const ActiveVector half = tiles.Half(tile);
    for (Index node = 0; node < tile.Size(); ++node)
    {
      const ActiveVector offset = tiles.Offset(tile, node);
      const Eigen::Vector3d expected = Nodes.Node(tiles.Entry(tile, node));
      EXPECT_NEAR(centre.Value[0] + offset[0], expected[0], 1e-15);
      EXPECT_NEAR(centre.Value[1] + offset[1], expected[2], 2e-15);
      EXPECT_LE(std::abs(offset[0]), half[0]);
      EXPECT_LE(std::abs(offset[1]), half[1]);
      EXPECT_LE(half[0], 3.0 * h);
      EXPECT_LE(half[1], 3.0 * h);
    }
  }
}

// Oracle: definition. The two halves of a tile hold its nodes, each once; a lattice puts them where
// the offsets do.
TEST(GridTiles, HalvesAndLatticesHoldTheSameNodes)
{
  const TiledGrid tiles(Nodes, GaussianKernel::Isotropic(Plane, 0.3), 10);
  for (Index number = 0; number < tiles.Count(); ++number)
  {
    const Tile tile = tiles.At(number);
    ASSERT_GT(tile.Size(), 1);
    std::vector<int> visits(static_cast<std::size_t>(Nodes.Size()), 0);
    Index count = 0;
    for (const Tile& half : tiles.Halves(tile, tiles.Half(tile)))
    {
      for (Index node = 0; node < half.Size(); ++node, ++count)
      {
        EXPECT_EQ(++visits[static_cast<std::size_t>(tiles.Entry(half, node))], 1);
      }
    }
    EXPECT_EQ(count, tile.Size());
    const Lattice lattice = tiles.LatticeOf(tile);
    for (Index node = 0; node < tile.Size(); ++node)
    {
      EXPECT_EQ(visits[static_cast<std::size_t>(tiles.Entry(tile, node))], 1);
      const Index3 place = tiles.LatticePlace(tile, node);
      const ActiveVector delta = lattice.Offset(
        static_cast<int>(place[0]), static_cast<int>(place[1]), static_cast<int>(place[2]));
      EXPECT_EQ(delta, tiles.Offset(tile, node));
    }
  }
}
}
}
