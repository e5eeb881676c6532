// SPDX-License-Identifier: BSD-3-Clause
#include "vtkScoreField.h"

#include "Pipeline/Choices.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/Requests.h"
#include "Runs/ScoreFieldRun.h"

#include <vtkDataObject.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkInformation.h>
#include <vtkInformationVector.h>
#include <vtkMultiProcessController.h>
#include <vtkObjectFactory.h>
#include <vtkStreamingDemandDrivenPipeline.h>
#include <vtkTable.h>

#include <algorithm>
#include <stdexcept>
#include <string>

vtkStandardNewMacro(vtkScoreField);
vtkCxxSetObjectMacro(vtkScoreField, Controller, vtkMultiProcessController);

//------------------------------------------------------------------------------
vtkScoreField::vtkScoreField()
{
  this->SetNumberOfOutputPorts(2);
  const vtkscorefields::ScoreFieldSettings settings;
  this->Method = static_cast<int>(vtkscorefields::MethodChoice::BestAvailable);
  this->Quantity = static_cast<int>(settings.Kind);
  this->Tolerance = settings.Tolerance;
  this->MinimumSampleSize = settings.Options.MinimumSampleSize;
  this->SignificanceLevel = settings.Options.SignificanceLevel;
  this->RegularizationFloor = settings.Options.RegularizationFloor;
  this->CountDifferenceError = settings.Options.CountDifferenceError;
  this->StabilityCriterion = static_cast<int>(vtkscorefields::MaskChoice::Automatic);
  this->MultipleTesting = static_cast<int>(settings.Correction);
  this->HideUnstable = settings.HideUnstable;
  this->ComputeDiagnostics = settings.Diagnostics;
  this->ComputeCurvature = settings.Curvature;
  this->SetController(vtkMultiProcessController::GetGlobalController());
}

//------------------------------------------------------------------------------
vtkScoreField::~vtkScoreField()
{
  this->SetController(nullptr);
}

//------------------------------------------------------------------------------
int vtkScoreField::FillOutputPortInformation(int port, vtkInformation* info)
{
  if (port == 1)
  {
    info->Set(vtkDataObject::DATA_TYPE_NAME(), "vtkTable");
    return 1;
  }
  return this->Superclass::FillOutputPortInformation(port, info);
}

//------------------------------------------------------------------------------
int vtkScoreField::RequestUpdateExtent(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  using Pipeline = vtkStreamingDemandDrivenPipeline;
  vtkInformation* in = inputVector[0]->GetInformationObject(0);
  vtkInformation* out = outputVector->GetInformationObject(0);
  if (!in->Has(Pipeline::WHOLE_EXTENT()))
  {
    return 1;
  }
  int whole[6];
  in->Get(Pipeline::WHOLE_EXTENT(), whole);
  int wanted[6];
  std::copy(whole, whole + 6, wanted);
  if (out->Has(Pipeline::UPDATE_EXTENT()))
  {
    out->Get(Pipeline::UPDATE_EXTENT(), wanted);
  }
  const bool empty = wanted[0] > wanted[1] || wanted[2] > wanted[3] || wanted[4] > wanted[5];
  for (int axis = 0; axis < 3 && !empty; ++axis)
  {
    // Neighbours for the stencils: the same answer however the image is cut.
    wanted[2 * axis] = std::max(whole[2 * axis], wanted[2 * axis] - vtkscorefields::StencilReach);
    wanted[2 * axis + 1] =
      std::min(whole[2 * axis + 1], wanted[2 * axis + 1] + vtkscorefields::StencilReach);
  }
  // The method Spectral looks along whole lines of nodes.
  if (this->Method == static_cast<int>(vtkscorefields::MethodChoice::Spectral) &&
    vtkscorefields::Communicator(this->Controller).Size() == 1)
  {
    in->Set(Pipeline::UPDATE_EXTENT(), whole, 6);
    in->Set(Pipeline::UPDATE_PIECE_NUMBER(), 0);
    in->Set(Pipeline::UPDATE_NUMBER_OF_PIECES(), 1);
    in->Set(Pipeline::UPDATE_NUMBER_OF_GHOST_LEVELS(), 0);
    return 1;
  }
  in->Set(Pipeline::UPDATE_EXTENT(), wanted, 6);
  if (out->Get(Pipeline::UPDATE_NUMBER_OF_PIECES()) > 1)
  {
    in->Set(Pipeline::UPDATE_NUMBER_OF_GHOST_LEVELS(),
      out->Get(Pipeline::UPDATE_NUMBER_OF_GHOST_LEVELS()) + vtkscorefields::StencilReach);
  }
  return 1;
}

//------------------------------------------------------------------------------
std::string vtkScoreField::ChosenArray()
{
  vtkInformation* chosen = this->GetInputArrayInformation(0);
  const char* name =
    chosen->Has(vtkDataObject::FIELD_NAME()) ? chosen->Get(vtkDataObject::FIELD_NAME()) : nullptr;
  return name ? name : "";
}

//------------------------------------------------------------------------------
vtkscorefields::ScoreFieldSettings vtkScoreField::MakeSettings()
{
  using scorefields::FromNumber;
  using vtkscorefields::MethodChoice;
  const auto method = FromNumber<MethodChoice>("Method", this->Method);
  vtkscorefields::ScoreFieldSettings settings;
  settings.ArrayName = this->ChosenArray();
  settings.Kind = FromNumber<vtkscorefields::Quantity>("Quantity", this->Quantity);
  settings.BestAvailable = method == MethodChoice::BestAvailable;
  settings.Tolerance = this->Tolerance;
  settings.Options.Method = vtkscorefields::MethodOf(method);
  settings.Options.MinimumSampleSize = this->MinimumSampleSize;
  settings.Options.SignificanceLevel = this->SignificanceLevel;
  settings.Options.RegularizationFloor = this->RegularizationFloor;
  settings.Options.CountDifferenceError = this->CountDifferenceError;
  settings.Options.Mask = vtkscorefields::MaskOf(
    FromNumber<vtkscorefields::MaskChoice>("StabilityCriterion", this->StabilityCriterion),
    this->HideUnstable);
  settings.Correction =
    FromNumber<scorefields::MultipleTesting>("MultipleTesting", this->MultipleTesting);
  settings.HideUnstable = this->HideUnstable;
  settings.Diagnostics = this->ComputeDiagnostics;
  settings.Curvature = this->ComputeCurvature;
  return settings;
}

//------------------------------------------------------------------------------
int vtkScoreField::RequestData(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  vtkImageData* input = vtkImageData::GetData(inputVector[0]);
  vtkImageData* output = vtkImageData::GetData(outputVector, 0);
  vtkTable* table = vtkTable::GetData(outputVector, 1);
  return vtkscorefields::RunRequestData(this, vtkscorefields::Communicator(this->Controller),
    outputVector,
    [&]
    {
      const vtkscorefields::Communicator communicator(this->Controller);
      vtkscorefields::RequireSoundInputs(this, communicator);
      if (!input || !output || !table)
      {
        const vtkDataObject* given = vtkDataObject::GetData(inputVector[0]);
        throw std::invalid_argument(std::string("Input has a block of type ") +
          (given ? given->GetClassName() : "none") + "; Score Field takes images (vtkImageData)");
      }
      vtkscorefields::WarnOnce(this,
        vtkscorefields::RunScoreField(this, communicator, this->MakeSettings(), input,
          outputVector->GetInformationObject(0), output, table));
    });
}

//------------------------------------------------------------------------------
void vtkScoreField::PrintSelf(ostream& os, vtkIndent indent)
{
  this->Superclass::PrintSelf(os, indent);
  os << indent << "Method: " << this->Method << "\n";
  os << indent << "Quantity: " << this->Quantity << "\n";
  os << indent << "Tolerance: " << this->Tolerance << "\n";
  os << indent << "CountDifferenceError: " << this->CountDifferenceError << "\n";
  os << indent << "RegularizationFloor: " << this->RegularizationFloor << "\n";
  os << indent << "MinimumSampleSize: " << this->MinimumSampleSize << "\n";
  os << indent << "SignificanceLevel: " << this->SignificanceLevel << "\n";
  os << indent << "MultipleTesting: " << this->MultipleTesting << "\n";
  os << indent << "StabilityCriterion: " << this->StabilityCriterion << "\n";
  os << indent << "HideUnstable: " << this->HideUnstable << "\n";
  os << indent << "ComputeDiagnostics: " << this->ComputeDiagnostics << "\n";
  os << indent << "ComputeCurvature: " << this->ComputeCurvature << "\n";
  os << indent << "Controller: " << this->Controller << "\n";
}
