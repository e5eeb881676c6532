// SPDX-License-Identifier: BSD-3-Clause
#include "vtkKernelDensity.h"

#include "Pipeline/Adaptor.h"
#include "support/ErrorLog.h"
#include "support/PolyDataPoints.h"
#include "support/RandomPoints.h"

#include <vtkDataObject.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkInformation.h>
#include <vtkInformationVector.h>
#include <vtkPolyDataAlgorithm.h>
#include <vtkStreamingDemandDrivenPipeline.h>

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace scorefields
{
namespace
{
/// A simulation's particles: at time t = 0, 1, 2 a square at x = 8 t; in the plane z = 0 at the
/// beginning, thick later.
class Particles : public vtkPolyDataAlgorithm
{
public:
  static Particles* New();
  vtkTypeMacro(Particles, vtkPolyDataAlgorithm);

  std::vector<double> Asked; ///< the times of all executions
  bool Thick = false;        ///< leave the plane after t = 0

protected:
  Particles() { this->SetNumberOfInputPorts(0); }

  int RequestInformation(
    vtkInformation*, vtkInformationVector**, vtkInformationVector* outputVector) override
  {
    const double times[3] = { 0.0, 1.0, 2.0 };
    const double range[2] = { 0.0, 2.0 };
    outputVector->GetInformationObject(0)->Set(
      vtkStreamingDemandDrivenPipeline::TIME_STEPS(), times, 3);
    outputVector->GetInformationObject(0)->Set(
      vtkStreamingDemandDrivenPipeline::TIME_RANGE(), range, 2);
    return 1;
  }

  int RequestData(
    vtkInformation*, vtkInformationVector**, vtkInformationVector* outputVector) override
  {
    vtkInformation* info = outputVector->GetInformationObject(0);
    const double time = info->Has(vtkStreamingDemandDrivenPipeline::UPDATE_TIME_STEP())
      ? info->Get(vtkStreamingDemandDrivenPipeline::UPDATE_TIME_STEP())
      : -1.0;
    this->Asked.push_back(time);
    Eigen::Matrix3Xd points = RandomPoints(50, 3, this->Thick && time > 0.5 ? 3 : 2);
    points.row(0).array() += 8.0 * time;
    vtkPolyData* output = vtkPolyData::GetData(info);
    output->ShallowCopy(PolyDataPoints(points));
    output->GetInformation()->Set(vtkDataObject::DATA_TIME_STEP(), time);
    return 1;
  }
};
vtkStandardNewMacro(Particles);

struct Scene
{
  Scene()
  {
    this->Filter->SetInputConnection(this->Input->GetOutputPort());
    this->Filter->SetSampleDimensions(20, 16, 12);
    this->Filter->SetBandwidthRule(0);
    this->Filter->SetBandwidth(0.2);
    this->Filter->SetSweepMinimum(0.1);
    this->Filter->SetSweepMaximum(0.4);
    this->Filter->SetSweepSteps(3);
    this->Log->Watch(this->Filter);
  }
  vtkImageData* At(double time)
  {
    this->Filter->UpdateTimeStep(time);
    return this->Filter->GetImage();
  }
  double Centre()
  {
    const double* bounds = this->Filter->GetImage()->GetBounds();
    return 0.5 * (bounds[0] + bounds[1]);
  }
  double Bandwidth()
  {
    return vtkscorefields::FieldValue(this->Filter->GetImage()->GetFieldData(), "Bandwidth", -1.0);
  }
  int Steps()
  {
    this->Filter->UpdateInformation();
    vtkInformation* info = this->Filter->GetOutputInformation(0);
    return info->Has(vtkStreamingDemandDrivenPipeline::TIME_STEPS())
      ? info->Length(vtkStreamingDemandDrivenPipeline::TIME_STEPS())
      : 0;
  }

  vtkNew<Particles> Input;
  vtkNew<vtkKernelDensity> Filter;
  vtkNew<ErrorLog> Log;
};
}

// Oracle: the particles' own motion. Without a sweep the time asked for is the input's.
TEST(KernelDensityTime, FixedBandwidthFollowsTheInput)
{
  Scene run;
  EXPECT_EQ(run.Steps(), 3);
  const Eigen::Matrix3Xd points = RandomPoints(50, 3, 2);
  const double start = 0.5 * (points.row(0).minCoeff() + points.row(0).maxCoeff());
  for (const double time : { 2.0, 0.0, 1.0, 2.0 })
  {
    vtkImageData* image = run.At(time);
    EXPECT_NEAR(run.Centre(), start + 8.0 * time, 1e-13);
    EXPECT_EQ(run.Bandwidth(), 0.2);
    EXPECT_EQ(image->GetInformation()->Get(vtkDataObject::DATA_TIME_STEP()), time);
  }
  for (const double asked : run.Input->Asked)
  {
    EXPECT_GE(asked, 0.0) << "a temporal input must be asked for a time it has";
  }
  EXPECT_TRUE(run.Log->Errors.empty()) << run.Log->Errors;
}

// Oracle: the schedule 0.1, 0.2, 0.4. Time is the bandwidth; the input stays at SweepInputTime.
TEST(KernelDensityTime, SweepHoldsTheInputAtOneTime)
{
  Scene run;
  run.Filter->BandwidthSweepOn();
  run.Filter->SetSweepInputTime(1.0);
  EXPECT_EQ(run.Steps(), 3);
  const double centre = (run.At(0.0), run.Centre());
  EXPECT_NEAR(centre, 8.0, 0.5) << "points in [-0.5, 0.5] are moved by 8 times the time";
  for (const int step : { 2, 0, 1, 2, 0 })
  {
    vtkImageData* image = run.At(step);
    EXPECT_NEAR(run.Bandwidth(), 0.1 * std::pow(2.0, step), 1e-15);
    EXPECT_EQ(run.Centre(), centre);
    EXPECT_EQ(image->GetInformation()->Get(vtkDataObject::DATA_TIME_STEP()), step);
  }
  // One execution serves the information and every step of the sweep.
  EXPECT_EQ(run.Input->Asked, std::vector<double>{ 1.0 });

  run.Filter->SetSweepInputTime(2.0);
  run.At(1.0);
  EXPECT_NEAR(run.Centre(), centre + 8.0, 1e-13) << "the box must follow the input";
  run.Filter->BandwidthSweepOff();
  EXPECT_EQ(run.Steps(), 3) << "the input's own steps";
  run.At(0.0);
  EXPECT_NEAR(run.Centre(), centre - 8.0, 1e-13);
}

// Contract: what was announced for one time (a plane) must not cut the image of another (a
// volume), whatever the order.
TEST(KernelDensityTime, FlatnessFollowsTheInput)
{
  Scene run;
  run.Input->Thick = true;
  for (const int time : { 0, 1, 0, 2 })
  {
    int dimensions[3];
    run.At(time)->GetDimensions(dimensions);
    EXPECT_EQ(dimensions[0], 20);
    EXPECT_EQ(dimensions[2], time == 0 ? 1 : 12) << time;
    EXPECT_EQ(run.Filter->GetImage()->GetPointData()->GetArray("Density")->GetNumberOfTuples(),
      run.Filter->GetImage()->GetNumberOfPoints());
  }
}
}
