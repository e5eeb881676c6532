// SPDX-License-Identifier: BSD-3-Clause
#include "vtkKernelDensity.h"

#include "Pipeline/Adaptor.h"
#include "support/DataFile.h"
#include "support/ErrorLog.h"
#include "support/PolyDataPoints.h"
#include "support/RandomPoints.h"

#include <vtkDataObject.h>
#include <vtkExecutive.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace scorefields
{
namespace
{
struct WatchedFilter
{
  WatchedFilter()
  {
    this->Input = PolyDataPoints(RandomPoints(10, 1, 2));
    this->Filter->SetInputData(this->Input);
    this->Filter->SetBandwidthRule(0);
    this->Filter->SetBandwidth(0.2);
    this->Filter->SetSampleDimensions(16, 16, 16);
    this->Log->Watch(this->Filter);
  }
  /// Runs; there must be one message, with this text, and an empty output.
  bool FailsWith(const char* text)
  {
    this->Log->Clear();
    this->Filter->Update();
    const bool said = this->Log->HasError(text);
    EXPECT_TRUE(said) << "expected: " << text << "\nlog: " << this->Log->Errors;
    EXPECT_EQ(this->Log->ErrorCount, 1) << this->Log->Errors;
    EXPECT_EQ(this->Filter->GetImage()->GetNumberOfPoints(), 0);
    return said;
  }
  void Weigh(const Eigen::VectorXd& weights)
  {
    AddPointArray(this->Input, "mass", weights);
    this->Filter->SetInputArrayToProcess(0, 0, 0, vtkDataObject::FIELD_ASSOCIATION_POINTS, "mass");
  }

  vtkSmartPointer<vtkPolyData> Input;
  vtkNew<vtkKernelDensity> Filter;
  vtkNew<ErrorLog> Log;
};
}

// Contract: the message names property and value.
TEST(KernelDensityErrors, BandwidthMustBePositiveAndFinite)
{
  WatchedFilter setup;
  setup.Filter->SetBandwidth(0.0);
  setup.FailsWith("Bandwidth is 0");
  setup.Filter->SetBandwidth(-1.0);
  setup.FailsWith("Bandwidth is -1");
  setup.Filter->SetBandwidth(std::nan(""));
  setup.FailsWith("Bandwidth is nan");
  setup.Filter->SetBandwidth(std::numeric_limits<double>::infinity());
  setup.FailsWith("Bandwidth is inf");
  setup.Filter->SetBandwidth(0.2);
  setup.Filter->SetBandwidthScale(-2.0);
  setup.FailsWith("BandwidthScale is -2");
  setup.Filter->SetBandwidthScale(1.0);
  setup.Filter->SetBandwidth(1e200);
  setup.FailsWith("Bandwidth is 1e+200");
  setup.Filter->SetBandwidthShape(1);
  setup.Filter->SetAxisBandwidths(1.0, 0.0, 1.0);
  setup.FailsWith("AxisBandwidths is 0");
  setup.Filter->SetBandwidthShape(2);
  setup.Filter->SetBandwidthMatrix(1.0, 1.0, 1.0, 1.0, 0.0, 0.0);
  setup.FailsWith("eigenvalues");
}

// Contract: the message names property and value; put right, the filter works again.
TEST(KernelDensityErrors, DimensionsMustBePositiveAndFitIntoMemory)
{
  WatchedFilter setup;
  setup.Filter->SetSampleDimensions(16, 0, 16);
  setup.FailsWith("SampleDimensions is 16  0 16");
  setup.Filter->SetSampleDimensions(2000000, 2000000, 1);
  setup.FailsWith("GiB");
  setup.Filter->SetSampleDimensions(16, 16, 16); // and it works again
  setup.Log->Clear();
  setup.Filter->Update();
  EXPECT_EQ(setup.Filter->GetImage()->GetNumberOfPoints(), 256);
}

// Contract: the message names the property.
TEST(KernelDensityErrors, BoundsMustBeInOrder)
{
  WatchedFilter setup;
  setup.Filter->UseInputBoundsOff();
  setup.Filter->SetSamplingBounds(1.0, -1.0, 0.0, 1.0, 0.0, 0.0);
  setup.FailsWith("SamplingBounds");
}

// Contract: a period or walls are what the user gives, not what the points and the bandwidth leave;
// the message names the properties. An axis without extent is open in any case.
TEST(KernelDensityErrors, ClosedBoundariesNeedABox)
{
  WatchedFilter setup;
  setup.Filter->SetBoundary(3);
  setup.Filter->SetBoundaryZ(1);
  setup.Filter->Update();
  EXPECT_EQ(setup.Log->ErrorCount, 0) << setup.Log->Errors;
  setup.Filter->SetBoundaryY(2);
  setup.FailsWith("Boundary is Reflecting along y, but UseInputBounds is on");
  setup.Filter->SetBoundary(1);
  setup.FailsWith("SamplingBounds to the box beyond which the density repeats");
  setup.Filter->UseInputBoundsOff();
  setup.Filter->SetSamplingBounds(-1.0, 1.0, -1.0, 1.0, 0.0, 0.0);
  setup.Log->Clear();
  setup.Filter->Update();
  EXPECT_EQ(setup.Log->ErrorCount, 0) << setup.Log->Errors;
}

// Oracle: one cause, one message. The executive asks again for what is empty, and for each time
// step.
TEST(KernelDensityErrors, AnErrorIsSaidOnceUntilSomethingChanges)
{
  WatchedFilter setup;
  setup.Filter->SetBandwidth(0.0);
  setup.FailsWith("Bandwidth is 0");
  setup.Filter->Update();
  setup.Filter->GetExecutive()->Update();
  EXPECT_EQ(setup.Log->ErrorCount, 1);
  setup.Input->Modified();
  setup.FailsWith("Bandwidth is 0");
  setup.Filter->SetBandwidth(0.2);
  setup.Filter->BandwidthSweepOn();
  setup.Filter->SetBandwidthShape(1);
  setup.Filter->SetAxisBandwidths(1.0, 0.0, 1.0);
  setup.Log->Clear();
  for (const double time : { 0.0, 1.0, 2.0 })
  {
    setup.Filter->UpdateTimeStep(time);
  }
  EXPECT_EQ(setup.Log->ErrorCount, 1) << setup.Log->Errors;
}

// Oracle: the same image from a filter that never failed. Errors of RequestInformation and of
// RequestData alike.
TEST(KernelDensityErrors, ARepairedFilterGivesWhatItWouldHaveGiven)
{
  WatchedFilter setup;
  setup.Filter->SetSampleDimensions(16, -2, 1);
  setup.FailsWith("SampleDimensions is 16 -2  1");
  setup.Filter->SetSampleDimensions(16, 16, 1);
  setup.Filter->SetBandwidth(-3.0);
  setup.FailsWith("Bandwidth is -3");
  setup.Filter->SetBandwidth(0.2);
  setup.Log->Clear();
  setup.Filter->Update();
  EXPECT_EQ(setup.Log->ErrorCount, 0) << setup.Log->Errors;
  WatchedFilter sound;
  sound.Filter->Update();
  const auto density = [](WatchedFilter& one)
  { return one.Filter->GetImage()->GetPointData()->GetArray("Density"); };
  ASSERT_EQ(density(setup)->GetNumberOfTuples(), 256);
  for (vtkIdType node = 0; node < 256; ++node)
  {
    ASSERT_EQ(density(setup)->GetTuple1(node), density(sound)->GetTuple1(node));
  }
}

// Contract: the message names property and value.
TEST(KernelDensityErrors, ASweepHasItsLimits)
{
  WatchedFilter setup;
  setup.Filter->BandwidthSweepOn();
  setup.Filter->SetSweepSteps(std::numeric_limits<int>::max());
  setup.FailsWith("SweepSteps is 2.14748e+09");
}

// Contract: the message names the array and what is wrong with it.
TEST(KernelDensityErrors, WeightsMustExistAndMakeSense)
{
  for (const double weight : { 1e200, 1e-200 })
  {
    WatchedFilter setup;
    setup.Weigh(Eigen::VectorXd::Constant(10, weight));
    setup.FailsWith("WeightArray \"mass\" has the sum");
  }
  {
    WatchedFilter setup;
    setup.Filter->SetInputArrayToProcess(
      0, 0, 0, vtkDataObject::FIELD_ASSOCIATION_POINTS, "missing");
    setup.FailsWith("WeightArray is \"missing\"");
  }
  {
    WatchedFilter setup;
    setup.Weigh(Eigen::VectorXd::Zero(10));
    setup.FailsWith("weight 0");
  }
  {
    WatchedFilter setup;
    Eigen::VectorXd weights = Eigen::VectorXd::Ones(10);
    weights[3] = -2.5;
    setup.Weigh(weights);
    setup.FailsWith("negative weight -2.5");
  }
}

// Oracle: the estimate without these points. One warning counts them.
TEST(KernelDensityErrors, NonFinitePointsAndWeightsAreLeftOutWithOneWarning)
{
  Eigen::Matrix3Xd points = RandomPoints(10, 1, 2);
  points(0, 2) = std::nan("");
  points(1, 7) = std::numeric_limits<double>::infinity();
  Eigen::VectorXd weights = Eigen::VectorXd::Ones(10);
  weights[5] = std::nan("");
  WatchedFilter setup;
  setup.Input = PolyDataPoints(points);
  setup.Filter->SetInputData(setup.Input);
  setup.Weigh(weights);
  setup.Filter->Update();
  EXPECT_TRUE(setup.Log->HasWarning("3 points are left out")) << setup.Log->Warnings;
  EXPECT_EQ(setup.Log->Errors, "");
  vtkFieldData* fieldData = setup.Filter->GetImage()->GetFieldData();
  EXPECT_EQ(vtkscorefields::FieldValue(fieldData, "NonFinitePoints", 0.0), 3.0);
  EXPECT_EQ(vtkscorefields::FieldValue(fieldData, "SampleCount", 0.0), 7.0);
  EXPECT_EQ(setup.Filter->GetImage()->GetNumberOfPoints(), 256);
}

// Contract: without points the density is 0, and that is no error, whatever the rule.
TEST(KernelDensityErrors, NoPointsGiveZeroDensityWithoutAnError)
{
  WatchedFilter setup;
  setup.Filter->SetInputData(PolyDataPoints(Eigen::Matrix3Xd(3, 0)));
  setup.Filter->SetSampleDimensions(8, 9, 1);
  for (const int rule : { 0, 3 })
  {
    setup.Filter->SetBandwidthRule(rule);
    setup.Filter->Update();
    EXPECT_EQ(setup.Log->Errors, "");
    vtkImageData* output = setup.Filter->GetImage();
    ASSERT_EQ(output->GetNumberOfPoints(), 72);
    EXPECT_EQ(output->GetPointData()->GetArray("Density")->GetRange()[1], 0.0);
    EXPECT_TRUE(std::isfinite(output->GetPointData()->GetArray("LogDensity")->GetRange()[0]));
  }
}

// Oracle: closed form. One point, ten times over: a Gaussian of peak (2 pi h^2)^(-d/2), of which
// the engine leaves out at most 1e-13.
TEST(KernelDensityErrors, IdenticalPointsWorkWithAManualBandwidthAndNotWithARule)
{
  WatchedFilter setup;
  setup.Filter->SetInputData(PolyDataPoints(Eigen::Matrix3Xd::Ones(3, 10)));
  setup.Filter->SetSampleDimensions(9, 9, 1);
  setup.Filter->Update();
  EXPECT_EQ(setup.Log->Errors, "");
  const double peak = 1.0 / (2.0 * 3.14159265358979323846 * 0.04);
  EXPECT_NEAR(setup.Filter->GetImage()->GetPointData()->GetArray("Density")->GetRange()[1], peak,
    1e-13 * peak);
  setup.Filter->SetBandwidthRule(2);
  setup.FailsWith("identical");
}

// Contract: the bandwidth is in the field data with its error; if that is large, the user is
// told.
TEST(KernelDensityErrors, WarnsOfABandwidthFoundRoughly)
{
  vtkNew<vtkKernelDensity> filter;
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  filter->SetInputData(PolyDataPoints(PointsOfDataFile("cytometry_hsct.csv", 2)));
  filter->SetSampleDimensions(4, 4, 4);
  filter->SetBandwidthRule(5);
  filter->Update();
  EXPECT_TRUE(log->HasWarning("\"Likelihood cross-validation\" found the bandwidth"))
    << log->Warnings;
  EXPECT_GT(
    vtkscorefields::FieldValue(filter->GetImage()->GetFieldData(), "BandwidthError", 0.0), 0.2);
  log->Clear();
  filter->SetBandwidthRule(3);
  filter->Update();
  EXPECT_FALSE(log->HasWarning("found the bandwidth")) << log->Warnings;
}

// Contract: one warning for all time steps, with the numbers; none once the nodes are close. The
// clusters measure 40 and lie 5000 apart, and one point lies 500000 away.
TEST(KernelDensityErrors, WarnsOnceOfNodesFarApart)
{
  Eigen::Matrix3Xd points = 40.0 * RandomPoints(301, 4, 2);
  points.row(0).segment(100, 100).array() += 5000.0;
  points.row(1).segment(200, 100).array() += 5000.0;
  points(0, 300) += 500000.0;
  WatchedFilter setup;
  setup.Filter->SetInputData(PolyDataPoints(points));
  setup.Filter->SetSampleDimensions(128, 128, 1);
  setup.Filter->SetBandwidth(10.0);
  setup.Filter->Update();
  EXPECT_EQ(setup.Log->WarningCount, 1) << setup.Log->Warnings;
  EXPECT_TRUE(setup.Log->HasWarning("bandwidths apart along x and hold ")) << setup.Log->Warnings;
  setup.Log->Clear();
  setup.Filter->BandwidthSweepOn();
  setup.Filter->SetSweepMinimum(1.0);
  setup.Filter->SetSweepMaximum(10.0);
  setup.Filter->SetSweepSteps(3);
  for (const double time : { 0.0, 1.0, 2.0 })
  {
    setup.Filter->UpdateTimeStep(time);
  }
  EXPECT_EQ(setup.Log->WarningCount, 1) << setup.Log->Warnings;
  setup.Log->Clear();
  setup.Filter->BandwidthSweepOff();
  setup.Filter->UseInputBoundsOff();
  setup.Filter->SetSamplingBounds(-50.0, 50.0, -50.0, 50.0, 0.0, 0.0);
  setup.Filter->Update();
  EXPECT_EQ(setup.Log->WarningCount, 0) << setup.Log->Warnings;
}
}
