// SPDX-License-Identifier: BSD-3-Clause
#ifndef Input_ShapePieces_h
#define Input_ShapePieces_h

#include "Numerics/Shape/ShapePiece.h"

#include <vtkNew.h>
#include <vtkType.h>

#include <array>
#include <vector>

class vtkDataSet;
class vtkGenericCell;
class vtkIdList;
class vtkImageData;
class vtkPoints;

namespace vtkscorefields
{
/// The dimension of a type of cell; -1 for an empty cell and for what is no type.
int DimensionOfCellType(int type);

/// A piece of a cell, and the points of the data set at its corners.
struct CutPiece
{
  scorefields::ShapePiece Shape;
  std::array<vtkIdType, 8> Points{};
};

/// Cuts cells into simplices, with room of its own: one for each thread, once a cell has been asked
/// for.
class CellCutter
{
public:
  CellCutter();
  ~CellCutter();
  CellCutter(const CellCutter&) = delete;
  CellCutter& operator=(const CellCutter&) = delete;

  /// Vertices become points, lines segments, and all other cells what vtkCell::Triangulate makes of
  /// them. Empty if that cannot cut the cell.
  void Cut(vtkDataSet* data, vtkIdType cell, std::vector<CutPiece>& pieces);

private:
  void Add(const vtkIdType* points, const vtkIdType* places, int dimension,
    std::vector<CutPiece>& pieces) const;

  vtkNew<vtkGenericCell> Cell;
  vtkNew<vtkIdList> Points;
  vtkNew<vtkPoints> Places;
};

/// An image as boxes.
class ImageBoxes
{
public:
  explicit ImageBoxes(vtkImageData* image);
  /// Along how many axes there is more than one node.
  int Dimension() const { return this->Count; }
  /// The box between nodes that is a cell of the image.
  CutPiece CellAt(vtkIdType cell) const;
  /// A box as large as a cell around a node, which is each of its corners.
  CutPiece PixelAt(vtkIdType node) const;

private:
  scorefields::ShapePiece BoxAt(const scorefields::Index3& indices) const;

  Eigen::Vector3d Origin = Eigen::Vector3d::Zero();
  Eigen::Matrix3d Edges = Eigen::Matrix3d::Zero(); ///< from a node to the next, along each axis
  scorefields::Index3 Nodes = scorefields::Index3::Zero();
  std::array<int, 3> Axes{ { 0, 0, 0 } }; ///< the first Count
  int Count = 0;
};
}

#endif
