// SPDX-License-Identifier: BSD-3-Clause
#include "vtkScoreMatchingFit.h"

#include "support/ErrorLog.h"
#include "support/PolyDataPoints.h"
#include "support/RandomPoints.h"

#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkTable.h>

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <string>

namespace scorefields
{
namespace
{
using Change = std::function<void(vtkScoreMatchingFit*)>;

/// One error with this text, empty outputs, and a sound run after the repair.
void ExpectRefusal(vtkPolyData* points, const Change& spoil, const std::string& text)
{
  vtkNew<vtkScoreMatchingFit> fit;
  fit->SetInputData(points);
  fit->SetSampleDimensions(8, 8, 4);
  spoil(fit);
  vtkNew<ErrorLog> log;
  log->Watch(fit);
  fit->Update();
  EXPECT_EQ(log->ErrorCount, 1) << log->Errors;
  EXPECT_TRUE(log->HasError(text)) << log->Errors << " instead of " << text;
  EXPECT_EQ(fit->GetImage()->GetPointData()->GetNumberOfArrays(), 0);
  EXPECT_EQ(vtkTable::SafeDownCast(fit->GetOutputDataObject(1))->GetNumberOfRows(), 0);
}

void ExpectRefusal(const Change& spoil, const std::string& text)
{
  ExpectRefusal(PolyDataPoints(RandomPoints(20, 1, 2)), spoil, text);
}
}

// Contract: each property that is out of range is named with its value.
TEST(ScoreMatchingFitErrors, NameTheProperty)
{
  const double nan = std::numeric_limits<double>::quiet_NaN();
  ExpectRefusal([](auto* f) { f->SetModel(7); }, "Model is 7; it must be 0 (Gaussian)");
  ExpectRefusal([](auto* f) { f->SetBaseDensity(-1); }, "BaseDensity is -1");
  ExpectRefusal([](auto* f) { f->SetNoise(-0.5); }, "Noise is -0.5");
  ExpectRefusal([=](auto* f) { f->SetKernelWidth(nan); }, "KernelWidth is nan");
  ExpectRefusal([](auto* f) { f->SetRegularization(-1.0); }, "Regularization is -1");
  ExpectRefusal([](auto* f) { f->SetNumberOfCenters(0); }, "NumberOfCenters is 0");
  ExpectRefusal([](auto* f) { f->SetNumberOfComponents(0); }, "NumberOfComponents is 0");
  ExpectRefusal([](auto* f) { f->SetHiddenLayers(0); }, "HiddenLayers is 0");
  ExpectRefusal([](auto* f) { f->SetHiddenWidth(1000); }, "HiddenWidth is 1000");
  ExpectRefusal([](auto* f) { f->SetTrainingSteps(0); }, "TrainingSteps is 0");
  ExpectRefusal([](auto* f) { f->SetLearningRate(0.0); }, "LearningRate is 0");
  ExpectRefusal([](auto* f) { f->SetMaximumSamples(1); }, "MaximumSamples is 1");
  ExpectRefusal([](auto* f) { f->SetFolds(1); }, "Folds is 1");
  ExpectRefusal([](auto* f) { f->SetSampleDimensions(0, 8, 8); }, "SampleDimensions");
  ExpectRefusal([](auto* f) { f->SetBoundsMargin(-1.0); }, "BoundsMargin is -1");
  ExpectRefusal([](auto* f) { f->SetDimension(4); }, "Dimension is 4");
  ExpectRefusal([](auto* f) { f->SetBoundary(1); },
    "Boundary is Periodic; Score Matching Fit knows open boundaries only");
}

// Contract: more components than different points, one point, points in one place and on an
// oblique line are refused by name.
TEST(ScoreMatchingFitErrors, NameTheInput)
{
  ExpectRefusal(
    [](auto* f)
    {
      f->SetModel(1);
      f->SetNumberOfComponents(21);
    },
    "NumberOfComponents is 21; Input has only 20 different points");
  ExpectRefusal(
    PolyDataPoints(Eigen::Matrix3Xd::Ones(3, 1)), [](auto*) {}, "Input has 1 points");
  ExpectRefusal(
    PolyDataPoints(Eigen::Matrix3Xd::Ones(3, 9)), [](auto*) {}, "that do not differ");
  Eigen::Matrix3Xd line = Eigen::Matrix3Xd::Zero(3, 6);
  line.row(0) = Eigen::RowVectorXd::LinSpaced(6, 0, 1);
  line.row(1) = 2.0 * line.row(0);
  ExpectRefusal(
    PolyDataPoints(line), [](auto*) {}, "Input has 6 points that lie on one line");
  ExpectRefusal([](auto* f)
    { f->SetInputArrayToProcess(0, 0, 0, vtkDataObject::FIELD_ASSOCIATION_POINTS, "Mass"); },
    "WeightArray is \"Mass\"");
}

// Contract: training that diverges is a warning, and the last good network is the result.
TEST(ScoreMatchingFitErrors, DivergenceKeepsTheLastGoodNetwork)
{
  vtkNew<vtkScoreMatchingFit> fit;
  fit->SetInputData(PolyDataPoints(RandomPoints(30, 1, 2)));
  fit->SetSampleDimensions(8, 8, 1);
  fit->SetModel(4);
  fit->SetTrainingSteps(300);
  fit->SetLearningRate(1e6);
  vtkNew<ErrorLog> log;
  log->Watch(fit);
  fit->Update();
  EXPECT_EQ(log->Errors, "");
  EXPECT_TRUE(log->HasWarning("LearningRate is 1e+06: training diverged at step")) << log->Warnings;
  EXPECT_LT(fit->GetImage()->GetPointData()->GetArray("LogDensity")->GetRange()[1], 100.0);
}

// Contract: points that are not finite are left out with a warning, and counted.
TEST(ScoreMatchingFitErrors, LeavesOutWhatIsNotFinite)
{
  Eigen::Matrix3Xd points = RandomPoints(30, 1, 2);
  points(1, 4) = std::numeric_limits<double>::infinity();
  vtkNew<vtkScoreMatchingFit> fit;
  fit->SetInputData(PolyDataPoints(points));
  fit->SetSampleDimensions(8, 8, 1);
  fit->SetModel(0);
  vtkNew<ErrorLog> log;
  log->Watch(fit);
  fit->Update();
  EXPECT_TRUE(log->HasWarning("1 points are left out")) << log->Warnings;
  EXPECT_EQ(fit->GetImage()->GetFieldData()->GetArray("NonFinitePoints")->GetTuple1(0), 1.0);
}
}
