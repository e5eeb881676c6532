// SPDX-License-Identifier: BSD-3-Clause
#include "vtkPointsFromArrays.h"

#include "support/ErrorLog.h"
#include "support/PolyDataPoints.h"

#include <vtkCellData.h>
#include <vtkDoubleArray.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkStringArray.h>
#include <vtkTable.h>

#include <gtest/gtest.h>

#include <string>

namespace scorefields
{
namespace
{
constexpr int PointArrays = vtkDataObject::FIELD_ASSOCIATION_POINTS;
constexpr int CellArrays = vtkDataObject::FIELD_ASSOCIATION_CELLS;

/// Three points, each in a vertex, with an array of two components and one of the cells.
vtkSmartPointer<vtkPolyData> ThreePoints()
{
  auto data = PolyDataPoints(Eigen::Matrix3d::Identity());
  vtkNew<vtkDoubleArray> pairs;
  pairs->SetName("pair");
  pairs->SetNumberOfComponents(2);
  pairs->SetNumberOfTuples(3);
  pairs->Fill(1.0);
  data->GetPointData()->AddArray(pairs);
  vtkNew<vtkStringArray> names;
  names->SetName("name");
  names->SetNumberOfValues(3);
  data->GetPointData()->AddArray(names);
  vtkNew<vtkDoubleArray> cells;
  cells->SetName("cell");
  cells->SetNumberOfTuples(data->GetNumberOfCells());
  cells->Fill(2.0);
  data->GetCellData()->AddArray(cells);
  return data;
}

void ExpectArrayError(vtkPointsFromArrays* filter, const std::string& part)
{
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  filter->Update();
  EXPECT_EQ(log->ErrorCount, 1) << log->Errors;
  EXPECT_TRUE(log->HasError(part)) << log->Errors << "\n  lacks: " << part;
  EXPECT_EQ(filter->GetOutput()->GetNumberOfPoints(), 0);
  filter->RemoveAllObservers();
}
}

// Contract for all: one message names the property, the value and what would be right.

// Contract: as above, for arrays.
TEST(PointsFromArraysErrors, ArraysThatDoNotFit)
{
  vtkNew<vtkPointsFromArrays> filter;
  filter->SetInputData(ThreePoints());
  filter->SetInputArrayToProcess(0, 0, 0, PointArrays, "heat");
  ExpectArrayError(filter,
    "XArray is \"heat\", which Input does not have as an array of its points "
    "(these have: pair, name)");
  filter->SetInputArrayToProcess(0, 0, 0, PointArrays, "name");
  ExpectArrayError(filter, "XArray is \"name\", which has texts and no numbers");
  filter->SetInputArrayToProcess(0, 0, 0, PointArrays, "pair");
  filter->SetInputArrayToProcess(1, 0, 0, CellArrays, "cell");
  ExpectArrayError(filter, "XArray \"pair\" is of points, but YArray \"cell\" is of cells");
  filter->SetInputArrayToProcess(1, 0, 0, PointArrays, "pair");
  filter->SetYComponent(3);
  ExpectArrayError(filter,
    "YComponent is 3, but YArray \"pair\" has 2 components; take 0 to 1, or "
    "2 for the magnitude");
  filter->SetYComponent(0);
  filter->WeightByCellSizeOn();
  ExpectArrayError(filter,
    "WeightByCellSize is on, but XArray \"pair\" is no cell array; put Point "
    "Data To Cell Data before");
}

// Contract: as above, for numbers.
TEST(PointsFromArraysErrors, NumbersOutOfRange)
{
  vtkNew<vtkPointsFromArrays> filter;
  filter->SetInputData(ThreePoints());
  for (const int wrong : { 0, 4 })
  {
    filter->SetNumberOfAxes(wrong);
    ExpectArrayError(filter, "NumberOfAxes is " + std::to_string(wrong) + "; it must be 1, 2 or 3");
  }
  filter->SetNumberOfAxes(2);
  filter->SetYCoordinate(3);
  ExpectArrayError(filter, "YCoordinate is 3; it must be 0, 1 or 2");
  filter->SetYCoordinate(1);
  filter->WeightByCellSizeOn();
  ExpectArrayError(filter, "WeightByCellSize is on, but no axis is a cell array");
}

// Contract: as above; a table has no coordinates.
TEST(PointsFromArraysErrors, TablesWithoutAColumnChosen)
{
  vtkNew<vtkTable> table;
  vtkNew<vtkDoubleArray> column;
  column->SetName("mass");
  column->InsertNextValue(1.0);
  table->AddColumn(column);
  vtkNew<vtkPointsFromArrays> filter;
  filter->SetInputData(table);
  ExpectArrayError(filter,
    "XArray is Coordinates, but Input is a table, which has none; choose a "
    "column (it has: mass)");
}

// Contract: no points are no mistake; one warning says so.
TEST(PointsFromArraysErrors, NothingToMakePointsOf)
{
  vtkNew<vtkPointsFromArrays> filter;
  filter->SetInputData(vtkSmartPointer<vtkPolyData>::New());
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  filter->Update();
  EXPECT_EQ(log->ErrorCount, 0) << log->Errors;
  EXPECT_EQ(log->WarningCount, 1);
  EXPECT_TRUE(log->HasWarning("Input has no points, so that there is no cloud")) << log->Warnings;
}
}
