// SPDX-License-Identifier: BSD-3-Clause
#include "vtkScoreFlow.h"

#include "Numerics/Flow/ImageFamily.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/MixtureAdaptor.h"
#include "support/ErrorLog.h"
#include "support/FlowImageFilter.h"
#include "support/Numbers.h"
#include "support/RandomPoints.h"
#include "vtkMixtureTruth.h"

#include <vtkDataSetAttributes.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkUnsignedCharArray.h>

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
namespace flow
{
namespace
{
}

// Oracle: the numerics. The filter translates, to the bit, and takes the image's bandwidth, not its
// own.
TEST(ScoreFlowImage, MovesParticlesAsTheNumericsDo)
{
  const auto cloud = StudyCloud(60);
  const auto image = ImageOf(cloud);
  const Eigen::Matrix3Xd start = 6.0 * RandomPoints(25, 3, 2);
  ScoreImage known;
  known.Nodes = vtkscorefields::GridOf(image);
  vtkPointData* const arrays = image->GetPointData();
  known.LogDensity.resize(known.Nodes.Size());
  known.Score.resize(3, known.Nodes.Size());
  for (Index node = 0; node < known.Nodes.Size(); ++node)
  {
    known.LogDensity[node] = arrays->GetArray("LogDensity")->GetTuple1(node);
    arrays->GetArray("Score")->GetTuple(node, known.Score.col(node).data());
  }
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), ImageBandwidth);
  const auto scores =
    std::make_shared<const ImageFamily>(known, kernel, kernel.Covariance(), Execution());
  for (const int mode : { Ascent, Langevin, Denoise })
  {
    const auto filter = FilterOf(cloud, image, start, mode);
    FlowRequest request;
    request.Mode = static_cast<FlowMode>(mode);
    request.Steps = 10;
    const FlowState expected = flow::Run(scores, request, kernel, start).back();
    const Eigen::Matrix3Xd positions = PositionsAt(filter, 10.0);
    EXPECT_TRUE((positions.array() == expected.Positions.array()).all()) << mode;
    EXPECT_NEAR(Fact(filter, "Bandwidth"), ImageBandwidth, 1e-15);
    EXPECT_EQ(Fact(filter, "ParticlesWithoutScore"), 0.0);
    EXPECT_EQ(vtkscorefields::FieldText(Output(filter)->GetFieldData(), "BandwidthRule"), "Image");
  }
}

// Oracle: the exact targets, kernel density and mixture, smoothed or not. The modes that particles
// come to are off by the error of the score over the curvature: with nodes h / 6.4 apart, or a
// seventh of the narrowest standard deviation of the mixture, 0.1 (1 / 6.4)^3 h = 4e-4 h over at
// least 0.05; posterior means by 4e-4 h.
TEST(ScoreFlowImage, FollowsTheExactTargets)
{
  const auto cloud = StudyCloud(200);
  vtkscorefields::SetMixture(cloud->GetFieldData(), flow::Study());
  const Eigen::Matrix3Xd start = 5.0 * RandomPoints(50, 4, 2);
  const auto image = ImageOf(cloud);
  const auto compare = [&](vtkImageData* source, int target, int mode, double bandwidth)
  {
    const auto filter = FilterOf(cloud, source, start, mode);
    filter->SetNumberOfSteps(200);
    const Eigen::Matrix3Xd found = PositionsAt(filter, 200.0);
    EXPECT_GT((found - start).colwise().norm().maxCoeff(), ImageBandwidth);
    filter->SetInputData(2, nullptr);
    filter->SetTarget(target);
    filter->SetBandwidthRule(0);
    filter->SetBandwidth(bandwidth);
    const double tolerance = mode == Ascent ? 8e-3 * ImageBandwidth : 4e-4 * ImageBandwidth;
    EXPECT_LT((found - PositionsAt(filter, 200.0)).colwise().norm().maxCoeff(), tolerance)
      << target << " " << mode << " " << bandwidth;
  };
  const auto truth = [&image](double bandwidth)
  {
    vtkNew<vtkMixtureTruth> filter;
    filter->SetInputData(0, image);
    filter->SetBandwidth(bandwidth);
    filter->Update();
    auto known = vtkSmartPointer<vtkImageData>::New();
    known->ShallowCopy(filter->GetOutputDataObject(0));
    known->GetPointData()->RemoveArray("Score");
    return known;
  };
  for (const int mode : { Ascent, Denoise })
  {
    compare(image, 0, mode, ImageBandwidth);
    compare(truth(ImageBandwidth), 1, mode, ImageBandwidth);
  }
  compare(truth(0.0), 1, Ascent, 1e-6);
}

// Oracle: invariant. An image whose extent does not begin at 0, or that is turned in space together
// with the cloud, or that has no word on its bandwidth but the filter has. A place among 64 nodes
// of 1/8 is known to 16 eps, and each of five steps of 20 particles makes as much of it at most.
TEST(ScoreFlowImage, ReadsAnyImage)
{
  const auto cloud = StudyCloud(60);
  const auto image = ImageOf(cloud, 65);
  const Eigen::Matrix3Xd start = 5.0 * RandomPoints(20, 4, 2);
  const Eigen::Matrix3Xd expected = PositionsAt(FilterOf(cloud, image, start), 5.0);

  vtkNew<vtkImageData> shifted;
  shifted->ShallowCopy(image);
  shifted->SetExtent(8, 72, -4, 60, 3, 3);
  shifted->SetOrigin(-4.0 - 8.0 * 0.125, -4.0 + 4.0 * 0.125, -3.0);
  constexpr double rounding = 16.0 * Eps * 5.0 * 20.0;
  EXPECT_LT((PositionsAt(FilterOf(cloud, shifted, start), 5.0) - expected).norm(), rounding);

  Eigen::Matrix3d turn; // y to z
  turn << 1.0, 0.0, 0.0, 0.0, 0.0, -1.0, 0.0, 1.0, 0.0;
  vtkNew<vtkImageData> turned;
  turned->DeepCopy(shifted);
  const Eigen::Matrix3d rows = turn.transpose(); // row by row
  turned->SetDirectionMatrix(rows.data());
  const Eigen::Vector3d origin = turn * Eigen::Map<const Eigen::Vector3d>(shifted->GetOrigin());
  turned->SetOrigin(origin[0], origin[1], origin[2]);
  vtkDataArray* score = turned->GetPointData()->GetArray("Score");
  for (vtkIdType node = 0; node < score->GetNumberOfTuples(); ++node)
  {
    Eigen::Vector3d value;
    score->GetTuple(node, value.data());
    value = (turn * value).eval();
    score->SetTuple(node, value.data());
  }
  vtkscorefields::SetFieldValue(turned->GetFieldData(), "KernelCovariance", 0.0);
  vtkscorefields::SetFieldValue(turned->GetFieldData(), "Bandwidth", ImageBandwidth);
  const auto there = PolyDataPoints(turn * vtkscorefields::PointsOf(cloud));
  EXPECT_LT(
    (PositionsAt(FilterOf(there, turned, turn * start), 5.0) - turn * expected).norm(), rounding);

  vtkNew<vtkImageData> silent;
  silent->ShallowCopy(image);
  silent->SetFieldData(vtkNew<vtkFieldData>());
  const auto filter = FilterOf(cloud, silent, start);
  filter->SetBandwidthRule(0);
  filter->SetBandwidth(ImageBandwidth);
  EXPECT_LT((PositionsAt(filter, 5.0) - expected).norm(), rounding);
  EXPECT_EQ(vtkscorefields::FieldText(Output(filter)->GetFieldData(), "BandwidthRule"), "Manual");
}

// Contract: particles stay where the image has no values, and are told of; nodes that are hidden
// have none.
TEST(ScoreFlowImage, ParticlesStayWhereThereAreNoValues)
{
  const auto cloud = StudyCloud(60);
  const auto image = ImageOf(cloud, 65);
  vtkNew<vtkUnsignedCharArray> ghosts;
  ghosts->SetName(vtkDataSetAttributes::GhostArrayName());
  for (vtkIdType node = 0; node < image->GetNumberOfPoints(); ++node)
  {
    ghosts->InsertNextValue(image->GetPoint(node)[0] > 1.0 ? vtkDataSetAttributes::HIDDENPOINT : 0);
  }
  image->GetPointData()->AddArray(ghosts);
  Eigen::Matrix3Xd start(3, 3);
  start.row(0) << 2.0, -1.0, std::nan("");
  start.bottomRows<2>().setZero();
  const auto filter = FilterOf(cloud, image, start, Langevin);
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  filter->SetStepSize(0.01);
  const Eigen::Matrix3Xd end = PositionsAt(filter, 3.0);
  EXPECT_TRUE(log->HasWarning("1 particles stay where they are: they begin where ScoreImage has"));
  EXPECT_TRUE((end.col(0).array() == start.col(0).array()).all());
  EXPECT_NE(end(0, 1), start(0, 1));
  vtkDataArray* state = Output(filter)->GetPointData()->GetArray("ParticleState");
  EXPECT_EQ(state->GetTuple1(0), 3.0);
  EXPECT_EQ(state->GetTuple1(1), 0.0);
  EXPECT_EQ(state->GetTuple1(2), 2.0);
  EXPECT_TRUE(std::isnan(Output(filter)->GetPointData()->GetArray("LogDensity")->GetTuple1(0)));
  EXPECT_EQ(Fact(filter, "ParticlesWithoutScore"), 1.0);
}

// Contract: the run is kept for a new image of the same values, and begins again for other ones.
TEST(ScoreFlowImage, FollowsTheImage)
{
  const auto cloud = StudyCloud(60);
  const auto image = ImageOf(cloud, 65);
  const Eigen::Matrix3Xd start = 5.0 * RandomPoints(20, 4, 2);
  const auto filter = FilterOf(cloud, image, start);
  const Eigen::Matrix3Xd before = PositionsAt(filter, 5.0);
  vtkNew<vtkImageData> same;
  same->DeepCopy(image);
  filter->SetInputData(2, same);
  EXPECT_TRUE((PositionsAt(filter, 5.0).array() == before.array()).all());
  vtkDataArray* score = same->GetPointData()->GetArray("Score");
  for (vtkIdType node = 0; node < score->GetNumberOfTuples(); ++node)
  {
    score->SetComponent(node, 0, score->GetComponent(node, 0) + 1.0);
  }
  score->Modified();
  EXPECT_GT((PositionsAt(filter, 5.0) - before).row(0).maxCoeff(), 0.05);
  // Another origin moves the field along; rounding as above.
  vtkNew<vtkImageData> moved;
  moved->ShallowCopy(image);
  moved->SetOrigin(-3.0, -4.0, 0.0);
  filter->SetInputData(2, moved);
  filter->SetInputData(1, PolyDataPoints(start.colwise() + Eigen::Vector3d(1.0, 0.0, 0.0)));
  const Eigen::Matrix3Xd there = PositionsAt(filter, 5.0);
  EXPECT_LT(((there - before).row(0).array() - 1.0).abs().maxCoeff(), 16.0 * Eps * 5.0);
}
}
}
