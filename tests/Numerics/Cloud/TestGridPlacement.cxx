// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Cloud/GridPlacement.h"
#include "support/Numbers.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <string>

namespace scorefields
{
namespace
{
CloudMoments FlatCloud()
{
  Eigen::Matrix3Xd points(3, 3);
  points << -1.0, 2.0, 0.5, 4.0, 4.0, 4.0, 0.0, 1.0, 0.25;
  return MomentsOf(Samples::Unweighted(points));
}

std::string MessageOf(const GridRequest& request)
{
  try
  {
    Require(request);
  }
  catch (const std::invalid_argument& error)
  {
    return error.what();
  }
  return "";
}
}

// Oracle: definition. Both ends of the box are nodes; a node is a product and a sum: 2 eps of 3.
TEST(GridPlacement, NodesSpanTheBoundsAndTheMargin)
{
  GridRequest request;
  request.Margin = 2.0;
  request.Dimensions = Index3(11, 7, 5);
  const Axes axes = Axes::FromFlags(true, false, true);
  const Grid grid = PlaceGrid(request, FlatCloud(), axes, Eigen::Vector3d(0.5, 9.0, 0.25));
  EXPECT_EQ(grid.Dimensions, Index3(11, 1, 5));
  EXPECT_NEAR(grid.Node(0, 0, 0)[0], -2.0, 6.0 * Eps);
  EXPECT_NEAR(grid.Node(10, 0, 0)[0], 3.0, 6.0 * Eps);
  EXPECT_EQ(grid.Node(0, 0, 0)[1], 4.0);
  EXPECT_NEAR(grid.Node(0, 0, 0)[2], -0.5, 6.0 * Eps);
  EXPECT_NEAR(grid.Node(0, 0, 4)[2], 1.5, 6.0 * Eps);
}

// Oracle: definition. An axis of the box without extent, or along which the points are flat, has
// one node: there, or where the points are.
TEST(GridPlacement, BoxWithoutExtentIsASliceAndFlatAxesStayWithThePoints)
{
  GridRequest request;
  request.UseInputBounds = false;
  request.Bounds << -6.0, 6.0, -3.0, 3.0, 0.5, 0.5;
  request.Dimensions = Index3(256, 128, 9);
  const Grid grid =
    PlaceGrid(request, FlatCloud(), Axes::FromFlags(true, false, true), Eigen::Vector3d::Ones());
  EXPECT_EQ(grid.Dimensions, Index3(256, 1, 1));
  EXPECT_EQ(grid.Spacing[0], 12.0 / 255.0);
  EXPECT_EQ(grid.Origin[1], 4.0);
  EXPECT_EQ(grid.Origin[2], 0.5);
}

// Oracle: definition, worked by hand: two of four points, of the weights 4 and 8.
TEST(GridPlacement, WeightOutsideCountsWhatTheBoxMisses)
{
  Eigen::Matrix3Xd points(3, 4);
  points << 0.0, 1.0, 1.0000001, 0.5, 0.0, 1.0, 0.5, -0.1, 7.0, 7.0, 7.0, 7.0;
  const Samples samples = Samples::Weighted(points, Eigen::Vector4d(1.0, 2.0, 4.0, 8.0));
  const Grid grid{ Eigen::Vector3d(0.0, 0.0, 7.0), Eigen::Vector3d(0.1, 0.1, 1.0),
    Index3(11, 11, 1) };
  EXPECT_EQ(WeightOutside(StoredSamples(samples), grid, Axes::First(2), Execution()), 12.0);
}

// Contract: the messages name property, value and what would be right.
TEST(GridPlacement, RefusesByNameAndValue)
{
  GridRequest request;
  EXPECT_EQ(MessageOf(request), "");
  request.Margin = -1.0;
  EXPECT_NE(MessageOf(request).find("BoundsMargin is -1"), std::string::npos);
  request = GridRequest();
  request.Dimensions = Index3(4, 0, 4);
  EXPECT_NE(MessageOf(request).find("SampleDimensions is 4 0 4"), std::string::npos);
  request = GridRequest();
  request.UseInputBounds = false;
  request.Bounds << 0.0, 1.0, 2.0, 1.0, 0.0, 0.0;
  EXPECT_NE(MessageOf(request).find("along axis y"), std::string::npos);
  request.Bounds[3] = std::nan("");
  EXPECT_NE(MessageOf(request).find("SamplingBounds"), std::string::npos);
  EXPECT_NO_THROW(RequireMemory(Index3(2, 2, 2), 64.0, 65.0));
  EXPECT_THROW(RequireMemory(Index3(2, 2, 2), 66.0, 65.0), std::invalid_argument);
}
}
