// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/Ports.h"

#include <vtkAlgorithm.h>
#include <vtkImageData.h>
#include <vtkInformation.h>
#include <vtkInformationVector.h>
#include <vtkStreamingDemandDrivenPipeline.h>

#include <stdexcept>
#include <string>

namespace vtkscorefields
{
int AcceptCloud(vtkInformation* port, Presence presence)
{
  port->Set(vtkAlgorithm::INPUT_REQUIRED_DATA_TYPE(), "vtkDataSet");
  port->Append(vtkAlgorithm::INPUT_REQUIRED_DATA_TYPE(), "vtkCompositeDataSet");
  if (presence == Presence::Optional)
  {
    port->Set(vtkAlgorithm::INPUT_IS_OPTIONAL(), 1);
  }
  return 1;
}

void RequestWhole(vtkInformation* input)
{
  using Pipeline = vtkStreamingDemandDrivenPipeline;
  int whole[6];
  input->Get(Pipeline::WHOLE_EXTENT(), whole);
  input->Set(Pipeline::UPDATE_EXTENT(), whole, 6);
  input->Set(Pipeline::UPDATE_PIECE_NUMBER(), 0);
  input->Set(Pipeline::UPDATE_NUMBER_OF_PIECES(), 1);
  input->Set(Pipeline::UPDATE_NUMBER_OF_GHOST_LEVELS(), 0);
}

vtkImageData* RequireImage(vtkInformationVector* inputs, const char* input, const char* filter)
{
  if (inputs->GetNumberOfInformationObjects() == 0)
  {
    return nullptr;
  }
  vtkImageData* image = vtkImageData::GetData(inputs);
  if (!image)
  {
    const vtkDataObject* given = vtkDataObject::GetData(inputs);
    throw std::invalid_argument(std::string(input) + " has a block of type " +
      (given ? given->GetClassName() : "none") + "; " + filter + " takes images (vtkImageData)");
  }
  return image;
}
}
