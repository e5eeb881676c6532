// SPDX-License-Identifier: BSD-3-Clause
#include "Input/PointQueries.h"

#include "support/PolyDataPoints.h"
#include "support/RandomPoints.h"

#include <vtkDataSetAttributes.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkUnsignedCharArray.h>

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace vtkscorefields
{
namespace
{
using scorefields::Index;

vtkSmartPointer<vtkPolyData> WithGhosts(const Eigen::Matrix3Xd& points, std::vector<int> flags)
{
  auto data = PolyDataPoints(points);
  vtkNew<vtkUnsignedCharArray> ghosts;
  ghosts->SetName(vtkDataSetAttributes::GhostArrayName());
  for (const int flag : flags)
  {
    ghosts->InsertNextValue(static_cast<unsigned char>(flag));
  }
  data->GetPointData()->AddArray(ghosts);
  return data;
}
}

// Oracle: definition. Finite points of all blocks, ghosts or not, have columns in their order.
TEST(PointQueries, AreAllFinitePoints)
{
  Eigen::Matrix3Xd points = RandomPoints(5, 1);
  points(1, 3) = std::nan("");
  const auto first = WithGhosts(points, { 0, 1, 2, 0, 0 });
  const auto second = PolyDataPoints(RandomPoints(2, 2));
  const PointQueries queries = QueriesOf({ first, second });
  EXPECT_EQ(queries.LeftOut, 0);
  EXPECT_EQ(queries.Columns, (std::vector<std::vector<Index>>{ { 0, 1, 2, -1, 3 }, { 4, 5 } }));
  ASSERT_EQ(queries.Points.cols(), 6);
  EXPECT_EQ(queries.Points.col(3), points.col(4));
}

// Oracle: definition. Each query that leaves a sample out is that sample: one of the blocks, also
// at a ghost of it, or one of another rank at a ghost; weights follow. A hidden point and a ghost
// without a sample leave none out; what is not finite has no column.
TEST(PointQueries, LeaveOutTheSampleAtTheirPlace)
{
  constexpr int duplicate = vtkDataSetAttributes::DUPLICATEPOINT;
  constexpr int hidden = vtkDataSetAttributes::HIDDENPOINT;
  const Eigen::Matrix3Xd others = RandomPoints(6, 3);
  Eigen::Matrix3Xd points = RandomPoints(8, 4);
  points.col(1) = others.col(4);
  points.col(3) = points.col(0);
  points.col(6) = others.col(4);
  points(0, 7) = std::nan("");
  const auto block =
    WithGhosts(points, { 0, duplicate, hidden, duplicate, 0, duplicate, duplicate, 0 });
  scorefields::Samples samples; // 0 and 4 of the block, then the others
  samples.Points.resize(3, 8);
  samples.Points << points.col(0), points.col(4), others;
  samples.Weights = Eigen::VectorXd::LinSpaced(8, 1.0, 8.0);
  samples.TotalWeight = 36.0;
  const PointQueries queries = LeaveOneOutQueries({ block }, "", 2, samples);
  EXPECT_EQ(queries.LeftOut, 3);
  ASSERT_EQ(queries.Points.cols(), 5);
  const std::vector<Index>& columns = queries.Columns.at(0);
  EXPECT_EQ(columns[0], 0);
  EXPECT_EQ(columns[4], 1);
  EXPECT_EQ(columns[1], 2);
  EXPECT_EQ(columns[6], 2);
  EXPECT_EQ(columns[3], 0);
  EXPECT_EQ(columns[2] + columns[5], 3 + 4);
  EXPECT_EQ(columns[7], -1);
  for (Index i = 0; i < 7; ++i)
  {
    EXPECT_EQ(queries.Points.col(columns[static_cast<std::size_t>(i)]), points.col(i));
  }
  EXPECT_EQ(samples.Points.leftCols(3), queries.Points.leftCols(3));
  EXPECT_EQ(samples.Weights[2], 7.0); // the fifth of the others
  EXPECT_EQ(samples.Weights.sum(), 36.0);
}
}
