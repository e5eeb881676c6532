// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/GridImage.h"

#include <vtkImageData.h>
#include <vtkNew.h>

#include <gtest/gtest.h>

namespace vtkscorefields
{
namespace
{
using scorefields::Grid;
using scorefields::Index3;
using scorefields::NodeBlock;

Grid Nodes(const Index3& dimensions)
{
  return { Eigen::Vector3d(1.0, 2.0, 3.0), Eigen::Vector3d(0.5, 0.25, 1.0), dimensions };
}
}

// Oracle: definition. The extent of all nodes; a request is cut to what the image has.
TEST(GridImage, BlocksAreThePartsAskedFor)
{
  const Grid grid = Nodes(Index3(10, 8, 1));
  EXPECT_EQ(WholeExtent(grid.Dimensions), (std::array<int, 6>{ { 0, 9, 0, 7, 0, 0 } }));
  const int announced[6] = { 0, 9, 0, 7, 0, 0 };
  const int requested[6] = { 3, 5, -2, 99, 4, 4 };
  const NodeBlock block = BlockOf(requested, announced, grid);
  EXPECT_EQ(block.First, Index3(3, 0, 0));
  EXPECT_EQ(block.Dimensions, Index3(3, 8, 1)); // the flat axis is there wherever it was asked for
  const int outside[6] = { 20, 30, 0, 7, 0, 0 };
  EXPECT_EQ(BlockOf(outside, announced, grid).Dimensions[0], 0);
}

// Contract: an axis for which one node was announced, and which has more, is there as a whole.
TEST(GridImage, AnAxisThatTurnsOutLongerIsWhole)
{
  const int announced[6] = { 0, 9, 0, 7, 0, 0 };
  const NodeBlock block = BlockOf(announced, announced, Nodes(Index3(10, 8, 5)));
  EXPECT_EQ(block.Dimensions, Index3(10, 8, 5));
}

// Oracle: definition. A node of the image lies where it lies in the grid.
TEST(GridImage, ImagesLieWhereTheGridDoes)
{
  const Grid grid = Nodes(Index3(10, 8, 4));
  vtkNew<vtkImageData> image;
  ShapeImage(image, grid, NodeBlock{ Index3(2, 3, 1), Index3(4, 5, 2) });
  ASSERT_EQ(image->GetNumberOfPoints(), 40);
  Eigen::Vector3d point;
  image->GetPoint(1 + 4 * (2 + 5 * 1), point.data());
  EXPECT_EQ(point, grid.Node(3, 5, 2));
}
}
