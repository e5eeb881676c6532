// SPDX-License-Identifier: BSD-3-Clause
#include "Input/SampleReader.h"

#include "Pipeline/Communicator.h"
#include "support/PolyDataPoints.h"
#include "support/RandomPoints.h"

#include <vtkDataSetAttributes.h>
#include <vtkMultiBlockDataSet.h>
#include <vtkUnsignedCharArray.h>

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <vector>

namespace vtkscorefields
{
namespace
{
Cloud Read(vtkDataObject* input, const std::string& weights = "")
{
  return ReadDistributedCloud(input, weights, Communicator(nullptr), scorefields::Execution());
}

/// Five points with weights, of which the second is a ghost, the third is nowhere and the fourth
/// has no weight.
vtkSmartPointer<vtkPolyData> Mixed()
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 5);
  points.row(0) << 0.0, 1.0, std::nan(""), 3.0, 4.0;
  auto data = PolyDataPoints(points);
  Eigen::VectorXd weights(5);
  weights << 1.0, 1.0, 1.0, std::nan(""), 2.0;
  AddPointArray(data, "mass", weights);
  data->AllocatePointGhostArray();
  data->GetPointGhostArray()->SetValue(1, vtkDataSetAttributes::DUPLICATEPOINT);
  return data;
}
}

// Oracle: definition, point by point.
TEST(SampleReader, SaysWhatBecomesOfEachPoint)
{
  using Use = PointUse;
  EXPECT_EQ(UseOfPoints(Mixed(), "mass"),
    (std::vector<Use>{ Use::Counted, Use::Skipped, Use::NotFinite, Use::NotFinite, Use::Counted }));
  EXPECT_EQ(UseOfPoints(Mixed(), "")[3], Use::Counted); // without weights
}

// Oracle: definition. The samples are the points that count, with their weights; moments are
// theirs.
TEST(SampleReader, ReadsWhatCounts)
{
  const Cloud cloud = Read(Mixed(), "mass");
  ASSERT_EQ(cloud.Samples.Count(), 2);
  EXPECT_EQ(cloud.Samples.Points(0, 1), 4.0);
  EXPECT_EQ(cloud.Samples.TotalWeight, 3.0);
  EXPECT_EQ(cloud.NonFinite, 2.0);
  EXPECT_NEAR(cloud.Moments.Mean[0], 8.0 / 3.0, 1e-15); // 2 u of 3
  vtkNew<vtkMultiBlockDataSet> blocks;
  blocks->SetBlock(0, PolyDataPoints(RandomPoints(3, 1)));
  blocks->SetBlock(1, PolyDataPoints(RandomPoints(4, 2)));
  EXPECT_EQ(Read(blocks).Samples.Count(), 7);
}

// Contract: weights that are missing, negative or all 0 are refused.
TEST(SampleReader, RefusesWeightsThatAreNone)
{
  auto data = PolyDataPoints(RandomPoints(3, 1));
  AddPointArray(data, "none", Eigen::Vector3d::Zero());
  AddPointArray(data, "below", Eigen::Vector3d(1.0, -1.0, 1.0));
  for (const char* name : { "missing", "none", "below" })
  {
    EXPECT_THROW(Read(data, name), std::invalid_argument) << name;
  }
}
}
