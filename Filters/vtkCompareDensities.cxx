// SPDX-License-Identifier: BSD-3-Clause
#include "vtkCompareDensities.h"

#include "Input/SampleReader.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/Requests.h"
#include "Runs/CompareDensitiesRun.h"

#include <vtkImageData.h>
#include <vtkInformation.h>
#include <vtkInformationVector.h>
#include <vtkMultiProcessController.h>
#include <vtkObjectFactory.h>
#include <vtkStreamingDemandDrivenPipeline.h>
#include <vtkTable.h>

#include <stdexcept>

vtkStandardNewMacro(vtkCompareDensities);
vtkCxxSetObjectMacro(vtkCompareDensities, Controller, vtkMultiProcessController);

namespace
{
constexpr int ReferencePort = 1;
constexpr int SamplesPort = 2;
constexpr int MetricsPort = 1;
constexpr int ClassesPort = 2;

/// The name that a panel gives, where "Automatic" stands for none.
std::string Chosen(const std::string& name)
{
  return name == "Automatic" ? std::string() : name;
}

void Set(vtkObject* object, std::string& member, const char* name)
{
  const std::string text = name ? name : "";
  if (member != text)
  {
    member = text;
    object->Modified();
  }
}

vtkImageData* RequireImage(vtkInformationVector* inputs, const char* name)
{
  if (inputs->GetNumberOfInformationObjects() == 0)
  {
    return nullptr;
  }
  vtkImageData* image = vtkImageData::GetData(inputs);
  if (!image)
  {
    const vtkDataObject* given = vtkDataObject::GetData(inputs);
    throw std::invalid_argument(std::string(name) + " has a block of type " +
      (given ? given->GetClassName() : "none") + "; Compare Densities takes images (vtkImageData)");
  }
  return image;
}
}

//------------------------------------------------------------------------------
vtkCompareDensities::vtkCompareDensities()
{
  this->SetNumberOfInputPorts(3);
  this->SetNumberOfOutputPorts(3);
  this->SetController(vtkMultiProcessController::GetGlobalController());
}

//------------------------------------------------------------------------------
vtkCompareDensities::~vtkCompareDensities()
{
  this->SetController(nullptr);
}

//------------------------------------------------------------------------------
void vtkCompareDensities::SetDensityArray(const char* name)
{
  Set(this, this->DensityArray, name);
}

//------------------------------------------------------------------------------
void vtkCompareDensities::SetReferenceArray(const char* name)
{
  Set(this, this->ReferenceArray, name);
}

//------------------------------------------------------------------------------
void vtkCompareDensities::SetScoreArray(const char* name)
{
  Set(this, this->ScoreArray, name);
}

//------------------------------------------------------------------------------
void vtkCompareDensities::SetReferenceScoreArray(const char* name)
{
  Set(this, this->ReferenceScoreArray, name);
}

//------------------------------------------------------------------------------
void vtkCompareDensities::SetSampleWeightArray(const char* name)
{
  Set(this, this->SampleWeightArray, name);
}

//------------------------------------------------------------------------------
int vtkCompareDensities::FillInputPortInformation(int port, vtkInformation* info)
{
  if (port == SamplesPort)
  {
    info->Set(vtkAlgorithm::INPUT_REQUIRED_DATA_TYPE(), "vtkDataSet");
    info->Append(vtkAlgorithm::INPUT_REQUIRED_DATA_TYPE(), "vtkCompositeDataSet");
    info->Set(vtkAlgorithm::INPUT_IS_OPTIONAL(), 1);
    return 1;
  }
  if (port == ReferencePort)
  {
    info->Set(vtkAlgorithm::INPUT_IS_OPTIONAL(), 1);
  }
  return this->Superclass::FillInputPortInformation(port, info);
}

//------------------------------------------------------------------------------
int vtkCompareDensities::FillOutputPortInformation(int port, vtkInformation* info)
{
  if (port == MetricsPort || port == ClassesPort)
  {
    info->Set(vtkDataObject::DATA_TYPE_NAME(), "vtkTable");
    return 1;
  }
  return this->Superclass::FillOutputPortInformation(port, info);
}

//------------------------------------------------------------------------------
int vtkCompareDensities::RequestUpdateExtent(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  using Pipeline = vtkStreamingDemandDrivenPipeline;
  const vtkscorefields::Communicator communicator(this->Controller);
  vtkInformation* out = outputVector->GetInformationObject(0);
  for (int port = 0; port < 2; ++port)
  {
    if (inputVector[port]->GetNumberOfInformationObjects() == 0)
    {
      continue;
    }
    vtkInformation* in = inputVector[port]->GetInformationObject(0);
    int extent[6] = { 0, -1, 0, -1, 0, -1 };
    // Integrals are over the whole image; on several ranks each has its part of both.
    if (in->Has(Pipeline::WHOLE_EXTENT()) && (communicator.Size() == 1 || port == ReferencePort))
    {
      in->Get(Pipeline::WHOLE_EXTENT(), extent);
      in->Set(Pipeline::UPDATE_EXTENT(), extent, 6);
    }
    else if (out->Has(Pipeline::UPDATE_EXTENT()))
    {
      out->Get(Pipeline::UPDATE_EXTENT(), extent);
      in->Set(Pipeline::UPDATE_EXTENT(), extent, 6);
    }
    if (communicator.Size() == 1)
    {
      in->Set(Pipeline::UPDATE_PIECE_NUMBER(), 0);
      in->Set(Pipeline::UPDATE_NUMBER_OF_PIECES(), 1);
      in->Set(Pipeline::UPDATE_NUMBER_OF_GHOST_LEVELS(), 0);
    }
  }
  if (inputVector[SamplesPort]->GetNumberOfInformationObjects() > 0)
  {
    vtkscorefields::RequestPiece(inputVector[SamplesPort]->GetInformationObject(0), communicator);
  }
  return 1;
}

//------------------------------------------------------------------------------
vtkscorefields::ComparisonSettings vtkCompareDensities::MakeSettings() const
{
  using scorefields::FromNumber;
  vtkscorefields::ComparisonSettings settings;
  settings.Density.Density = Chosen(this->DensityArray);
  settings.Density.Kind = FromNumber<vtkscorefields::Quantity>("Quantity", this->Quantity);
  settings.Density.Score = Chosen(this->ScoreArray);
  settings.Reference.Density = Chosen(this->ReferenceArray);
  settings.Reference.Kind =
    FromNumber<vtkscorefields::Quantity>("ReferenceQuantity", this->ReferenceQuantity);
  settings.Reference.Score = Chosen(this->ReferenceScoreArray);
  settings.SampleWeights = this->SampleWeightArray;
  return settings;
}

//------------------------------------------------------------------------------
int vtkCompareDensities::RequestData(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  return vtkscorefields::RunRequestData(this, vtkscorefields::Communicator(this->Controller),
    outputVector,
    [&]
    {
      const vtkscorefields::Communicator communicator(this->Controller);
      vtkscorefields::RequireSoundInputs(this, communicator);
      vtkImageData* input = RequireImage(inputVector[0], "Input");
      vtkImageData* reference = RequireImage(inputVector[ReferencePort], "Reference");
      vtkscorefields::WarnOnce(this,
        vtkscorefields::RunCompareDensities(this, communicator, this->MakeSettings(), input,
          reference, vtkDataObject::GetData(inputVector[SamplesPort]),
          outputVector->GetInformationObject(0), vtkImageData::GetData(outputVector, 0),
          vtkTable::GetData(outputVector, MetricsPort),
          vtkTable::GetData(outputVector, ClassesPort)));
    });
}

//------------------------------------------------------------------------------
void vtkCompareDensities::PrintSelf(ostream& os, vtkIndent indent)
{
  this->Superclass::PrintSelf(os, indent);
  os << indent << "DensityArray: " << this->DensityArray << "\n";
  os << indent << "ReferenceArray: " << this->ReferenceArray << "\n";
  os << indent << "ScoreArray: " << this->ScoreArray << "\n";
  os << indent << "ReferenceScoreArray: " << this->ReferenceScoreArray << "\n";
  os << indent << "SampleWeightArray: " << this->SampleWeightArray << "\n";
  os << indent << "Quantity: " << this->Quantity << "\n";
  os << indent << "ReferenceQuantity: " << this->ReferenceQuantity << "\n";
  os << indent << "Controller: " << this->Controller << "\n";
}
