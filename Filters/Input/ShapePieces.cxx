// SPDX-License-Identifier: BSD-3-Clause
#include "Input/ShapePieces.h"

#include <vtkCell.h>
#include <vtkCellType.h>
#include <vtkDataSet.h>
#include <vtkGenericCell.h>
#include <vtkIdList.h>
#include <vtkImageData.h>
#include <vtkMatrix3x3.h>
#include <vtkPoints.h>
#include <vtkSmartPointer.h>

#include <algorithm>

namespace vtkscorefields
{
using scorefields::Index;
using scorefields::Index3;

namespace
{
constexpr int CellTypes = 256;

std::array<int, CellTypes> MakeDimensions()
{
  std::array<int, CellTypes> dimensions{};
  for (int type = 0; type < CellTypes; ++type)
  {
    const auto cell = vtkSmartPointer<vtkCell>::Take(
      type == VTK_EMPTY_CELL ? nullptr : vtkGenericCell::InstantiateCell(type));
    dimensions[static_cast<std::size_t>(type)] = cell ? cell->GetCellDimension() : -1;
  }
  return dimensions;
}

Index3 IndicesOf(Index linear, const Index3& size)
{
  return Index3(linear % size[0], linear / size[0] % size[1], linear / (size[0] * size[1]));
}
}

int DimensionOfCellType(int type)
{
  static const std::array<int, CellTypes> dimensions = MakeDimensions();
  return type >= 0 && type < CellTypes ? dimensions[static_cast<std::size_t>(type)] : -1;
}

CellCutter::CellCutter() = default;
CellCutter::~CellCutter() = default;

void CellCutter::Add(const vtkIdType* points, const vtkIdType* places, int dimension,
  std::vector<CutPiece>& pieces) const
{
  CutPiece& piece = pieces.emplace_back();
  piece.Shape.Dimension = dimension;
  this->Places->GetPoint(places[0], piece.Shape.Origin.data());
  piece.Points[0] = points[0];
  for (int i = 1; i <= dimension; ++i)
  {
    Eigen::Vector3d corner;
    this->Places->GetPoint(places[i], corner.data());
    piece.Shape.Edges.col(i - 1) = corner - piece.Shape.Origin;
    piece.Points[static_cast<std::size_t>(i)] = points[i];
  }
}

void CellCutter::Cut(vtkDataSet* data, vtkIdType cell, std::vector<CutPiece>& pieces)
{
  pieces.clear();
  data->GetCell(cell, this->Cell);
  const int dimension = this->Cell->GetCellDimension();
  const int type = this->Cell->GetCellType();
  // Of these Triangulate makes one piece alone, or none.
  const bool chain = dimension == 0 || type == VTK_LINE || type == VTK_POLY_LINE;
  if (chain)
  {
    this->Points->DeepCopy(this->Cell->GetPointIds());
    this->Places->DeepCopy(this->Cell->GetPoints());
  }
  else
  {
    this->Points->Reset();
    this->Cell->Triangulate(0, this->Points, this->Places); // a pyramid returns 0 in any case
  }
  const vtkIdType step = chain ? 1 : dimension + 1;
  for (vtkIdType first = 0; first + dimension < this->Points->GetNumberOfIds(); first += step)
  {
    const std::array<vtkIdType, 4> places{ { first, first + 1, first + 2, first + 3 } };
    this->Add(this->Points->GetPointer(first), places.data(), dimension, pieces);
  }
}

ImageBoxes::ImageBoxes(vtkImageData* image)
{
  int extent[6];
  image->GetExtent(extent);
  image->TransformContinuousIndexToPhysicalPoint(
    extent[0], extent[2], extent[4], this->Origin.data());
  for (int axis = 0; axis < 3; ++axis)
  {
    this->Nodes[axis] = std::max(0, extent[2 * axis + 1] - extent[2 * axis] + 1);
    for (int row = 0; row < 3; ++row)
    {
      this->Edges(row, axis) =
        image->GetDirectionMatrix()->GetElement(row, axis) * image->GetSpacing()[axis];
    }
    if (this->Nodes[axis] > 1)
    {
      this->Axes[static_cast<std::size_t>(this->Count++)] = axis;
    }
  }
}

scorefields::ShapePiece ImageBoxes::BoxAt(const Index3& indices) const
{
  scorefields::ShapePiece box;
  box.IsBox = true;
  box.Dimension = this->Count;
  box.Origin = this->Origin + this->Edges * indices.cast<double>();
  for (int a = 0; a < this->Count; ++a)
  {
    box.Edges.col(a) = this->Edges.col(this->Axes[static_cast<std::size_t>(a)]);
  }
  return box;
}

CutPiece ImageBoxes::CellAt(vtkIdType cell) const
{
  const Index3 size = (this->Nodes.array() - 1).max(1).matrix();
  const Index3 lowest = IndicesOf(cell, size);
  CutPiece piece;
  piece.Shape = this->BoxAt(lowest);
  for (int corner = 0; corner < piece.Shape.CornerCount(); ++corner)
  {
    Index3 node = lowest;
    for (int a = 0; a < this->Count; ++a)
    {
      node[this->Axes[static_cast<std::size_t>(a)]] += (corner >> a) & 1;
    }
    piece.Points[static_cast<std::size_t>(corner)] =
      node[0] + this->Nodes[0] * (node[1] + this->Nodes[1] * node[2]);
  }
  return piece;
}

CutPiece ImageBoxes::PixelAt(vtkIdType node) const
{
  CutPiece piece;
  piece.Shape = this->BoxAt(IndicesOf(node, this->Nodes));
  for (int a = 0; a < this->Count; ++a)
  {
    piece.Shape.Origin -= 0.5 * piece.Shape.Edges.col(a);
  }
  piece.Points.fill(node);
  return piece;
}
}
