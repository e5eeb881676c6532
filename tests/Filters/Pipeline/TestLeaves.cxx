// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/Leaves.h"

#include "support/PolyDataPoints.h"

#include <vtkMultiBlockDataSet.h>

#include <gtest/gtest.h>

#include <vector>

namespace vtkscorefields
{
namespace
{
struct Tree
{
  vtkSmartPointer<vtkPolyData> One = PolyDataPoints(Eigen::Matrix3Xd::Zero(3, 1));
  vtkSmartPointer<vtkPolyData> Two = PolyDataPoints(Eigen::Matrix3Xd::Zero(3, 2));
  vtkNew<vtkMultiBlockDataSet> Blocks;

  Tree()
  {
    vtkNew<vtkMultiBlockDataSet> inner;
    inner->SetBlock(1, this->Two);
    this->Blocks->SetBlock(0, this->One);
    this->Blocks->SetBlock(1, nullptr);
    this->Blocks->SetBlock(2, inner);
  }
};
}

// Oracle: definition. A data set is its own leaf; of blocks in blocks the leaves come in order.
TEST(Leaves, AreFoundInOrder)
{
  const Tree tree;
  EXPECT_EQ(LeavesOf(tree.One), std::vector<vtkDataSet*>{ tree.One });
  EXPECT_EQ(LeavesOf(tree.Blocks), (std::vector<vtkDataSet*>{ tree.One, tree.Two }));
  EXPECT_TRUE(LeavesOf(vtkNew<vtkMultiBlockDataSet>()).empty());
}

// Contract: arrays that are added to a copy do not reach the input, whose points it shares.
TEST(Leaves, CopiesShareTheirPointsAlone)
{
  const Tree tree;
  vtkNew<vtkMultiBlockDataSet> copy;
  CopyLeaves(tree.Blocks, copy);
  const std::vector<vtkDataSet*> leaves = LeavesOf(copy);
  ASSERT_EQ(leaves.size(), 2u);
  auto* second = vtkPolyData::SafeDownCast(leaves[1]);
  EXPECT_NE(second, tree.Two.Get());
  EXPECT_EQ(second->GetPoints(), tree.Two->GetPoints());
  AddPointArray(second, "new", Eigen::Vector2d(1.0, 2.0));
  EXPECT_FALSE(tree.Two->GetPointData()->HasArray("new"));
  vtkNew<vtkPolyData> single;
  CopyLeaves(tree.One, single);
  EXPECT_EQ(single->GetPoints(), tree.One->GetPoints());
}
}
