// SPDX-License-Identifier: BSD-3-Clause
#include "vtkScoreFlow.h"

#include "Input/SampleReader.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Choices.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/Ports.h"
#include "Pipeline/Requests.h"
#include "Pipeline/SweepTime.h"
#include "Runs/FlowRun.h"

#include <vtkDataObject.h>
#include <vtkExecutive.h>
#include <vtkInformation.h>
#include <vtkInformationVector.h>
#include <vtkObjectFactory.h>
#include <vtkPolyData.h>
#include <vtkSmartPointer.h>
#include <vtkStreamingDemandDrivenPipeline.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

vtkStandardNewMacro(vtkScoreFlow);

using Pipeline = vtkStreamingDemandDrivenPipeline;

namespace
{
constexpr int SamplePort = 0;
constexpr int ParticlePort = 1;
constexpr int ImagePort = 2;
constexpr int TrajectoryPort = 1;
constexpr double Mebibyte = 1048576.0;
/// The density is made ready, perhaps a transform and its derivatives.
constexpr vtkscorefields::Phase Preparing{ "Preparing the density", 0.0, 0.3, 4 };
/// To the step asked for, and once to the last one, where basins are known.
constexpr vtkscorefields::Phase Moving{ "Moving the particles", 0.3, 1.0, 2 };
}

//------------------------------------------------------------------------------
vtkScoreFlow::vtkScoreFlow()
  : Run(new vtkscorefields::FlowRun)
{
  this->SetNumberOfInputPorts(3);
  this->SetNumberOfOutputPorts(2);
  this->TakeDefaults();
}

//------------------------------------------------------------------------------
vtkScoreFlow::~vtkScoreFlow() = default;

//------------------------------------------------------------------------------
double vtkScoreFlow::GetStateMemoryUsed()
{
  return this->Run->Bytes() / Mebibyte;
}

//------------------------------------------------------------------------------
int vtkScoreFlow::FillInputPortInformation(int port, vtkInformation* info)
{
  using vtkscorefields::Presence;
  return vtkscorefields::AcceptCloud(
    info, port != SamplePort ? Presence::Optional : Presence::Required);
}

//------------------------------------------------------------------------------
int vtkScoreFlow::FillOutputPortInformation(int vtkNotUsed(port), vtkInformation* info)
{
  info->Set(vtkDataObject::DATA_TYPE_NAME(), "vtkPolyData");
  return 1;
}

//------------------------------------------------------------------------------
int vtkScoreFlow::RequestDataObject(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** vtkNotUsed(inputVector), vtkInformationVector* outputVector)
{
  for (int port = 0; port < this->GetNumberOfOutputPorts(); ++port)
  {
    if (!vtkPolyData::GetData(outputVector, port))
    {
      const auto output = vtkSmartPointer<vtkPolyData>::New();
      outputVector->GetInformationObject(port)->Set(vtkDataObject::DATA_OBJECT(), output);
    }
  }
  return 1;
}

//------------------------------------------------------------------------------
int vtkScoreFlow::RequestInformation(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  vtkscorefields::RunRequestInformation(this, vtkscorefields::Communicator(this->Controller),
    outputVector,
    [&]
    {
      const auto time = vtkscorefields::TimeToPeek(this->InputTime,
        inputVector[SamplePort]->GetInformationObject(0), outputVector->GetInformationObject(0));
      this->PeekSamples(this->GetInputConnection(SamplePort, 0), time);
    });
  // What is out of range is refused with the data.
  const int steps = std::clamp(this->NumberOfSteps, 0, scorefields::FlowRequest::MostSteps);
  std::vector<double> times(static_cast<std::size_t>(steps) + 1);
  std::iota(times.begin(), times.end(), 0.0);
  for (int port = 0; port < this->GetNumberOfOutputPorts(); ++port)
  {
    vtkInformation* info = outputVector->GetInformationObject(port);
    vtkscorefields::AnnounceTimes(times, info);
    info->Set(CAN_HANDLE_PIECE_REQUEST(), 1);
  }
  return 1;
}

//------------------------------------------------------------------------------
int vtkScoreFlow::RequestUpdateExtent(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* vtkNotUsed(outputVector))
{
  const vtkscorefields::Communicator communicator(this->Controller);
  for (const int port : { SamplePort, ParticlePort, ImagePort })
  {
    if (inputVector[port]->GetNumberOfInformationObjects() > 0)
    {
      vtkInformation* info = inputVector[port]->GetInformationObject(0);
      vtkscorefields::RequestPiece(info, communicator);
      vtkscorefields::AskForInputTime(true, this->InputTime, info);
    }
  }
  return 1;
}

//------------------------------------------------------------------------------
int vtkScoreFlow::RequestedStep(vtkInformation* request, vtkInformationVector* outputVector)
{
  const int port = std::max(0, request->Get(vtkExecutive::FROM_OUTPUT_PORT()));
  vtkInformation* info = outputVector->GetInformationObject(port);
  if (!info->Has(Pipeline::UPDATE_TIME_STEP()))
  {
    return 0;
  }
  const double time = std::round(info->Get(Pipeline::UPDATE_TIME_STEP()));
  return static_cast<int>(std::min(std::max(time, 0.0), static_cast<double>(this->NumberOfSteps)));
}

//------------------------------------------------------------------------------
void vtkScoreFlow::TakeDefaults()
{
  const vtkscorefields::FlowSettings settings;
  const scorefields::FlowRequest& request = settings.Request;
  this->Mode = static_cast<int>(request.Mode);
  this->NumberOfSteps = static_cast<int>(request.Steps);
  this->StepSize = request.StepSize;
  this->MetropolisAdjusted = request.Metropolis;
  this->FirstBandwidth = request.FirstBandwidth;
  this->LastBandwidth = request.LastBandwidth;
  this->NumberOfLevels = static_cast<int>(request.Levels);
  this->FinalDenoise = request.FinalDenoise;
  this->Temperature = settings.Dial.Temperature;
  this->ScoreSmoothing = settings.Dial.Smoothing;
  this->Class = settings.Guidance.Class;
  this->GuidanceWeight = settings.Guidance.Weight;
  this->Seed = static_cast<int>(request.Seed);
  this->Evaluation = static_cast<int>(vtkscorefields::Evaluation::Auto);
  this->Tolerance = settings.Accuracy.Tolerance;
  this->TailTolerance = settings.Accuracy.TailTolerance;
  this->Target = static_cast<int>(settings.Target);
  this->StartFrom = static_cast<int>(settings.Origin);
  this->NumberOfParticles = static_cast<int>(settings.NumberOfParticles);
  this->NumberOfTrajectories = static_cast<int>(settings.Trajectories);
}

//------------------------------------------------------------------------------
vtkscorefields::FlowSettings vtkScoreFlow::MakeSettings(bool dataAxes)
{
  using scorefields::FromNumber;
  using vtkscorefields::Evaluation;
  vtkscorefields::FlowSettings settings;
  scorefields::FlowRequest& request = settings.Request;
  request.Mode = FromNumber<scorefields::FlowMode>("Mode", this->Mode);
  request.Steps = this->NumberOfSteps;
  request.StepSize = this->StepSize;
  request.Metropolis = this->MetropolisAdjusted;
  request.FirstBandwidth = this->FirstBandwidth;
  request.LastBandwidth = this->LastBandwidth;
  request.Levels = this->NumberOfLevels;
  request.FinalDenoise = this->FinalDenoise;
  request.Seed = static_cast<std::uint64_t>(this->Seed);
  settings.Dial.Temperature = this->Temperature;
  settings.Dial.Smoothing = this->ScoreSmoothing;
  settings.Guidance.LabelArray = vtkscorefields::NameOfArrayToProcess(this, 1);
  settings.Guidance.Class = this->Class;
  settings.Guidance.Weight = this->GuidanceWeight;
  settings.Kernel = this->MakeKernelRequest(dataAxes);
  settings.Accuracy.Tolerance = this->Tolerance;
  settings.Accuracy.TailTolerance = this->TailTolerance;
  settings.Accuracy.ExactOnly =
    FromNumber<Evaluation>("Evaluation", this->Evaluation) == Evaluation::Exact;
  settings.Dimension = this->Dimension;
  settings.Target = FromNumber<vtkscorefields::FlowTarget>("Target", this->Target);
  settings.Origin = FromNumber<vtkscorefields::FlowOrigin>("StartFrom", this->StartFrom);
  settings.NumberOfParticles = this->NumberOfParticles;
  if (!this->UseSampleBounds)
  {
    const Eigen::Map<const Eigen::Matrix<double, 2, 3>> bounds(this->StartBounds);
    settings.Box = Eigen::AlignedBox3d(bounds.row(0).transpose(), bounds.row(1).transpose());
  }
  settings.Trajectories = this->NumberOfTrajectories;
  settings.MemoryBudget = Mebibyte * this->StateMemory;
  settings.WeightArray = vtkscorefields::NameOfArrayToProcess(this, 0);
  settings.Boundaries = this->MakeBoundaries();
  settings.BoundaryBox = this->MakeBoxRequest();
  return settings;
}

//------------------------------------------------------------------------------
int vtkScoreFlow::RequestData(
  vtkInformation* request, vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  vtkPolyData* particles = vtkPolyData::GetData(outputVector, 0);
  vtkPolyData* trajectories = vtkPolyData::GetData(outputVector, TrajectoryPort);
  const int step = this->RequestedStep(request, outputVector);
  return vtkscorefields::RunRequestData(this, vtkscorefields::Communicator(this->Controller),
    outputVector,
    [&]
    {
      const vtkscorefields::Communicator communicator(this->Controller);
      vtkscorefields::RequireSoundInputs(this, communicator);
      const auto inputsFor = [&](const scorefields::Execution& execution)
      {
        return vtkscorefields::FlowInputs{ vtkDataObject::GetData(inputVector[SamplePort]),
          vtkDataObject::GetData(inputVector[ParticlePort]),
          vtkDataObject::GetData(inputVector[ImagePort]), communicator, execution };
      };
      const bool dataAxes =
        vtkscorefields::AxisKindsOf(vtkDataObject::GetData(inputVector[SamplePort]), communicator)
          .AreData;
      const scorefields::Execution preparing = vtkscorefields::MakeExecution(this, Preparing);
      const std::string warnings =
        this->Run->Enter(inputsFor(preparing), this->MakeSettings(dataAxes), this->GetMTime());
      if (!warnings.empty())
      {
        vtkWarningMacro(<< warnings);
      }
      const scorefields::Execution moving = vtkscorefields::MakeExecution(this, Moving);
      const vtkscorefields::FlowInputs inputs = inputsFor(moving);
      this->Run->GoTo(step, inputs);
      this->Run->Write(particles, trajectories);
      for (vtkPolyData* output : { particles, trajectories })
      {
        vtkscorefields::PassFieldData(inputs.Samples, output);
        output->GetInformation()->Set(vtkDataObject::DATA_TIME_STEP(), static_cast<double>(step));
      }
    });
}

//------------------------------------------------------------------------------
void vtkScoreFlow::PrintSelf(ostream& os, vtkIndent indent)
{
  this->Superclass::PrintSelf(os, indent);
  os << indent << "Mode: " << this->Mode << "\n";
  os << indent << "Target: " << this->Target << "\n";
  os << indent << "StartFrom: " << this->StartFrom << "\n";
  os << indent << "NumberOfParticles: " << this->NumberOfParticles << "\n";
  os << indent << "UseSampleBounds: " << this->UseSampleBounds << "\n";
  os << indent << "StartBounds: " << vtkscorefields::Tuple(this->StartBounds) << "\n";
  os << indent << "NumberOfSteps: " << this->NumberOfSteps << "\n";
  os << indent << "StepSize: " << this->StepSize << "\n";
  os << indent << "MetropolisAdjusted: " << this->MetropolisAdjusted << "\n";
  os << indent << "FirstBandwidth: " << this->FirstBandwidth << "\n";
  os << indent << "LastBandwidth: " << this->LastBandwidth << "\n";
  os << indent << "NumberOfLevels: " << this->NumberOfLevels << "\n";
  os << indent << "FinalDenoise: " << this->FinalDenoise << "\n";
  os << indent << "Temperature: " << this->Temperature << "\n";
  os << indent << "ScoreSmoothing: " << this->ScoreSmoothing << "\n";
  os << indent << "Class: " << this->Class << "\n";
  os << indent << "GuidanceWeight: " << this->GuidanceWeight << "\n";
  os << indent << "Seed: " << this->Seed << "\n";
  os << indent << "Evaluation: " << this->Evaluation << "\n";
  os << indent << "Tolerance: " << this->Tolerance << "\n";
  os << indent << "TailTolerance: " << this->TailTolerance << "\n";
  os << indent << "NumberOfTrajectories: " << this->NumberOfTrajectories << "\n";
  os << indent << "InputTime: " << this->InputTime << "\n";
  os << indent << "StateMemory: " << this->StateMemory << "\n";
}
