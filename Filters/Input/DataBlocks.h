// SPDX-License-Identifier: BSD-3-Clause
#ifndef Input_DataBlocks_h
#define Input_DataBlocks_h

#include "Numerics/Base/Execution.h"

#include <vtkDataObject.h>
#include <vtkSmartPointer.h>
#include <vtkType.h>

#include <vector>

class vtkDataSetAttributes;

namespace vtkscorefields
{
class Communicator;

/// What becomes a point.
enum class DataEntry
{
  Point,
  Cell,
  Row ///< of a table
};

constexpr const char* NameOf(DataEntry kind)
{
  switch (kind)
  {
    case DataEntry::Point:
      return "point";
    case DataEntry::Cell:
      return "cell";
    case DataEntry::Row:
      return "row";
  }
  return nullptr;
}

/// A data set or a table of the input, and which of its entries count.
struct DataBlock
{
  vtkSmartPointer<vtkDataObject> Data;
  vtkDataSetAttributes* Attributes = nullptr; ///< those of the entries
  DataEntry Kind = DataEntry::Point;
  std::vector<vtkIdType> Entries; ///< those that are neither ghosts nor hidden
};

/// The blocks of the input that have entries of a kind; tables have rows, whatever it is. Nodes
/// that several parts of a mesh share count once. Collective.
std::vector<DataBlock> ReadBlocks(
  vtkDataObject* input, DataEntry kind, const Communicator& communicator);

/// Length, area or volume of each entry of the blocks, which are cells. Cells with fewer dimensions
/// than others, on any rank, have 0. Collective.
std::vector<std::vector<double>> CellSizes(const std::vector<DataBlock>& blocks,
  const Communicator& communicator, const scorefields::Execution& execution);
}

#endif
