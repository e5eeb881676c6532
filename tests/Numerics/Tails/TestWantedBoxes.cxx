// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Tails/WantedBoxes.h"
#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace scorefields
{
namespace
{
/// Number of boxes with wanted places between whose corners the point lies.
int BoxesAround(
  const WantedBoxes& boxes, const Eigen::Vector3d& point, const std::vector<int>& axes)
{
  constexpr double rounding = 1e-12;
  int found = 0;
  for (Index box = 0; box < boxes.Size(); ++box)
  {
    const Eigen::Array3d low = boxes.Low(box).array() - rounding;
    const Eigen::Array3d high = boxes.High(box).array() + rounding;
    bool inside = true;
    for (const int axis : axes)
    {
      inside = inside && point[axis] >= low[axis] && point[axis] <= high[axis];
    }
    found += inside && boxes.Counts()[box] > 0.0 ? 1 : 0;
  }
  return found;
}

Eigen::Vector3d NodeOf(const Grid& grid, const Index3& index)
{
  return grid.Origin + index.cast<double>().cwiseProduct(grid.Spacing);
}
}

// Oracle: definition. Every wanted point is counted once, and lies in a box that says so.
TEST(WantedBoxes, HoldAllWantedPoints)
{
  for (const int dimension : { 1, 2, 3 })
  {
    const Eigen::Matrix3Xd points = RandomPoints(500, 3, dimension);
    std::vector<unsigned char> wanted;
    for (Index i = 0; i < points.cols(); ++i)
    {
      wanted.push_back(points(0, i) > 0.2 ? 1 : 0);
    }
    const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(dimension), 0.1);
    const PointsRef queries = points;
    const WantedBoxes boxes = WantedBoxes::OfPoints(kernel, queries, wanted.data());
    EXPECT_GT(boxes.Size(), 100);
    EXPECT_EQ(boxes.Counts().sum(), std::count(wanted.begin(), wanted.end(), 1));
    EXPECT_EQ(WantedBoxes::OfPoints(kernel, queries, nullptr).Counts().sum(), points.cols());
    for (Index i = 0; i < points.cols(); ++i)
    {
      if (wanted[static_cast<std::size_t>(i)])
      {
        EXPECT_GE(BoxesAround(boxes, points.col(i), { 0, 1, 2 }), 1) << dimension << " " << i;
      }
    }
  }
}

// Oracle: definition. The same for the nodes of two blocks of a grid in the plane of x and z, whose
// counts add up.
TEST(WantedBoxes, HoldAllWantedNodes)
{
  Grid grid;
  grid.Origin = Eigen::Vector3d(-1.0, 4.0, 2.0);
  grid.Spacing = Eigen::Vector3d(0.1, 1.0, 0.3);
  grid.Dimensions = Index3(50, 1, 37);
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::FromFlags(true, false, true), 0.1);
  NodeBlock lower = NodeBlock::Whole(grid);
  lower.Dimensions[2] = 20;
  NodeBlock upper = NodeBlock::Whole(grid);
  upper.First[2] = 20;
  upper.Dimensions[2] = 17;
  const auto wanted = [](const Index3& index) { return (index[0] + 2 * index[2]) % 7 == 0; };
  Eigen::ArrayXd counts;
  Index expected = 0;
  const std::vector<unsigned char> none(static_cast<std::size_t>(lower.Dimensions.prod()), 0);
  WantedBoxes boxes = WantedBoxes::OfNodes(kernel, grid, lower, none.data());
  EXPECT_EQ(boxes.Counts().sum(), 0.0);
  for (const NodeBlock& block : { lower, upper })
  {
    std::vector<unsigned char> flags;
    for (Index node = 0; node < block.Dimensions.prod(); ++node)
    {
      const Index3 index(node % 50, 0, block.First[2] + node / 50);
      flags.push_back(wanted(index) ? 1 : 0);
      expected += flags.back();
    }
    boxes = WantedBoxes::OfNodes(kernel, grid, block, flags.data());
    counts = counts.size() == 0 ? boxes.Counts() : Eigen::ArrayXd(counts + boxes.Counts());
  }
  boxes.Counts() = counts;
  EXPECT_EQ(counts.sum(), static_cast<double>(expected));
  for (Index node = 0; node < grid.Size(); ++node)
  {
    const Index3 index(node % 50, 0, node / 50);
    if (wanted(index))
    {
      EXPECT_GE(BoxesAround(boxes, NodeOf(grid, index), { 0, 2 }), 1) << node;
    }
  }
}

// Oracle: closed form. One point, and none, wanted.
TEST(WantedBoxes, MayBeOnePlaceOrNone)
{
  const Eigen::Matrix3Xd points = Eigen::Vector3d(1.0, 2.0, 3.0);
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(3), 0.1);
  const PointsRef queries = points;
  EXPECT_EQ(
    BoxesAround(WantedBoxes::OfPoints(kernel, queries, nullptr), points.col(0), { 0, 1, 2 }), 1);
  const unsigned char none = 0;
  EXPECT_EQ(WantedBoxes::OfPoints(kernel, queries, &none).Counts().sum(), 0.0);
}
}
