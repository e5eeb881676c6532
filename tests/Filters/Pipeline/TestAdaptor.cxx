// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/Adaptor.h"

#include <vtkFieldData.h>
#include <vtkNew.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkRTAnalyticSource.h>

#include <gtest/gtest.h>

#include <atomic>
#include <numeric>
#include <vector>

namespace vtkscorefields
{
// Oracle: definition. Every index once, whatever the number of threads.
TEST(Adaptor, ForCoversEveryIndexOnce)
{
  vtkNew<vtkRTAnalyticSource> algorithm;
  const scorefields::Execution execution = MakeExecution(algorithm, { "Testing" });
  for (const int n : { 0, 1, 5, 1000 })
  {
    std::vector<std::atomic<int>> visits(static_cast<std::size_t>(n));
    execution.For(n,
      [&visits](scorefields::Index begin, scorefields::Index end)
      {
        for (scorefields::Index i = begin; i < end; ++i)
        {
          ++visits[static_cast<std::size_t>(i)];
        }
      });
    for (const auto& visit : visits)
    {
      EXPECT_EQ(visit.load(), 1);
    }
  }
}

// Oracle: definition. Floats that are whole numbers are the same doubles.
TEST(Adaptor, ReadsFloatPoints)
{
  vtkNew<vtkPoints> points;
  points->SetDataType(VTK_FLOAT);
  points->InsertNextPoint(1.0, 2.0, 3.0);
  points->InsertNextPoint(4.0, 5.0, 6.0);
  vtkNew<vtkPolyData> data;
  data->SetPoints(points);
  const Eigen::Matrix3Xd matrix = PointsOf(data);
  ASSERT_EQ(matrix.cols(), 2);
  EXPECT_EQ(matrix.col(1), Eigen::Vector3d(4.0, 5.0, 6.0));
}

// Oracle: definition. What is set comes back, a second time in place of the first.
TEST(Adaptor, FieldValuesComeBack)
{
  vtkNew<vtkFieldData> fieldData;
  SetFieldValue(fieldData, "Bandwidth", 0.25);
  SetFieldText(fieldData, "Engine", "Exact");
  SetFieldValue(fieldData, "Bandwidth", 0.5); // replaces
  EXPECT_EQ(FieldValue(fieldData, "Bandwidth", 0.0), 0.5);
  EXPECT_EQ(FieldText(fieldData, "Engine"), "Exact");
  EXPECT_EQ(FieldValue(fieldData, "Nothing", 7.0), 7.0);
  EXPECT_EQ(fieldData->GetNumberOfArrays(), 2);
}
}
