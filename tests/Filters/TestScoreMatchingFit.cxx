// SPDX-License-Identifier: BSD-3-Clause
#include "vtkScoreMatchingFit.h"

#include "vtkGaussianMixture.h"
#include "vtkScoreFlow.h"

#include "Numerics/Fit/FitField.h"
#include "Pipeline/Adaptor.h"
#include "support/ErrorLog.h"
#include "support/PointValues.h"
#include "support/PolyDataPoints.h"
#include "support/RandomPoints.h"

#include <vtkDataArray.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkInformation.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkStreamingDemandDrivenPipeline.h>
#include <vtkTable.h>

#include <gtest/gtest.h>

#include <string>

namespace scorefields
{
namespace
{
vtkSmartPointer<vtkPolyData> StudyPoints(int count)
{
  vtkNew<vtkGaussianMixture> mixture;
  mixture->SetNumberOfPoints(count);
  mixture->Update();
  vtkSmartPointer<vtkPolyData> points = vtkPolyData::SafeDownCast(mixture->GetOutputDataObject(0));
  return points;
}

Eigen::Matrix3Xd Columns(vtkPolyData* points)
{
  return vtkscorefields::PointsOf(points);
}

vtkTable* TableOf(vtkScoreMatchingFit* fit, int port)
{
  return vtkTable::SafeDownCast(fit->GetOutputDataObject(port));
}

void Prepare(vtkScoreMatchingFit* fit, vtkPolyData* points, FitModel model)
{
  fit->SetInputData(points);
  fit->SetModel(static_cast<int>(model));
  fit->SetSampleDimensions(24, 20, 12);
  fit->SetTrainingSteps(60);
  fit->SetNumberOfComponents(2);
}
}

// Oracle: the numerics, called with the same samples and nodes, and nothing in between: every array
// of every model, the field data and the tables.
TEST(ScoreMatchingFit, WritesWhatTheNumericsFind)
{
  const auto points = StudyPoints(80);
  for (const FitModel model : ValuesOf<FitModel>())
  {
    vtkNew<vtkScoreMatchingFit> fit;
    Prepare(fit, points, model);
    fit->Update();
    vtkImageData* image = fit->GetImage();
    ASSERT_EQ(image->GetNumberOfPoints(), 24 * 20) << NameOf(model);
    FitRequest request;
    request.Model = model;
    request.TrainingSteps = 60;
    request.NumberOfComponents = 2;
    const ScoreFit expected =
      FitScore(Samples::Unweighted(Columns(points)), Axes::First(2), request, Execution());
    Eigen::VectorXd density(480), logDensity(480);
    Eigen::Matrix3Xd score(3, 480);
    FieldView view;
    view.Density = density.data();
    view.LogDensity = logDensity.data();
    view.Score = score.data();
    EvaluateFit(expected, vtkscorefields::GridOf(image), view, Execution());
    vtkPointData* arrays = image->GetPointData();
    for (vtkIdType i = 0; i < 480; ++i)
    {
      EXPECT_NEAR(arrays->GetArray("LogDensity")->GetTuple1(i), logDensity[i], 1e-12);
      EXPECT_EQ(arrays->GetArray("Score")->GetComponent(i, 1), score(1, i)) << NameOf(model);
    }
    EXPECT_STREQ(arrays->GetScalars()->GetName(), "Density");
    EXPECT_EQ(vtkscorefields::FieldText(image->GetFieldData(), "FitModel"), NameOf(model));
    EXPECT_EQ(Field(image, "SampleCount"), 80.0);
    EXPECT_EQ(Field(image, "KernelWidth"), expected.KernelWidth.value_or(-1.0));
    EXPECT_EQ(Field(image, "HeldOutObjective"), expected.HeldOutObjective.value_or(-1.0));
    EXPECT_EQ(
      TableOf(fit, 1)->GetNumberOfRows(), expected.Model->Parameters(expected.Frame).Values.rows());
    EXPECT_EQ(TableOf(fit, 2)->GetNumberOfRows(), expected.History.Values.rows());
  }
}

// Contract: the table of a Gaussian has the mean of the points and their covariance with divisor n.
TEST(ScoreMatchingFit, TableOfAGaussianIsInSpace)
{
  const auto points = StudyPoints(50);
  vtkNew<vtkScoreMatchingFit> fit;
  Prepare(fit, points, FitModel::Gaussian);
  fit->Update();
  const Eigen::Matrix3Xd columns = Columns(points);
  const Eigen::Vector3d mean = columns.rowwise().mean();
  const Eigen::Matrix3Xd centred = columns.colwise() - mean;
  const Eigen::Matrix3d covariance = centred * centred.transpose() / 50.0;
  vtkTable* table = TableOf(fit, 1);
  EXPECT_NEAR(table->GetValueByName(0, "MeanX").ToDouble(), mean[0], 1e-14);
  EXPECT_NEAR(table->GetValueByName(0, "MeanY").ToDouble(), mean[1], 1e-14);
  EXPECT_NEAR(table->GetValueByName(0, "CovarianceXX").ToDouble(), covariance(0, 0), 1e-14);
  EXPECT_NEAR(table->GetValueByName(0, "CovarianceXY").ToDouble(), covariance(0, 1), 1e-14);
  EXPECT_EQ(table->GetValueByName(0, "CovarianceZZ").ToDouble(), 0.0);
}

// Oracle: a training of the same network, and what it kept at each row of its history: on the
// image, in the tables and in the field data. Time is the step of the training.
TEST(ScoreMatchingFit, TrainingIsSeenOverTime)
{
  const auto points = StudyPoints(60);
  vtkNew<vtkScoreMatchingFit> fit;
  Prepare(fit, points, FitModel::DenoisingNetwork);
  fit->TrainingOverTimeOn();
  fit->UpdateInformation();
  for (int port = 0; port < 3; ++port)
  {
    vtkInformation* info = fit->GetOutputInformation(port);
    ASSERT_EQ(info->Length(vtkStreamingDemandDrivenPipeline::TIME_STEPS()), 4);
    EXPECT_EQ(info->Get(vtkStreamingDemandDrivenPipeline::TIME_STEPS())[2], 40.0);
  }
  FitRequest request;
  request.Model = FitModel::DenoisingNetwork;
  request.TrainingSteps = 60;
  const ScoreFit whole =
    FitScore(Samples::Unweighted(Columns(points)), Axes::First(2), request, Execution());
  for (const std::size_t row : { 2, 0, 3 })
  {
    fit->UpdateTimeStep(20.0 * static_cast<double>(row) + 1.0);
    const ScoreModel& stage = *whole.Stages[row];
    vtkImageData* image = fit->GetImage();
    EXPECT_EQ(Field(image, "TrainingStep"), 20.0 * static_cast<double>(row));
    EXPECT_EQ(image->GetInformation()->Get(vtkDataObject::DATA_TIME_STEP()),
      20.0 * static_cast<double>(row));
    EXPECT_EQ(Field(image, "KernelScoreError"), whole.History.Values(row, 4));
    EXPECT_EQ(TableOf(fit, 2)->GetNumberOfRows(), static_cast<vtkIdType>(row) + 1);
    const auto parameters = stage.Parameters(whole.Frame).Values;
    const Eigen::Index last = parameters.rows() - 1;
    EXPECT_EQ(TableOf(fit, 1)->GetValueByName(last, "Value").ToDouble(), parameters(last, 3));
    const Eigen::Vector3d place(image->GetPoint(77));
    const Eigen::MatrixXd entered = whole.Frame.Enter(place);
    const Eigen::Vector3d score =
      whole.Frame.LeaveScore(stage.ScoreAt(entered) + whole.Base->ScoreAt(entered));
    EXPECT_NEAR(image->GetPointData()->GetArray("Score")->GetComponent(77, 0), score[0],
      1e-12 * score.norm());
  }
  EXPECT_NE(whole.History.Values(0, 4), whole.History.Values(3, 4));
}

// Contract: without Training Over Time, and for other models, the time of the input passes on, and
// the training is at its end.
TEST(ScoreMatchingFit, TrainingIsOverOtherwise)
{
  for (const FitModel model : { FitModel::DenoisingNetwork, FitModel::Gaussian })
  {
    vtkNew<vtkScoreMatchingFit> fit;
    Prepare(fit, StudyPoints(60), model);
    fit->SetTrainingOverTime(model == FitModel::Gaussian);
    fit->Update();
    EXPECT_FALSE(fit->GetOutputInformation(0)->Has(vtkStreamingDemandDrivenPipeline::TIME_STEPS()));
    EXPECT_EQ(
      Field(fit->GetImage(), "TrainingStep"), model == FitModel::DenoisingNetwork ? 60.0 : -1.0);
  }
}

// Contract: weights count like repetitions; points of weight 0 not at all.
TEST(ScoreMatchingFit, WeightsCountLikeRepetitions)
{
  const Eigen::Matrix3Xd points = RandomPoints(12, 3, 2);
  Eigen::Matrix3Xd repeated(3, 15);
  repeated << points.leftCols(11), points.col(2), points.col(2), points.col(7), points.col(7);
  Eigen::VectorXd weights = Eigen::VectorXd::Ones(12);
  weights[2] = weights[7] = 3.0;
  weights[11] = 0.0;
  const auto weighted = PolyDataPoints(points);
  AddPointArray(weighted, "Weight", weights);
  vtkNew<vtkScoreMatchingFit> one;
  Prepare(one, weighted, FitModel::CurlFreeKernel);
  one->SetInputArrayToProcess(0, 0, 0, vtkDataObject::FIELD_ASSOCIATION_POINTS, "Weight");
  vtkNew<vtkScoreMatchingFit> other;
  Prepare(other, PolyDataPoints(repeated), FitModel::CurlFreeKernel);
  for (vtkScoreMatchingFit* fit : { one.Get(), other.Get() })
  {
    fit->SetKernelWidth(0.5);
    fit->SetRegularization(0.1);
    fit->UseInputBoundsOff();
    fit->SetSamplingBounds(-1, 1, -1, 1, 0, 0);
    fit->Update();
  }
  for (vtkIdType i = 0; i < 480; i += 7)
  {
    EXPECT_NEAR(one->GetImage()->GetPointData()->GetArray("Score")->GetComponent(i, 0),
      other->GetImage()->GetPointData()->GetArray("Score")->GetComponent(i, 0), 1e-9);
  }
}

// Contract: another box takes the fit that is there; other points, changed in place without a word,
// and another model do not.
TEST(ScoreMatchingFit, FitsAgainOnlyWhereSomethingChanged)
{
  const auto points = StudyPoints(60);
  vtkNew<vtkScoreMatchingFit> fit;
  Prepare(fit, points, FitModel::Gaussian);
  fit->Update();
  const double first = TableOf(fit, 1)->GetValueByName(0, "MeanX").ToDouble();
  fit->SetSampleDimensions(10, 10, 1);
  fit->Update();
  EXPECT_EQ(fit->GetImage()->GetNumberOfPoints(), 100);
  EXPECT_EQ(TableOf(fit, 1)->GetValueByName(0, "MeanX").ToDouble(), first);
  double moved[3];
  points->GetPoint(0, moved);
  moved[0] += 6.0;
  points->GetPoints()->SetPoint(0, moved);
  fit->SetSampleDimensions(11, 10, 1);
  fit->Update();
  EXPECT_NEAR(TableOf(fit, 1)->GetValueByName(0, "MeanX").ToDouble(), first + 0.1, 1e-12);
  fit->SetModel(static_cast<int>(FitModel::Mixture));
  fit->Update();
  EXPECT_EQ(TableOf(fit, 1)->GetNumberOfRows(), 2);
}

// Contract: in three dimensions, and on a line.
TEST(ScoreMatchingFit, InEveryDimension)
{
  for (const int d : { 1, 3 })
  {
    vtkNew<vtkScoreMatchingFit> fit;
    Prepare(fit, PolyDataPoints(RandomPoints(60, 5, d)), FitModel::CurlFreeKernel);
    fit->Update();
    EXPECT_EQ(fit->GetImage()->GetNumberOfPoints(), d == 1 ? 24 : 24 * 20 * 12);
    const double* range = fit->GetImage()->GetPointData()->GetArray("Density")->GetRange();
    EXPECT_GT(range[1], 0.0);
    EXPECT_GT(Field(fit->GetImage(), "KernelWidth"), 0.0);
  }
}

// Contract: Score Flow takes the learned score for its image, also that of a model without a
// potential. Plugin.ExampleFit looks where the particles end.
TEST(ScoreMatchingFit, IsATargetOfScoreFlow)
{
  vtkNew<vtkScoreMatchingFit> fit;
  Prepare(fit, StudyPoints(80), FitModel::Basis);
  fit->SetSampleDimensions(64, 64, 1);
  vtkNew<vtkScoreFlow> flow;
  flow->SetInputData(StudyPoints(80));
  flow->SetInputConnection(2, fit->GetOutputPort());
  flow->SetTarget(2);
  vtkNew<ErrorLog> log;
  log->Watch(flow);
  flow->Update();
  EXPECT_EQ(log->Errors, "");
  auto* moved = vtkPolyData::SafeDownCast(flow->GetOutputDataObject(0));
  EXPECT_GT(moved->GetNumberOfPoints(), 0);
}
}
