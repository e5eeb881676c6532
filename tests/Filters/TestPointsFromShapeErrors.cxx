// SPDX-License-Identifier: BSD-3-Clause
#include "vtkPointsFromShape.h"

#include "support/ErrorLog.h"
#include "support/PolyDataPoints.h"

#include <vtkCellArray.h>
#include <vtkImageData.h>
#include <vtkMultiBlockDataSet.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkUnsignedCharArray.h>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace scorefields
{
namespace
{
vtkSmartPointer<vtkPolyData> Line(double length = 1.0)
{
  Eigen::Matrix3Xd places(3, 3);
  places << 0, length, length, 0, 0, 0, 0, 0, 0;
  auto data = PolyDataPoints(places);
  vtkNew<vtkCellArray> lines;
  lines->InsertNextCell({ 0, 1, 2 });
  data->SetLines(lines);
  AddPointArray(data, "ink", Eigen::VectorXd::Ones(3));
  return data;
}

/// What the filter says, in one message; its output must then be empty.
std::string ErrorOf(vtkPointsFromShape* filter)
{
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  filter->Update();
  EXPECT_EQ(log->ErrorCount, 1) << log->Errors;
  EXPECT_EQ(filter->GetOutput()->GetNumberOfPoints(), 0);
  filter->RemoveAllObservers();
  return log->Errors;
}

void ExpectError(vtkPointsFromShape* filter, const std::string& part)
{
  const std::string error = ErrorOf(filter);
  EXPECT_NE(error.find(part), std::string::npos) << error << "\n  lacks: " << part;
}
}

// Contract for all: one message names the property or the input, the value and what would be right.

// Contract: as above, for each property.
TEST(PointsFromShapeErrors, PropertiesOutOfRange)
{
  vtkNew<vtkPointsFromShape> filter;
  filter->SetInputData(Line());
  filter->SetNumberOfPoints(0);
  ExpectError(filter, "NumberOfPoints is 0; it must be 1 or more");
  filter->SetNumberOfPoints(-7);
  ExpectError(filter, "NumberOfPoints is -7");
  filter->SetNumberOfPoints(10);
  filter->SetJitter(-0.5);
  ExpectError(filter, "Jitter is -0.5; it must be a length from 0");
  filter->SetJitter(std::nan(""));
  ExpectError(filter, "Jitter is nan");
  filter->SetJitter(0.0);
  filter->SetDimension(4);
  ExpectError(filter, "Dimension is 4; it must be 1, 2, 3 or 0");
  filter->SetDimension(0);
  filter->SetDrawFrom(3);
  ExpectError(filter, "DrawFrom is 3; it must be 0 (Shape), 1 (Dark pixels) or 2 (Bright pixels)");
  filter->SetDrawFrom(0);
  filter->Update();
  EXPECT_EQ(filter->GetOutput()->GetNumberOfPoints(), 10);
}

// Contract: points that no machine has room for are refused before the room is asked for.
TEST(PointsFromShapeErrors, TooManyPoints)
{
  vtkNew<vtkPointsFromShape> filter;
  filter->SetInputData(Line());
  filter->SetNumberOfPoints(std::numeric_limits<int>::max());
  filter->SetNumberOfPoints(vtkIdType(1) << 45);
  ExpectError(filter, "NumberOfPoints is 35184372088832, which needs about");
}

// Contract: an input with nothing in it, or nothing to draw from.
TEST(PointsFromShapeErrors, NothingToDrawFrom)
{
  vtkNew<vtkPointsFromShape> filter;
  filter->SetInputData(PolyDataPoints(Eigen::Matrix3Xd(3, 0)));
  ExpectError(filter, "Input has no cells and no points to draw from. Connect");
  vtkNew<vtkMultiBlockDataSet> blocks;
  filter->SetInputDataObject(blocks);
  ExpectError(filter, "Input has no cells and no points");
  filter->SetInputData(Line(0.0));
  ExpectError(filter, "Input's lines have no length");
}

// Contract: coordinates and densities that are no numbers, or below 0.
TEST(PointsFromShapeErrors, NumbersThatAreNone)
{
  vtkNew<vtkPointsFromShape> filter;
  filter->SetInputArrayToProcess(0, 0, 0, 0, "ink");
  const auto broken = Line();
  broken->GetPoints()->SetPoint(1, std::nan(""), 0.0, 0.0);
  filter->SetInputData(broken);
  ExpectError(filter, "Input has the point (nan, 0, 0); coordinates must be finite");
  for (const auto& [value, text] :
    { std::pair{ -2.0, "holds -2" }, std::pair{ std::nan(""), "holds nan" } })
  {
    const auto line = Line();
    AddPointArray(line, "ink", Eigen::Vector3d(1.0, value, 1.0));
    filter->SetInputData(line);
    ExpectError(filter, std::string("DensityArray \"ink\" ") + text);
  }
  const auto line = Line();
  AddPointArray(line, "ink", Eigen::Vector3d::Zero());
  filter->SetInputData(line);
  ExpectError(filter, "DensityArray \"ink\" is 0 everywhere");
}

// Contract: arrays that are missing, and pictures that are none or have nothing dark.
TEST(PointsFromShapeErrors, ArraysAndPictures)
{
  vtkNew<vtkPointsFromShape> filter;
  filter->SetInputData(Line());
  filter->SetInputArrayToProcess(0, 0, 0, 1, "ink");
  ExpectError(filter, "DensityArray is \"ink\", which is no numeric cell array");
  filter->SetInputArrayToProcess(0, 0, 0, 0, "None");
  filter->SetDrawFrom(1);
  ExpectError(filter, "DrawFrom is Dark pixels, which needs a picture");
  vtkNew<vtkImageData> image;
  image->SetDimensions(3, 3, 1);
  vtkNew<vtkUnsignedCharArray> white;
  white->SetName("paper");
  white->SetNumberOfValues(9);
  white->FillValue(255);
  image->GetPointData()->SetScalars(white);
  filter->SetInputData(image);
  ExpectError(filter, "DrawFrom is Dark pixels, but DensityArray \"paper\" has none of them");
}

// Contract: cells that cannot be cut are counted in a warning; the others get all points.
TEST(PointsFromShapeErrors, CellsThatCannotBeCut)
{
  Eigen::Matrix3Xd places(3, 9);
  places << 0, 1, 0, 5, 6, 5, 6, 5, 6, 0, 0, 1, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0;
  auto data = PolyDataPoints(places);
  vtkNew<vtkCellArray> polygons;
  polygons->InsertNextCell({ 0, 1, 2 });
  polygons->InsertNextCell({ 0, 1 }); // no polygon
  data->SetPolys(polygons);
  vtkNew<vtkPointsFromShape> filter;
  filter->SetInputData(data);
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  filter->Update();
  EXPECT_EQ(log->Errors, "");
  EXPECT_TRUE(log->HasWarning("1 cells of Input get no points")) << log->Warnings;
  EXPECT_EQ(filter->GetOutput()->GetNumberOfPoints(), 2000);
}
}
