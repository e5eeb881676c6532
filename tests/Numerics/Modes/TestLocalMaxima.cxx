// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Modes/LocalMaxima.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace scorefields
{
// Oracle: closed form. A parabola in the logarithm has its peak where it has it, to the rounding of
// logarithms below 4 over the spacing; plateaus count once.
TEST(LocalMaxima, OfAParabolaInTheLogarithm)
{
  Grid grid;
  grid.Dimensions = Index3(9, 7, 1);
  grid.Spacing = Eigen::Vector3d(0.5, 0.25, 1.0);
  const Eigen::Vector3d centre(1.6, 0.8, 0.0);
  Eigen::VectorXd values(grid.Size());
  for (Index node = 0; node < grid.Size(); ++node)
  {
    values[node] = std::exp(-(grid.Node(node) - centre).squaredNorm());
  }
  const std::vector<Index> maxima = LocalMaxima(grid, values.data(), 0.0);
  ASSERT_EQ(maxima.size(), 1u);
  EXPECT_EQ(maxima[0], NearestNode(grid, centre));
  EXPECT_LT((ParabolicPeak(grid, values.data(), maxima[0]) - centre).norm(), 1e-13);
  for (Index node = 0; node < grid.Size(); ++node)
  {
    EXPECT_EQ(ClimbOnGrid(grid, values.data(), node), maxima[0]);
  }
  EXPECT_TRUE(LocalMaxima(grid, values.data(), 1.0).empty());
  values.setOnes();
  EXPECT_EQ(LocalMaxima(grid, values.data(), 0.0), std::vector<Index>{ grid.Size() - 1 });
}
}
