// SPDX-License-Identifier: BSD-3-Clause
#include "vtkKernelDensity.h"

#include "Pipeline/Adaptor.h"
#include "support/DataFile.h"
#include "support/WatchedDensity.h"

#include <vtkFieldData.h>
#include <vtkPointData.h>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace scorefields
{
// Oracle: the estimate without these points. One warning counts them.
TEST(KernelDensityWarnings, NonFinitePointsAndWeightsAreLeftOutWithOneWarning)
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

// Contract: the bandwidth is in the field data with its error; if that is large, the user is
// told.
TEST(KernelDensityWarnings, WarnsOfABandwidthFoundRoughly)
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

// Oracle: closed form, the peak 1 / (2 pi h^2) = 1.6e39 of one point, and its logarithm to the
// rounding of a float. Single precision cannot hold the peak, which is said once.
TEST(KernelDensityWarnings, SinglePrecisionSaysWhatItCannotHold)
{
  WatchedFilter setup;
  setup.Filter->SetInputData(PolyDataPoints(Eigen::Matrix3Xd::Zero(3, 1)));
  setup.Filter->SetDimension(2);
  setup.Filter->SetBandwidth(1e-20);
  setup.Filter->SetSampleDimensions(9, 9, 1);
  setup.Filter->SetOutputPrecision(1);
  setup.Filter->Update();
  EXPECT_EQ(setup.Log->Errors, "");
  EXPECT_EQ(setup.Log->WarningCount, 1) << setup.Log->Warnings;
  EXPECT_TRUE(setup.Log->HasWarning("larger ones of Density are infinite")) << setup.Log->Warnings;
  const double peak = std::log(1.0 / (2.0 * 3.14159265358979323846)) + 40.0 * std::log(10.0);
  vtkPointData* arrays = setup.Filter->GetImage()->GetPointData();
  EXPECT_NEAR(arrays->GetArray("LogDensity")->GetRange()[1], peak, 1e-7 * peak);
  setup.Log->Clear();
  setup.Filter->SetOutputPrecision(0);
  setup.Filter->Update();
  EXPECT_EQ(setup.Log->WarningCount, 0) << setup.Log->Warnings;
}

// Contract: one warning names the axis, the numbers and the ways out, each of which works: two
// modes along an axis of another unit, and noise across a plane.
TEST(KernelDensityWarnings, WarnsOfAKernelWiderThanAnAxis)
{
  Eigen::Matrix3Xd points = RandomPoints(400, 6, 2);
  points.row(0) *= 10000.0;
  points.row(1).head(200).array() -= 3.0;
  points.row(1).tail(200).array() += 3.0;
  WatchedFilter setup;
  setup.Filter->SetInputData(PolyDataPoints(points));
  setup.Filter->SetBandwidthRule(3);
  const auto warnings = [&]
  {
    setup.Log->Clear();
    setup.Filter->Update();
    EXPECT_EQ(setup.Log->ErrorCount, 0) << setup.Log->Errors;
    return setup.Log->WarningCount;
  };
  EXPECT_EQ(warnings(), 1) << setup.Log->Warnings;
  EXPECT_TRUE(setup.Log->HasWarning("along y, so that the density has a single hump"))
    << setup.Log->Warnings;
  EXPECT_TRUE(setup.Log->HasWarning("Set BandwidthShape to \"Per axis\" if"));
  EXPECT_TRUE(setup.Log->HasWarning("Dimension to 1 to leave y out"));
  setup.Filter->SetBandwidthShape(1);
  EXPECT_EQ(warnings(), 0) << setup.Log->Warnings;
  setup.Filter->SetBandwidthShape(0);
  setup.Filter->SetDimension(1);
  EXPECT_EQ(warnings(), 0) << setup.Log->Warnings;

  const Eigen::Matrix3Xd noisy =
    RandomPoints(400, 6).array().colwise() * Eigen::Array3d(1.0, 1.0, 1e-9);
  setup.Filter->SetInputData(PolyDataPoints(noisy));
  setup.Filter->SetDimension(0);
  EXPECT_EQ(warnings(), 1) << setup.Log->Warnings;
  EXPECT_TRUE(setup.Log->HasWarning("Dimension to 2 to leave z out")) << setup.Log->Warnings;
}

// Contract: one warning for all time steps, with the numbers; none once the nodes are close. The
// clusters measure 40 and lie 5000 apart, and one point lies 500000 away.
TEST(KernelDensityWarnings, WarnsOnceOfNodesFarApart)
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
