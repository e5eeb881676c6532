// SPDX-License-Identifier: BSD-3-Clause
#include "Input/ShapeCells.h"

#include "Input/HiddenParts.h"
#include "Input/PixelTones.h"
#include "Input/SampleReader.h"
#include "Pipeline/ArrayNames.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/FieldNames.h"
#include "Pipeline/Leaves.h"
#include "Pipeline/SharedNodes.h"

#include <vtkCellData.h>
#include <vtkDataArray.h>
#include <vtkDataObject.h>
#include <vtkDataSet.h>
#include <vtkDataSetAttributes.h>
#include <vtkImageData.h>
#include <vtkPointData.h>

#include <algorithm>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace vtkscorefields
{
using scorefields::Index;
using scorefields::ShapePiece;

namespace
{
constexpr double Infinity = std::numeric_limits<double>::infinity();

bool IsPicture(DrawFrom choice)
{
  return choice != DrawFrom::Shape;
}

void RequireComponents(DrawFrom choice, const std::string& name, int components)
{
  if (components <= (IsPicture(choice) ? MostPixelComponents : 1))
  {
    return;
  }
  std::ostringstream message;
  message << "DensityArray \"" << name << "\" has " << components << " components; ";
  if (IsPicture(choice))
  {
    message << "a pixel has 1 (grey), 3 (red, green, blue), or one more for its opacity";
  }
  else
  {
    message << "a density has one. For a picture choose Dark pixels or Bright pixels for DrawFrom";
  }
  throw std::invalid_argument(message.str());
}
}

ShapeArray ShapeArray::Of(vtkAlgorithm* algorithm, int index)
{
  ShapeArray array;
  array.Name = NameOfArrayToProcess(algorithm, index);
  array.OfCells =
    AssociationOfArrayToProcess(algorithm, index) == vtkDataObject::FIELD_ASSOCIATION_CELLS;
  return array;
}

/// 1. Find what each data set has, and the highest dimension. 2. Keep the cells that have it. 3.
/// Find black and white.
ShapeCells::ShapeCells(vtkDataObject* input, DrawFrom drawFrom, const ShapeArray& array,
  const Communicator& communicator)
  : Choice(drawFrom)
{
  // The nodes of a seam are nodes of two parts, but one pixel.
  const vtkSmartPointer<vtkDataObject> data = IsPicture(drawFrom)
    ? MarkSharedNodes(input, communicator)
    : vtkSmartPointer<vtkDataObject>(input);
  std::vector<Leaf> leaves; // 1.
  double highest = -1.0;
  for (vtkDataSet* block : LeavesOf(data))
  {
    if (block->GetNumberOfPoints() > 0)
    {
      leaves.push_back(this->LeafOf(block, array));
      highest = std::max<double>(highest, DimensionOf(leaves.back()));
    }
  }
  communicator.Maximum(&highest, 1);
  this->Highest = static_cast<int>(highest);
  for (Leaf& leaf : leaves) // 2.
  {
    this->Keep(std::move(leaf));
  }
  if (IsPicture(drawFrom)) // 3.
  {
    this->FindLevels(communicator);
  }
}

ShapeCells::Leaf ShapeCells::LeafOf(vtkDataSet* data, const ShapeArray& array)
{
  Leaf leaf;
  leaf.Data = data;
  double place[3];
  data->GetPoint(0, place); // only then may threads ask for points at once
  auto* const image = vtkImageData::SafeDownCast(data);
  if (image)
  {
    leaf.Boxes.emplace(image);
  }
  if (IsPicture(this->Choice) && !image)
  {
    throw std::invalid_argument(std::string("DrawFrom is ") + NameOf(this->Choice) +
      ", which needs a picture; Input has a " + data->GetClassName() +
      ", which is no image. Choose Shape");
  }
  this->FindArray(array, leaf);
  if (IsPicture(this->Choice))
  {
    leaf.Kind = leaf.ValuesOfCells ? Unit::ImageCells : Unit::Pixels;
  }
  else if (image)
  {
    leaf.Kind = Unit::ImageCells;
  }
  else
  {
    leaf.Kind = data->GetNumberOfCells() > 0 ? Unit::Cells : Unit::Points;
  }
  return leaf;
}

void ShapeCells::FindArray(const ShapeArray& array, Leaf& leaf)
{
  vtkDataSetAttributes* const points = leaf.Data->GetPointData();
  vtkDataSetAttributes* const cells = leaf.Data->GetCellData();
  if (IsNoArray(array.Name))
  {
    if (!IsPicture(this->Choice))
    {
      return;
    }
    leaf.ValuesOfCells = points->GetScalars() == nullptr;
    leaf.Values = leaf.ValuesOfCells ? cells->GetScalars() : points->GetScalars();
    if (!leaf.Values)
    {
      throw std::invalid_argument(std::string("DrawFrom is ") + NameOf(this->Choice) +
        ", but no array of Input is marked as its colours; choose one for DensityArray");
    }
    this->NameOfValues = leaf.Values->GetName() ? leaf.Values->GetName() : "";
  }
  else
  {
    leaf.ValuesOfCells = array.OfCells;
    vtkDataSetAttributes* const attributes = array.OfCells ? cells : points;
    leaf.Values = attributes->GetArray(array.Name.c_str());
    this->NameOfValues = array.Name;
    if (!leaf.Values)
    {
      throw std::invalid_argument("DensityArray is \"" + array.Name + "\", which is no numeric " +
        (array.OfCells ? "cell" : "point") +
        " array of the input (it has: " + NamesOfArrays(attributes) + ")");
    }
  }
  RequireComponents(this->Choice, this->NameOfValues, leaf.Values->GetNumberOfComponents());
}

int ShapeCells::DimensionOf(const Leaf& leaf)
{
  if (leaf.Boxes)
  {
    return leaf.Boxes->Dimension();
  }
  if (leaf.Kind == Unit::Points)
  {
    return 0;
  }
  const HiddenParts hidden(leaf.Data);
  int highest = -1;
  for (vtkIdType cell = 0; cell < leaf.Data->GetNumberOfCells() && highest < 3; ++cell)
  {
    const int own = DimensionOfCellType(leaf.Data->GetCellType(cell));
    highest = own > highest && !hidden.HasCell(cell) ? own : highest;
  }
  return highest;
}

void ShapeCells::Keep(Leaf&& leaf)
{
  const HiddenParts hidden(leaf.Data);
  const bool ofPoints = leaf.Kind == Unit::Pixels || leaf.Kind == Unit::Points;
  const bool uniform = leaf.Kind != Unit::Cells;
  if (uniform && DimensionOf(leaf) != this->Highest)
  {
    return;
  }
  const vtkIdType entries =
    ofPoints ? leaf.Data->GetNumberOfPoints() : leaf.Data->GetNumberOfCells();
  for (vtkIdType entry = 0; entry < entries; ++entry)
  {
    const bool fits =
      uniform || DimensionOfCellType(leaf.Data->GetCellType(entry)) == this->Highest;
    if (fits && !(ofPoints ? hidden.HasPoint(entry) : hidden.HasCell(entry)))
    {
      leaf.Chosen.push_back(entry);
    }
  }
  leaf.First = this->Count;
  leaf.Count = static_cast<Index>(leaf.Chosen.size());
  if (leaf.Count == entries)
  {
    leaf.Chosen = {};
  }
  this->Count += leaf.Count;
  this->Leaves.push_back(std::move(leaf));
}

void ShapeCells::FindLevels(const Communicator& communicator)
{
  scorefields::ToneLevels found{ Infinity, -Infinity };
  for (const Leaf& leaf : this->Leaves)
  {
    const std::optional<scorefields::ToneLevels> ofType = LevelsOfType(leaf.Values);
    if (ofType)
    {
      Extend(*ofType, found);
    }
    for (Index i = 0; !ofType && i < leaf.Count; ++i)
    {
      const vtkIdType entry = leaf.Chosen.empty() ? i : leaf.Chosen[static_cast<std::size_t>(i)];
      const double luminance = LuminanceAt(leaf.Values, entry);
      Extend({ luminance, luminance }, found);
    }
  }
  double whiteAndBlack[2] = { found.White, -found.Black };
  communicator.Maximum(whiteAndBlack, 2);
  this->Levels = { -whiteAndBlack[1], whiteAndBlack[0] };
}

double ShapeCells::DensityAt(const Leaf& leaf, vtkIdType entry) const
{
  if (!IsPicture(this->Choice))
  {
    return leaf.Values->GetTuple1(entry);
  }
  return ToneAt(leaf.Values, entry, this->Levels,
    this->Choice == DrawFrom::DarkPixels ? scorefields::ToneMode::Dark
                                         : scorefields::ToneMode::Bright);
}

std::string ShapeCells::DensityName() const
{
  return "DensityArray \"" + this->NameOfValues + "\"";
}

class ShapeCells::Reader : public scorefields::ShapeReader
{
public:
  explicit Reader(const ShapeCells& cells)
    : Cells(cells)
  {
  }
  const std::vector<ShapePiece>& Read(Index cell) override
  {
    const Leaf& leaf =
      *(std::upper_bound(this->Cells.Leaves.begin(), this->Cells.Leaves.end(), cell,
          [](Index number, const Leaf& other) { return number < other.First; }) -
        1);
    const auto place = static_cast<std::size_t>(cell - leaf.First);
    const vtkIdType entry = leaf.Chosen.empty() ? cell - leaf.First : leaf.Chosen[place];
    this->Cut(leaf, entry);
    this->Pieces.clear();
    for (CutPiece& cut : this->Cuts)
    {
      const int corners = leaf.Values ? cut.Shape.CornerCount() : 0;
      for (int i = 0; i < corners; ++i)
      {
        const auto corner = static_cast<std::size_t>(i);
        cut.Shape.Density[corner] =
          this->Cells.DensityAt(leaf, leaf.ValuesOfCells ? entry : cut.Points[corner]);
      }
      this->Pieces.push_back(cut.Shape);
    }
    return this->Pieces;
  }

private:
  void Cut(const Leaf& leaf, vtkIdType entry)
  {
    switch (leaf.Kind)
    {
      case Unit::Cells:
        this->Cutter.Cut(leaf.Data, entry, this->Cuts);
        return;
      case Unit::ImageCells:
        this->Cuts.assign(1, leaf.Boxes->CellAt(entry));
        return;
      case Unit::Pixels:
        this->Cuts.assign(1, leaf.Boxes->PixelAt(entry));
        return;
      case Unit::Points:
        this->Cuts.assign(1, CutPiece());
        leaf.Data->GetPoint(entry, this->Cuts.front().Shape.Origin.data());
        this->Cuts.front().Points[0] = entry;
        return;
    }
  }

  const ShapeCells& Cells;
  CellCutter Cutter;
  std::vector<CutPiece> Cuts;
  std::vector<ShapePiece> Pieces;
};

std::unique_ptr<scorefields::ShapeReader> ShapeCells::NewReader() const
{
  return std::make_unique<Reader>(*this);
}
}
