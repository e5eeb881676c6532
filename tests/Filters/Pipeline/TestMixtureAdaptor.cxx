// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/MixtureAdaptor.h"

#include "Numerics/Mixture/MixturePresets.h"
#include "Numerics/Mixture/MixtureTable.h"
#include "support/PolyDataPoints.h"

#include <vtkFieldData.h>
#include <vtkMultiBlockDataSet.h>

#include <gtest/gtest.h>

#include <stdexcept>

namespace vtkscorefields
{
using scorefields::MakeMixture;
using scorefields::MixturePreset;
using scorefields::ToTable;

// Oracle: definition. A mixture that is written comes back, to the bit, from a data set, from a
// composite and from a block in it; without one there is none.
TEST(MixtureAdaptor, MixturesComeBack)
{
  const scorefields::Mixture mixture = MakeMixture(MixturePreset::Clusters3D);
  auto data = PolyDataPoints(Eigen::Matrix3Xd::Zero(3, 1));
  EXPECT_FALSE(FindMixture(data).has_value());
  SetMixture(data->GetFieldData(), mixture);
  ASSERT_TRUE(FindMixture(data).has_value());
  EXPECT_EQ(ToTable(*FindMixture(data)), ToTable(mixture));
  vtkNew<vtkMultiBlockDataSet> blocks;
  blocks->SetBlock(0, PolyDataPoints(Eigen::Matrix3Xd::Zero(3, 1)));
  blocks->SetBlock(1, data);
  EXPECT_EQ(ToTable(*FindMixture(blocks)), ToTable(mixture));
  SetMixture(blocks->GetFieldData(), MakeMixture(MixturePreset::Study));
  EXPECT_EQ(FindMixture(blocks)->Count(), 3); // the composite's own comes first
}

// Contract: an array that is no mixture is refused.
TEST(MixtureAdaptor, RefusesWhatIsNoMixture)
{
  auto data = PolyDataPoints(Eigen::Matrix3Xd::Zero(3, 1));
  vtkNew<vtkDoubleArray> wrong;
  wrong->SetName("MixtureComponents");
  wrong->SetNumberOfComponents(10);
  wrong->SetNumberOfTuples(1);
  wrong->Fill(0.0);
  data->GetFieldData()->AddArray(wrong);
  EXPECT_THROW(FindMixture(data), std::invalid_argument);
}

// Oracle: definition. Each point of a cloud is a vertex with the number of its component; arrays of
// the truth are what the view points to.
TEST(MixtureAdaptor, CloudsBecomePolyData)
{
  scorefields::MixtureCloud cloud;
  cloud.Points = Eigen::Matrix3Xd::Random(3, 4);
  cloud.Component = Eigen::Vector4i(2, 0, 1, 2);
  vtkNew<vtkPolyData> output;
  SetCloud(scorefields::MixtureCloud(cloud), output);
  ASSERT_EQ(output->GetNumberOfPoints(), 4);
  EXPECT_EQ(output->GetNumberOfVerts(), 4);
  Eigen::Vector3d point;
  output->GetPoint(3, point.data());
  EXPECT_EQ(point, Eigen::Vector3d(cloud.Points.col(3)));
  EXPECT_EQ(output->GetPointData()->GetArray("Component")->GetComponent(2, 0), 1.0);
  const scorefields::FieldView view = AddTruthArrays(output->GetPointData(), 4);
  view.LogDensity[2] = 7.0;
  view.Score[3 * 1 + 2] = 5.0;
  EXPECT_EQ(output->GetPointData()->GetArray("TrueLogDensity")->GetComponent(2, 0), 7.0);
  EXPECT_EQ(output->GetPointData()->GetArray("TrueScore")->GetComponent(1, 2), 5.0);
  EXPECT_NE(view.Density, nullptr);
}
}
