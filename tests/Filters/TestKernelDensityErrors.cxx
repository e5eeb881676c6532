// SPDX-License-Identifier: BSD-3-Clause
#include "vtkKernelDensity.h"

#include "support/WatchedDensity.h"

#include <vtkExecutive.h>
#include <vtkPointData.h>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace scorefields
{
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
  setup.Filter->SetSamplingBounds(-1e160, 1e160, 0.0, 1.0, 0.0, 0.0);
  setup.FailsWith("along axis x the bounds must be finite, from -1e150 to 1e150");
  setup.Filter->UseInputBoundsOn();
  setup.Filter->SetInputData(PolyDataPoints(1e160 * RandomPoints(10, 1, 2)));
  setup.FailsWith("along x; coordinates must lie from -1e150 to 1e150");
}

// Contract: every engine refuses the same tolerances, also one that does not use it.
TEST(KernelDensityErrors, ToleranceMustBeInRangeForEveryEngine)
{
  WatchedFilter setup;
  for (const int engine : { 0, 1, 2 })
  {
    setup.Filter->SetEngine(engine);
    setup.Filter->SetTolerance(1.0);
    setup.FailsWith("Tolerance is 1; it must be above 0 and at most 0.1");
    setup.Filter->SetTolerance(0.0);
    setup.FailsWith("Tolerance is 0; it must be above 0 and at most 0.1");
  }
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
}
