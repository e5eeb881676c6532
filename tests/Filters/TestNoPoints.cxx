// SPDX-License-Identifier: BSD-3-Clause
// What every filter says of an input without points, and of one that comes from a filter that
// failed.
#include "vtkBandwidthScan.h"
#include "vtkGaussianMixture.h"
#include "vtkKernelDensity.h"
#include "vtkKernelDensityAtPoints.h"
#include "vtkMixtureTruth.h"
#include "vtkScoreField.h"
#include "vtkScoreFlow.h"
#include "vtkScoreMatchingFit.h"

#include "Pipeline/Adaptor.h"
#include "support/ErrorLog.h"
#include "support/PolyDataPoints.h"

#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkTable.h>

#include <gtest/gtest.h>

#include <initializer_list>
#include <limits>
#include <string>

namespace scorefields
{
namespace
{
vtkSmartPointer<vtkPolyData> NoPoints()
{
  return PolyDataPoints(Eigen::Matrix3Xd(3, 0));
}

vtkSmartPointer<vtkPolyData> FourPoints(double coordinate = 1.0)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 4);
  points << 0.0, coordinate, 0.0, coordinate, 0.0, 0.0, coordinate, coordinate, 0.0, 0.0, 0.0, 0.0;
  return PolyDataPoints(points);
}

/// Asks twice, as a view and a chart would.
vtkSmartPointer<ErrorLog> MessagesOf(vtkAlgorithm* filter)
{
  auto log = vtkSmartPointer<ErrorLog>::New();
  log->Watch(filter);
  filter->Update();
  filter->Update();
  return log;
}

void ExpectOneWarning(vtkAlgorithm* filter, const std::string& part)
{
  const auto log = MessagesOf(filter);
  EXPECT_EQ(log->Errors, "");
  EXPECT_EQ(log->WarningCount, 1) << log->Warnings;
  EXPECT_TRUE(log->HasWarning(part)) << log->Warnings;
}

std::string ErrorMessageOf(vtkDataObject* data)
{
  return vtkscorefields::FieldText(data->GetFieldData(), "ErrorMessage");
}
}

// Contract: one warning names the input and what follows; the image has the size asked for, and
// zeros.
TEST(NoPoints, KernelDensity)
{
  vtkNew<vtkKernelDensity> density;
  density->SetInputData(NoPoints());
  density->SetSampleDimensions(8, 9, 1);
  ExpectOneWarning(density, "Input has no points, so that the density is 0 everywhere. Connect");
  ASSERT_EQ(density->GetImage()->GetNumberOfPoints(), 72);
  EXPECT_EQ(density->GetImage()->GetPointData()->GetArray("Density")->GetRange()[1], 0.0);
  density->BandwidthSweepOn();
  ExpectOneWarning(density, "Input has no points");
}

// Contract: points that are left out, so that none remain, are said in the same warning.
TEST(NoPoints, NoneThatIsFinite)
{
  vtkNew<vtkKernelDensity> density;
  density->SetInputData(
    PolyDataPoints(Eigen::Matrix3Xd::Constant(3, 4, std::numeric_limits<double>::quiet_NaN())));
  density->SetSampleDimensions(8, 8, 1);
  ExpectOneWarning(density,
    "4 points are left out: a coordinate or the weight is not finite. Input has no other points");
}

// Contract: the warning names the one of two inputs that has no points.
TEST(NoPoints, KernelDensityAtPoints)
{
  vtkNew<vtkKernelDensityAtPoints> own;
  own->SetInputData(NoPoints());
  ExpectOneWarning(own, "Input has no points, so that the density is 0");

  vtkNew<vtkKernelDensityAtPoints> noSamples;
  noSamples->SetInputData(0, FourPoints());
  noSamples->SetInputData(1, NoPoints());
  ExpectOneWarning(noSamples, "Samples has no points");
  auto* densities = vtkDataSet::SafeDownCast(noSamples->GetOutputDataObject(0));
  EXPECT_EQ(densities->GetPointData()->GetArray("Density")->GetRange()[1], 0.0);

  vtkNew<vtkKernelDensityAtPoints> noQueries;
  noQueries->SetInputData(0, NoPoints());
  noQueries->SetInputData(1, FourPoints());
  ExpectOneWarning(noQueries, "Input has no points, so that there is nowhere to evaluate");
}

// Contract: the same for a scan, whose tables stay empty, for an image without nodes and for truth.
TEST(NoPoints, ScanScoreAndTruth)
{
  vtkNew<vtkBandwidthScan> scan;
  scan->SetInputData(NoPoints());
  ExpectOneWarning(scan, "Input has no points, so that there is nothing to scan");
  EXPECT_EQ(vtkTable::SafeDownCast(scan->GetOutputDataObject(0))->GetNumberOfRows(), 0);

  vtkNew<vtkImageData> image;
  vtkNew<vtkScoreField> score;
  score->SetInputData(image);
  ExpectOneWarning(score, "Input has no points, so that there is no score");
  EXPECT_EQ(score->GetOutput()->GetNumberOfPoints(), 0);

  vtkNew<vtkMixtureTruth> truth;
  truth->SetInputData(NoPoints());
  ExpectOneWarning(truth, "Input has no points, so that there is no truth");
}

// Contract: the same for a fit, for every model.
TEST(NoPoints, ScoreMatchingFit)
{
  for (int model = 0; model < 5; ++model)
  {
    vtkNew<vtkScoreMatchingFit> fit;
    fit->SetInputData(NoPoints());
    fit->SetModel(model);
    fit->SetSampleDimensions(8, 9, 1);
    ExpectOneWarning(fit, "Input has no points, so that the density is 0 everywhere");
    ASSERT_EQ(fit->GetImage()->GetNumberOfPoints(), 72);
    EXPECT_EQ(fit->GetImage()->GetPointData()->GetArray("Density")->GetRange()[1], 0.0);
  }
}

// Contract: a flow has no meaning without samples, which is an error; without particles nothing
// moves.
TEST(NoPoints, ScoreFlow)
{
  vtkNew<vtkScoreFlow> noSamples;
  noSamples->SetInputData(NoPoints());
  const auto log = MessagesOf(noSamples);
  EXPECT_EQ(log->ErrorCount, 1) << log->Errors;
  EXPECT_TRUE(log->HasError("Input has no samples")) << log->Errors;

  vtkNew<vtkScoreFlow> noParticles;
  noParticles->SetInputData(0, FourPoints());
  noParticles->SetInputData(1, NoPoints());
  ExpectOneWarning(noParticles, "Particles has no points, so that nothing moves");
}

// Contract: one cause, one message. What comes after a filter that failed is empty and silent, says
// in its field data why, and has a result again after the repair.
TEST(NoPoints, FiltersAfterAMistakeSayNothing)
{
  vtkNew<vtkGaussianMixture> mixture;
  vtkNew<vtkKernelDensity> density;
  vtkNew<vtkKernelDensityAtPoints> atPoints;
  vtkNew<vtkScoreField> score;
  vtkNew<vtkScoreFlow> flow;
  vtkNew<vtkBandwidthScan> scan;
  vtkNew<vtkMixtureTruth> truth;
  vtkNew<ErrorLog> log;
  density->SetInputConnection(mixture->GetOutputPort());
  density->SetSampleDimensions(16, 16, 16);
  atPoints->SetInputData(0, FourPoints());
  atPoints->SetInputConnection(1, mixture->GetOutputPort());
  score->SetInputConnection(density->GetOutputPort());
  flow->SetInputConnection(mixture->GetOutputPort());
  scan->SetInputConnection(mixture->GetOutputPort());
  truth->SetInputConnection(mixture->GetOutputPort());
  const std::initializer_list<vtkAlgorithm*> after{ density, atPoints, score, flow, scan, truth };
  log->Watch(mixture);
  for (vtkAlgorithm* filter : after)
  {
    log->Watch(filter);
  }
  mixture->SetNumberOfPoints(-5);
  for (vtkAlgorithm* filter : after)
  {
    filter->Update();
    vtkDataObject* output = filter->GetOutputDataObject(0);
    EXPECT_EQ(output->GetNumberOfElements(vtkDataObject::POINT), 0) << filter->GetClassName();
    const bool says = ErrorMessageOf(output).find("NumberOfPoints is -5") != std::string::npos;
    EXPECT_EQ(says, filter != scan) // whose output is a table, which ParaView would plot with it
      << filter->GetClassName() << ": " << ErrorMessageOf(output);
  }
  EXPECT_EQ(log->ErrorCount, 1) << log->Errors;
  EXPECT_EQ(log->Warnings, "");
  log->Clear();
  mixture->SetNumberOfPoints(50);
  for (vtkAlgorithm* filter : after)
  {
    filter->Update();
    vtkDataObject* output = filter->GetOutputDataObject(0);
    const int element = filter == scan ? vtkDataObject::ROW : vtkDataObject::POINT;
    EXPECT_GT(output->GetNumberOfElements(element), 0) << filter->GetClassName();
    EXPECT_EQ(ErrorMessageOf(output), "") << filter->GetClassName();
  }
  EXPECT_EQ(log->Errors + log->Warnings, "");
}
}
