// SPDX-License-Identifier: BSD-3-Clause
#include "vtkMixtureTruth.h"

#include "Pipeline/Adaptor.h"
#include "support/ErrorLog.h"
#include "support/Numbers.h"
#include "support/PolyDataPoints.h"
#include "support/ReferenceValues.h"
#include "vtkGaussianMixture.h"

#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkMultiBlockDataSet.h>
#include <vtkRTAnalyticSource.h>

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace scorefields
{
namespace
{
double Value(vtkDataObject* data, const char* name, vtkIdType point, int component = 0)
{
  return vtkDataSet::SafeDownCast(data)->GetPointData()->GetArray(name)->GetComponent(
    point, component);
}

/// The truth filter on a data set, the mixture from a Gaussian Mixture.
struct TruthOn
{
  vtkNew<vtkGaussianMixture> Source;
  vtkNew<vtkMixtureTruth> Filter;
  vtkNew<ErrorLog> Log;

  explicit TruthOn(vtkDataObject* data)
  {
    this->Filter->SetInputDataObject(data);
    this->Filter->SetInputConnection(1, this->Source->GetOutputPort());
    this->Log->Watch(this->Filter);
  }

  vtkDataObject* Output()
  {
    this->Filter->Update();
    return this->Filter->GetOutputDataObject(0);
  }
};

/// 0.071, of which 4 eps (|log p| + 1) times it, or 1.04 eps, may be rounding.
double DensityAtTheOrigin()
{
  return reference::NumberAt("/seed_mixture/points/0/p");
}
}

// Oracle: 50-digit values of the study at 12 points, tolerances as in TestMixtureField.
TEST(MixtureTruth, EqualsTheReferenceAtAnyPoints)
{
  const std::string rows = "/seed_mixture/points/";
  Eigen::Matrix3Xd points(3, static_cast<Index>(reference::SizeAt("/seed_mixture/points")));
  for (Index i = 0; i < points.cols(); ++i)
  {
    points.col(i) = reference::VectorAt(rows + std::to_string(i) + "/x");
  }
  TruthOn truth(PolyDataPoints(points));
  vtkDataObject* output = truth.Output();
  for (vtkIdType point = 0; point < points.cols(); ++point)
  {
    const std::string row = rows + std::to_string(point);
    const double logDensity = reference::NumberAt(row + "/log_p");
    EXPECT_NEAR(
      Value(output, "TrueLogDensity", point), logDensity, 4.0 * Eps * (std::abs(logDensity) + 1.0));
    EXPECT_NEAR(Value(output, "TrueScore", point, 1), reference::NumberAt(row + "/score/1"),
      4.0 * Eps * 5.0 * (points.col(point).norm() + 1.5));
  }
  EXPECT_EQ(truth.Log->Errors + truth.Log->Warnings, "");
}

// Oracle: 25-digit log density of the mode at bandwidth 0.3, where the score vanishes.
TEST(MixtureTruth, BandwidthSmoothsTheTruth)
{
  const std::string mode = "/seed_mixture/critical_points_of_smoothed_density/by_h/0.3/0";
  TruthOn truth(PolyDataPoints(reference::VectorAt(mode + "/x")));
  truth.Filter->SetBandwidth(0.3);
  vtkDataObject* output = truth.Output();
  EXPECT_NEAR(Value(output, "TrueLogDensity", 0), reference::NumberAt(mode + "/log_p"), 16.0 * Eps);
  EXPECT_LE(std::abs(Value(output, "TrueScore", 0, 0)), 40.0 * Eps);
  EXPECT_EQ(vtkscorefields::FieldValue(output->GetFieldData(), "TruthBandwidth", -1.0), 0.3);
}

// Oracle: invariant. The mixture comes with the input, and what the input has stays.
TEST(MixtureTruth, ReadsTheInputsOwnMixtureAndPassesTheRest)
{
  vtkNew<vtkGaussianMixture> source;
  source->SetSampleDimensions(20, 10, 1);
  source->SetMixture(3);
  vtkNew<vtkMixtureTruth> filter;
  filter->SetInputConnection(source->GetOutputPort(1));
  filter->Update();
  auto* output = vtkImageData::SafeDownCast(filter->GetOutputDataObject(0));
  auto* input = vtkImageData::SafeDownCast(source->GetOutputDataObject(1));
  ASSERT_EQ(output->GetNumberOfPoints(), 200);
  const double logDensity = Value(input, "TrueLogDensity", 77);
  EXPECT_NEAR(
    Value(output, "TrueLogDensity", 77), logDensity, 4.0 * Eps * (std::abs(logDensity) + 1.0));
  EXPECT_NE(
    output->GetPointData()->GetArray("TrueScore"), input->GetPointData()->GetArray("TrueScore"));
  EXPECT_STREQ(output->GetPointData()->GetScalars()->GetName(), "TrueDensity");
  EXPECT_TRUE(output->GetFieldData()->HasArray("Mixture"));
  EXPECT_FALSE(input->GetFieldData()->HasArray("TruthBandwidth")) << "wrote to its input";

  vtkNew<vtkRTAnalyticSource> wavelet;
  wavelet->SetWholeExtent(0, 3, 0, 4, 0, 5);
  filter->SetInputConnection(wavelet->GetOutputPort());
  filter->SetInputConnection(1, source->GetOutputPort(1)); // an image of another extent
  filter->Update();
  output = vtkImageData::SafeDownCast(filter->GetOutputDataObject(0));
  EXPECT_EQ(output->GetNumberOfPoints(), 4 * 5 * 6);
  EXPECT_STREQ(output->GetPointData()->GetScalars()->GetName(), "RTData");
  EXPECT_TRUE(output->GetPointData()->HasArray("TrueDensity"));
  EXPECT_TRUE(output->GetFieldData()->HasArray("MixtureComponents"));
}

// Oracle: invariant, and 50-digit values. Blocks get the arrays one by one; the input's blocks stay
// as they are.
TEST(MixtureTruth, WorksOnComposites)
{
  auto first = PolyDataPoints(Eigen::Vector3d(1.0, -1.0, 0.0));
  auto second = PolyDataPoints(Eigen::Matrix3Xd::Zero(3, 2));
  vtkNew<vtkMultiBlockDataSet> inner;
  inner->SetBlock(0, second);
  vtkNew<vtkMultiBlockDataSet> blocks;
  blocks->SetBlock(0, first);
  blocks->SetBlock(2, inner);
  TruthOn truth(blocks);
  auto* output = vtkMultiBlockDataSet::SafeDownCast(truth.Output());
  ASSERT_NE(output, nullptr);
  const double logDensity = reference::NumberAt("/seed_mixture/points/3/log_p"); // at (1, -1)
  EXPECT_NEAR(Value(output->GetBlock(0), "TrueLogDensity", 0), logDensity,
    4.0 * Eps * (std::abs(logDensity) + 1.0));
  auto* copy = vtkMultiBlockDataSet::SafeDownCast(output->GetBlock(2));
  EXPECT_NEAR(Value(copy->GetBlock(0), "TrueDensity", 1), DensityAtTheOrigin(), 2.0 * Eps);
  EXPECT_EQ(output->GetBlock(1), nullptr);
  EXPECT_FALSE(first->GetPointData()->HasArray("TrueDensity"));
  EXPECT_EQ(truth.Log->Errors, "");

  // A mixture that only a block carries is found, too.
  vtkNew<vtkGaussianMixture> source;
  source->Update();
  blocks->SetBlock(1, source->GetOutput());
  vtkNew<vtkMixtureTruth> alone;
  alone->SetInputDataObject(blocks);
  alone->Update();
  EXPECT_TRUE(alone->GetOutputDataObject(0)->GetFieldData()->HasArray("MixtureComponents"));
}

// Contract: the message says what is missing and where; the output is empty.
TEST(MixtureTruth, SaysWhereAMixtureIsMissing)
{
  vtkNew<vtkMixtureTruth> filter;
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  auto data = PolyDataPoints(Eigen::Vector3d::Zero());
  filter->SetInputData(data);
  filter->Update();
  EXPECT_TRUE(log->HasError("no field array MixtureComponents")) << log->Errors;
  EXPECT_EQ(vtkPolyData::SafeDownCast(filter->GetOutputDataObject(0))->GetNumberOfPoints(), 0);

  log->Clear();
  filter->SetInputData(1, PolyDataPoints(Eigen::Vector3d::Zero()));
  filter->Update();
  EXPECT_TRUE(log->HasError("The input Mixture carries no mixture")) << log->Errors;

  log->Clear();
  filter->SetInputConnection(1, nullptr);
  const double wrong[3] = { 1.0, 2.0, 3.0 };
  vtkscorefields::SetFieldValue(data->GetFieldData(), "MixtureComponents", wrong, 3);
  data->Modified();
  filter->Update();
  EXPECT_TRUE(log->HasError("MixtureComponents has 3 numbers")) << log->Errors;

  log->Clear();
  const double negative[10] = { 1.0, 0.0, 0.0, 0.0, 1.0, -1.0, 0.0, 0.0, 0.0, 0.0 };
  vtkscorefields::SetFieldValue(data->GetFieldData(), "MixtureComponents", negative, 10);
  data->Modified();
  filter->Update();
  EXPECT_TRUE(log->HasError("Components row 1: the covariance")) << log->Errors;
}

// Contract: one message names property and value.
TEST(MixtureTruth, RefusesBandwidthsBelowZero)
{
  TruthOn truth(PolyDataPoints(Eigen::Vector3d::Zero()));
  truth.Filter->SetBandwidth(-0.5);
  truth.Output();
  EXPECT_TRUE(truth.Log->HasError("Bandwidth is -0.5; it must be 0 or positive"))
    << truth.Log->Errors;
  EXPECT_EQ(truth.Log->ErrorCount, 1) << truth.Log->Errors;
}

// Oracle: the 50-digit value of the other points. One warning counts those that are not finite.
TEST(MixtureTruth, MarksPointsThatAreNotFinite)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 3);
  points(0, 1) = std::nan("");
  TruthOn truth(PolyDataPoints(points));
  vtkDataObject* output = truth.Output();
  EXPECT_TRUE(truth.Log->HasWarning("1 points are not finite")) << truth.Log->Warnings;
  EXPECT_TRUE(std::isnan(Value(output, "TrueDensity", 1)));
  EXPECT_NEAR(Value(output, "TrueDensity", 2), DensityAtTheOrigin(), 2.0 * Eps);
}

// Contract: no points are no error.
TEST(MixtureTruth, NoPointsAreNoError)
{
  vtkNew<vtkMixtureTruth> filter;
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  filter->SetInputData(PolyDataPoints(Eigen::Matrix3Xd(3, 0)));
  filter->Update();
  EXPECT_EQ(log->Errors, "");
}
}
