// SPDX-License-Identifier: BSD-3-Clause
#include "Input/SampleLabels.h"

#include "Input/SampleReader.h"
#include "Pipeline/ArrayNames.h"
#include "Pipeline/Leaves.h"
#include "Pipeline/SharedNodes.h"

#include <vtkDataArray.h>
#include <vtkDataSet.h>
#include <vtkPointData.h>

#include <sstream>
#include <stdexcept>

namespace vtkscorefields
{
namespace
{
vtkDataArray* LabelsOf(vtkDataSet* leaf, const std::string& name)
{
  vtkPointData* const data = leaf->GetPointData();
  vtkDataArray* const labels = data->GetArray(name.c_str());
  if (labels && labels->GetNumberOfComponents() == 1)
  {
    return labels;
  }
  std::ostringstream message;
  message << "LabelArray is \"" << name << "\", which ";
  if (labels)
  {
    message << "has " << labels->GetNumberOfComponents() << " components; labels have one";
    throw std::invalid_argument(message.str());
  }
  message << "is no numeric point array of the input (it has: " << NamesOfArrays(data) << ")";
  throw std::invalid_argument(message.str());
}
}

std::vector<double> ReadLabels(vtkDataObject* input, const std::string& labelArray,
  const std::string& weightArray, const Communicator& communicator)
{
  const vtkSmartPointer<vtkDataObject> counted = MarkSharedNodes(input, communicator);
  std::vector<double> labels;
  for (vtkDataSet* leaf : LeavesOf(counted))
  {
    if (!leaf || leaf->GetNumberOfPoints() == 0)
    {
      continue;
    }
    vtkDataArray* const array = LabelsOf(leaf, labelArray);
    const std::vector<PointUse> use = UseOfPoints(leaf, weightArray);
    for (std::size_t i = 0; i < use.size(); ++i)
    {
      if (use[i] == PointUse::Counted)
      {
        labels.push_back(array->GetTuple1(static_cast<vtkIdType>(i)));
      }
    }
  }
  return labels;
}
}
