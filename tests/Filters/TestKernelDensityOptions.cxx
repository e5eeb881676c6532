// SPDX-License-Identifier: BSD-3-Clause
#include "vtkKernelDensity.h"

#include "Pipeline/Adaptor.h"
#include "support/ErrorLog.h"
#include "support/Numbers.h"
#include "support/PolyDataPoints.h"
#include "support/RandomPoints.h"

#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkPointData.h>
#include <vtkUnsignedCharArray.h>

#include <gtest/gtest.h>

namespace scorefields
{
namespace
{
Eigen::VectorXd UpdatedValues(vtkKernelDensity* filter, const char* name)
{
  filter->Update();
  auto* array = vtkDoubleArray::SafeDownCast(filter->GetImage()->GetPointData()->GetArray(name));
  return array ? Eigen::VectorXd(Eigen::Map<const Eigen::VectorXd>(
                   array->GetPointer(0), array->GetNumberOfValues()))
               : Eigen::VectorXd();
}

void Prepare(vtkKernelDensity* filter, const Eigen::Matrix3Xd& points, double bandwidth)
{
  filter->SetInputData(PolyDataPoints(points));
  filter->SetBandwidthRule(0);
  filter->SetBandwidth(bandwidth);
  filter->UseInputBoundsOff();
  filter->SetSamplingBounds(-0.6, 0.5, -0.5, 0.7, -0.5, 0.5);
  filter->SetSampleDimensions(24, 30, 20);
}

constexpr int Exact = 1;
constexpr int Fft = 2;
}

// Oracle: agreement of two engines, with every boundary, on boxes that are not square, in 2-D and
// 3-D. The transform claims DensityFloor.
TEST(KernelDensityOptions, EnginesAgreeWithEveryBoundary)
{
  for (const int dimension : { 2, 3 })
  {
    for (int boundary = 0; boundary <= 3; ++boundary)
    {
      vtkNew<vtkKernelDensity> filter;
      Prepare(filter, RandomPoints(25, 1, dimension) * 1.3, 0.15);
      filter->SetBoundary(boundary);
      filter->SetBoundaryX(1);
      filter->SetBoundaryY(2);
      filter->SetEngine(Exact);
      const Eigen::VectorXd exact = UpdatedValues(filter, "Density");
      filter->SetEngine(Fft);
      const Eigen::VectorXd transformed = UpdatedValues(filter, "Density");
      const double floor =
        vtkscorefields::FieldValue(filter->GetImage()->GetFieldData(), "DensityFloor", 0.0);
      ASSERT_EQ(exact.size(), transformed.size());
      EXPECT_GT(floor, 0.0);
      EXPECT_LT(floor, 1e-8 * exact.maxCoeff());
      EXPECT_LT((exact - transformed).cwiseAbs().maxCoeff(), floor) << dimension << boundary;
    }
  }
}

// Oracle: agreement of two engines on a slice through a solid cloud. The transform claims
// DensityFloor.
TEST(KernelDensityOptions, EnginesAgreeOnASlice)
{
  vtkNew<vtkKernelDensity> filter;
  Prepare(filter, RandomPoints(25, 2), 0.15);
  filter->SetSamplingBounds(-0.6, 0.5, -0.5, 0.7, 0.1, 0.1);
  filter->SetEngine(Exact);
  const Eigen::VectorXd exact = UpdatedValues(filter, "Density");
  EXPECT_EQ(exact.size(), 24 * 30);
  filter->SetEngine(Fft);
  const Eigen::VectorXd transformed = UpdatedValues(filter, "Density");
  const double floor =
    vtkscorefields::FieldValue(filter->GetImage()->GetFieldData(), "DensityFloor", 0.0);
  EXPECT_LT(floor, 1e-8 * exact.maxCoeff());
  EXPECT_LT((exact - transformed).cwiseAbs().maxCoeff(), floor);
}

// Oracle: closed form. One point, at a node: the peaks of kernels with standard deviation h in 2-D.
TEST(KernelDensityOptions, KernelsHaveTheirPeaks)
{
  const double h = 0.2;
  const double pi = 3.14159265358979323846;
  // (1 - rho^2)^k: (k + 1) / (pi R^2), R^2 = (2k + 4) h^2.
  const double expected[] = { 1.0 / (2.0 * pi * h * h), 2.0 / (pi * 6.0 * h * h),
    3.0 / (pi * 8.0 * h * h), 1.0 / (pi * 4.0 * h * h) };
  for (int kernel = 0; kernel < 4; ++kernel)
  {
    vtkNew<vtkKernelDensity> filter;
    Prepare(filter, Eigen::Vector3d(0.0, 0.0, 0.0), h);
    filter->SetSamplingBounds(-1.0, 1.0, -1.0, 1.0, 0.0, 0.0);
    filter->SetSampleDimensions(21, 21, 1);
    filter->SetKernel(kernel);
    EXPECT_NEAR(
      UpdatedValues(filter, "Density").maxCoeff(), expected[kernel], 8.0 * Eps * expected[kernel])
      << kernel;
    EXPECT_EQ(UpdatedValues(filter, "Score").size() > 0, kernel == 0);
  }
}

// Oracle: closed form. Two points a distance 2a apart are moved by h^2 / 2 times their score, each
// towards the other; the score at a point is -2a r / h^2, r the other's responsibility.
TEST(KernelDensityOptions, SharpeningMovesThePoints)
{
  const double a = 0.1;
  const double h = 0.15;
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 2);
  points.row(0) << -a, a;
  const double other = std::exp(-2.0 * a * a / (h * h));
  const double moved = a - 0.5 * 2.0 * a * other / (1.0 + other);
  Eigen::Matrix3Xd expectedPoints = points;
  expectedPoints.row(0) << -moved, moved;
  for (const int engine : { Exact, Fft })
  {
    vtkNew<vtkKernelDensity> filter;
    Prepare(filter, points, h);
    filter->SetDimension(2);
    filter->SetEngine(engine);
    filter->SharpenOn();
    const Eigen::VectorXd sharpened = UpdatedValues(filter, "Density");
    vtkNew<vtkKernelDensity> direct;
    Prepare(direct, expectedPoints, h);
    direct->SetDimension(2);
    direct->SetEngine(Exact);
    const Eigen::VectorXd expected = UpdatedValues(direct, "Density");
    EXPECT_LT((sharpened - expected).cwiseAbs().maxCoeff(), 1e-8 * expected.maxCoeff());
  }
}

// Oracle: definition. Single precision is the rounded double; the density underflows, not its log.
TEST(KernelDensityOptions, SinglePrecisionIsRoundedDouble)
{
  vtkNew<vtkKernelDensity> filter;
  Prepare(filter, RandomPoints(25, 4, 2), 0.02);
  const Eigen::VectorXd density = UpdatedValues(filter, "Density");
  const Eigen::VectorXd logDensity = UpdatedValues(filter, "LogDensity");
  filter->SetOutputPrecision(1);
  filter->Update();
  vtkPointData* data = filter->GetImage()->GetPointData();
  EXPECT_STREQ(data->GetScalars()->GetName(), "Density");
  ASSERT_EQ(data->GetArray("Density")->GetDataType(), VTK_FLOAT);
  for (vtkIdType i = 0; i < density.size(); ++i)
  {
    EXPECT_EQ(data->GetArray("Density")->GetComponent(i, 0), static_cast<float>(density[i]));
    EXPECT_EQ(data->GetArray("LogDensity")->GetComponent(i, 0), static_cast<float>(logDensity[i]));
  }
  EXPECT_LT(logDensity.minCoeff(), -100.0);
}

// Oracle: definition. Without padding points outside the box are not in the density.
TEST(KernelDensityOptions, UnpaddedTransformSaysWhatItDrops)
{
  vtkNew<vtkKernelDensity> filter;
  Eigen::Matrix3Xd points = RandomPoints(40, 1, 2) * 0.4;
  points.row(0).head(10).array() += 1.3; // outside, but their kernels reach in
  Prepare(filter, points, 0.15);
  filter->SetEngine(Fft);
  const auto dropped = [&filter]
  {
    filter->Update();
    return vtkscorefields::FieldValue(filter->GetImage()->GetFieldData(), "DroppedWeight", -1.0);
  };
  EXPECT_EQ(dropped(), 0.0);
  filter->ZeroPaddingOff();
  EXPECT_EQ(dropped(), 0.25);
}

// Oracle: limits. Two points: far from both one speaks, the other has exp(-111) of its weight; in
// the middle both do.
TEST(KernelDensityOptions, KishSampleSizeCountsWhoSpeaks)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 2);
  points.row(0) << -1.0, 1.0;
  vtkNew<vtkKernelDensity> filter;
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  Prepare(filter, points, 0.3);
  filter->SetDimension(1);
  filter->SetSamplingBounds(-5.0, 5.0, 0.0, 0.0, 0.0, 0.0);
  filter->SetSampleDimensions(11, 1, 1);
  filter->ComputeKishSampleSizeOn();
  const Eigen::VectorXd kish = UpdatedValues(filter, "KishSampleSize");
  ASSERT_EQ(kish.size(), 11);
  EXPECT_NEAR(kish[0], 1.0, 8.0 * Eps);
  EXPECT_NEAR(kish[5], 2.0, 8.0 * Eps);
  filter->SetEngine(Fft);
  filter->Update();
  EXPECT_TRUE(log->HasError("ComputeKishSampleSize is on")) << log->Errors;
}

// Contract: the message says which kernel is needed.
TEST(KernelDensityOptions, SharpeningNeedsTheGaussian)
{
  vtkNew<vtkKernelDensity> filter;
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  Prepare(filter, RandomPoints(5, 3), 0.2);
  filter->SetKernel(1);
  filter->SharpenOn();
  filter->Update();
  EXPECT_TRUE(log->HasError("Sharpen needs the Gaussian kernel")) << log->Errors;
}

// Contract: Route is an array of bytes that is written if asked for; a single engine has one route.
TEST(KernelDensityOptions, WritesTheRouteIfAsked)
{
  vtkNew<vtkKernelDensity> filter;
  Prepare(filter, RandomPoints(25, 1, 2), 0.15);
  filter->Update();
  EXPECT_EQ(filter->GetImage()->GetPointData()->GetArray("Route"), nullptr);
  filter->ComputeRouteOn();
  for (const int engine : { Exact, Fft })
  {
    filter->SetEngine(engine);
    filter->Update();
    auto* routes =
      vtkUnsignedCharArray::SafeDownCast(filter->GetImage()->GetPointData()->GetArray("Route"));
    ASSERT_NE(routes, nullptr);
    double range[2];
    routes->GetRange(range);
    EXPECT_EQ(range[0], engine == Fft ? 3.0 : 0.0);
    EXPECT_EQ(range[1], range[0]);
  }
}

// Oracle: invariant. 1000 angles around 180 degrees, wrapped, and the same turned to 0: every rule
// chooses the same, to 1e-8 of the minima. The angles are sums of
// twelve uniform numbers, nearly normal, with deviation 10.
TEST(KernelDensityOptions, RulesSeeThroughTheSeam)
{
  Eigen::Matrix3Xd around = Eigen::Matrix3Xd::Zero(3, 1000);
  for (unsigned int seed = 1; seed <= 12; ++seed)
  {
    around.row(0) += 10.0 * RandomPoints(1000, seed, 1).row(0);
  }
  Eigen::Matrix3Xd wrapped = around;
  wrapped.row(0) = (around.row(0).array() < 0.0)
                     .select(around.row(0).array() + 180.0, around.row(0).array() - 180.0);
  for (int rule = 1; rule <= 8; ++rule)
  {
    const auto chosen = [rule](const Eigen::Matrix3Xd& points)
    {
      vtkNew<vtkKernelDensity> filter;
      filter->SetInputData(PolyDataPoints(points));
      filter->SetBandwidthRule(rule);
      filter->SetBoundary(1);
      filter->UseInputBoundsOff();
      filter->SetSamplingBounds(-180.0, 180.0, 0.0, 0.0, 0.0, 0.0);
      filter->SetSampleDimensions(361, 1, 1);
      filter->Update();
      return filter->GetChosenBandwidth();
    };
    const double expected = chosen(around);
    EXPECT_GT(expected, 1.0) << rule;
    EXPECT_LT(expected, 6.0) << rule;
    EXPECT_NEAR(chosen(wrapped), expected, 1e-8 * expected) << rule;
  }
}

// Oracle: the integral of a density in a periodic box is 1, and a sum over equal cells has it: with
// four nodes a bandwidth aliasing leaves exp(-2 (4 pi)^2). The last layer of nodes is the first one
// again. Weights count as points, on every engine, in single precision, and as a sweep.
TEST(KernelDensityOptions, CountsSumToThePoints)
{
  constexpr double total = 1.0 + 2.0 + 4.0;
  auto cloud = PolyDataPoints(RandomPoints(3, 1, 2));
  vtkNew<vtkDoubleArray> weights;
  weights->SetName("Weight");
  for (const double weight : { 1.0, 2.0, 4.0 })
  {
    weights->InsertNextValue(weight);
  }
  cloud->GetPointData()->AddArray(weights);
  for (const int variant : { 0, 1, 2, 3, 4 })
  {
    vtkNew<vtkKernelDensity> filter;
    Prepare(filter, RandomPoints(3, 1, 2), 0.2);
    filter->SetInputData(cloud);
    filter->SetInputArrayToProcess(0, 0, 0, 0, "Weight");
    filter->SetBoundary(1);
    filter->SetEngine(variant < 3 ? variant : 0);
    filter->SetOutputPrecision(variant == 3 ? 1 : 0);
    filter->SetBandwidthSweep(variant == 4);
    filter->SetSweepMinimum(0.2);
    filter->SetCountScale(3);
    filter->Update();
    const auto inBox = [&](const char* name)
    {
      vtkDataArray* array = filter->GetImage()->GetPointData()->GetArray(name);
      double sum = 0.0;
      for (vtkIdType node = 0; array && node < array->GetNumberOfTuples(); ++node)
      {
        sum += node % 24 == 23 || node / 24 == 29 ? 0.0 : array->GetTuple1(node);
      }
      return sum;
    };
    const double tolerance = filter->GetEngine() == 0 ? 1e-4 : 1e-7; // the engines' promises
    EXPECT_NEAR(inBox("CellCount"), total, total * tolerance) << variant;
    EXPECT_NEAR(inBox("Density") * total * (1.1 / 23.0) * (1.2 / 29.0), total, total * tolerance);
  }
}

// Contract: one array is added, the one asked for; Density stays the active scalars.
TEST(KernelDensityOptions, WritesTheCountsAskedFor)
{
  vtkNew<vtkKernelDensity> filter;
  Prepare(filter, RandomPoints(25, 1, 2), 0.15);
  const char* const arrays[] = { "CountDensity", "CellProbability", "CellCount" };
  for (int scale = 0; scale <= 3; ++scale)
  {
    filter->SetCountScale(scale);
    filter->Update();
    vtkPointData* data = filter->GetImage()->GetPointData();
    for (int i = 0; i < 3; ++i)
    {
      EXPECT_EQ(data->HasArray(arrays[i]), i + 1 == scale) << scale << arrays[i];
    }
    EXPECT_STREQ(data->GetScalars()->GetName(), "Density");
  }
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  filter->SetCountScale(4);
  filter->Update();
  EXPECT_TRUE(log->HasError("CountScale is 4")) << log->Errors;
}
}
