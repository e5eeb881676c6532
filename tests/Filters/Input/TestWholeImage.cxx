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

// Oracle: definition: the nodes of an image that is turned, and whose extent does not begin at 0,
// are whole numbers of spacings from the first one.
TEST(WholeImage, PlacesAreCountedFromTheFirstNode)
{
  vtkNew<vtkImageData> image;
  image->SetExtent(3, 6, -2, 0, 5, 7);
  image->SetOrigin(1.0, -2.0, 0.5);
  image->SetSpacing(0.5, 0.25, 2.0);
  image->SetDirectionMatrix(0, 0, 1, 1, 0, 0, 0, 1, 0);
  const WholeNodes whole = JoinNodes(image, Communicator(nullptr));
  EXPECT_EQ(whole.Nodes.Dimensions, scorefields::Index3(4, 3, 3));
  EXPECT_EQ(whole.Offset, scorefields::Index3(0, 0, 0));
  for (vtkIdType node = 0; node < image->GetNumberOfPoints(); ++node)
  {
    Eigen::Vector3d point;
    image->GetPoint(node, point.data());
    const Eigen::Vector3d place(static_cast<double>(node % 4), static_cast<double>(node / 4 % 3),
      static_cast<double>(node / 12));
    EXPECT_LE((whole.PlaceOf(point) - place).norm(), 1e-14);
  }
}
}
