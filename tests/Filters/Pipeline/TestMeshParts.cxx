// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/MeshParts.h"

#include "support/PolyDataPoints.h"

#include <vtkCellArray.h>
#include <vtkCellData.h>
#include <vtkDataSetAttributes.h>
#include <vtkImageData.h>
#include <vtkMultiBlockDataSet.h>
#include <vtkNew.h>
#include <vtkPartitionedDataSet.h>
#include <vtkPointData.h>
#include <vtkStructuredGrid.h>
#include <vtkUnsignedCharArray.h>

#include <gtest/gtest.h>

#include <vector>

namespace vtkscorefields
{
namespace
{
using Box = Eigen::AlignedBox3d;

vtkSmartPointer<vtkImageData> MeshImage()
{
  auto image = vtkSmartPointer<vtkImageData>::New();
  image->SetExtent(2, 6, -1, 3, 0, 2);
  image->SetSpacing(0.5, 1.0, -2.0);
  image->SetOrigin(10.0, 0.0, 1.0);
  return image;
}

std::vector<vtkIdType> PointsOf(const std::vector<MeshNode>& nodes)
{
  std::vector<vtkIdType> points;
  for (const MeshNode& node : nodes)
  {
    points.push_back(node.Point);
  }
  std::sort(points.begin(), points.end());
  return points;
}
}

// Oracle: definition. Points without cells are no mesh; partitions are parts of one, blocks are
// not.
TEST(MeshParts, ArePartitionsOfOneMesh)
{
  const auto points = PolyDataPoints(Eigen::Matrix3Xd::Zero(3, 2));
  const auto line = PolyDataPoints(Eigen::Matrix3Xd::Identity(3, 2));
  vtkNew<vtkCellArray> lines;
  const vtkIdType ends[2] = { 0, 1 };
  lines->InsertNextCell(2, ends);
  line->SetLines(lines);
  EXPECT_TRUE(MeshPartsOf(points).empty());
  EXPECT_EQ(MeshPartsOf(line).size(), 1u);
  vtkNew<vtkPartitionedDataSet> partitions;
  partitions->SetPartition(0, MeshImage());
  partitions->SetPartition(1, points);
  partitions->SetPartition(2, line);
  vtkNew<vtkMultiBlockDataSet> blocks;
  blocks->SetBlock(0, nullptr);
  blocks->SetBlock(1, line);
  blocks->SetBlock(2, MeshImage());
  const std::vector<MeshPart> one = MeshPartsOf(partitions);
  ASSERT_EQ(one.size(), 2u);
  EXPECT_EQ(one[1].Data, line);
  EXPECT_EQ(one[1].Leaf, 2u);
  EXPECT_EQ(one[0].Mesh, one[1].Mesh);
  const std::vector<MeshPart> two = MeshPartsOf(blocks);
  ASSERT_EQ(two.size(), 2u);
  EXPECT_EQ(two[0].Leaf, 0u);
  EXPECT_NE(two[0].Mesh, two[1].Mesh);
}

// Oracle: definition, by all points of the image. Ghosts and hidden points are left out.
TEST(MeshParts, FindTheNodesInABox)
{
  const auto image = MeshImage();
  vtkNew<vtkUnsignedCharArray> ghosts;
  ghosts->SetName(vtkDataSetAttributes::GhostArrayName());
  ghosts->SetNumberOfValues(image->GetNumberOfPoints());
  ghosts->FillValue(0);
  ghosts->SetValue(7, vtkDataSetAttributes::DUPLICATEPOINT);
  ghosts->SetValue(8, vtkDataSetAttributes::HIDDENPOINT);
  image->GetPointData()->AddArray(ghosts);
  const Box box(Eigen::Vector3d(11.5, -1.0, -1.0), Eigen::Vector3d(12.5, 1.0, 1.0));
  const Box corner(Eigen::Vector3d(11.0, 3.0, -3.0), Eigen::Vector3d(11.5, 9.0, -1.0));
  std::vector<vtkIdType> expected;
  for (vtkIdType point = 0; point < image->GetNumberOfPoints(); ++point)
  {
    Eigen::Vector3d place;
    image->GetPoint(point, place.data());
    const bool inside = box.contains(place) || corner.contains(place);
    if (inside && ghosts->GetValue(point) == 0)
    {
      expected.push_back(point);
    }
  }
  const std::vector<MeshNode> nodes = NodesIn(image, { box, corner });
  EXPECT_EQ(PointsOf(nodes), expected);
  EXPECT_EQ(expected.size(), 3u * 3 * 2 - 2 + 2 * 1 * 2);
  EXPECT_TRUE(std::is_sorted(nodes.begin(), nodes.end()));
}

// Contract: nodes of a curved grid at one place differ by their indices, those of other data do
// not.
TEST(MeshParts, TellNodesOfCurvedGridsApart)
{
  vtkNew<vtkPoints> points;
  for (const double angle : { 0.0, 1.0, 0.0 })
  {
    points->InsertNextPoint(angle, 0.0, 0.0);
  }
  vtkNew<vtkStructuredGrid> grid;
  grid->SetExtent(4, 6, 0, 0, 0, 0);
  grid->SetPoints(points);
  vtkNew<vtkPolyData> data;
  data->SetPoints(points);
  const Box all(Eigen::Vector3d::Zero(), Eigen::Vector3d::Ones());
  const std::vector<MeshNode> curved = NodesIn(grid, { all });
  ASSERT_EQ(curved.size(), 3u);
  EXPECT_TRUE(curved[0] < curved[1]);
  EXPECT_EQ(curved[1].Place[3], 6.0);
  const std::vector<MeshNode> plain = NodesIn(data, { all });
  ASSERT_EQ(plain.size(), 3u);
  EXPECT_FALSE(plain[0] < plain[1] || plain[1] < plain[0]);
}

// Oracle: definition. Of two cells in a row, the second a ghost, the last points are the ghost's
// alone; what was marked before stays.
TEST(MeshParts, MarkPointsThatOnlyGhostCellsHave)
{
  vtkNew<vtkImageData> image;
  image->SetDimensions(3, 2, 1);
  EXPECT_EQ(GhostsOfCells(image), nullptr);
  vtkNew<vtkUnsignedCharArray> cells;
  cells->SetName(vtkDataSetAttributes::GhostArrayName());
  cells->InsertNextValue(0);
  cells->InsertNextValue(vtkDataSetAttributes::DUPLICATECELL);
  image->GetCellData()->AddArray(cells);
  const auto ghosts = GhostsOfCells(image);
  ASSERT_NE(ghosts, nullptr);
  image->GetPointData()->AddArray(ghosts);
  ghosts->SetValue(0, vtkDataSetAttributes::HIDDENPOINT);
  const auto again = GhostsOfCells(image);
  std::vector<int> flags;
  for (vtkIdType point = 0; point < 6; ++point)
  {
    flags.push_back(again->GetValue(point));
  }
  EXPECT_EQ(flags, (std::vector<int>{ vtkDataSetAttributes::HIDDENPOINT, 0, 1, 0, 0, 1 }));
}
}
