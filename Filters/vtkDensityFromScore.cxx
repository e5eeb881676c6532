// SPDX-License-Identifier: BSD-3-Clause
#include "vtkDensityFromScore.h"

#include "Input/SampleReader.h"
#include "Pipeline/Choices.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/Ports.h"
#include "Pipeline/Requests.h"
#include "Runs/DensityFromScoreRun.h"

#include <vtkDataObject.h>
#include <vtkImageData.h>
#include <vtkInformation.h>
#include <vtkInformationVector.h>
#include <vtkObjectFactory.h>
#include <vtkStreamingDemandDrivenPipeline.h>

#include <stdexcept>
#include <string>

vtkStandardNewMacro(vtkDensityFromScore);

namespace
{
constexpr int SamplePort = 1;

std::string NameOrEmpty(vtkAlgorithm* algorithm, int index)
{
  const std::string name = vtkscorefields::NameOfArrayToProcess(algorithm, index);
  return name == "None" ? std::string() : name;
}
}

//------------------------------------------------------------------------------
vtkDensityFromScore::vtkDensityFromScore()
{
  this->SetNumberOfInputPorts(2);
  const vtkscorefields::RecoverySettings settings;
  this->UseStabilityMask = settings.Arrays.UseStabilityMask;
  this->Boundary = static_cast<int>(vtkscorefields::InputBoundaryChoice::FromInput);
  this->SolverTolerance = settings.Limits.Tolerance;
  this->MaximumIterations = static_cast<int>(settings.Limits.MaximumIterations);
  this->ComputeResiduals = settings.Residuals;
}

//------------------------------------------------------------------------------
vtkImageData* vtkDensityFromScore::GetOutput()
{
  return vtkImageData::SafeDownCast(this->GetOutputDataObject(0));
}

//------------------------------------------------------------------------------
int vtkDensityFromScore::FillInputPortInformation(int port, vtkInformation* info)
{
  if (port == SamplePort)
  {
    return vtkscorefields::AcceptCloud(info, vtkscorefields::Presence::Optional);
  }
  info->Set(vtkAlgorithm::INPUT_REQUIRED_DATA_TYPE(), "vtkImageData");
  return 1;
}

//------------------------------------------------------------------------------
int vtkDensityFromScore::FillOutputPortInformation(int vtkNotUsed(port), vtkInformation* info)
{
  info->Set(vtkDataObject::DATA_TYPE_NAME(), "vtkImageData");
  return 1;
}

//------------------------------------------------------------------------------
int vtkDensityFromScore::RequestUpdateExtent(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  using Pipeline = vtkStreamingDemandDrivenPipeline;
  const vtkscorefields::Communicator communicator(this->Controller);
  vtkInformation* in = inputVector[0]->GetInformationObject(0);
  vtkInformation* out = outputVector->GetInformationObject(0);
  if (in->Has(Pipeline::WHOLE_EXTENT()) && communicator.Size() == 1)
  {
    // A potential at one node follows from all vectors.
    vtkscorefields::RequestWhole(in);
  }
  else if (out->Has(Pipeline::UPDATE_EXTENT()))
  {
    int wanted[6];
    out->Get(Pipeline::UPDATE_EXTENT(), wanted);
    in->Set(Pipeline::UPDATE_EXTENT(), wanted, 6);
  }
  if (inputVector[SamplePort]->GetNumberOfInformationObjects() > 0)
  {
    vtkscorefields::RequestPiece(inputVector[SamplePort]->GetInformationObject(0), communicator);
  }
  return 1;
}

//------------------------------------------------------------------------------
vtkscorefields::RecoverySettings vtkDensityFromScore::MakeSettings()
{
  using scorefields::FromNumber;
  using vtkscorefields::InputBoundaryChoice;
  vtkscorefields::RecoverySettings settings;
  settings.Arrays.Score = NameOrEmpty(this, 0);
  settings.Arrays.Mask = NameOrEmpty(this, 1);
  settings.Arrays.UseStabilityMask = this->UseStabilityMask;
  settings.Arrays.Weight = NameOrEmpty(this, 2);
  settings.SampleWeights = this->SampleWeightArray;
  settings.Limits.Tolerance = this->SolverTolerance;
  settings.Limits.MaximumIterations = this->MaximumIterations;
  settings.Residuals = this->ComputeResiduals;
  switch (FromNumber<InputBoundaryChoice>("Boundary", this->Boundary))
  {
    case InputBoundaryChoice::FromInput:
      break;
    case InputBoundaryChoice::Open:
      settings.Borders.emplace().fill(scorefields::Boundary::Open);
      break;
    case InputBoundaryChoice::Periodic:
      settings.Borders.emplace().fill(scorefields::Boundary::Periodic);
      break;
    case InputBoundaryChoice::Reflecting:
      settings.Borders.emplace().fill(scorefields::Boundary::Reflecting);
      break;
    case InputBoundaryChoice::PerAxis:
      settings.Borders = this->MakeAxisBoundaries();
      break;
  }
  return settings;
}

//------------------------------------------------------------------------------
int vtkDensityFromScore::RequestData(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  vtkImageData* input = vtkImageData::GetData(inputVector[0]);
  vtkDataObject* samples = vtkDataObject::GetData(inputVector[SamplePort]);
  vtkImageData* output = vtkImageData::GetData(outputVector);
  return vtkscorefields::RunRequestData(this, vtkscorefields::Communicator(this->Controller),
    outputVector,
    [&]
    {
      if (!input || !output)
      {
        const vtkDataObject* given = vtkDataObject::GetData(inputVector[0]);
        throw std::invalid_argument(std::string("Input has a block of type ") +
          (given ? given->GetClassName() : "none") +
          "; Density From Score takes images (vtkImageData)");
      }
      const vtkscorefields::Communicator communicator(this->Controller);
      vtkscorefields::RequireSoundInputs(this, communicator);
      const std::string warning = vtkscorefields::RunDensityFromScore(this, communicator,
        this->MakeSettings(), input, samples, outputVector->GetInformationObject(0), output);
      if (!warning.empty())
      {
        vtkWarningMacro(<< warning);
      }
    });
}

//------------------------------------------------------------------------------
void vtkDensityFromScore::PrintSelf(ostream& os, vtkIndent indent)
{
  this->Superclass::PrintSelf(os, indent);
  os << indent << "UseStabilityMask: " << this->UseStabilityMask << "\n";
  os << indent << "SampleWeightArray: " << this->SampleWeightArray << "\n";
  os << indent << "SolverTolerance: " << this->SolverTolerance << "\n";
  os << indent << "MaximumIterations: " << this->MaximumIterations << "\n";
  os << indent << "ComputeResiduals: " << this->ComputeResiduals << "\n";
}
