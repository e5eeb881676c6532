// SPDX-License-Identifier: BSD-3-Clause
#ifndef Input_ShapeCells_h
#define Input_ShapeCells_h

#include "Input/ShapePieces.h"
#include "Numerics/Shape/ShapeSource.h"
#include "Numerics/Shape/Tone.h"

#include <vtkSmartPointer.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

class vtkAlgorithm;
class vtkDataArray;
class vtkDataObject;

namespace vtkscorefields
{
class Communicator;

/// The property Draw From of Points From Shape.
enum class DrawFrom
{
  Shape, ///< evenly, or by an array
  DarkPixels,
  BrightPixels
};

constexpr const char* NameOf(DrawFrom value)
{
  switch (value)
  {
    case DrawFrom::Shape:
      return "Shape";
    case DrawFrom::DarkPixels:
      return "Dark pixels";
    case DrawFrom::BrightPixels:
      return "Bright pixels";
  }
  return nullptr;
}

/// An array as a user chooses it.
struct ShapeArray
{
  std::string Name; ///< "" or "None": none
  bool OfCells = false;

  /// That of SetInputArrayToProcess(index, ...).
  static ShapeArray Of(vtkAlgorithm* algorithm, int index);
};

/// The cells that points are drawn from, where the pipeline keeps them: those of the highest
/// dimension that any block has on any rank. Ghost cells and hidden cells do not count, nor do
/// cells of fewer dimensions. Points of a block without cells count as vertices.
///
/// Cells are cut into simplices as VTK cuts them; a cell of an image is a box. A point array is
/// interpolated in each piece, a cell array is constant in a cell.
///
/// Of a picture each value is a pixel: a box as large as the spacing around a node, or a cell.
/// Black and white are 0 and the largest number of unsigned char and short, else the least and the
/// largest luminance of all pixels. A node that several ranks have is a pixel of one.
class ShapeCells : public scorefields::ShapeSource
{
public:
  /// Collective. The data must outlive this.
  /// @param array  the density of points in the shape, or the colours of the picture: none for an
  ///               even density and for the active scalars.
  /// @throws std::invalid_argument naming DrawFrom, if there are data sets that are no image, or
  ///         DensityArray, if it is missing or has the wrong number of components.
  ShapeCells(vtkDataObject* input, DrawFrom drawFrom, const ShapeArray& array,
    const Communicator& communicator);

  scorefields::Index CellCount() const override { return this->Count; }
  std::unique_ptr<scorefields::ShapeReader> NewReader() const override;
  std::string DensityName() const override;
  /// Of the cells; -1 if no rank has any.
  int Dimension() const { return this->Highest; }

private:
  class Reader;
  enum class Unit
  {
    Cells,      ///< whatever they are
    ImageCells, ///< boxes between nodes
    Pixels,     ///< boxes around the nodes of an image
    Points      ///< of data without cells
  };
  /// A data set with something to draw from.
  struct Leaf
  {
    vtkSmartPointer<vtkDataSet> Data;
    std::optional<ImageBoxes> Boxes;
    Unit Kind = Unit::Cells;
    vtkSmartPointer<vtkDataArray> Values;
    bool ValuesOfCells = false;
    scorefields::Index First = 0;  ///< the number of its first cell
    scorefields::Index Count = 0;  ///< how many of its cells, or points, count
    std::vector<vtkIdType> Chosen; ///< these; empty if all count
  };

  Leaf LeafOf(vtkDataSet* data, const ShapeArray& array);
  void FindArray(const ShapeArray& array, Leaf& leaf);
  static int DimensionOf(const Leaf& leaf);
  void Keep(Leaf&& leaf);
  void FindLevels(const Communicator& communicator);
  /// Of a cell or a point, whichever the values are of.
  double DensityAt(const Leaf& leaf, vtkIdType entry) const;

  DrawFrom Choice;
  std::vector<Leaf> Leaves;
  scorefields::Index Count = 0;
  int Highest = -1;
  scorefields::ToneLevels Levels;
  std::string NameOfValues;
};
}

#endif
