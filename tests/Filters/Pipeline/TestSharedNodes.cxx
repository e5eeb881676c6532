// SPDX-License-Identifier: BSD-3-Clause
// The partitions of one rank; Plugin.GridNodes has ranks.
#include "Pipeline/SharedNodes.h"

#include "Input/InputCloud.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/Leaves.h"
#include "support/PolyDataPoints.h"

#include <vtkCellArray.h>
#include <vtkImageData.h>
#include <vtkMultiBlockDataSet.h>
#include <vtkNew.h>
#include <vtkPartitionedDataSet.h>

#include <gtest/gtest.h>

namespace vtkscorefields
{
namespace
{
vtkSmartPointer<vtkImageData> Image(int first, int last)
{
  auto image = vtkSmartPointer<vtkImageData>::New();
  image->SetExtent(first, last, 0, 3, 0, 2);
  image->SetSpacing(0.3, 0.2, 0.1);
  return image;
}

/// Two triangles that share an edge, each with points of its own if `own`.
vtkSmartPointer<vtkPolyData> Triangles(double shift, bool own)
{
  Eigen::Matrix3Xd points(3, own ? 6 : 4);
  points.leftCols(4) << 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 0;
  const vtkIdType first[3] = { 0, 1, 2 };
  const vtkIdType second[3] = { own ? 4 : 1, 3, own ? 5 : 2 };
  if (own)
  {
    points.col(4) = points.col(1);
    points.col(5) = points.col(2);
  }
  points.row(0).array() += shift;
  auto data = PolyDataPoints(points);
  vtkNew<vtkCellArray> cells;
  cells->InsertNextCell(3, first);
  cells->InsertNextCell(3, second);
  data->SetPolys(cells);
  return data;
}

/// Points that count.
scorefields::Index CountOf(vtkDataObject* data)
{
  const Communicator ranks(nullptr);
  const InputCloud cloud(MarkSharedNodes(data, ranks), "");
  InputCloud::Storage storage;
  return cloud.Read(0, cloud.EntryCount(), storage).Count;
}
}

// Oracle: the number of nodes of the whole. Three partitions share two seams of 12 nodes.
TEST(SharedNodes, CountOnceInPartitions)
{
  vtkNew<vtkPartitionedDataSet> parts;
  parts->SetPartition(0, Image(0, 4));
  parts->SetPartition(1, Image(4, 7));
  parts->SetPartition(2, Image(7, 9));
  EXPECT_EQ(CountOf(parts), 10 * 4 * 3);
  EXPECT_EQ(LeavesOf(parts)[1]->GetPointGhostArray(), nullptr); // the input is untouched
}

// Contract: blocks are meshes of their own, whose nodes count wherever the others lie.
TEST(SharedNodes, OfBlocksCountInEach)
{
  vtkNew<vtkMultiBlockDataSet> blocks;
  blocks->SetBlock(0, Image(0, 4));
  blocks->SetBlock(1, Image(4, 7));
  EXPECT_EQ(CountOf(blocks), (5 + 4) * 4 * 3);
}

// Contract: triangles that share points share those of the seam, too; where each has points of its
// own all count, and so do points without cells.
TEST(SharedNodes, CountOnceWhereCellsSharePoints)
{
  for (const bool own : { false, true })
  {
    vtkNew<vtkPartitionedDataSet> parts;
    parts->SetPartition(0, Triangles(0.0, own));
    parts->SetPartition(1, Triangles(1.0, own));
    EXPECT_EQ(CountOf(parts), own ? 12 : 6);
  }
  vtkNew<vtkPartitionedDataSet> points;
  points->SetPartition(0, PolyDataPoints(Eigen::Matrix3Xd::Ones(3, 2)));
  points->SetPartition(1, PolyDataPoints(Eigen::Matrix3Xd::Ones(3, 3)));
  EXPECT_EQ(CountOf(points), 5);
}
}
