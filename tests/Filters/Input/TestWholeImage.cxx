// SPDX-License-Identifier: BSD-3-Clause
#include "Input/WholeImage.h"

#include "Pipeline/Communicator.h"
#include "support/DensityImage.h"

#include <gtest/gtest.h>

#include <vector>

namespace vtkscorefields
{
// Contract: one rank's part is the whole and is not copied. Plugin.Parallel has parts of two ranks.
TEST(WholeImage, OneRankHasTheWhole)
{
  scorefields::Grid grid;
  grid.Origin = Eigen::Vector3d(-1.0, 2.0, 0.0);
  grid.Spacing = Eigen::Vector3d(0.5, 0.25, 1.0);
  grid.Dimensions = scorefields::Index3(4, 3, 1);
  const auto image =
    DensityImage(grid, "LogDensity", [](const Eigen::Vector3d& x) { return x[0]; });
  const std::vector<double> logDensity(12, -1.0);
  const WholeImage whole = GatherImage(image, logDensity.data(), Communicator(nullptr));
  EXPECT_EQ(whole.LogDensity, logDensity.data());
  EXPECT_TRUE(whole.Storage.empty());
  EXPECT_EQ(whole.Nodes.Dimensions, grid.Dimensions);
  EXPECT_EQ(whole.Nodes.Origin, grid.Origin);
  EXPECT_EQ(whole.Nodes.Spacing, grid.Spacing);
  EXPECT_EQ(whole.Offset, scorefields::Index3(0, 0, 0));
}
}
