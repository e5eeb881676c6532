// SPDX-License-Identifier: BSD-3-Clause
#ifndef Input_DataAxes_h
#define Input_DataAxes_h

#include "Input/DataBlocks.h"
#include "Pipeline/FieldNames.h"

#include <vtkSmartPointer.h>
#include <vtkType.h>

#include <string>
#include <vector>

class vtkDataArray;

namespace vtkscorefields
{
/// What a user chose for one axis of a cloud whose coordinates are data.
struct DataAxis
{
  char Letter = 'X';                      ///< X, Y or Z, with which its properties begin
  std::string Array = texts::Coordinates; ///< or the name of an array
  int Association = 0;                    ///< of the array: a vtkDataObject::FieldAssociations
  int Component = 0;                      ///< of the array; their number: the magnitude
  int Coordinate = 0;                     ///< 0 to 2, of a point or of the centre of a cell
  bool LogScale = false;                  ///< the axis is the logarithm to the base 10
  std::string Title;                      ///< "": as AxisValues makes it

  bool IsCoordinate() const { return this->Array.empty() || this->Array == texts::Coordinates; }
  /// The array as messages call it: XArray "T".
  std::string NameOfArray() const;
};

/// What the arrays of the axes are of; points without any.
/// @throws std::invalid_argument if they are of different kinds.
DataEntry CommonKind(const std::vector<DataAxis>& axes);

/// Where an axis finds its values in a block: the values of its array, or coordinates.
class AxisValues
{
public:
  /// @throws std::invalid_argument naming XArray, XComponent or XCoordinate (Y, Z), if the array is
  ///         missing or no numbers, or if it has no such component.
  AxisValues(const DataBlock& block, const DataAxis& axis);

  /// The values, not their logarithms, of the block's entries [begin, end). Threads may read at
  /// once.
  void Read(vtkIdType begin, vtkIdType end, double* values) const;

  /// The user's title, or array, component and unit, as far as the array knows them: "Velocity Y
  /// (m/s)"; of logarithms "log10 Velocity Y (m/s)".
  std::string Title() const;

private:
  double At(vtkIdType entry) const;

  const DataBlock* Block;
  DataAxis Axis;
  vtkSmartPointer<vtkDataArray> Array; ///< null: the coordinates of points
};
}

#endif
