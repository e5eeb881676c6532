// SPDX-License-Identifier: BSD-3-Clause
#include "vtkScoreFlow.h"

#include "Pipeline/MixtureAdaptor.h"
#include "support/ErrorLog.h"
#include "support/FlowImageFilter.h"

#include <vtkFieldData.h>
#include <vtkMultiBlockDataSet.h>

#include <gtest/gtest.h>

#include <functional>
#include <limits>

namespace scorefields
{
namespace flow
{
namespace
{
/// What the filter complains about if the image, the cloud or the filter is changed.
std::string ErrorOf(const std::function<void(vtkScoreFlow*, vtkImageData*)>& change)
{
  const auto cloud = StudyCloud(20);
  const auto image = ImageOf(cloud, 9);
  const auto filter = FilterOf(cloud, image, Eigen::Matrix3Xd::Zero(3, 2));
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  change(filter, image);
  filter->Update();
  EXPECT_EQ(Output(filter)->GetNumberOfPoints(), 0);
  EXPECT_EQ(log->ErrorCount, 1) << log->Errors;
  return log->Errors;
}
}

// Contract: the message names property and value.
TEST(ScoreFlowImageErrors, NameThePropertyAndTheValue)
{
  const auto contains = [](const std::string& text, const std::string& part)
  { EXPECT_NE(text.find(part), std::string::npos) << "'" << text << "' lacks '" << part << "'"; };
  contains(ErrorOf([](vtkScoreFlow* f, vtkImageData*) { f->SetInputData(2, nullptr); }),
    "Target is Image, but the input ScoreImage is not connected");
  contains(ErrorOf([](vtkScoreFlow* f, vtkImageData*) { f->SetMode(Annealed); }),
    "Mode is Annealed Langevin, which changes the bandwidth, but Target is Image");
  contains(
    ErrorOf([](vtkScoreFlow* f, vtkImageData*) { f->SetMode(Diffusion); }), "Mode is Diffusion");
  contains(ErrorOf([](vtkScoreFlow*, vtkImageData* image)
             { image->GetPointData()->RemoveArray("Score"); }),
    "ScoreImage has no point arrays LogDensity and Score (of three components; it has: Density,"
    " LogDensity, EffectiveSampleSize");
  contains(ErrorOf([](vtkScoreFlow* f, vtkImageData*) { f->SetInputData(2, StudyCloud(3)); }),
    "ScoreImage is a vtkPolyData; it must be an image");
  contains(ErrorOf(
             [](vtkScoreFlow* f, vtkImageData* image)
             {
               vtkNew<vtkMultiBlockDataSet> blocks;
               blocks->SetBlock(0, image);
               blocks->SetBlock(1, image);
               f->SetInputData(2, blocks);
             }),
    "ScoreImage has 2 blocks; it must be one image");
  contains(ErrorOf([](vtkScoreFlow*, vtkImageData* image) { image->Initialize(); }),
    "ScoreImage has no nodes");
  contains(ErrorOf(
             [](vtkScoreFlow*, vtkImageData* image) {
               image->GetPointData()
                 ->GetArray("LogDensity")
                 ->Fill(-std::numeric_limits<double>::infinity());
             }),
    "ScoreImage has no node at which both");
  contains(ErrorOf([](vtkScoreFlow*, vtkImageData* image) { image->SetExtent(0, 0, 0, 0, 0, 0); }),
    "ScoreImage has one node");
  contains(ErrorOf([](vtkScoreFlow*, vtkImageData* image) { image->SetExtent(0, 8, 0, 0, 0, 8); }),
    "ScoreImage extends along x, z, the samples along x, y");
  contains(ErrorOf(
             [](vtkScoreFlow* f, vtkImageData* image)
             {
               vtkscorefields::SetMixture(image->GetFieldData(), flow::Study());
               image->GetPointData()->GetArray("LogDensity")->SetName("TrueLogDensity");
               image->GetPointData()->GetArray("Score")->SetName("TrueScore");
               f->SetMode(Denoise);
             }),
    "Mode is Denoise, but ScoreImage is that of a mixture without noise");
}

// Contract: an input that plays no part is told of.
TEST(ScoreFlowImageErrors, SaysThatAnImageIsNotUsed)
{
  const auto cloud = StudyCloud(20);
  const auto filter = FilterOf(cloud, ImageOf(cloud, 9), Eigen::Matrix3Xd::Zero(3, 2));
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  filter->SetTarget(0);
  filter->Update();
  EXPECT_TRUE(log->HasWarning("ScoreImage is not used, since Target is not Image"));
  EXPECT_EQ(log->Errors, "");
}
}
}
