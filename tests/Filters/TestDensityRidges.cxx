// SPDX-License-Identifier: BSD-3-Clause
#include "vtkDensityRidges.h"

#include "Pipeline/Adaptor.h"
#include "support/ErrorLog.h"
#include "support/PolyDataPoints.h"
#include "support/RandomPoints.h"
#include "support/RidgeCases.h"

#include <vtkCell.h>
#include <vtkCellData.h>
#include <vtkFieldData.h>
#include <vtkIdList.h>
#include <vtkMultiBlockDataSet.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace scorefields
{
namespace
{
/// The filter with a manual bandwidth, watched.
struct RidgeFilter
{
  vtkNew<vtkDensityRidges> Ridges;
  vtkNew<ErrorLog> Log;

  explicit RidgeFilter(vtkDataObject* input, double bandwidth = 0.2)
  {
    this->Log->Watch(this->Ridges);
    this->Ridges->SetInputDataObject(input);
    this->Ridges->SetBandwidthRule(0);
    this->Ridges->SetBandwidth(bandwidth);
  }
  vtkPolyData* Output(int port) const
  {
    return vtkPolyData::SafeDownCast(this->Ridges->GetOutputDataObject(port));
  }
  vtkPolyData* Lines() const
  {
    this->Log->Clear();
    this->Ridges->Update();
    EXPECT_EQ(this->Log->Errors, "");
    return this->Output(0);
  }
  double Fact(const char* name) const
  {
    return vtkscorefields::FieldValue(this->Output(0)->GetFieldData(), name, -1.0);
  }
  /// One error with this text, and two empty outputs.
  void FailsWith(const std::string& text) const
  {
    this->Log->Clear();
    this->Ridges->Modified();
    this->Ridges->Update();
    EXPECT_EQ(this->Log->ErrorCount, 1) << text;
    EXPECT_TRUE(this->Log->HasError(text)) << this->Log->Errors;
    EXPECT_EQ(this->Output(0)->GetNumberOfPoints(), 0);
    EXPECT_EQ(this->Output(1)->GetNumberOfPoints(), 0);
  }
};

double Value(vtkDataSetAttributes* data, const char* name, vtkIdType at, int component = 0)
{
  return data->GetArray(name)->GetComponent(at, component);
}

/// Samples of a straight line along x from 0 to 4, that lies in the box of that length.
vtkSmartPointer<vtkPolyData> StraightLine(Index count)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 2 * count);
  for (Index i = 0; i < count; ++i)
  {
    const double x = 4.0 * (static_cast<double>(i) + 0.5) / static_cast<double>(count);
    points.col(2 * i) << x, 0.1, 0.0;
    points.col(2 * i + 1) << x, -0.1, 0.0;
  }
  return PolyDataPoints(points);
}

void SetBox(vtkDensityRidges* ridges, int boundary)
{
  ridges->UseInputBoundsOff();
  ridges->SetSamplingBounds(0.0, 4.0, 0.0, 0.0, 0.0, 0.0);
  ridges->SetBoundary(3);
  ridges->SetBoundaryX(boundary);
}
}

// Oracle: the ring of Bessel functions. One closed cell, all of whose arrays follow from the radial
// density: with m = sqrt(p''/p) the eigenvalues are 0 along the ring and p''/p = (1 / v) ((r^2 + 1)
// / v - 1 - ...) across, here by a central difference of log p, good to 1e-6. Tolerance: that of
// the density, 1e-4, over a strength of 0.8.
TEST(DensityRidges, GivesTheRingAsOneClosedLine)
{
  const double h = 0.3;
  const RidgeFilter filter(PolyDataPoints(ridges::Circle(400)), h);
  vtkPolyData* lines = filter.Lines();
  ASSERT_EQ(lines->GetNumberOfCells(), 1);
  vtkCellData* cell = lines->GetCellData();
  EXPECT_EQ(Value(cell, "Filament", 0), 0.0);
  EXPECT_EQ(Value(cell, "IsClosed", 0), 1.0);
  vtkIdList* numbers = lines->GetCell(0)->GetPointIds();
  EXPECT_EQ(numbers->GetId(0), numbers->GetId(numbers->GetNumberOfIds() - 1));
  EXPECT_EQ(lines->GetNumberOfPoints() + 1, numbers->GetNumberOfIds());
  const double radius = ridges::RadiusOfRing(h * h);
  const auto logDensity = [h](double r)
  {
    return -(r * r + 1.0) / (2.0 * h * h) + std::log(std::cyl_bessel_i(0.0, r / (h * h))) -
      std::log(2.0 * Pi * h * h);
  };
  const double step = 1e-3;
  const double across =
    (logDensity(radius + step) - 2.0 * logDensity(radius) + logDensity(radius - step)) /
    (step * step);
  for (vtkIdType i = 0; i < lines->GetNumberOfPoints(); ++i)
  {
    const Eigen::Vector3d place(lines->GetPoint(i));
    vtkPointData* data = lines->GetPointData();
    EXPECT_NEAR(place.norm(), radius, 2e-4 * h);
    EXPECT_NEAR(Value(data, "LogDensity", i), logDensity(radius), 1e-4);
    EXPECT_NEAR(Value(data, "Density", i), std::exp(logDensity(radius)), 1e-4);
    EXPECT_NEAR(Value(data, "HessianEigenvalues", i, 0), across, 2e-4 / (h * h));
    EXPECT_NEAR(Value(data, "HessianEigenvalues", i, 1), 0.0, 2e-4 / (h * h));
    EXPECT_EQ(Value(data, "HessianEigenvalues", i, 2), 0.0);
    EXPECT_NEAR(Value(data, "RidgeStrength", i), -across * h * h, 4e-4);
    EXPECT_NEAR(Value(data, "EffectiveSampleSize", i),
      400.0 * 2.0 * Pi * h * h * std::exp(logDensity(radius)), 0.02);
    const Eigen::Vector3d direction(data->GetArray("RidgeDirection")->GetTuple3(i));
    EXPECT_NEAR(direction.norm(), 1.0, 1e-12);
    EXPECT_NEAR(direction.dot(place) / radius, 0.0, 0.03);
  }
  const double length = Value(cell, "FilamentLength", 0);
  EXPECT_NEAR(length, 2.0 * Pi * radius, 2e-3 * 2.0 * Pi * radius);
  EXPECT_EQ(filter.Fact("RidgeLength"), length);
  EXPECT_EQ(filter.Fact("NumberOfFilaments"), 1.0);
  EXPECT_NEAR(filter.Fact("RidgeUnit"), h, 1e-15);
  EXPECT_NEAR(filter.Fact("Bandwidth"), h, 1e-15);
}

// Oracle: the same ring. Samples on a circle of radius 1 go straight inwards to it.
TEST(DensityRidges, MovesSamplesToTheRing)
{
  auto cloud = PolyDataPoints(ridges::Circle(100));
  AddPointArray(cloud, "mine", Eigen::VectorXd::LinSpaced(100, 0.0, 99.0));
  const RidgeFilter filter(cloud, 0.3);
  filter.Lines();
  vtkPolyData* samples = filter.Output(1);
  ASSERT_EQ(samples->GetNumberOfPoints(), 100);
  const double radius = ridges::RadiusOfRing(0.09);
  const Eigen::Matrix3Xd circle = ridges::Circle(100);
  for (vtkIdType i = 0; i < 100; ++i)
  {
    const Eigen::Vector3d place(samples->GetPoint(i));
    EXPECT_LT((place - radius * circle.col(i)).norm(), 1e-4);
    EXPECT_NEAR(Value(samples->GetPointData(), "RidgeDistance", i), 1.0 - radius, 1e-4);
    EXPECT_EQ(Value(samples->GetPointData(), "Filament", i), 0.0);
    EXPECT_EQ(Value(samples->GetPointData(), "mine", i), static_cast<double>(i));
  }
}

// Oracle: symmetry, and the period. The line through the seam is one filament as long as the box;
// it begins at some point, so that it has two cells in the box, which end on the faces.
TEST(DensityRidges, CutsALineAtAPeriodicSeam)
{
  const RidgeFilter filter(StraightLine(200));
  SetBox(filter.Ridges, 1);
  vtkPolyData* lines = filter.Lines();
  EXPECT_EQ(filter.Fact("NumberOfFilaments"), 1.0);
  EXPECT_NEAR(filter.Fact("RidgeLength"), 4.0, 1e-4);
  double bounds[6];
  lines->GetBounds(bounds);
  EXPECT_NEAR(bounds[0], 0.0, 1e-12);
  EXPECT_NEAR(bounds[1], 4.0, 1e-12);
  EXPECT_NEAR(bounds[2], 0.0, 1e-4);
  EXPECT_NEAR(bounds[3], 0.0, 1e-4);
  EXPECT_LE(lines->GetNumberOfCells(), 2);
  for (vtkIdType i = 0; i < lines->GetNumberOfCells(); ++i)
  {
    EXPECT_EQ(Value(lines->GetCellData(), "Filament", i), 0.0);
    EXPECT_EQ(Value(lines->GetCellData(), "IsClosed", i), 1.0);
  }
}

// Oracle: symmetry. Between reflecting walls the line goes from wall to wall.
TEST(DensityRidges, EndsLinesAtWalls)
{
  const RidgeFilter filter(StraightLine(200));
  SetBox(filter.Ridges, 2);
  vtkPolyData* lines = filter.Lines();
  ASSERT_EQ(lines->GetNumberOfCells(), 1);
  EXPECT_NEAR(filter.Fact("RidgeLength"), 4.0, 1e-4);
  EXPECT_EQ(Value(lines->GetCellData(), "IsClosed", 0), 0.0);
}

// Oracle: a weight of 2 is two samples at one place.
TEST(DensityRidges, CountsWeights)
{
  const Eigen::Matrix3Xd points = RandomPoints(300, 3, 2);
  auto weighted = PolyDataPoints(points);
  AddPointArray(weighted, "w",
    Eigen::VectorXd::Constant(300, 2.0) -
      Eigen::VectorXd::LinSpaced(300, 0.0, 299.0)
        .unaryExpr([](double i) { return i < 100.0 ? 0.0 : 1.0; }));
  Eigen::Matrix3Xd twice(3, 400);
  twice << points, points.leftCols(100);
  const RidgeFilter one(weighted, 0.08);
  one.Ridges->SetInputArrayToProcess(0, 0, 0, 0, "w");
  const RidgeFilter other(PolyDataPoints(twice), 0.08);
  one.Lines();
  other.Lines();
  EXPECT_GT(one.Fact("NumberOfFilaments"), 1.0);
  EXPECT_EQ(one.Fact("NumberOfFilaments"), other.Fact("NumberOfFilaments"));
  EXPECT_NEAR(one.Fact("TotalWeight"), other.Fact("TotalWeight"), 1e-12);
}

// Contract: nothing in, nothing out, and one warning. A point that is not finite is passed on, and
// is on no ridge.
TEST(DensityRidges, TakesACloudWithoutPoints)
{
  const RidgeFilter none(PolyDataPoints(Eigen::Matrix3Xd(3, 0)));
  EXPECT_EQ(none.Lines()->GetNumberOfCells(), 0);
  EXPECT_EQ(none.Log->WarningCount, 1) << none.Log->Warnings;
  const RidgeFilter nan(
    PolyDataPoints(Eigen::Vector3d::Constant(std::numeric_limits<double>::quiet_NaN())));
  EXPECT_EQ(nan.Lines()->GetNumberOfCells(), 0);
  EXPECT_EQ(nan.Output(1)->GetNumberOfPoints(), 1);
  EXPECT_EQ(Value(nan.Output(1)->GetPointData(), "Filament", 0), -1.0);
}

// Oracle: points in one place have a round density, which has no ridge. One warning says what might
// be the cause; a rule, which cannot choose a bandwidth, says that.
TEST(DensityRidges, FindsNothingInPointsInOnePlace)
{
  const RidgeFilter filter(PolyDataPoints(Eigen::Matrix3Xd::Ones(3, 50)));
  EXPECT_EQ(filter.Lines()->GetNumberOfCells(), 0);
  EXPECT_EQ(filter.Output(1)->GetNumberOfPoints(), 50);
  EXPECT_TRUE(filter.Log->HasWarning("MinimumStrength")) << filter.Log->Warnings;
  filter.Ridges->SetBandwidthRule(3);
  filter.FailsWith("BandwidthRule");
}

// Contract: the message names the property and the value.
TEST(DensityRidges, RefusesWhatIsOutOfRange)
{
  const RidgeFilter filter(PolyDataPoints(ridges::Circle(400)));
  vtkDensityRidges* ridges = filter.Ridges;
  ridges->SetMinimumSampleSize(-1.0);
  filter.FailsWith("MinimumSampleSize is -1");
  ridges->SetMinimumSampleSize(5.0);
  ridges->SetMinimumStrength(std::nan(""));
  filter.FailsWith("MinimumStrength is nan");
  ridges->SetMinimumStrength(0.05);
  ridges->SetMinimumLength(-2.0);
  filter.FailsWith("MinimumLength is -2");
  ridges->SetMinimumLength(2.0);
  ridges->SetPointSpacing(3.0);
  filter.FailsWith("PointSpacing is 3");
  ridges->SetPointSpacing(0.25);
  ridges->SetTolerance(0.5);
  filter.FailsWith("Tolerance is 0.5");
  ridges->SetTolerance(1e-4);
  ridges->SetBandwidth(0.0);
  filter.FailsWith("Bandwidth is 0");
  ridges->SetBandwidth(0.2);
  ridges->SetBoundary(1);
  filter.FailsWith("Boundary");
  ridges->SetBoundary(0);
  ridges->SetDimension(1);
  filter.FailsWith("Dimension is 1");
  ridges->SetDimension(0);
  EXPECT_GT(filter.Lines()->GetNumberOfCells(), 0);
}

// Contract: what is asked for is kept: no line shorter, no point weaker, none with fewer samples.
TEST(DensityRidges, KeepsToTheMinima)
{
  const RidgeFilter filter(PolyDataPoints(RandomPoints(500, 7, 2)), 0.06);
  filter.Ridges->SetMinimumLength(4.0);
  filter.Ridges->SetMinimumStrength(0.2);
  filter.Ridges->SetMinimumSampleSize(8.0);
  vtkPolyData* lines = filter.Lines();
  ASSERT_GT(lines->GetNumberOfCells(), 0);
  for (vtkIdType i = 0; i < lines->GetNumberOfPoints(); ++i)
  {
    EXPECT_GE(Value(lines->GetPointData(), "RidgeStrength", i), 0.2);
    EXPECT_GE(Value(lines->GetPointData(), "EffectiveSampleSize", i), 8.0 * (1.0 - 1e-12));
    EXPECT_LT(Value(lines->GetPointData(), "HessianEigenvalues", i, 0), 0.0);
  }
}

// Oracle: the same points in two blocks, and in the plane of y and z.
TEST(DensityRidges, TakesBlocksAndOtherPlanes)
{
  const Eigen::Matrix3Xd circle = ridges::Circle(200);
  vtkNew<vtkMultiBlockDataSet> blocks;
  blocks->SetBlock(0, PolyDataPoints(circle.leftCols(80)));
  blocks->SetBlock(1, PolyDataPoints(circle.rightCols(120)));
  const RidgeFilter whole(PolyDataPoints(circle), 0.3);
  const RidgeFilter parts(blocks, 0.3);
  Eigen::Matrix3Xd turned(3, 200);
  turned << Eigen::RowVectorXd::Constant(200, 7.0), circle.topRows<2>();
  const RidgeFilter plane(PolyDataPoints(turned), 0.3);
  ASSERT_EQ(whole.Lines()->GetNumberOfPoints(), parts.Lines()->GetNumberOfPoints());
  ASSERT_EQ(whole.Output(0)->GetNumberOfPoints(), plane.Lines()->GetNumberOfPoints());
  for (vtkIdType i = 0; i < whole.Output(0)->GetNumberOfPoints(); ++i)
  {
    const Eigen::Vector3d place(whole.Output(0)->GetPoint(i));
    EXPECT_EQ(place, Eigen::Vector3d(parts.Output(0)->GetPoint(i)));
    const Eigen::Vector3d other(plane.Output(0)->GetPoint(i));
    EXPECT_LT((other - Eigen::Vector3d(7.0, place.x(), place.y())).norm(), 1e-9);
  }
}
}
