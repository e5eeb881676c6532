// SPDX-License-Identifier: BSD-3-Clause
#include "Input/ShapeCells.h"

#include "Numerics/Shape/ShapeSampling.h"
#include "Pipeline/Communicator.h"
#include "support/PolyDataPoints.h"

#include <vtkCellArray.h>
#include <vtkCellData.h>
#include <vtkDataSetAttributes.h>
#include <vtkDoubleArray.h>
#include <vtkImageData.h>
#include <vtkMultiBlockDataSet.h>
#include <vtkNew.h>
#include <vtkPartitionedDataSet.h>
#include <vtkPointData.h>
#include <vtkUniformGrid.h>
#include <vtkUnsignedCharArray.h>

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace vtkscorefields
{
namespace
{
/// A vertex, lines of length 1 and 2, and with `faces` a triangle of area 1/2.
vtkSmartPointer<vtkPolyData> Mixed(bool faces)
{
  Eigen::Matrix3Xd places(3, 6);
  places << 0, 1, 0, 5, 6, 8, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0;
  auto data = PolyDataPoints(places);
  vtkNew<vtkCellArray> vertices, lines, polygons;
  vertices->InsertNextCell({ 0 });
  lines->InsertNextCell({ 3, 4 });
  lines->InsertNextCell({ 4, 5 });
  polygons->InsertNextCell({ 0, 1, 2 });
  data->SetVerts(vertices);
  data->SetLines(lines);
  if (faces)
  {
    data->SetPolys(polygons);
  }
  return data;
}

template <class Array, class Value>
vtkSmartPointer<Array> ArrayOf(
  const char* name, int components, std::initializer_list<Value> values)
{
  auto array = vtkSmartPointer<Array>::New();
  array->SetName(name);
  array->SetNumberOfComponents(components);
  for (const Value value : values)
  {
    array->InsertNextValue(static_cast<typename Array::ValueType>(value));
  }
  return array;
}

/// Two by two pixels of the given colours.
vtkSmartPointer<vtkImageData> Picture(vtkDataArray* colours)
{
  auto image = vtkSmartPointer<vtkImageData>::New();
  image->SetDimensions(2, 2, 1);
  image->GetPointData()->SetScalars(colours);
  return image;
}

struct Found
{
  int Dimension;
  double Cells;
  scorefields::ShapeSurvey Survey;
};

Found Look(vtkDataObject* data, DrawFrom from = DrawFrom::Shape, const ShapeArray& array = {})
{
  const ShapeCells cells(data, from, array, Communicator(nullptr));
  return { cells.Dimension(), static_cast<double>(cells.CellCount()),
    scorefields::ShapeSampler(cells, scorefields::Execution()).Survey() };
}

std::string ErrorOf(vtkDataObject* data, DrawFrom from, const ShapeArray& array)
{
  try
  {
    Look(data, from, array);
  }
  catch (const std::invalid_argument& error)
  {
    return error.what();
  }
  return "";
}
}

// Oracle: the lengths and areas of the cells. Those of the highest dimension count, and of points
// without cells each.
TEST(ShapeCells, AreThoseOfTheHighestDimension)
{
  const Found faces = Look(Mixed(true));
  EXPECT_EQ(faces.Dimension, 2);
  EXPECT_EQ(faces.Survey.Measure, 0.5);
  const Found lines = Look(Mixed(false));
  EXPECT_EQ(lines.Dimension, 1);
  EXPECT_EQ(lines.Survey.Measure, 3.0);
  EXPECT_EQ(lines.Survey.Bounds.min()[0], 5.0);
  const Found points = Look(PolyDataPoints(Eigen::Matrix3Xd::Random(3, 7)));
  EXPECT_EQ(points.Dimension, 0);
  EXPECT_EQ(points.Survey.Measure, 7.0);
  EXPECT_EQ(Look(PolyDataPoints(Eigen::Matrix3Xd(3, 0))).Dimension, -1);
  vtkNew<vtkMultiBlockDataSet> blocks;
  blocks->SetBlock(0, Mixed(false));
  blocks->SetBlock(1, Mixed(true));
  blocks->SetBlock(3, Mixed(true));
  EXPECT_EQ(Look(blocks).Survey.Measure, 1.0);
}

// Contract: cells that another rank has or that are hidden do not count; of points neither.
TEST(ShapeCells, LeaveOutGhosts)
{
  auto lines = Mixed(false);
  lines->GetCellData()->AddArray(ArrayOf<vtkUnsignedCharArray>(
    vtkDataSetAttributes::GhostArrayName(), 1, { 0, 0, int(vtkDataSetAttributes::DUPLICATECELL) }));
  EXPECT_EQ(Look(lines).Survey.Measure, 1.0);
  auto points = PolyDataPoints(Eigen::Matrix3Xd::Random(3, 3));
  points->GetPointData()->AddArray(ArrayOf<vtkUnsignedCharArray>(
    vtkDataSetAttributes::GhostArrayName(), 1, { 0, int(vtkDataSetAttributes::HIDDENPOINT), 0 }));
  EXPECT_EQ(Look(points).Survey.Measure, 2.0);
  // A hidden node of an image hides the cells around it, and as a pixel itself.
  vtkNew<vtkUniformGrid> image;
  image->SetDimensions(3, 3, 1);
  image->GetPointData()->SetScalars(
    ArrayOf<vtkUnsignedCharArray>("grey", 1, { 0, 0, 0, 0, 0, 0, 0, 0, 0 }));
  EXPECT_EQ(Look(image).Survey.Measure, 4.0);
  EXPECT_EQ(Look(image, DrawFrom::DarkPixels).Survey.Measure, 9.0);
  image->BlankPoint(0);
  EXPECT_EQ(Look(image).Survey.Measure, 3.0);
  EXPECT_EQ(Look(image, DrawFrom::DarkPixels).Survey.Measure, 8.0);
}

// Oracle: integrals of the arrays by hand. A point array is linear along a cell, a cell array
// constant.
TEST(ShapeCells, TakeDensitiesOfPointsAndCells)
{
  auto lines = Mixed(false);
  AddPointArray(lines, "ramp", (Eigen::VectorXd(6) << 9, 9, 9, 0, 1, 3).finished());
  lines->GetCellData()->AddArray(ArrayOf<vtkDoubleArray>("each", 1, { 100.0, 2.0, 5.0 }));
  EXPECT_EQ(Look(lines, DrawFrom::Shape, { "ramp", false }).Survey.Mass, 0.5 + 4.0);
  EXPECT_EQ(Look(lines, DrawFrom::Shape, { "each", true }).Survey.Mass, 2.0 + 10.0);
  EXPECT_EQ(Look(lines, DrawFrom::Shape, { "None", false }).Survey.Mass, 3.0);
  vtkNew<vtkImageData> image;
  image->SetDimensions(3, 2, 1);
  image->GetPointData()->AddArray(ArrayOf<vtkDoubleArray>("ramp", 1, { 0, 1, 2, 0, 1, 2 }));
  EXPECT_EQ(Look(image, DrawFrom::Shape, { "ramp", false }).Survey.Mass, 2.0);
}

// Oracle: definition of tone. Bytes go from 0 to 255, other numbers from the least to the largest;
// colours of points are boxes around them and those of cells the cells.
TEST(ShapeCells, TakeThePixelsOfAPicture)
{
  const auto grey = ArrayOf<vtkUnsignedCharArray>("grey", 1, { 0, 51, 255, 204 });
  EXPECT_NEAR(Look(Picture(grey), DrawFrom::DarkPixels).Survey.Mass, 2.0, 1e-15);
  EXPECT_NEAR(Look(Picture(grey), DrawFrom::BrightPixels).Survey.Mass, 2.0, 1e-15);
  EXPECT_EQ(Look(Picture(grey), DrawFrom::DarkPixels).Survey.Bounds.min()[0], -0.5);
  const auto real = ArrayOf<vtkDoubleArray>("real", 1, { -1.0, 0.0, 1.0, 3.0 });
  EXPECT_NEAR(Look(Picture(real), DrawFrom::BrightPixels).Survey.Mass, 1.75, 1e-15);
  const auto clear = ArrayOf<vtkUnsignedCharArray>(
    "colours", 4, { 0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255 });
  EXPECT_NEAR(Look(Picture(clear), DrawFrom::DarkPixels).Survey.Mass, 1.0 + 1.0 - 0.114, 1e-14);
  vtkNew<vtkImageData> cells;
  cells->SetDimensions(2, 2, 1);
  cells->GetCellData()->SetScalars(ArrayOf<vtkUnsignedCharArray>("one", 1, { 0 }));
  EXPECT_EQ(Look(cells, DrawFrom::DarkPixels).Survey.Bounds.min()[0], 0.0);
  EXPECT_EQ(Look(cells, DrawFrom::DarkPixels).Survey.Mass, 1.0);
}

// Oracle: the number of nodes. Those that two partitions of an image share are one pixel.
TEST(ShapeCells, CountPixelsOfSeamsOnce)
{
  vtkNew<vtkPartitionedDataSet> parts;
  for (unsigned int i = 0; i < 2; ++i)
  {
    vtkNew<vtkImageData> part;
    part->SetExtent(i == 0 ? 0 : 2, i == 0 ? 2 : 3, 0, 1, 0, 0);
    part->GetPointData()->SetScalars(i == 0
        ? ArrayOf<vtkUnsignedCharArray>("grey", 1, { 0, 0, 0, 0, 0, 0 })
        : ArrayOf<vtkUnsignedCharArray>("grey", 1, { 0, 0, 0, 0 }));
    parts->SetPartition(i, part);
  }
  EXPECT_EQ(Look(parts, DrawFrom::DarkPixels).Survey.Measure, 8.0);
  EXPECT_EQ(Look(parts).Survey.Measure, 3.0);
}

// Contract: the message names the property, the array and what is there.
TEST(ShapeCells, RefuseArraysThatDoNotFit)
{
  auto lines = Mixed(false);
  AddPointArray(lines, "ramp", Eigen::VectorXd::Ones(6));
  lines->GetCellData()->AddArray(ArrayOf<vtkDoubleArray>("pair", 2, { 1, 2, 3, 4, 5, 6 }));
  const auto expect = [](const std::string& error, const std::string& part)
  { EXPECT_NE(error.find(part), std::string::npos) << error << "\n  lacks: " << part; };
  expect(ErrorOf(lines, DrawFrom::Shape, { "ink", false }),
    "DensityArray is \"ink\", which is no numeric point array of the input (it has: ramp)");
  expect(ErrorOf(lines, DrawFrom::Shape, { "ramp", true }), "no numeric cell array");
  expect(ErrorOf(lines, DrawFrom::Shape, { "pair", true }),
    "DensityArray \"pair\" has 2 components; a density has one");
  expect(ErrorOf(lines, DrawFrom::DarkPixels, {}),
    "DrawFrom is Dark pixels, which needs a picture; Input has a vtkPolyData");
  vtkNew<vtkImageData> image;
  image->SetDimensions(2, 2, 1);
  expect(ErrorOf(image, DrawFrom::BrightPixels, {}),
    "DrawFrom is Bright pixels, but no array of Input is marked as its colours");
  image->GetPointData()->SetScalars(ArrayOf<vtkDoubleArray>("many", 5, { 1, 2, 3, 4, 5 }));
  expect(ErrorOf(image, DrawFrom::DarkPixels, {}), "has 5 components; a pixel has 1 (grey)");
}
}
