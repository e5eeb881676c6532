// SPDX-License-Identifier: BSD-3-Clause
#include "Input/DataBlocks.h"

#include "Input/HiddenParts.h"
#include "Input/ShapePieces.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/SharedNodes.h"

#include <vtkCellData.h>
#include <vtkCompositeDataIterator.h>
#include <vtkCompositeDataSet.h>
#include <vtkDataSet.h>
#include <vtkPointData.h>
#include <vtkTable.h>

#include <algorithm>
#include <numeric>
#include <utility>

namespace vtkscorefields
{
using scorefields::Index;

namespace
{
/// The data object itself, or the blocks of a composite one.
std::vector<vtkDataObject*> PartsOf(vtkDataObject* data)
{
  auto* const composite = vtkCompositeDataSet::SafeDownCast(data);
  if (!composite)
  {
    return { data };
  }
  std::vector<vtkDataObject*> parts;
  auto iterator = vtkSmartPointer<vtkCompositeDataIterator>::Take(composite->NewIterator());
  for (iterator->InitTraversal(); !iterator->IsDoneWithTraversal(); iterator->GoToNextItem())
  {
    parts.push_back(iterator->GetCurrentDataObject());
  }
  return parts;
}

/// The entries of a part that count; a table has rows, whatever the kind asked for.
DataBlock BlockOf(vtkDataObject* part, DataEntry kind)
{
  DataBlock block;
  block.Data = part;
  if (auto* const table = vtkTable::SafeDownCast(part))
  {
    block.Kind = DataEntry::Row;
    block.Attributes = table->GetRowData();
    block.Entries.resize(static_cast<std::size_t>(table->GetNumberOfRows()));
    std::iota(block.Entries.begin(), block.Entries.end(), vtkIdType(0));
    return block;
  }
  auto* const data = vtkDataSet::SafeDownCast(part);
  if (!data)
  {
    return block;
  }
  const HiddenParts hidden(data);
  const bool ofCells = kind == DataEntry::Cell;
  block.Kind = ofCells ? DataEntry::Cell : DataEntry::Point;
  block.Attributes = ofCells ? static_cast<vtkDataSetAttributes*>(data->GetCellData())
                             : static_cast<vtkDataSetAttributes*>(data->GetPointData());
  const vtkIdType count = ofCells ? data->GetNumberOfCells() : data->GetNumberOfPoints();
  for (vtkIdType entry = 0; entry < count; ++entry)
  {
    if (!(ofCells ? hidden.HasCell(entry) : hidden.HasPoint(entry)))
    {
      block.Entries.push_back(entry);
    }
  }
  return block;
}

}

std::vector<DataBlock> ReadBlocks(
  vtkDataObject* input, DataEntry kind, const Communicator& communicator)
{
  const vtkSmartPointer<vtkDataObject> data = kind == DataEntry::Point
    ? MarkSharedNodes(input, communicator)
    : vtkSmartPointer<vtkDataObject>(input);
  std::vector<DataBlock> blocks;
  for (vtkDataObject* part : PartsOf(data))
  {
    DataBlock block = BlockOf(part, kind);
    if (!block.Entries.empty())
    {
      blocks.push_back(std::move(block));
    }
  }
  return blocks;
}

std::vector<std::vector<double>> CellSizes(const std::vector<DataBlock>& blocks,
  const Communicator& communicator, const scorefields::Execution& execution)
{
  double highest = -1.0;
  for (const DataBlock& block : blocks)
  {
    auto* const data = vtkDataSet::SafeDownCast(block.Data);
    for (const vtkIdType cell : block.Entries)
    {
      highest = std::max<double>(highest, DimensionOfCellType(data->GetCellType(cell)));
    }
  }
  communicator.Maximum(&highest, 1);
  std::vector<std::vector<double>> sizes;
  for (const DataBlock& block : blocks)
  {
    auto* const data = vtkDataSet::SafeDownCast(block.Data);
    sizes.emplace_back(block.Entries.size(), 0.0);
    std::vector<double>& own = sizes.back();
    std::vector<CutPiece> first;
    CellCutter().Cut(data, block.Entries.front(), first); // only then may threads ask for cells
    execution.ForInBatches(static_cast<Index>(own.size()), 1 << 16,
      [&](Index begin, Index end)
      {
        CellCutter cutter;
        std::vector<CutPiece> pieces;
        for (Index i = begin; i < end; ++i)
        {
          const vtkIdType cell = block.Entries[static_cast<std::size_t>(i)];
          if (DimensionOfCellType(data->GetCellType(cell)) == static_cast<int>(highest))
          {
            cutter.Cut(data, cell, pieces);
            for (const CutPiece& piece : pieces)
            {
              own[static_cast<std::size_t>(i)] += scorefields::MeasureOf(piece.Shape);
            }
          }
        }
      });
  }
  return sizes;
}
}
