// SPDX-License-Identifier: BSD-3-Clause
#include "vtkDensityDifference.h"

#include "support/ErrorLog.h"
#include "support/PolyDataPoints.h"
#include "support/RandomPoints.h"

#include <vtkImageData.h>
#include <vtkPointData.h>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace scorefields
{
namespace
{
struct FailingFilter
{
  vtkNew<vtkDensityDifference> Difference;
  vtkNew<ErrorLog> Log;

  FailingFilter()
    : FailingFilter(PolyDataPoints(RandomPoints(40, 1, 2)), PolyDataPoints(RandomPoints(50, 2, 2)))
  {
  }
  FailingFilter(vtkDataObject* a, vtkDataObject* b)
  {
    this->Log->Watch(this->Difference);
    this->Difference->SetInputDataObject(0, a);
    this->Difference->SetInputDataObject(1, b);
    this->Difference->SetSampleDimensions(8, 8, 8);
  }
  void SetArray(int index, const char* name) const
  {
    this->Difference->SetInputArrayToProcess(
      index, 0, 0, vtkDataObject::FIELD_ASSOCIATION_POINTS, name);
  }
  /// One error with this text, and an empty output.
  void FailsWith(const std::string& text) const
  {
    this->Log->Clear();
    this->Difference->Modified();
    this->Difference->Update();
    EXPECT_EQ(this->Log->ErrorCount, 1) << text;
    EXPECT_TRUE(this->Log->HasError(text)) << this->Log->Errors;
    EXPECT_EQ(this->Difference->GetImage()->GetNumberOfPoints(), 0);
  }
  vtkImageData* Works() const
  {
    this->Log->Clear();
    this->Difference->Modified();
    this->Difference->Update();
    EXPECT_EQ(this->Log->Errors, "");
    EXPECT_EQ(this->Difference->GetImage()->GetNumberOfPoints(), 64);
    return this->Difference->GetImage();
  }
};

vtkSmartPointer<vtkPolyData> LabelledPoints()
{
  auto cloud = PolyDataPoints(RandomPoints(30, 4, 2));
  Eigen::VectorXd labels(30);
  for (Eigen::Index i = 0; i < 30; ++i)
  {
    labels[i] = i == 29 ? std::nan("") : static_cast<double>(i % 3);
  }
  AddPointArray(cloud, "Label", labels);
  AddPointArray(cloud, "NotTwo", labels.unaryExpr([](double v) { return v == 2.0 ? 0.0 : 1.0; }));
  return cloud;
}
}

// Contract: two inputs or two classes, not both and not none.
TEST(DensityDifferenceErrors, WantsTwoClouds)
{
  const FailingFilter one(PolyDataPoints(RandomPoints(40, 1, 2)), nullptr);
  one.FailsWith("LabelArray is \"None\" and InputB is not connected");
  const FailingFilter both(LabelledPoints(), PolyDataPoints(RandomPoints(40, 1, 2)));
  both.SetArray(1, "Label");
  both.FailsWith("LabelArray is \"Label\", but InputB is connected");
  both.SetArray(1, "None");
  both.Works();
}

// Contract: the message names the class and what classes there are.
TEST(DensityDifferenceErrors, ClassesMustExistAndDiffer)
{
  const FailingFilter filter(LabelledPoints(), nullptr);
  filter.SetArray(1, "Label");
  filter.Works();
  filter.Difference->SetClassB(7);
  filter.FailsWith("ClassB is 7, but no sample has this label; LabelArray \"Label\" has 0, 1, 2");
  filter.Difference->SetClassA(-1);
  filter.FailsWith("ClassA is -1, but no sample has this label");
  filter.Difference->SetClassA(7);
  filter.FailsWith("ClassA and ClassB are both 7");
  filter.Difference->SetClassA(0);
  filter.Difference->SetClassB(2);
  filter.SetArray(0, "NotTwo");
  filter.FailsWith("WeightArray \"NotTwo\" gives every point of Class 2 the weight 0");
  filter.SetArray(0, "None");
  filter.SetArray(1, "Missing");
  filter.FailsWith("LabelArray is \"Missing\", which is no numeric point array");
}

// Contract: the message names the input whose array is missing.
TEST(DensityDifferenceErrors, WeightsMustBeInBothClouds)
{
  auto a = PolyDataPoints(RandomPoints(40, 1, 2));
  auto b = PolyDataPoints(RandomPoints(50, 2, 2));
  AddPointArray(a, "Mass", Eigen::VectorXd::Ones(40));
  const FailingFilter filter(a, b);
  filter.SetArray(0, "Mass");
  filter.FailsWith("InputB: WeightArray");
  AddPointArray(b, "Mass", Eigen::VectorXd::Constant(50, -2.0));
  filter.FailsWith("InputB: WeightArray \"Mass\" holds the negative weight -2");
  AddPointArray(b, "Mass", Eigen::VectorXd::Zero(50));
  filter.FailsWith("InputB: WeightArray \"Mass\" gives every point the weight 0");
}

// Contract: the message names the cloud without points.
TEST(DensityDifferenceErrors, BothCloudsNeedPoints)
{
  auto cloud = PolyDataPoints(RandomPoints(40, 1, 2));
  auto empty = PolyDataPoints(Eigen::Matrix3Xd(3, 0));
  FailingFilter(cloud, empty).FailsWith("InputB has no points");
  FailingFilter(empty, cloud).FailsWith("Input has no points");
  Eigen::Matrix3Xd missing = RandomPoints(3, 1, 2);
  missing.row(1).setConstant(std::nan(""));
  FailingFilter(cloud, PolyDataPoints(missing)).FailsWith("InputB has no finite points");
}

// Contract: a few points that are not finite are left out, with one warning for both clouds.
TEST(DensityDifferenceErrors, LeavesOutWhatIsNotFinite)
{
  Eigen::Matrix3Xd a = RandomPoints(40, 1, 2);
  Eigen::Matrix3Xd b = RandomPoints(50, 2, 2);
  a(0, 3) = std::nan("");
  b(1, 5) = std::numeric_limits<double>::infinity();
  b(0, 6) = std::nan("");
  const FailingFilter filter(PolyDataPoints(a), PolyDataPoints(b));
  vtkImageData* const image = filter.Works();
  EXPECT_TRUE(filter.Log->HasWarning("3 points are left out")) << filter.Log->Warnings;
  EXPECT_EQ(image->GetFieldData()->GetArray("SampleCountA")->GetTuple1(0), 39.0);
  EXPECT_EQ(image->GetFieldData()->GetArray("SampleCountB")->GetTuple1(0), 48.0);
  EXPECT_EQ(image->GetFieldData()->GetArray("NonFinitePoints")->GetTuple1(0), 3.0);
}

// Contract: clouds along different axes, or in different planes, are not compared unless the user
// says along how many axes.
TEST(DensityDifferenceErrors, CloudsMustHaveTheSameAxes)
{
  auto plane = PolyDataPoints(RandomPoints(40, 1, 2));
  auto space = PolyDataPoints(RandomPoints(50, 2, 3));
  const FailingFilter filter(plane, space);
  filter.FailsWith("Input has 2 axes (x, y) and InputB has 3 axes (x, y, z)");
  Eigen::Matrix3Xd above = RandomPoints(50, 2, 2);
  above.row(2).setConstant(0.25);
  const FailingFilter apart(plane, PolyDataPoints(above));
  apart.FailsWith("Input lies at z = 0 and InputB at 0.25");
  apart.Difference->SetDimension(2);
  apart.Works();
}

// Contract: one point beside many has its place in the box, and is too few to say anything.
TEST(DensityDifferenceErrors, OnePointIsACloud)
{
  const FailingFilter filter(
    PolyDataPoints(RandomPoints(400, 1, 2)), PolyDataPoints(Eigen::Matrix3Xd::Zero(3, 1)));
  vtkImageData* const image = filter.Works();
  vtkDataArray* const counts = image->GetFieldData()->GetArray("DifferenceCounts");
  EXPECT_EQ(counts->GetComponent(0, 1) + counts->GetComponent(0, 2), 0.0);
  EXPECT_GT(counts->GetComponent(0, 0), 0.0);
}

// Contract: the message names property and value.
TEST(DensityDifferenceErrors, PropertiesMustBeInRange)
{
  const FailingFilter filter;
  filter.Difference->SetBandwidthRule(0);
  filter.Difference->SetBandwidth(0.0);
  filter.FailsWith("Bandwidth is 0");
  filter.Difference->SetBandwidth(0.2);
  filter.Works();
  filter.Difference->SetSignificanceLevel(0.0);
  filter.FailsWith("SignificanceLevel is 0");
  filter.Difference->SetSignificanceLevel(0.05);
  filter.Difference->SetMinimumSampleSize(-1.0);
  filter.FailsWith("MinimumSampleSize is -1");
  filter.Difference->SetMinimumSampleSize(5.0);
  filter.Difference->SetStatistic(9);
  filter.FailsWith("Statistic is 9; it must be 0 (Pooled variance) or 1 (Separate variances)");
  filter.Difference->SetStatistic(0);
  filter.Difference->SetMultipleTesting(3);
  filter.FailsWith("MultipleTesting is 3");
  filter.Difference->SetMultipleTesting(2);
  filter.Difference->SetBoundary(1);
  filter.FailsWith("Boundary");
  filter.Difference->SetBoundary(0);
  filter.Difference->SetSampleDimensions(200000, 200000, 1);
  filter.FailsWith("GiB");
  filter.Difference->SetSampleDimensions(8, 8, 8);
  filter.Works();
}

// Contract: nodes that step over the kernels are told of, as by Kernel Density.
TEST(DensityDifferenceErrors, WarnsOfCoarseNodes)
{
  const FailingFilter filter;
  filter.Difference->SetBandwidthRule(0);
  filter.Difference->SetBandwidth(0.01);
  filter.Difference->Update();
  EXPECT_TRUE(filter.Log->HasWarning("SampleDimensions")) << filter.Log->Warnings;
}
}
