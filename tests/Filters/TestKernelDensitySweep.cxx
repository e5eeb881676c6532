// SPDX-License-Identifier: BSD-3-Clause
#include "vtkKernelDensity.h"

#include "Pipeline/Adaptor.h"
#include "support/ErrorLog.h"
#include "support/PolyDataPoints.h"
#include "support/RandomPoints.h"

#include <vtkDataArray.h>
#include <vtkDataObject.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkInformation.h>
#include <vtkStreamingDemandDrivenPipeline.h>

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace scorefields
{
namespace
{
struct Sweep
{
  explicit Sweep(int engine = 0)
  {
    this->Input = PolyDataPoints(RandomPoints(60, 1, 2));
    this->Filter->SetInputData(this->Input);
    this->Filter->SetSampleDimensions(40, 30, 5);
    this->Filter->SetEngine(engine);
    this->Filter->BandwidthSweepOn();
    this->Filter->SetSweepMinimum(0.05);
    this->Filter->SetSweepMaximum(0.4);
    this->Filter->SetSweepSteps(4);
    this->Log->Watch(this->Filter);
  }
  vtkImageData* At(double time)
  {
    this->Filter->UpdateTimeStep(time);
    return this->Filter->GetImage();
  }
  std::vector<double> Times()
  {
    this->Filter->UpdateInformation();
    vtkInformation* info = this->Filter->GetOutputInformation(0);
    const double* steps = info->Get(vtkStreamingDemandDrivenPipeline::TIME_STEPS());
    return steps ? std::vector<double>(
                     steps, steps + info->Length(vtkStreamingDemandDrivenPipeline::TIME_STEPS()))
                 : std::vector<double>();
  }

  vtkSmartPointer<vtkPolyData> Input;
  vtkNew<vtkKernelDensity> Filter;
  vtkNew<ErrorLog> Log;
};

Eigen::VectorXd DensityOf(vtkImageData* image)
{
  auto* array = vtkDoubleArray::SafeDownCast(image->GetPointData()->GetArray("Density"));
  return Eigen::Map<const Eigen::VectorXd>(array->GetPointer(0), array->GetNumberOfValues());
}

double BandwidthOf(vtkImageData* image)
{
  return vtkscorefields::FieldValue(image->GetFieldData(), "Bandwidth", -1.0);
}
}

// Oracle: the schedule, and single runs on the sweep's box.
TEST(KernelDensitySweep, StepsEqualSingleRunsInAnyOrder)
{
  for (const int engine : { 1, 2 })
  {
    Sweep sweep(engine);
    EXPECT_EQ(sweep.Times(), (std::vector<double>{ 0.0, 1.0, 2.0, 3.0 }));
    for (const int step : { 2, 0, 3, 1, 2 })
    {
      vtkImageData* image = sweep.At(step);
      const double h = 0.05 * std::pow(2.0, step);
      EXPECT_NEAR(BandwidthOf(image), h, 1e-15);
      EXPECT_EQ(image->GetInformation()->Get(vtkDataObject::DATA_TIME_STEP()), step);
      EXPECT_NEAR(sweep.Filter->GetChosenBandwidth(), h, 1e-15);

      vtkNew<vtkKernelDensity> single;
      single->SetInputData(sweep.Input);
      single->SetEngine(engine);
      single->SetBandwidthRule(0);
      single->SetBandwidth(h);
      single->SetSampleDimensions(40, 30, 5);
      single->UseInputBoundsOff();
      single->SetSamplingBounds(image->GetBounds());
      single->Update();
      // The transform of a sweep has another mesh; both claim 1e-9 of the maximum.
      const Eigen::VectorXd expected = DensityOf(single->GetImage());
      EXPECT_LT((DensityOf(image) - expected).cwiseAbs().maxCoeff(), 2e-9 * expected.maxCoeff());
    }
  }
}

// Oracle: definition. The bounds of the points and three of the largest bandwidths, at every
// step; rounding of numbers below 2.
TEST(KernelDensitySweep, TheBoxIsFixedAndHoldsTheLargestBandwidth)
{
  Sweep sweep;
  double first[6];
  sweep.At(0.0)->GetBounds(first);
  const Eigen::Matrix3Xd points = RandomPoints(60, 1, 2);
  EXPECT_NEAR(first[0], points.row(0).minCoeff() - 3.0 * 0.4, 1e-14);
  EXPECT_NEAR(first[3], points.row(1).maxCoeff() + 3.0 * 0.4, 1e-14);
  for (const double time : { 3.0, 1.0 })
  {
    for (int i = 0; i < 6; ++i)
    {
      EXPECT_EQ(sweep.At(time)->GetBounds()[i], first[i]);
    }
  }
}

// Contract: a kept step comes back as the same arrays, and never more memory than allowed is
// used.
TEST(KernelDensitySweep, FinishedStepsAreKeptWithinTheBudget)
{
  Sweep sweep;
  void* const array = sweep.At(1.0)->GetPointData()->GetArray("Density");
  sweep.At(2.0);
  EXPECT_EQ(sweep.At(1.0)->GetPointData()->GetArray("Density"), array);
  const double perStep = sweep.Filter->GetSweepCacheUsed() / 2.0;
  EXPECT_GT(perStep, 40.0 * 30.0 * 6.0 * 8.0 / 1048576.0);

  sweep.Filter->SetSweepCacheMemory(2.5 * perStep);
  for (const double time : { 0.0, 1.0, 2.0, 3.0 })
  {
    sweep.At(time);
    EXPECT_LE(sweep.Filter->GetSweepCacheUsed(), 2.5 * perStep);
  }
  EXPECT_GT(sweep.Filter->GetSweepCacheUsed(), 1.5 * perStep);
  sweep.Filter->SetSweepCacheMemory(0.0);
  EXPECT_NEAR(BandwidthOf(sweep.At(2.0)), 0.2, 1e-15);
  EXPECT_EQ(sweep.Filter->GetSweepCacheUsed(), 0.0);
}

// Contract: what the steps share counts against the budget; where it alone is too large, nothing
// is kept, and the results are the same.
TEST(KernelDensitySweep, SharedStateStaysWithinTheBudget)
{
  Sweep sweep(2);
  const Eigen::VectorXd first = DensityOf(sweep.At(1.0));
  const double image =
    static_cast<double>(sweep.Filter->GetImage()->GetActualMemorySize()) / 1024.0;
  const double shared = sweep.Filter->GetSweepCacheUsed() - image;
  EXPECT_GT(shared, 1e-3) << "the transform of the points";
  sweep.Filter->SetSweepCacheMemory(1e-4);
  for (const double time : { 0.0, 1.0, 3.0 })
  {
    sweep.At(time);
    EXPECT_EQ(sweep.Filter->GetSweepCacheUsed(), 0.0);
  }
  EXPECT_EQ(DensityOf(sweep.At(1.0)), first);
}

// Contract: new data objects with the same points, as a source gives that runs again, keep the
// sweep.
TEST(KernelDensitySweep, SamePointsInNewObjectsKeepTheSteps)
{
  Sweep sweep;
  void* const array = sweep.At(1.0)->GetPointData()->GetArray("Density");
  sweep.Input->SetPoints(PolyDataPoints(RandomPoints(60, 1, 2))->GetPoints());
  EXPECT_EQ(sweep.At(1.0)->GetPointData()->GetArray("Density"), array);
}

// Oracle: invariant. Moved points move the box and every step; nothing of before remains. Both
// densities are known to 1e-9 of the maximum, which the transform claims.
TEST(KernelDensitySweep, MovedPointsMoveTheSweep)
{
  for (const int engine : { 1, 2 })
  {
    Sweep sweep(engine);
    const Eigen::VectorXd before = DensityOf(sweep.At(1.0));
    const double left = sweep.Filter->GetImage()->GetBounds()[0];
    Eigen::Matrix3Xd moved = RandomPoints(60, 1, 2);
    moved.row(0).array() += 8.0;
    sweep.Input->SetPoints(PolyDataPoints(moved)->GetPoints());
    vtkImageData* image = sweep.At(1.0);
    EXPECT_NEAR(image->GetBounds()[0], left + 8.0, 1e-14);
    EXPECT_LT((DensityOf(image) - before).cwiseAbs().maxCoeff(), 2e-9 * before.maxCoeff());
  }
}

// Contract: without a sweep there are no time steps and nothing is kept.
TEST(KernelDensitySweep, OffLeavesNoTimeBehind)
{
  Sweep sweep;
  sweep.At(1.0);
  sweep.Filter->BandwidthSweepOff();
  EXPECT_TRUE(sweep.Times().empty());
  EXPECT_FALSE(
    sweep.Filter->GetOutputInformation(0)->Has(vtkStreamingDemandDrivenPipeline::TIME_RANGE()));
  sweep.Filter->Update();
  EXPECT_EQ(sweep.Filter->GetSweepCacheUsed(), 0.0);
}

// Contract: the shape of the kernel is the rule's, its size the sweep's.
TEST(KernelDensitySweep, KeepsTheShapeOfTheKernel)
{
  Sweep sweep;
  sweep.Filter->SetBandwidthRule(0);
  sweep.Filter->SetBandwidthShape(1);
  sweep.Filter->SetAxisBandwidths(0.3, 0.1, 7.0);
  vtkDataArray* covariance = sweep.At(3.0)->GetFieldData()->GetArray("KernelCovariance");
  EXPECT_NEAR(
    std::sqrt(covariance->GetComponent(0, 0) / covariance->GetComponent(0, 1)), 3.0, 1e-14);
  EXPECT_NEAR(BandwidthOf(sweep.Filter->GetImage()), 0.4, 1e-15);
}

// Contract: the message names property and value; put right, the filter works again.
TEST(KernelDensitySweep, RefusesWhatIsNoSweep)
{
  Sweep sweep;
  sweep.Filter->SetSweepMaximum(0.01);
  sweep.Filter->Update();
  EXPECT_TRUE(sweep.Log->HasError("SweepMaximum is 0.01")) << sweep.Log->Errors;
  sweep.Filter->SetSweepSpacing(2);
  sweep.Log->Clear();
  sweep.Filter->Update();
  EXPECT_TRUE(sweep.Log->HasError("SweepBandwidths is empty")) << sweep.Log->Errors;
  sweep.Filter->AddSweepBandwidth(0.3);
  sweep.Filter->AddSweepBandwidth(0.2);
  EXPECT_NEAR(BandwidthOf(sweep.At(1.0)), 0.2, 1e-15);
}
}
