// SPDX-License-Identifier: BSD-3-Clause
#include "vtkKernelDensityAtPoints.h"

#include "Pipeline/Adaptor.h"
#include "support/DirectSum.h"
#include "support/ErrorLog.h"
#include "support/Numbers.h"
#include "support/PointValues.h"
#include "support/PolyDataPoints.h"
#include "support/RandomPoints.h"

#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkMultiBlockDataSet.h>
#include <vtkPolyData.h>

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
namespace
{
struct Expected
{
  Expected(const Samples& samples, const Eigen::Matrix3Xd& queries, int dimension, double bandwidth,
    direct::OwnSample own)
    : LogDensity(queries.cols())
    , Score(3 * queries.cols())
  {
    FieldView fields;
    fields.LogDensity = this->LogDensity.data();
    fields.Score = this->Score.data();
    direct::EvaluateAtPoints(
      samples, GaussianKernel::Isotropic(Axes::First(dimension), bandwidth), queries, fields, own);
  }
  Eigen::VectorXd LogDensity;
  Eigen::VectorXd Score;
};

void UseManual(vtkKernelDensityAtPoints* filter, double bandwidth)
{
  filter->SetBandwidthRule(0);
  filter->SetBandwidth(bandwidth);
}
}

// Oracle: slow definition. Samples and queries of their own, in 3-D, on an image.
TEST(KernelDensityAtPoints, EqualsTheDirectSumOnAnImage)
{
  const Eigen::Matrix3Xd samples = RandomPoints(50, 1);
  vtkNew<vtkImageData> image;
  image->SetDimensions(5, 4, 3);
  image->SetSpacing(0.3, 0.3, 0.3);
  vtkNew<vtkKernelDensityAtPoints> filter;
  filter->SetInputData(0, image);
  filter->SetInputData(1, PolyDataPoints(samples));
  UseManual(filter, 0.2);
  filter->Update();
  const Expected expected(
    Samples::Unweighted(samples), vtkscorefields::PointsOf(image), 3, 0.2, direct::OwnSample::Keep);
  // 1e-13 of a sum is left out, and exponents up to (2.6 / 0.2)^2 / 2 are rounded; the score is two
  // such sums of offsets up to 2.6 over h^2.
  const double error = 1e-13 + 4.0 * Eps * 85.0;
  EXPECT_LT(
    (ValuesOf(filter->GetOutput(), "LogDensity") - expected.LogDensity).cwiseAbs().maxCoeff(),
    error);
  EXPECT_LT((ValuesOf(filter->GetOutput(), "Score") - expected.Score).cwiseAbs().maxCoeff(),
    2.0 * error * 2.6 / 0.04);
  EXPECT_EQ(image->GetPointData()->GetNumberOfArrays(), 0); // the input is untouched
}

// Oracle: slow definition. Each point is left out of its own estimate; blocks are one cloud. The
// next point is nearer than 0.5: 1e-13 is left out, exponents up to (0.5 / 0.1)^2 / 2 are rounded.
TEST(KernelDensityAtPoints, LeavesEachPointOutAcrossBlocks)
{
  const Eigen::Matrix3Xd points = RandomPoints(30, 2, 2);
  vtkNew<vtkMultiBlockDataSet> blocks;
  blocks->SetBlock(0, PolyDataPoints(points.leftCols(11)));
  blocks->SetBlock(2, PolyDataPoints(points.rightCols(19)));
  vtkNew<vtkKernelDensityAtPoints> filter;
  filter->SetInputData(blocks);
  UseManual(filter, 0.1);
  filter->LeaveOneOutOn();
  filter->Update();
  const Expected expected(Samples::Unweighted(points), points, 2, 0.1, direct::OwnSample::LeaveOut);
  auto* output = vtkMultiBlockDataSet::SafeDownCast(filter->GetOutput());
  ASSERT_NE(output, nullptr);
  Eigen::VectorXd actual(30);
  actual << ValuesOf(output->GetBlock(0), "LogDensity"),
    ValuesOf(output->GetBlock(2), "LogDensity");
  EXPECT_LT((actual - expected.LogDensity).cwiseAbs().maxCoeff(), 1e-13 + 4.0 * Eps * 12.5);
  EXPECT_EQ(vtkDataSet::SafeDownCast(blocks->GetBlock(0))->GetPointData()->GetNumberOfArrays(), 0);
}

// Oracle: limit. One point that leaves itself out has no other: density 0 and a finite logarithm.
TEST(KernelDensityAtPoints, OnePointLeftOutHasNoDensity)
{
  vtkNew<vtkKernelDensityAtPoints> filter;
  filter->SetInputData(PolyDataPoints(Eigen::Vector3d(1.0, 2.0, 3.0)));
  UseManual(filter, 0.1);
  filter->LeaveOneOutOn();
  filter->Update();
  EXPECT_EQ(ValuesOf(filter->GetOutput(), "Density")[0], 0.0);
  EXPECT_TRUE(std::isfinite(ValuesOf(filter->GetOutput(), "LogDensity")[0]));
}

// Oracle: the estimate without these points. One warning counts them.
TEST(KernelDensityAtPoints, PointsThatAreNotFiniteGetNoDensityAndAreNotCounted)
{
  Eigen::Matrix3Xd points = RandomPoints(10, 3, 2);
  points(0, 4) = std::nan("");
  for (const bool leaveOneOut : { false, true })
  {
    vtkNew<vtkKernelDensityAtPoints> filter;
    vtkNew<ErrorLog> log;
    log->Watch(filter);
    filter->SetInputData(PolyDataPoints(points));
    UseManual(filter, 0.1);
    filter->SetLeaveOneOut(leaveOneOut);
    filter->Update();
    EXPECT_TRUE(log->HasWarning("1 points are left out"));
    const Eigen::VectorXd density = ValuesOf(filter->GetOutput(), "Density");
    ASSERT_EQ(density.size(), 10);
    EXPECT_EQ(density[4], 0.0);
    EXPECT_GT(density[5], 0.0);
    EXPECT_EQ(
      vtkscorefields::FieldValue(filter->GetOutput()->GetFieldData(), "SampleCount", 0.0), 9.0);
  }
}

// Contract: the message names LeaveOneOut; without it the same inputs do.
TEST(KernelDensityAtPoints, RefusesToLeaveOutPointsOfAnotherCloud)
{
  vtkNew<vtkKernelDensityAtPoints> filter;
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  filter->SetInputData(0, PolyDataPoints(RandomPoints(5, 4)));
  filter->SetInputData(1, PolyDataPoints(RandomPoints(6, 5)));
  filter->LeaveOneOutOn();
  filter->Update();
  EXPECT_TRUE(log->HasError("LeaveOneOut is on")) << log->Errors;
  EXPECT_EQ(ValuesOf(filter->GetOutput(), "Density").size(), 0);
  filter->LeaveOneOutOff();
  filter->SetBandwidthRule(0);
  filter->SetBandwidth(-3.0);
  log->Clear();
  filter->Update();
  EXPECT_TRUE(log->HasError("Bandwidth is -3")) << log->Errors;
  EXPECT_EQ(log->ErrorCount, 1) << log->Errors;
}

// Contract: without samples the density is 0, and that is no error.
TEST(KernelDensityAtPoints, NoSamplesGiveZeroWithoutAnError)
{
  vtkNew<vtkKernelDensityAtPoints> filter;
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  filter->SetInputData(0, PolyDataPoints(RandomPoints(5, 4)));
  filter->SetInputData(1, PolyDataPoints(Eigen::Matrix3Xd(3, 0)));
  filter->Update();
  EXPECT_EQ(log->Errors, "");
  EXPECT_EQ(ValuesOf(filter->GetOutput(), "Density"), Eigen::VectorXd::Zero(5));
}
}
