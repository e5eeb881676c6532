// SPDX-License-Identifier: BSD-3-Clause
#include "vtkScoreMatchingFit.h"

#include "Input/SampleReader.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/GridImage.h"
#include "Pipeline/Requests.h"
#include "Pipeline/SweepTime.h"
#include "Runs/ScoreMatchingFitRun.h"

#include <vtkDataObject.h>
#include <vtkImageData.h>
#include <vtkInformation.h>
#include <vtkInformationVector.h>
#include <vtkMultiProcessController.h>
#include <vtkObjectFactory.h>
#include <vtkStreamingDemandDrivenPipeline.h>
#include <vtkTable.h>

#include <optional>

vtkStandardNewMacro(vtkScoreMatchingFit);
vtkCxxSetObjectMacro(vtkScoreMatchingFit, Controller, vtkMultiProcessController);

using vtkscorefields::Communicator;

namespace
{
constexpr int ParametersPort = 1;
constexpr int HistoryPort = 2;
}

//------------------------------------------------------------------------------
vtkScoreMatchingFit::vtkScoreMatchingFit()
  : Kept(new vtkscorefields::KeptFit)
{
  this->SetNumberOfOutputPorts(3);
  this->TakeDefaults();
  this->SetController(vtkMultiProcessController::GetGlobalController());
}

//------------------------------------------------------------------------------
vtkScoreMatchingFit::~vtkScoreMatchingFit()
{
  this->SetController(nullptr);
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
  const scorefields::GridRequest grid;
  this->UseInputBounds = grid.UseInputBounds;
  Eigen::Map<Eigen::Matrix<double, 6, 1>>(this->SamplingBounds) = grid.Bounds;
}

//------------------------------------------------------------------------------
int vtkScoreMatchingFit::FillInputPortInformation(int vtkNotUsed(port), vtkInformation* info)
{
  info->Set(vtkAlgorithm::INPUT_REQUIRED_DATA_TYPE(), "vtkDataSet");
  info->Append(vtkAlgorithm::INPUT_REQUIRED_DATA_TYPE(), "vtkCompositeDataSet");
  return 1;
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
  return vtkscorefields::RunRequestInformation(this, outputVector,
    [&]
    {
      this->Announce(
        inputVector[0]->GetInformationObject(0), outputVector->GetInformationObject(0));
    });
}

//------------------------------------------------------------------------------
void vtkScoreMatchingFit::Announce(vtkInformation* inputInfo, vtkInformation* info)
{
  vtkscorefields::AnnounceTime(std::nullopt, inputInfo, info);
  const vtkscorefields::FitSettings settings = this->MakeSettings();
  scorefields::Require(settings.Grid);
  const auto moments = vtkscorefields::PeekBounds(this->GetInputConnection(0, 0),
    vtkscorefields::TimeToPeek(std::nullopt, inputInfo, info), Communicator(this->Controller));
  vtkscorefields::CopyBounds(moments, this->InputBounds);
  const auto announced = vtkscorefields::PlaceFit(settings, moments);
  const auto extent = vtkscorefields::WholeExtent(announced.Dimensions);
  info->Set(vtkStreamingDemandDrivenPipeline::WHOLE_EXTENT(), extent.data(), 6);
  info->Set(vtkDataObject::ORIGIN(), announced.Origin.data(), 3);
  info->Set(vtkDataObject::SPACING(), announced.Spacing.data(), 3);
  info->Set(vtkAlgorithm::CAN_PRODUCE_SUB_EXTENT(), 1);
  vtkDataObject::SetPointDataActiveScalarInfo(info, VTK_DOUBLE, 1);
}

//------------------------------------------------------------------------------
int vtkScoreMatchingFit::RequestUpdateExtent(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* vtkNotUsed(outputVector))
{
  vtkscorefields::RequestPiece(
    inputVector[0]->GetInformationObject(0), Communicator(this->Controller));
  return 1;
}

//------------------------------------------------------------------------------
vtkscorefields::FitSettings vtkScoreMatchingFit::MakeSettings()
{
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
  settings.Grid.UseInputBounds = this->UseInputBounds;
  settings.Grid.Margin = this->BoundsMargin;
  settings.Grid.Bounds = Eigen::Map<const Eigen::Matrix<double, 6, 1>>(this->SamplingBounds);
  settings.Grid.Dimensions =
    Eigen::Map<const Eigen::Vector3i>(this->SampleDimensions).cast<scorefields::Index>();
  settings.Dimension = this->Dimension;
  settings.WeightArray = vtkscorefields::NameOfArrayToProcess(this, 0);
  return settings;
}

//------------------------------------------------------------------------------
int vtkScoreMatchingFit::RequestData(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  vtkDataObject* input = vtkDataObject::GetData(inputVector[0]);
  const vtkscorefields::FitOutputs outputs{ outputVector->GetInformationObject(0),
    vtkImageData::GetData(outputVector, 0), vtkTable::GetData(outputVector, ParametersPort),
    vtkTable::GetData(outputVector, HistoryPort) };
  return vtkscorefields::RunRequestData(this, outputVector,
    [&]
    {
      const Communicator communicator(this->Controller);
      vtkscorefields::RequireSoundInputs(this, communicator);
      vtkscorefields::WarnOnce(this,
        vtkscorefields::RunScoreMatchingFit(
          this, communicator, this->MakeSettings(), input, *this->Kept, outputs));
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
  os << indent << "MaximumSamples: " << this->MaximumSamples << "\n";
  os << indent << "Seed: " << this->Seed << "\n";
  os << indent << "UseInputBounds: " << this->UseInputBounds << "\n";
  os << indent << "BoundsMargin: " << this->BoundsMargin << "\n";
  os << indent << "SamplingBounds: " << Tuple(this->SamplingBounds) << "\n";
  os << indent << "InputBounds: " << Tuple(this->InputBounds) << "\n";
  os << indent << "SampleDimensions: " << Tuple(this->SampleDimensions) << "\n";
  os << indent << "Controller: " << this->Controller << "\n";
}
