// SPDX-License-Identifier: BSD-3-Clause
#include "vtkCompareDensities.h"

#include "Input/SampleReader.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/Ports.h"
#include "Pipeline/Requests.h"
#include "Runs/CompareDensitiesRun.h"

#include <vtkImageData.h>
#include <vtkInformation.h>
#include <vtkInformationVector.h>
#include <vtkMultiProcessController.h>
#include <vtkObjectFactory.h>
#include <vtkStreamingDemandDrivenPipeline.h>
#include <vtkTable.h>

vtkStandardNewMacro(vtkCompareDensities);
vtkCxxSetObjectMacro(vtkCompareDensities, Controller, vtkMultiProcessController);

namespace
{
constexpr const char* Name = "Compare Densities"; // in messages
constexpr int ReferencePort = 1;
constexpr int SamplesPort = 2;
constexpr int MetricsPort = 1;
constexpr int ClassesPort = 2;

/// The name that a panel gives, where "Automatic" stands for none.
std::string Chosen(const std::string& name)
{
  return name == "Automatic" ? std::string() : name;
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
int vtkCompareDensities::FillInputPortInformation(int port, vtkInformation* info)
{
  if (port == SamplesPort)
  {
    return vtkscorefields::AcceptCloud(info, vtkscorefields::Presence::Optional);
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
    if (in->Has(Pipeline::WHOLE_EXTENT()) && communicator.Size() == 1)
    {
      vtkscorefields::RequestWhole(in);
    }
    else if (in->Has(Pipeline::WHOLE_EXTENT()) && port == ReferencePort)
    {
      in->Get(Pipeline::WHOLE_EXTENT(), extent);
      in->Set(Pipeline::UPDATE_EXTENT(), extent, 6);
    }
    else if (out->Has(Pipeline::UPDATE_EXTENT()))
    {
      out->Get(Pipeline::UPDATE_EXTENT(), extent);
      in->Set(Pipeline::UPDATE_EXTENT(), extent, 6);
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
      vtkImageData* input = vtkscorefields::RequireImage(inputVector[0], "Input", Name);
      vtkImageData* reference =
        vtkscorefields::RequireImage(inputVector[ReferencePort], "Reference", Name);
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
