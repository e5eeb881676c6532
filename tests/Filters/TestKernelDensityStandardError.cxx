// SPDX-License-Identifier: BSD-3-Clause
#include "vtkKernelDensity.h"

#include "Numerics/Density/StandardError.h"
#include "Pipeline/Adaptor.h"
#include "support/ErrorLog.h"
#include "support/Numbers.h"
#include "support/PointValues.h"
#include "support/PolyDataPoints.h"
#include "support/RandomPoints.h"

#include <vtkFloatArray.h>
#include <vtkImageData.h>
#include <vtkStreamingDemandDrivenPipeline.h>

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
namespace
{
constexpr double ErrorBandwidth = 0.15;

void AskForErrors(vtkKernelDensity* filter, const Eigen::Matrix3Xd& points)
{
  filter->SetInputData(PolyDataPoints(points));
  filter->SetBandwidthRule(0);
  filter->SetBandwidth(ErrorBandwidth);
  filter->UseInputBoundsOff();
  filter->SetSamplingBounds(-0.6, 0.5, -0.5, 0.7, 0.0, 0.0);
  filter->SetSampleDimensions(24, 30, 1);
  filter->ComputeStandardErrorOn();
}

std::string ComplaintOf(const std::function<void(vtkKernelDensity*)>& change)
{
  vtkNew<vtkKernelDensity> filter;
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  AskForErrors(filter, RandomPoints(25, 1, 2));
  change(filter);
  filter->Update();
  EXPECT_EQ(filter->GetImage()->GetNumberOfPoints(), 0);
  EXPECT_EQ(log->ErrorCount, 1) << log->Errors;
  return log->Errors;
}
}

// Oracle: the numerics. The filter translates, with every boundary and engine, and as a step of a
// sweep. Spacings may be rounded in another way, which moves densities by 1e-13 of the largest; the
// root of a difference of them makes 1e-9 of it at most, where errors are above 1e-5 of theirs.
TEST(KernelDensityStandardError, IsThatOfTheNumerics)
{
  const Eigen::Matrix3Xd points = RandomPoints(200, 1, 2);
  const Samples cloud = Samples::Unweighted(points);
  const StoredSamples stored(cloud);
  Grid nodes;
  nodes.Origin = Eigen::Vector3d(-0.6, -0.5, 0.0);
  nodes.Spacing = Eigen::Vector3d(1.1 / 23.0, 1.2 / 29.0, 1.0);
  nodes.Dimensions = Index3(24, 30, 1);
  for (int variant = 0; variant < 10; ++variant)
  {
    vtkNew<vtkKernelDensity> filter;
    AskForErrors(filter, points);
    filter->SetEngine(variant < 9 ? variant / 3 : 1);
    filter->SetBoundary(variant % 3);
    filter->SetBandwidthSweep(variant == 9);
    filter->SetSweepMinimum(ErrorBandwidth);
    filter->Update();
    const Eigen::VectorXd density = ValuesOf(filter->GetImage(), "Density");

    EngineSettings settings;
    settings.Engine = static_cast<Engine>(filter->GetEngine());
    settings.Fft.Boundaries.fill(static_cast<Boundary>(variant % 3));
    Eigen::VectorXd error(nodes.Size());
    Eigen::VectorXd lower = error;
    Eigen::VectorXd upper = error;
    EstimateStandardErrors(
      { stored, MomentsOf(cloud), GaussianKernel::Isotropic(Axes::First(2), ErrorBandwidth), nodes,
        NodeBlock::Whole(nodes), settings },
      density.data(), {}, { error.data(), lower.data(), upper.data() }, Execution());
    EXPECT_LT((ValuesOf(filter->GetImage(), "DensityStandardError") - error).cwiseAbs().maxCoeff(),
      1e-9 * error.maxCoeff())
      << variant;
    const Eigen::VectorXd found = ValuesOf(filter->GetImage(), "LogDensityLower");
    for (Index node = 0; node < nodes.Size(); ++node)
    {
      ASSERT_EQ(std::isnan(found[node]), std::isnan(lower[node]));
      ASSERT_TRUE(std::isnan(found[node]) || std::abs(found[node] - lower[node]) < 1e-8);
    }
    EXPECT_EQ(Field(filter->GetImage(), "ConfidenceLevel"), 0.95);
  }
}

// Contract: the arrays are there if asked for, in the precision asked for; a higher level widens
// the band by the ratio of the quantiles, 2.5758 / 1.96.
TEST(KernelDensityStandardError, ComesIfAskedFor)
{
  vtkNew<vtkKernelDensity> filter;
  AskForErrors(filter, RandomPoints(200, 1, 2));
  const auto width = [&]
  {
    filter->Update();
    vtkPointData* data = filter->GetImage()->GetPointData();
    return data->GetArray("LogDensityUpper")->GetTuple1(372) -
      data->GetArray("LogDensityLower")->GetTuple1(372);
  };
  const double narrow = width();
  filter->SetConfidenceLevel(0.99);
  EXPECT_NEAR(width() / narrow, 2.5758 / 1.96, 1e-4);
  filter->SetOutputPrecision(1);
  filter->Update();
  for (const char* name : { "DensityStandardError", "LogDensityLower", "LogDensityUpper" })
  {
    EXPECT_NE(
      vtkFloatArray::SafeDownCast(filter->GetImage()->GetPointData()->GetArray(name)), nullptr)
      << name;
  }
  filter->ComputeStandardErrorOff();
  filter->Update();
  EXPECT_FALSE(filter->GetImage()->GetPointData()->HasArray("DensityStandardError"));
  EXPECT_EQ(Field(filter->GetImage(), "ConfidenceLevel"), -1.0);
}

// Contract: what it does not go with is refused by name, and nothing is written.
TEST(KernelDensityStandardError, NamesWhatItDoesNotGoWith)
{
  const auto contains = [](const std::string& text, const char* part)
  { EXPECT_NE(text.find(part), std::string::npos) << text; };
  contains(ComplaintOf([](vtkKernelDensity* f) { f->SetConfidenceLevel(1.0); }),
    "ConfidenceLevel is 1; it must be above 0 and below 1");
  contains(ComplaintOf([](vtkKernelDensity* f) { f->SetKernel(1); }), "Kernel is Epanechnikov");
  contains(ComplaintOf([](vtkKernelDensity* f) { f->SharpenOn(); }), "Sharpen");
  contains(ComplaintOf(
             [](vtkKernelDensity* f)
             {
               f->SetBandwidthShape(2);
               f->SetBandwidthMatrix(0.02, 0.02, 0.02, 0.01, 0.0, 0.0);
               f->SetBoundary(2);
             }),
    "correlation");
}
}
