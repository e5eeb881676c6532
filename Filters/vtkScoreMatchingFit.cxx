// SPDX-License-Identifier: BSD-3-Clause
#include "vtkScoreMatchingFit.h"

#include "Input/SampleReader.h"
#include "Numerics/Base/Boundary.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/GridImage.h"
#include "Pipeline/Requests.h"
#include "Pipeline/SweepTime.h"
#include "Runs/ScoreMatchingFitRun.h"

#include "Numerics/Fit/NetworkTraining.h"
#include "Pipeline/Ports.h"

#include <vtkDataObject.h>
#include <vtkExecutive.h>
#include <vtkImageData.h>
#include <vtkInformation.h>
#include <vtkInformationVector.h>
#include <vtkObjectFactory.h>
#include <vtkStreamingDemandDrivenPipeline.h>
#include <vtkTable.h>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

vtkStandardNewMacro(vtkScoreMatchingFit);

using vtkscorefields::Communicator;

namespace
{
constexpr int ParametersPort = 1;
constexpr int HistoryPort = 2;

/// A time for each row of the training's history, which is its step.
std::vector<double> TrainingTimes(int steps)
{
  const std::vector<scorefields::Index> rows = scorefields::TrainingRowSteps(steps);
  return { rows.begin(), rows.end() };
}
}

//------------------------------------------------------------------------------
vtkScoreMatchingFit::vtkScoreMatchingFit()
  : Kept(new vtkscorefields::KeptFit)
{
  this->SetNumberOfOutputPorts(3);
  this->TakeDefaults();
}

//------------------------------------------------------------------------------
vtkScoreMatchingFit::~vtkScoreMatchingFit() = default;

//------------------------------------------------------------------------------
vtkImageData* vtkScoreMatchingFit::GetImage()
{
  return vtkImageData::SafeDownCast(this->GetOutputDataObject(0));
}

//------------------------------------------------------------------------------
void vtkScoreMatchingFit::TakeDefaults()
{
  const scorefields::FitRequest request;
  this->Model = static_cast<int>(request.Model);
  this->BaseDensity = static_cast<int>(request.Base);
  this->ScaleAxes = request.AxisScale;
  this->Noise = request.Noise;
  this->KernelWidth = request.KernelWidth;
  this->Regularization = request.Regularization;
  this->Folds = request.Folds;
  this->NumberOfCenters = static_cast<int>(request.NumberOfCenters);
  this->NumberOfComponents = static_cast<int>(request.NumberOfComponents);
  this->HiddenLayers = static_cast<int>(request.HiddenLayers);
  this->HiddenWidth = static_cast<int>(request.HiddenWidth);
  this->TrainingSteps = static_cast<int>(request.TrainingSteps);
  this->LearningRate = request.LearningRate;
  this->MaximumSamples = static_cast<int>(request.MaximumSamples);
  this->Seed = static_cast<int>(request.Seed);
}

//------------------------------------------------------------------------------
int vtkScoreMatchingFit::FillInputPortInformation(int vtkNotUsed(port), vtkInformation* info)
{
  return vtkscorefields::AcceptCloud(info, vtkscorefields::Presence::Required);
}

//------------------------------------------------------------------------------
int vtkScoreMatchingFit::FillOutputPortInformation(int port, vtkInformation* info)
{
  info->Set(vtkDataObject::DATA_TYPE_NAME(), port == 0 ? "vtkImageData" : "vtkTable");
  return 1;
}

//------------------------------------------------------------------------------
int vtkScoreMatchingFit::RequestInformation(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  return vtkscorefields::RunRequestInformation(this, Communicator(this->Controller), outputVector,
    [&]
    {
      this->Announce(
        inputVector[0]->GetInformationObject(0), outputVector->GetInformationObject(0));
      if (this->ShowsTraining())
      {
        this->AnnounceTraining(outputVector);
      }
    });
}

//------------------------------------------------------------------------------
bool vtkScoreMatchingFit::ShowsTraining() const
{
  return this->TrainingOverTime &&
    this->Model == static_cast<int>(scorefields::FitModel::DenoisingNetwork);
}

//------------------------------------------------------------------------------
void vtkScoreMatchingFit::AnnounceTraining(vtkInformationVector* outputVector)
{
  scorefields::Require(this->MakeSettings().Request);
  for (int port = 0; port < this->GetNumberOfOutputPorts(); ++port)
  {
    vtkscorefields::AnnounceTimes(
      TrainingTimes(this->TrainingSteps), outputVector->GetInformationObject(port));
  }
}

//------------------------------------------------------------------------------
std::optional<std::size_t> vtkScoreMatchingFit::TakeStage(
  vtkInformation* request, vtkInformationVector* outputVector) const
{
  if (!this->ShowsTraining())
  {
    return std::nullopt;
  }
  const int asked = std::max(0, request->Get(vtkExecutive::FROM_OUTPUT_PORT()));
  const std::vector<double> times = TrainingTimes(this->TrainingSteps);
  const std::size_t row =
    vtkscorefields::RequestedStep(times, outputVector->GetInformationObject(asked));
  for (int port = 0; port < outputVector->GetNumberOfInformationObjects(); ++port)
  {
    vtkDataObject::GetData(outputVector, port)
      ->GetInformation()
      ->Set(vtkDataObject::DATA_TIME_STEP(), times[row]);
  }
  return row;
}

//------------------------------------------------------------------------------
void vtkScoreMatchingFit::Announce(vtkInformation* inputInfo, vtkInformation* info)
{
  vtkscorefields::AnnounceTime(std::nullopt, inputInfo, info);
  const vtkscorefields::FitSettings settings = this->MakeSettings();
  scorefields::Require(settings.Grid);
  const auto time = this->ShowsTraining() ? std::optional(this->InputTime) : std::nullopt;
  const auto moments = this->PeekSamples(
    this->GetInputConnection(0, 0), vtkscorefields::TimeToPeek(time, inputInfo, info));
  const auto announced = vtkscorefields::PlaceFit(settings, moments);
  vtkscorefields::AnnounceGrid(announced, VTK_DOUBLE, info);
}

//------------------------------------------------------------------------------
int vtkScoreMatchingFit::RequestUpdateExtent(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* vtkNotUsed(outputVector))
{
  vtkInformation* info = inputVector[0]->GetInformationObject(0);
  vtkscorefields::RequestPiece(info, Communicator(this->Controller));
  vtkscorefields::AskForInputTime(this->ShowsTraining(), this->InputTime, info);
  return 1;
}

//------------------------------------------------------------------------------
void vtkScoreMatchingFit::RequireOpen() const
{
  for (const scorefields::Boundary boundary : this->MakeBoundaries())
  {
    if (boundary != scorefields::Boundary::Open)
    {
      throw std::invalid_argument(std::string("Boundary is ") + NameOf(boundary) +
        "; Score Matching Fit knows open boundaries only");
    }
  }
}

//------------------------------------------------------------------------------
vtkscorefields::FitSettings vtkScoreMatchingFit::MakeSettings()
{
  this->RequireOpen();
  using scorefields::FromNumber;
  vtkscorefields::FitSettings settings;
  scorefields::FitRequest& request = settings.Request;
  request.Model = FromNumber<scorefields::FitModel>("Model", this->Model);
  request.Base = FromNumber<scorefields::BaseDensity>("BaseDensity", this->BaseDensity);
  request.AxisScale = this->ScaleAxes;
  request.Noise = this->Noise;
  request.KernelWidth = this->KernelWidth;
  request.Regularization = this->Regularization;
  request.Folds = this->Folds;
  request.NumberOfCenters = this->NumberOfCenters;
  request.NumberOfComponents = this->NumberOfComponents;
  request.HiddenLayers = this->HiddenLayers;
  request.HiddenWidth = this->HiddenWidth;
  request.TrainingSteps = this->TrainingSteps;
  request.LearningRate = this->LearningRate;
  request.MaximumSamples = this->MaximumSamples;
  request.Seed = static_cast<std::uint64_t>(this->Seed);
  settings.Grid = this->MakeGridRequest(this->BoundsMargin, this->SampleDimensions);
  settings.Dimension = this->Dimension;
  settings.WeightArray = vtkscorefields::NameOfArrayToProcess(this, 0);
  return settings;
}

//------------------------------------------------------------------------------
int vtkScoreMatchingFit::RequestData(
  vtkInformation* request, vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  vtkDataObject* input = vtkDataObject::GetData(inputVector[0]);
  const vtkscorefields::FitOutputs outputs{ outputVector->GetInformationObject(0),
    vtkImageData::GetData(outputVector, 0), vtkTable::GetData(outputVector, ParametersPort),
    vtkTable::GetData(outputVector, HistoryPort) };
  const Communicator communicator(this->Controller);
  return vtkscorefields::RunRequestData(this, communicator, outputVector,
    [&]
    {
      vtkscorefields::RequireSoundInputs(this, communicator);
      vtkscorefields::FitSettings settings = this->MakeSettings();
      settings.Stage = this->TakeStage(request, outputVector);
      vtkscorefields::WarnOnce(this,
        vtkscorefields::RunScoreMatchingFit(
          this, communicator, settings, input, *this->Kept, outputs));
      vtkscorefields::PassFieldData(input, outputs.Image);
    });
}

//------------------------------------------------------------------------------
void vtkScoreMatchingFit::PrintSelf(ostream& os, vtkIndent indent)
{
  using vtkscorefields::Tuple;
  this->Superclass::PrintSelf(os, indent);
  os << indent << "Model: " << this->Model << "\n";
  os << indent << "BaseDensity: " << this->BaseDensity << "\n";
  os << indent << "Dimension: " << this->Dimension << "\n";
  os << indent << "ScaleAxes: " << this->ScaleAxes << "\n";
  os << indent << "Noise: " << this->Noise << "\n";
  os << indent << "KernelWidth: " << this->KernelWidth << "\n";
  os << indent << "Regularization: " << this->Regularization << "\n";
  os << indent << "Folds: " << this->Folds << "\n";
  os << indent << "NumberOfCenters: " << this->NumberOfCenters << "\n";
  os << indent << "NumberOfComponents: " << this->NumberOfComponents << "\n";
  os << indent << "HiddenLayers: " << this->HiddenLayers << "\n";
  os << indent << "HiddenWidth: " << this->HiddenWidth << "\n";
  os << indent << "TrainingSteps: " << this->TrainingSteps << "\n";
  os << indent << "LearningRate: " << this->LearningRate << "\n";
  os << indent << "TrainingOverTime: " << this->TrainingOverTime << "\n";
  os << indent << "InputTime: " << this->InputTime << "\n";
  os << indent << "MaximumSamples: " << this->MaximumSamples << "\n";
  os << indent << "Seed: " << this->Seed << "\n";
  os << indent << "BoundsMargin: " << this->BoundsMargin << "\n";
  os << indent << "SampleDimensions: " << Tuple(this->SampleDimensions) << "\n";
}
