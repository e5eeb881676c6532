// SPDX-License-Identifier: BSD-3-Clause
#include "Input/DataAxes.h"

#include "Pipeline/ArrayNames.h"

#include <vtkCellCenters.h>
#include <vtkDataArray.h>
#include <vtkDataSet.h>
#include <vtkDataSetAttributes.h>
#include <vtkDoubleArray.h>
#include <vtkInformation.h>
#include <vtkInformationStringKey.h>

#include <cmath>
#include <sstream>
#include <stdexcept>

namespace vtkscorefields
{
namespace
{
DataEntry KindOf(int association)
{
  if (association == vtkDataObject::CELL)
  {
    return DataEntry::Cell;
  }
  return association == vtkDataObject::ROW ? DataEntry::Row : DataEntry::Point;
}

std::string UnitOf(vtkDataArray* array)
{
  vtkInformation* const info = array->HasInformation() ? array->GetInformation() : nullptr;
  const char* const unit = info ? info->Get(vtkDataArray::UNITS_LABEL()) : nullptr;
  return unit ? unit : "";
}

void RequireComponent(const DataAxis& axis, int components)
{
  const bool scalar = components == 1; // then the component of an array chosen before means nothing
  if (!scalar && (axis.Component < 0 || axis.Component > components))
  {
    std::ostringstream message;
    message << axis.Letter << "Component is " << axis.Component << ", but " << axis.NameOfArray()
            << " has " << components << " components; take 0 to " << components - 1 << ", or "
            << components << " for the magnitude";
    throw std::invalid_argument(message.str());
  }
}

/// The array of a block that an axis names.
vtkDataArray* ArrayOf(const DataBlock& block, const DataAxis& axis)
{
  vtkDataArray* const array = block.Attributes->GetArray(axis.Array.c_str());
  if (!array)
  {
    const bool hasTexts = block.Attributes->HasArray(axis.Array.c_str()) != 0;
    throw std::invalid_argument(std::string(1, axis.Letter) + "Array is \"" + axis.Array +
      "\", which " + (hasTexts ? "has texts and no numbers" : "Input does not have as an array") +
      " of its " + NameOf(block.Kind) + "s (these have: " + NamesOfArrays(block.Attributes) + ")");
  }
  RequireComponent(axis, array->GetNumberOfComponents());
  return array;
}

void RequireCoordinate(const DataBlock& block, const DataAxis& axis)
{
  std::ostringstream message;
  if (axis.Coordinate < 0 || axis.Coordinate > 2)
  {
    message << axis.Letter << "Coordinate is " << axis.Coordinate << "; it must be 0, 1 or 2";
    throw std::invalid_argument(message.str());
  }
  if (block.Kind == DataEntry::Row)
  {
    message << axis.Letter << "Array is " << texts::Coordinates
            << ", but Input is a table, which has none; choose a column (it has: "
            << NamesOfArrays(block.Attributes) << ")";
    throw std::invalid_argument(message.str());
  }
}
}

std::string DataAxis::NameOfArray() const
{
  return std::string(1, this->Letter) + "Array \"" + this->Array + "\"";
}

DataEntry CommonKind(const std::vector<DataAxis>& axes)
{
  const DataAxis* first = nullptr;
  for (const DataAxis& axis : axes)
  {
    if (axis.IsCoordinate())
    {
      continue;
    }
    if (first && KindOf(axis.Association) != KindOf(first->Association))
    {
      throw std::invalid_argument(first->NameOfArray() + " is of " +
        NameOf(KindOf(first->Association)) + "s, but " + axis.NameOfArray() + " is of " +
        NameOf(KindOf(axis.Association)) +
        "s; all must be of one kind, as Point Data To Cell Data makes them");
    }
    first = first ? first : &axis;
  }
  return first ? KindOf(first->Association) : DataEntry::Point;
}

AxisValues::AxisValues(const DataBlock& block, const DataAxis& axis)
  : Block(&block)
  , Axis(axis)
{
  if (!axis.IsCoordinate())
  {
    this->Array = ArrayOf(block, axis);
    return;
  }
  RequireCoordinate(block, axis);
  auto* const data = vtkDataSet::SafeDownCast(block.Data);
  if (block.Kind == DataEntry::Cell)
  {
    auto centers = vtkSmartPointer<vtkDoubleArray>::New();
    centers->SetNumberOfComponents(3);
    centers->SetNumberOfTuples(data->GetNumberOfCells());
    vtkCellCenters::ComputeCellCenters(data, centers);
    this->Array = centers;
  }
  else
  {
    double place[3];
    data->GetPoint(block.Entries.front(), place); // only then may threads ask for points at once
  }
}

double AxisValues::At(vtkIdType entry) const
{
  if (!this->Array)
  {
    double place[3];
    vtkDataSet::SafeDownCast(this->Block->Data)->GetPoint(entry, place);
    return place[this->Axis.Coordinate];
  }
  const int components = this->Array->GetNumberOfComponents();
  const int component = this->Axis.IsCoordinate() ? this->Axis.Coordinate : this->Axis.Component;
  if (components == 1 || component < components)
  {
    return this->Array->GetComponent(entry, components == 1 ? 0 : component);
  }
  double magnitude = 0.0;
  for (int i = 0; i < components; ++i)
  {
    magnitude = std::hypot(magnitude, this->Array->GetComponent(entry, i));
  }
  return magnitude;
}

void AxisValues::Read(vtkIdType begin, vtkIdType end, double* values) const
{
  for (vtkIdType i = begin; i < end; ++i)
  {
    values[i - begin] = this->At(this->Block->Entries[static_cast<std::size_t>(i)]);
  }
}

std::string AxisValues::Title() const
{
  if (!this->Axis.Title.empty())
  {
    return this->Axis.Title;
  }
  std::string title = this->Axis.LogScale ? "log10 " : "";
  if (this->Axis.IsCoordinate())
  {
    return title + "xyz"[this->Axis.Coordinate];
  }
  title += this->Axis.Array;
  const int components = this->Array->GetNumberOfComponents();
  if (components > 1)
  {
    const char* const name = this->Axis.Component == components
      ? "Magnitude"
      : this->Array->GetComponentName(this->Axis.Component);
    const std::string letter = components <= 3 ? std::string(1, "XYZ"[this->Axis.Component % 3])
                                               : std::to_string(this->Axis.Component);
    title += " " + (name ? std::string(name) : letter);
  }
  const std::string unit = UnitOf(this->Array);
  return unit.empty() ? title : title + " (" + unit + ")";
}

}
