// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Recovery/Lattice.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace scorefields
{
namespace
{
Grid ThinBox()
{
  Grid grid;
  grid.Dimensions = Index3(5, 1, 4);
  grid.Spacing = Eigen::Vector3d(0.5, 3.0, -2.0);
  return grid;
}

constexpr Boundaries PeriodicAlongX{ Boundary::Periodic, Boundary::Open, Boundary::Open };
}

// Oracle: definition. The last layer of a periodic axis is the first one.
TEST(Lattice, LastLayerOfAPeriodicAxisIsTheFirst)
{
  const Lattice lattice(ThinBox(), PeriodicAlongX);
  EXPECT_EQ(lattice.Dimensions(), Index3(4, 1, 4));
  EXPECT_EQ(lattice.NodeAt(Index3(4, 0, 2)), lattice.NodeAt(Index3(0, 0, 2)));
  EXPECT_EQ(lattice.Beside(0, 3, 1), 0);
  EXPECT_EQ(lattice.Beside(0, 0, -1), 3);
  EXPECT_EQ(lattice.Beside(2, 3, 1), -1);
  EXPECT_EQ(lattice.RowBeside(2, 1, 1), 2);
  EXPECT_EQ(lattice.RowBeside(2, 3, 1), -1);
  for (Index node = 0; node < lattice.Size(); ++node)
  {
    EXPECT_EQ(lattice.NodeAt(lattice.PlaceOf(node)), node);
  }
}

// Oracle: the measures of all nodes are together that of the box, which is 2 by 6; a flat axis
// counts as 1. All numbers are sums of powers of 2.
TEST(Lattice, MeasuresAddUpToTheBox)
{
  for (const Boundaries& borders : { PeriodicAlongX, Boundaries{} })
  {
    const Lattice lattice(ThinBox(), borders);
    double sum = 0.0;
    for (Index node = 0; node < lattice.Size(); ++node)
    {
      sum += lattice.Measure(lattice.PlaceOf(node));
    }
    EXPECT_EQ(sum, 12.0);
  }
}

// Oracle: definition. Two layers of a periodic axis are one, which has no neighbour.
TEST(Lattice, TwoPeriodicLayersAreFlat)
{
  Grid grid = ThinBox();
  grid.Dimensions[0] = 2;
  const Lattice lattice(grid, PeriodicAlongX);
  EXPECT_FALSE(lattice.HasEdges(0));
  EXPECT_FALSE(lattice.IsPeriodic(0));
  EXPECT_EQ(lattice.Beside(0, 0, 1), -1);
  EXPECT_DOUBLE_EQ(lattice.Measure(Index3(0, 0, 1)), 1.0);
}

// Contract: the message names axis and value; a flat axis may have any spacing.
TEST(Lattice, SpacingsMustNotBeZero)
{
  Grid grid = ThinBox();
  grid.Spacing[1] = 0.0;
  EXPECT_NO_THROW(Lattice(grid, Boundaries{}));
  grid.Spacing[2] = 0.0;
  try
  {
    const Lattice lattice(grid, Boundaries{});
    FAIL();
  }
  catch (const std::invalid_argument& error)
  {
    EXPECT_NE(std::string(error.what()).find("spacing along z is 0"), std::string::npos);
  }
  grid.Spacing[2] = std::nan("");
  EXPECT_THROW(Lattice(grid, Boundaries{}), std::invalid_argument);
}
}
