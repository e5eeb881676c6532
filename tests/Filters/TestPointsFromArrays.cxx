// SPDX-License-Identifier: BSD-3-Clause
#include "vtkPointsFromArrays.h"

#include "vtkDensityRidges.h"
#include "vtkKernelDensity.h"

#include "Numerics/Bandwidth/Bandwidth.h"
#include "Numerics/Density/CountScale.h"
#include "support/ErrorLog.h"
#include "support/PolyDataPoints.h"

#include <vtkCellArray.h>
#include <vtkCellData.h>
#include <vtkDoubleArray.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkInformation.h>
#include <vtkInformationStringKey.h>
#include <vtkIntArray.h>
#include <vtkMultiBlockDataSet.h>
#include <vtkNew.h>
#include <vtkPartitionedDataSet.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkStringArray.h>
#include <vtkTable.h>
#include <vtkUnsignedCharArray.h>
#include <vtkUnstructuredGrid.h>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace scorefields
{
namespace
{
constexpr int OfPoints = vtkDataObject::FIELD_ASSOCIATION_POINTS;
constexpr int OfCells = vtkDataObject::FIELD_ASSOCIATION_CELLS;
constexpr int OfRows = vtkDataObject::FIELD_ASSOCIATION_ROWS;

void Choose(vtkPointsFromArrays* filter, int axis, int association, const char* name)
{
  filter->SetInputArrayToProcess(axis, 0, 0, association, name);
}

Eigen::Matrix3Xd MadePoints(vtkPointsFromArrays* filter)
{
  filter->Update();
  vtkPolyData* cloud = filter->GetOutput();
  Eigen::Matrix3Xd points(3, cloud->GetNumberOfPoints());
  for (vtkIdType i = 0; i < points.cols(); ++i)
  {
    cloud->GetPoint(i, points.col(i).data());
  }
  EXPECT_EQ(cloud->GetNumberOfVerts(), points.cols());
  return points;
}

vtkSmartPointer<vtkDoubleArray> Values(const char* name, const Eigen::MatrixXd& columns)
{
  auto array = vtkSmartPointer<vtkDoubleArray>::New();
  array->SetName(name);
  array->SetNumberOfComponents(static_cast<int>(columns.rows()));
  array->SetNumberOfTuples(columns.cols());
  Eigen::Map<Eigen::MatrixXd>(array->GetPointer(0), columns.rows(), columns.cols()) = columns;
  return array;
}

/// A mesh of 3 by 2 unit squares with temperature, a flow and a number of cells.
vtkSmartPointer<vtkImageData> Mesh()
{
  auto image = vtkSmartPointer<vtkImageData>::New();
  image->SetDimensions(4, 3, 1);
  Eigen::RowVectorXd temperature(12);
  Eigen::MatrixXd flow(3, 12);
  for (int i = 0; i < 12; ++i)
  {
    temperature[i] = 300.0 + i;
    flow.col(i) << 3.0 * i, 4.0 * i, 0.0;
  }
  auto heat = Values("Temperature", temperature);
  heat->GetInformation()->Set(vtkDataArray::UNITS_LABEL(), "K");
  image->GetPointData()->AddArray(heat);
  image->GetPointData()->AddArray(Values("Flow", flow));
  Eigen::RowVectorXd pressure(6);
  pressure << 1.0, 10.0, 100.0, 0.0, -5.0, 1e5;
  image->GetCellData()->AddArray(Values("Pressure", pressure));
  return image;
}

std::string TitleOf(vtkPointsFromArrays* filter, const char* name)
{
  auto* titles =
    vtkStringArray::SafeDownCast(filter->GetOutput()->GetFieldData()->GetAbstractArray(name));
  return titles ? titles->GetValue(0) : "";
}
}

// Oracle: the arrays that the mesh was given.
TEST(PointsFromArrays, HaveArraysComponentsAndMagnitudesForCoordinates)
{
  vtkNew<vtkPointsFromArrays> filter;
  filter->SetInputData(Mesh());
  filter->SetNumberOfAxes(3);
  Choose(filter, 0, OfPoints, "Temperature");
  Choose(filter, 1, OfPoints, "Flow");
  filter->SetYComponent(1);
  Choose(filter, 2, OfPoints, "Flow");
  filter->SetZComponent(3);
  const Eigen::Matrix3Xd points = MadePoints(filter);
  ASSERT_EQ(points.cols(), 12);
  for (int i = 0; i < 12; ++i)
  {
    EXPECT_EQ(points.col(i), Eigen::Vector3d(300.0 + i, 4.0 * i, 5.0 * i));
  }
  EXPECT_EQ(filter->GetOutput()->GetPointData()->GetArray("Flow")->GetComponent(7, 0), 21.0);
  EXPECT_EQ(TitleOf(filter, "AxisTitleForX"), "Temperature (K)");
  EXPECT_EQ(TitleOf(filter, "AxisTitleForY"), "Flow Y");
  EXPECT_EQ(TitleOf(filter, "AxisTitleForZ"), "Flow Magnitude");
}

// Oracle: the logarithms by hand. Two of six values have none.
TEST(PointsFromArrays, TakeLogarithmsOfWhatHasThem)
{
  vtkNew<vtkPointsFromArrays> filter;
  filter->SetInputData(Mesh());
  Choose(filter, 0, OfCells, "Pressure");
  filter->XLogScaleOn();
  filter->SetYCoordinate(0);
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  const Eigen::Matrix3Xd points = MadePoints(filter);
  ASSERT_EQ(points.cols(), 4);
  EXPECT_EQ(points.row(0), Eigen::RowVector4d(0.0, 1.0, 2.0, 5.0));
  EXPECT_EQ(points.row(1), Eigen::RowVector4d(0.5, 1.5, 2.5, 2.5)) << "centres of the cells";
  EXPECT_EQ(filter->GetOutput()->GetPointData()->GetArray("Pressure")->GetTuple1(3), 1e5);
  EXPECT_EQ(log->WarningCount, 1);
  EXPECT_TRUE(log->HasWarning("2 points are left out, where XArray \"Pressure\" is 0 or less"))
    << log->Warnings;
  vtkFieldData* facts = filter->GetOutput()->GetFieldData();
  EXPECT_EQ(facts->GetArray("PointsLeftOut")->GetTuple1(0), 2.0);
  EXPECT_EQ(facts->GetArray("LogAxes")->GetComponent(0, 0), 1.0);
  EXPECT_EQ(facts->GetArray("LogAxes")->GetComponent(0, 1), 0.0);
  EXPECT_EQ(TitleOf(filter, "AxisTitleForX"), "log10 Pressure");
  EXPECT_EQ(TitleOf(filter, "AxisTitleForY"), "x");
  EXPECT_EQ(TitleOf(filter, "AxisTitleForZ"), "") << "there is no third axis";
}

// Contract: rows of tables are points, integers count as numbers, titles are the user's where
// given.
TEST(PointsFromArrays, TakeRowsOfTables)
{
  vtkNew<vtkTable> table;
  vtkNew<vtkIntArray> cells;
  cells->SetName("CD4");
  for (const int value : { 7, 5, 3 })
  {
    cells->InsertNextValue(value);
  }
  table->AddColumn(cells);
  Eigen::RowVectorXd size(3);
  size << 1.0, std::numeric_limits<double>::quiet_NaN(), 4.0;
  table->AddColumn(Values("size", size));
  vtkNew<vtkPointsFromArrays> filter;
  filter->SetInputData(table);
  Choose(filter, 0, OfRows, "CD4");
  Choose(filter, 1, OfRows, "size");
  filter->SetYTitle("Forward scatter");
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  const Eigen::Matrix3Xd points = MadePoints(filter);
  ASSERT_EQ(points.cols(), 2);
  EXPECT_EQ(points.col(1), Eigen::Vector3d(3.0, 4.0, 0.0));
  EXPECT_TRUE(log->HasWarning("1 points are left out, where a value is not finite"));
  EXPECT_EQ(TitleOf(filter, "AxisTitleForY"), "Forward scatter");
}

// Contract: ghosts and hidden points do not count, blocks come one after the other with the arrays
// that all have, and the nodes of a seam between partitions count once.
TEST(PointsFromArrays, TakeEachNodeOnce)
{
  auto one = Mesh();
  vtkNew<vtkUnsignedCharArray> ghosts;
  ghosts->SetName(vtkDataSetAttributes::GhostArrayName());
  ghosts->SetNumberOfTuples(12);
  ghosts->FillValue(0);
  ghosts->SetValue(0, vtkDataSetAttributes::HIDDENPOINT);
  one->GetPointData()->AddArray(ghosts);
  auto other = Mesh(); // shares a column of three nodes with the first
  other->SetOrigin(3.0, 0.0, 0.0);
  other->GetPointData()->RemoveArray("Flow");
  vtkNew<vtkPartitionedDataSet> mesh;
  mesh->SetPartition(0, one);
  mesh->SetPartition(1, other);
  vtkNew<vtkPointsFromArrays> filter;
  filter->SetInputDataObject(mesh);
  Choose(filter, 0, OfPoints, "Temperature");
  const Eigen::Matrix3Xd points = MadePoints(filter);
  EXPECT_EQ(points.cols(), 11 + 9);
  EXPECT_EQ(points(0, 11), 301.0) << "the first node of the second part is one of the seam";
  vtkPointData* arrays = filter->GetOutput()->GetPointData();
  EXPECT_FALSE(arrays->HasArray("Flow"));
  EXPECT_FALSE(arrays->HasArray(vtkDataSetAttributes::GhostArrayName()));
  EXPECT_EQ(arrays->GetArray("Temperature")->GetTuple1(19), 311.0);
}

// Oracle: areas by hand. A line among triangles has none.
TEST(PointsFromArrays, KnowTheSizeOfTheirCells)
{
  Eigen::Matrix3Xd places(3, 5);
  places << 0, 2, 0, 2, 9, 0, 0, 1, 3, 9, 0, 0, 0, 0, 0;
  auto data = PolyDataPoints(places);
  data->SetVerts(nullptr);
  vtkNew<vtkCellArray> lines;
  lines->InsertNextCell({ 3, 4 });
  data->SetLines(lines);
  vtkNew<vtkCellArray> triangles;
  triangles->InsertNextCell({ 0, 1, 2 });
  triangles->InsertNextCell({ 1, 3, 2 });
  data->SetPolys(triangles);
  data->GetCellData()->AddArray(Values("c", Eigen::RowVector3d(10.0, 20.0, 30.0)));
  vtkNew<vtkPointsFromArrays> filter;
  filter->SetInputData(data);
  filter->SetNumberOfAxes(1);
  Choose(filter, 0, OfCells, "c");
  EXPECT_EQ(MadePoints(filter).cols(), 3);
  filter->WeightByCellSizeOn();
  const Eigen::Matrix3Xd points = MadePoints(filter);
  ASSERT_EQ(points.cols(), 2);
  EXPECT_EQ(points.row(0), Eigen::RowVector2d(20.0, 30.0));
  vtkDataArray* sizes = filter->GetOutput()->GetPointData()->GetArray("CellSize");
  EXPECT_NEAR(sizes->GetTuple1(0), 1.0, 1e-15);
  EXPECT_NEAR(sizes->GetTuple1(1), 3.0, 1e-15);
}

// Oracle: the histogram, and its limit in closed form. u = x and v = x y on the unit square have
// the joint density 1 / u for 0 < v < u < 1.
TEST(PointsFromArrays, HaveTheHistogramAsTheLimitOfTheirDensity)
{
  constexpr int Cells = 400;
  auto image = vtkSmartPointer<vtkImageData>::New();
  image->SetDimensions(Cells + 1, Cells + 1, 1);
  image->SetSpacing(1.0 / Cells, 1.0 / Cells, 1.0);
  Eigen::RowVectorXd u(Cells * Cells);
  Eigen::RowVectorXd v(Cells * Cells);
  for (int i = 0; i < Cells * Cells; ++i)
  {
    u[i] = (i % Cells + 0.5) / Cells;
    v[i] = u[i] * (i / Cells + 0.5) / Cells;
  }
  image->GetCellData()->AddArray(Values("u", u));
  image->GetCellData()->AddArray(Values("v", v));
  vtkNew<vtkPointsFromArrays> points;
  points->SetInputData(image);
  Choose(points, 0, OfCells, "u");
  Choose(points, 1, OfCells, "v");
  vtkNew<vtkKernelDensity> density;
  density->SetInputConnection(points->GetOutputPort());
  density->SetBandwidthRule(static_cast<int>(BandwidthRule::Manual));
  density->SetBandwidth(0.01);
  density->UseInputBoundsOff();
  density->SetSamplingBounds(0.0, 1.0, 0.0, 1.0, 0.0, 0.0);
  density->SetSampleDimensions(401, 401, 1);
  density->SetCountScale(static_cast<int>(CountScale::CellProbability));
  density->Update();
  vtkDataArray* mass = density->GetImage()->GetPointData()->GetArray("CellProbability");
  // The bin 0.5 < u < 0.75, 0.125 < v < 0.375, whose inside has the whole density 1 / u.
  double found = 0.0;
  for (int j = 50; j <= 150; ++j)
  {
    for (int i = 200; i <= 300; ++i)
    {
      const double share = (i == 200 || i == 300 ? 0.5 : 1.0) * (j == 50 || j == 150 ? 0.5 : 1.0);
      found += share * mass->GetTuple1(i + 401 * j);
    }
  }
  double histogram = 0.0;
  for (int i = 0; i < Cells * Cells; ++i)
  {
    histogram += u[i] > 0.5 && u[i] < 0.75 && v[i] > 0.125 && v[i] < 0.375 ? 1.0 : 0.0;
  }
  histogram /= Cells * Cells;
  // In each of the 100 columns of cells the two ends of the bin cut at most one cell each.
  const double limit = 0.25 * std::log(1.5);
  EXPECT_NEAR(histogram, limit, 200.0 / (Cells * Cells));
  // The kernel moves h^2 / 2 times the density's second derivative, 2 / u^3, into the bin, at most
  // h^2 / 2 in all. Lattice and trapezia have steps of h / 4 and add nothing of this size.
  EXPECT_NEAR(found, limit, 1e-4);
}

// Contract: rules take a bandwidth along each axis where the axes are arrays, one for all else.
TEST(PointsFromArrays, MakeTheShapeOfTheKernelPerAxis)
{
  auto image = Mesh();
  vtkNew<vtkPointsFromArrays> points;
  points->SetInputData(image);
  Choose(points, 0, OfPoints, "Temperature");
  Choose(points, 1, OfPoints, "Flow");
  const auto covariance = [](vtkKernelDensity* density)
  {
    density->Update();
    return density->GetImage()->GetFieldData()->GetArray("KernelCovariance");
  };
  vtkNew<vtkKernelDensity> density;
  density->SetInputConnection(points->GetOutputPort());
  vtkDataArray* perAxis = covariance(density);
  // Flow X is three times Temperature, up to a constant: so are the kernel's lengths.
  EXPECT_NEAR(perAxis->GetComponent(0, 1), 9.0 * perAxis->GetComponent(0, 0),
    1e-12 * perAxis->GetComponent(0, 1));
  density->SetBandwidthShape(static_cast<int>(BandwidthShape::Isotropic));
  vtkDataArray* isotropic = covariance(density);
  EXPECT_EQ(isotropic->GetComponent(0, 1), isotropic->GetComponent(0, 0));
  vtkNew<vtkKernelDensity> ofPlaces;
  ofPlaces->SetInputData(PolyDataPoints(MadePoints(points)));
  vtkDataArray* automatic = covariance(ofPlaces);
  EXPECT_EQ(automatic->GetComponent(0, 1), automatic->GetComponent(0, 0));
}

// Contract: a ridge depends on the units of its axes, and the filter says so.
TEST(PointsFromArrays, HaveRidgesThatDependOnUnits)
{
  vtkNew<vtkPointsFromArrays> points;
  points->SetInputData(Mesh());
  Choose(points, 0, OfPoints, "Temperature");
  points->SetYCoordinate(1);
  vtkNew<vtkDensityRidges> ridges;
  ridges->SetInputConnection(points->GetOutputPort());
  vtkNew<ErrorLog> log;
  log->Watch(ridges);
  ridges->Update();
  EXPECT_TRUE(log->HasWarning("depends on the units of the axes")) << log->Warnings;
  vtkNew<vtkDensityRidges> ofPlaces;
  ofPlaces->SetInputData(PolyDataPoints(MadePoints(points)));
  log->Clear();
  log->Watch(ofPlaces);
  ofPlaces->Update();
  EXPECT_FALSE(log->HasWarning("units")) << log->Warnings;
}

// Oracle: the integral of a density is 1, over the logarithms and over the values themselves.
TEST(PointsFromArrays, HaveADensityOfTheValuesBehindALogScale)
{
  vtkNew<vtkTable> table;
  Eigen::RowVectorXd values(50);
  for (int i = 0; i < 50; ++i)
  {
    values[i] = std::exp(0.1 * i);
  }
  table->AddColumn(Values("v", values));
  vtkNew<vtkPointsFromArrays> points;
  points->SetInputData(table);
  points->SetNumberOfAxes(1);
  Choose(points, 0, OfRows, "v");
  points->XLogScaleOn();
  vtkNew<vtkKernelDensity> density;
  density->SetInputConnection(points->GetOutputPort());
  density->SetBandwidthRule(static_cast<int>(BandwidthRule::Manual));
  density->SetBandwidth(0.1);
  density->SetBoundsMargin(8.0);
  density->SetSampleDimensions(4001, 1, 1);
  density->ComputeLinearDensityOn();
  density->Update();
  vtkImageData* image = density->GetImage();
  vtkDataArray* linear = image->GetPointData()->GetArray("LinearDensity");
  double integral = 0.0; // by trapezia over x = 10^u, whose error is of the order of steps^-2
  for (int i = 0; i + 1 < 4001; ++i)
  {
    const double from = std::pow(10.0, image->GetPoint(i)[0]);
    const double to = std::pow(10.0, image->GetPoint(i + 1)[0]);
    integral += 0.5 * (to - from) * (linear->GetTuple1(i) + linear->GetTuple1(i + 1));
  }
  EXPECT_NEAR(integral, 1.0, 1e-5);
  points->XLogScaleOff();
  vtkNew<ErrorLog> log;
  log->Watch(density);
  density->Update();
  EXPECT_TRUE(log->HasError("ComputeLinearDensity is on, but no axis of the density is a"))
    << log->Errors;
}
}
