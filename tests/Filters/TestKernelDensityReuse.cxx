// SPDX-License-Identifier: BSD-3-Clause
#include "vtkKernelDensity.h"

#include "Pipeline/Adaptor.h"
#include "support/ErrorLog.h"
#include "support/PolyDataPoints.h"
#include "support/RandomPoints.h"

#include <vtkDoubleArray.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>

#include <gtest/gtest.h>

#include <limits>

namespace scorefields
{
namespace
{
constexpr Index Count = 200000;

Eigen::VectorXd LogDensityOf(vtkKernelDensity* filter)
{
  filter->Update();
  auto* array =
    vtkDoubleArray::SafeDownCast(filter->GetImage()->GetPointData()->GetArray("LogDensity"));
  return Eigen::Map<const Eigen::VectorXd>(array->GetPointer(0), array->GetNumberOfValues());
}

void Prepare(vtkKernelDensity* filter, vtkPolyData* input, double bandwidth)
{
  filter->SetInputData(input);
  filter->SetBandwidthRule(0);
  filter->SetBandwidth(bandwidth);
  filter->UseInputBoundsOff();
  filter->SetSamplingBounds(-2, 2, -2, 2, 0, 0);
  filter->SetSampleDimensions(160, 160, 1);
}

/// What a filter gives that has seen nothing before.
Eigen::VectorXd Fresh(vtkPolyData* input, double bandwidth)
{
  vtkNew<vtkKernelDensity> filter;
  Prepare(filter, input, bandwidth);
  return LogDensityOf(filter);
}

/// Two densities that are each right to the relative tolerance 1e-4.
constexpr double BothErrors = 2e-4;
}

// Oracle: a filter that has nothing to use again. One bandwidth after the other gives the same
// densities, by a mesh that is kept.
TEST(KernelDensityReuse, GivesTheSameAtEveryBandwidth)
{
  auto input = PolyDataPoints(RandomPoints(Count, 1, 2));
  vtkNew<vtkKernelDensity> filter;
  Prepare(filter, input, 0.1);
  LogDensityOf(filter);
  const double used = filter->GetSweepCacheUsed();
  EXPECT_GT(used, 0.0);
  for (const double bandwidth : { 0.11, 0.12, 0.1, 0.09, 0.15, 0.5, 0.02 })
  {
    filter->SetBandwidth(bandwidth);
    const Eigen::VectorXd found = LogDensityOf(filter);
    EXPECT_LE((found - Fresh(input, bandwidth)).cwiseAbs().maxCoeff(), BothErrors) << bandwidth;
  }
}

// Oracle: a filter that has nothing to use again. Points that are changed in place are seen, also
// where nobody said that they changed; so are weights.
TEST(KernelDensityReuse, SeesPointsThatChangedInPlace)
{
  auto input = PolyDataPoints(RandomPoints(Count, 2, 2));
  auto weights = vtkscorefields::NewArray("Weight", 1, Count);
  weights->Fill(1.0);
  input->GetPointData()->AddArray(weights);
  vtkNew<vtkKernelDensity> filter;
  Prepare(filter, input, 0.1);
  filter->SetInputArrayToProcess(0, 0, 0, 0, "Weight");
  const Eigen::VectorXd before = LogDensityOf(filter);
  auto* coordinates = vtkDoubleArray::SafeDownCast(input->GetPoints()->GetData());
  ASSERT_NE(coordinates, nullptr);
  for (vtkIdType i = 0; i < Count; ++i)
  {
    coordinates->GetPointer(3 * i)[0] *= 0.5;
  }
  filter->SetBandwidth(0.101);
  EXPECT_GT((LogDensityOf(filter) - before).cwiseAbs().maxCoeff(), 0.1);
  EXPECT_LE((LogDensityOf(filter) - Fresh(input, 0.101)).cwiseAbs().maxCoeff(), BothErrors);
  for (vtkIdType i = 0; i < Count / 2; ++i)
  {
    weights->SetValue(i, 3.0);
  }
  filter->SetBandwidth(0.102);
  vtkNew<vtkKernelDensity> other;
  Prepare(other, input, 0.102);
  other->SetInputArrayToProcess(0, 0, 0, 0, "Weight");
  EXPECT_LE((LogDensityOf(filter) - LogDensityOf(other)).cwiseAbs().maxCoeff(), BothErrors);
}

// Contract: the memory is bounded, 0 keeps nothing, and what is no size is refused.
TEST(KernelDensityReuse, KeepsWithinItsMemory)
{
  auto input = PolyDataPoints(RandomPoints(Count, 3, 2));
  vtkNew<vtkKernelDensity> filter;
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  Prepare(filter, input, 0.1);
  filter->SetSweepCacheMemory(0.0);
  const Eigen::VectorXd first = LogDensityOf(filter);
  EXPECT_EQ(filter->GetSweepCacheUsed(), 0.0);
  filter->SetBandwidth(0.11);
  EXPECT_LE((LogDensityOf(filter) - Fresh(input, 0.11)).cwiseAbs().maxCoeff(), BothErrors);
  EXPECT_EQ(filter->GetSweepCacheUsed(), 0.0);
  EXPECT_EQ(log->Errors, "");
  for (const double memory : { -1.0, std::numeric_limits<double>::quiet_NaN() })
  {
    filter->SetSweepCacheMemory(memory);
    filter->Update();
    EXPECT_TRUE(log->HasError("SweepCacheMemory is ")) << log->Errors;
    log->Clear();
  }
}
}
