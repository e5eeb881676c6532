// SPDX-License-Identifier: BSD-3-Clause
#include "vtkDensityModes.h"

#include "Input/SampleReader.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/Ports.h"
#include "Pipeline/Requests.h"
#include "Runs/DensityModesRun.h"

#include <vtkImageData.h>
#include <vtkInformation.h>
#include <vtkInformationVector.h>
#include <vtkMultiProcessController.h>
#include <vtkObjectFactory.h>
#include <vtkPolyData.h>
#include <vtkStreamingDemandDrivenPipeline.h>

vtkStandardNewMacro(vtkDensityModes);
vtkCxxSetObjectMacro(vtkDensityModes, Controller, vtkMultiProcessController);

namespace
{
constexpr int SamplesPort = 1; // of the inputs
enum OutputPort
{
  PointsPort,
  SamplePort,
  WaysPort,
  OutputPorts
};

void EnsurePolyData(vtkInformation* info)
{
  if (!vtkPolyData::SafeDownCast(info->Get(vtkDataObject::DATA_OBJECT())))
  {
    info->Set(vtkDataObject::DATA_OBJECT(), vtkSmartPointer<vtkPolyData>::New());
  }
}
}

//------------------------------------------------------------------------------
vtkDensityModes::vtkDensityModes()
{
  this->SetNumberOfInputPorts(2);
  this->SetNumberOfOutputPorts(OutputPorts);
  this->SetController(vtkMultiProcessController::GetGlobalController());
  const vtkscorefields::ModeSettings settings;
  this->Quantity = static_cast<int>(settings.Kind);
  this->MinimumPersistence = settings.MinimumPersistence;
  this->SignificanceLevel = settings.SignificanceLevel;
  this->SignificantOnly = settings.SignificantOnly;
  this->ComputeSeparatrices = settings.Ways;
}

//------------------------------------------------------------------------------
vtkDensityModes::~vtkDensityModes()
{
  this->SetController(nullptr);
}

//------------------------------------------------------------------------------
vtkPolyData* vtkDensityModes::GetCriticalPoints()
{
  return vtkPolyData::SafeDownCast(this->GetOutputDataObject(PointsPort));
}

//------------------------------------------------------------------------------
int vtkDensityModes::FillInputPortInformation(int port, vtkInformation* info)
{
  if (port == SamplesPort)
  {
    return vtkscorefields::AcceptCloud(info, vtkscorefields::Presence::Optional);
  }
  info->Set(vtkAlgorithm::INPUT_REQUIRED_DATA_TYPE(), "vtkImageData");
  return 1;
}

//------------------------------------------------------------------------------
int vtkDensityModes::FillOutputPortInformation(int port, vtkInformation* info)
{
  info->Set(vtkDataObject::DATA_TYPE_NAME(), port == SamplePort ? "vtkDataObject" : "vtkPolyData");
  return 1;
}

//------------------------------------------------------------------------------
int vtkDensityModes::RequestDataObject(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  EnsurePolyData(outputVector->GetInformationObject(PointsPort));
  EnsurePolyData(outputVector->GetInformationObject(WaysPort));
  vtkDataObject* samples = vtkDataObject::GetData(inputVector[SamplesPort]);
  vtkDataObject* output = vtkDataObject::GetData(outputVector, SamplePort);
  if (!samples)
  {
    EnsurePolyData(outputVector->GetInformationObject(SamplePort));
  }
  else if (!output || !output->IsA(samples->GetClassName()))
  {
    auto created = vtkSmartPointer<vtkDataObject>::Take(samples->NewInstance());
    outputVector->GetInformationObject(SamplePort)->Set(vtkDataObject::DATA_OBJECT(), created);
  }
  return 1;
}

//------------------------------------------------------------------------------
int vtkDensityModes::RequestUpdateExtent(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* vtkNotUsed(outputVector))
{
  const vtkscorefields::Communicator communicator(this->Controller);
  vtkInformation* in = inputVector[0]->GetInformationObject(0);
  const bool structured = in->Has(vtkStreamingDemandDrivenPipeline::WHOLE_EXTENT()) != 0;
  if (structured && communicator.Size() == 1)
  {
    vtkscorefields::RequestWhole(in);
  }
  else
  {
    vtkscorefields::RequestPiece(in, communicator); // the pieces of all ranks are put together
  }
  if (inputVector[SamplesPort]->GetNumberOfInformationObjects() > 0)
  {
    vtkscorefields::RequestPiece(inputVector[SamplesPort]->GetInformationObject(0), communicator);
  }
  return 1;
}

//------------------------------------------------------------------------------
vtkscorefields::ModeSettings vtkDensityModes::MakeSettings() const
{
  vtkscorefields::ModeSettings settings;
  settings.Density = this->DensityArray == "Automatic" ? std::string() : this->DensityArray;
  settings.Kind = scorefields::FromNumber<vtkscorefields::Quantity>("Quantity", this->Quantity);
  settings.MinimumPersistence = this->MinimumPersistence;
  settings.SignificanceLevel = this->SignificanceLevel;
  settings.SignificantOnly = this->SignificantOnly;
  settings.Ways = this->ComputeSeparatrices;
  settings.SampleWeights = this->SampleWeightArray;
  return settings;
}

//------------------------------------------------------------------------------
int vtkDensityModes::RequestData(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  const vtkscorefields::Communicator communicator(this->Controller);
  return vtkscorefields::RunRequestData(this, communicator, outputVector,
    [&]
    {
      vtkscorefields::RequireSoundInputs(this, communicator);
      vtkImageData* input = vtkscorefields::RequireImage(inputVector[0], "Input", "Density Modes");
      const vtkscorefields::ModeOutputs outputs{ vtkPolyData::GetData(outputVector, PointsPort),
        vtkDataObject::GetData(outputVector, SamplePort),
        vtkPolyData::GetData(outputVector, WaysPort) };
      vtkscorefields::WarnOnce(this,
        vtkscorefields::RunDensityModes(this, communicator, this->MakeSettings(), input,
          vtkDataObject::GetData(inputVector[SamplesPort]), outputs));
    });
}

//------------------------------------------------------------------------------
void vtkDensityModes::PrintSelf(ostream& os, vtkIndent indent)
{
  this->Superclass::PrintSelf(os, indent);
  os << indent << "DensityArray: " << this->DensityArray << "\n";
  os << indent << "Quantity: " << this->Quantity << "\n";
  os << indent << "MinimumPersistence: " << this->MinimumPersistence << "\n";
  os << indent << "SignificanceLevel: " << this->SignificanceLevel << "\n";
  os << indent << "SignificantOnly: " << this->SignificantOnly << "\n";
  os << indent << "ComputeSeparatrices: " << this->ComputeSeparatrices << "\n";
  os << indent << "SampleWeightArray: " << this->SampleWeightArray << "\n";
  os << indent << "Controller: " << this->Controller << "\n";
}
