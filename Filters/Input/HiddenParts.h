// SPDX-License-Identifier: BSD-3-Clause
#ifndef Input_HiddenParts_h
#define Input_HiddenParts_h

#include <vtkDataSet.h>
#include <vtkDataSetAttributes.h>
#include <vtkImageData.h>
#include <vtkStructuredGrid.h>
#include <vtkUnsignedCharArray.h>

namespace vtkscorefields
{
/// Which cells or points of a data set another rank has or a filter has hidden.
class HiddenParts
{
public:
  explicit HiddenParts(vtkDataSet* data)
    : CellGhosts(data->GetCellGhostArray())
    , PointGhosts(data->GetPointGhostArray())
    , Image(vtkImageData::SafeDownCast(data))
    , Grid(vtkStructuredGrid::SafeDownCast(data))
    , Blanked(data->HasAnyBlankPoints() || data->HasAnyBlankCells())
  {
  }
  bool HasCell(vtkIdType cell) const
  {
    constexpr unsigned char skipped =
      vtkDataSetAttributes::DUPLICATECELL | vtkDataSetAttributes::HIDDENCELL;
    return (this->CellGhosts && (this->CellGhosts->GetValue(cell) & skipped) != 0) ||
      (this->Blanked && this->Image && !this->Image->IsCellVisible(cell)) ||
      (this->Blanked && this->Grid && !this->Grid->IsCellVisible(cell));
  }
  bool HasPoint(vtkIdType point) const
  {
    constexpr unsigned char skipped =
      vtkDataSetAttributes::DUPLICATEPOINT | vtkDataSetAttributes::HIDDENPOINT;
    return this->PointGhosts && (this->PointGhosts->GetValue(point) & skipped) != 0;
  }

private:
  vtkUnsignedCharArray* CellGhosts;
  vtkUnsignedCharArray* PointGhosts;
  vtkImageData* Image;
  vtkStructuredGrid* Grid;
  bool Blanked;
};
}

#endif
