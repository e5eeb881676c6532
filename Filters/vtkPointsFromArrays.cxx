// SPDX-License-Identifier: BSD-3-Clause
#include "vtkPointsFromArrays.h"

#include "Input/SampleReader.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/Ports.h"
#include "Pipeline/Requests.h"
#include "Runs/PointsFromArraysRun.h"

#include <vtkDataObject.h>
#include <vtkInformation.h>
#include <vtkInformationVector.h>
#include <vtkMultiProcessController.h>
#include <vtkObjectFactory.h>
#include <vtkPolyData.h>

#include <sstream>
#include <stdexcept>

vtkStandardNewMacro(vtkPointsFromArrays);
vtkCxxSetObjectMacro(vtkPointsFromArrays, Controller, vtkMultiProcessController);

using vtkscorefields::Communicator;

//------------------------------------------------------------------------------
vtkPointsFromArrays::vtkPointsFromArrays()
{
  this->SetController(vtkMultiProcessController::GetGlobalController());
}

//------------------------------------------------------------------------------
vtkPointsFromArrays::~vtkPointsFromArrays()
{
  this->SetController(nullptr);
}

//------------------------------------------------------------------------------
int vtkPointsFromArrays::FillInputPortInformation(int vtkNotUsed(port), vtkInformation* info)
{
  vtkscorefields::AcceptCloud(info, vtkscorefields::Presence::Required);
  info->Append(vtkAlgorithm::INPUT_REQUIRED_DATA_TYPE(), "vtkTable");
  return 1;
}

//------------------------------------------------------------------------------
int vtkPointsFromArrays::RequestInformation(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** vtkNotUsed(inputVector), vtkInformationVector* outputVector)
{
  outputVector->GetInformationObject(0)->Set(CAN_HANDLE_PIECE_REQUEST(), 1);
  return 1;
}

//------------------------------------------------------------------------------
int vtkPointsFromArrays::RequestUpdateExtent(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* vtkNotUsed(outputVector))
{
  vtkscorefields::RequestPiece(
    inputVector[0]->GetInformationObject(0), Communicator(this->Controller));
  return 1;
}

//------------------------------------------------------------------------------
vtkscorefields::DataAxis vtkPointsFromArrays::MakeAxis(int index)
{
  vtkscorefields::DataAxis axis;
  const int components[] = { this->XComponent, this->YComponent, this->ZComponent };
  const int coordinates[] = { this->XCoordinate, this->YCoordinate, this->ZCoordinate };
  const bool logarithms[] = { this->XLogScale, this->YLogScale, this->ZLogScale };
  const std::string* titles[] = { &this->XTitle, &this->YTitle, &this->ZTitle };
  axis.Letter = "XYZ"[index];
  axis.Array = vtkscorefields::NameOfArrayToProcess(this, index);
  axis.Association = vtkscorefields::AssociationOfArrayToProcess(this, index);
  axis.Component = components[index];
  axis.Coordinate = coordinates[index];
  axis.LogScale = logarithms[index];
  axis.Title = *titles[index];
  return axis;
}

//------------------------------------------------------------------------------
vtkscorefields::ArraySettings vtkPointsFromArrays::MakeSettings()
{
  if (this->NumberOfAxes < 1 || this->NumberOfAxes > 3)
  {
    std::ostringstream message;
    message << "NumberOfAxes is " << this->NumberOfAxes << "; it must be 1, 2 or 3";
    throw std::invalid_argument(message.str());
  }
  vtkscorefields::ArraySettings settings;
  for (int i = 0; i < this->NumberOfAxes; ++i)
  {
    settings.Axes.push_back(this->MakeAxis(i));
  }
  settings.WeightByCellSize = this->WeightByCellSize;
  return settings;
}

//------------------------------------------------------------------------------
int vtkPointsFromArrays::RequestData(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  vtkDataObject* input = vtkDataObject::GetData(inputVector[0]);
  vtkPolyData* output = vtkPolyData::GetData(outputVector);
  const Communicator communicator(this->Controller);
  return vtkscorefields::RunRequestData(this, communicator, outputVector,
    [&]
    {
      vtkscorefields::RequireSoundInputs(this, communicator);
      vtkscorefields::WarnOnce(this,
        vtkscorefields::RunPointsFromArrays(
          this, communicator, this->MakeSettings(), input, output));
      vtkscorefields::PassFieldData(input, output);
    });
}

//------------------------------------------------------------------------------
void vtkPointsFromArrays::PrintSelf(ostream& os, vtkIndent indent)
{
  this->Superclass::PrintSelf(os, indent);
  os << indent << "NumberOfAxes: " << this->NumberOfAxes << "\n";
  os << indent << "XComponent: " << this->XComponent << "\n";
  os << indent << "YComponent: " << this->YComponent << "\n";
  os << indent << "ZComponent: " << this->ZComponent << "\n";
  os << indent << "XCoordinate: " << this->XCoordinate << "\n";
  os << indent << "YCoordinate: " << this->YCoordinate << "\n";
  os << indent << "ZCoordinate: " << this->ZCoordinate << "\n";
  os << indent << "XLogScale: " << this->XLogScale << "\n";
  os << indent << "YLogScale: " << this->YLogScale << "\n";
  os << indent << "ZLogScale: " << this->ZLogScale << "\n";
  os << indent << "XTitle: " << this->XTitle << "\n";
  os << indent << "YTitle: " << this->YTitle << "\n";
  os << indent << "ZTitle: " << this->ZTitle << "\n";
  os << indent << "WeightByCellSize: " << this->WeightByCellSize << "\n";
  os << indent << "Controller: " << this->Controller << "\n";
}
