// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/Leaves.h"

#include <vtkCompositeDataIterator.h>
#include <vtkCompositeDataSet.h>
#include <vtkDataSet.h>
#include <vtkFieldData.h>
#include <vtkSmartPointer.h>

namespace vtkscorefields
{
std::vector<vtkDataSet*> LeavesOf(vtkDataObject* data)
{
  std::vector<vtkDataSet*> blocks;
  if (auto* dataSet = vtkDataSet::SafeDownCast(data))
  {
    blocks.push_back(dataSet);
  }
  else if (auto* composite = vtkCompositeDataSet::SafeDownCast(data))
  {
    auto iterator = vtkSmartPointer<vtkCompositeDataIterator>::Take(composite->NewIterator());
    for (iterator->InitTraversal(); !iterator->IsDoneWithTraversal(); iterator->GoToNextItem())
    {
      if (auto* block = vtkDataSet::SafeDownCast(iterator->GetCurrentDataObject()))
      {
        blocks.push_back(block);
      }
    }
  }
  return blocks;
}

void CopyLeaves(vtkDataObject* input, vtkDataObject* output)
{
  auto* composite = vtkCompositeDataSet::SafeDownCast(input);
  if (!composite)
  {
    output->ShallowCopy(input);
    return;
  }
  auto* copy = vtkCompositeDataSet::SafeDownCast(output);
  copy->CopyStructure(composite);
  copy->GetFieldData()->PassData(composite->GetFieldData());
  auto iterator = vtkSmartPointer<vtkCompositeDataIterator>::Take(composite->NewIterator());
  for (iterator->InitTraversal(); !iterator->IsDoneWithTraversal(); iterator->GoToNextItem())
  {
    vtkDataObject* block = iterator->GetCurrentDataObject();
    auto blockCopy = vtkSmartPointer<vtkDataObject>::Take(block->NewInstance());
    blockCopy->ShallowCopy(block);
    copy->SetDataSet(iterator, blockCopy);
  }
}
}
