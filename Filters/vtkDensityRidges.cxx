// SPDX-License-Identifier: BSD-3-Clause
#include "vtkDensityRidges.h"

#include "Input/SampleReader.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/Ports.h"
#include "Pipeline/Requests.h"
#include "Pipeline/SweepTime.h"
#include "Runs/DensityRidgesRun.h"

#include <vtkDataObject.h>
#include <vtkInformation.h>
#include <vtkInformationVector.h>
#include <vtkObjectFactory.h>
#include <vtkPolyData.h>
#include <vtkSmartPointer.h>
#include <vtkStreamingDemandDrivenPipeline.h>

#include <optional>

vtkStandardNewMacro(vtkDensityRidges);

namespace
{
constexpr int RidgePort = 0;
constexpr int SamplePort = 1;
}

//------------------------------------------------------------------------------
vtkDensityRidges::vtkDensityRidges()
{
  this->SetNumberOfOutputPorts(2);
  const vtkscorefields::RidgeSettings settings;
  this->MinimumSampleSize = settings.MinimumSampleSize;
  this->MinimumStrength = settings.MinimumStrength;
  this->MinimumLength = settings.MinimumLength;
  this->PointSpacing = settings.PointSpacing;
  this->Tolerance = settings.Tolerance;
}

//------------------------------------------------------------------------------
int vtkDensityRidges::FillInputPortInformation(int vtkNotUsed(port), vtkInformation* info)
{
  return vtkscorefields::AcceptCloud(info, vtkscorefields::Presence::Required);
}

//------------------------------------------------------------------------------
int vtkDensityRidges::FillOutputPortInformation(int vtkNotUsed(port), vtkInformation* info)
{
  info->Set(vtkDataObject::DATA_TYPE_NAME(), "vtkPolyData");
  return 1;
}

//------------------------------------------------------------------------------
int vtkDensityRidges::RequestDataObject(vtkInformation* vtkNotUsed(request),
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
int vtkDensityRidges::RequestInformation(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  const auto time = vtkscorefields::TimeToPeek(std::nullopt,
    inputVector[0]->GetInformationObject(0), outputVector->GetInformationObject(RidgePort));
  this->PeekSamples(this->GetInputConnection(0, 0), time);
  for (int port = 0; port < this->GetNumberOfOutputPorts(); ++port)
  {
    outputVector->GetInformationObject(port)->Set(CAN_HANDLE_PIECE_REQUEST(), 1);
  }
  return 1;
}

//------------------------------------------------------------------------------
int vtkDensityRidges::RequestUpdateExtent(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* vtkNotUsed(outputVector))
{
  const vtkscorefields::Communicator communicator(this->Controller);
  vtkscorefields::RequestPiece(inputVector[0]->GetInformationObject(0), communicator);
  return 1;
}

//------------------------------------------------------------------------------
vtkscorefields::RidgeSettings vtkDensityRidges::MakeSettings(bool dataAxes) const
{
  vtkscorefields::RidgeSettings settings;
  settings.Kernel = this->MakeKernelRequest(dataAxes);
  settings.BoundaryBox = this->MakeBoxRequest();
  settings.Boundaries = this->MakeBoundaries();
  settings.Dimension = this->Dimension;
  settings.MinimumSampleSize = this->MinimumSampleSize;
  settings.MinimumStrength = this->MinimumStrength;
  settings.MinimumLength = this->MinimumLength;
  settings.PointSpacing = this->PointSpacing;
  settings.Tolerance = this->Tolerance;
  return settings;
}

//------------------------------------------------------------------------------
int vtkDensityRidges::RequestData(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  vtkDataObject* input = vtkDataObject::GetData(inputVector[0]);
  const vtkscorefields::RidgeOutputs outputs{ vtkPolyData::GetData(outputVector, RidgePort),
    vtkPolyData::GetData(outputVector, SamplePort) };
  return vtkscorefields::RunRequestData(this, vtkscorefields::Communicator(this->Controller),
    outputVector,
    [&]
    {
      const vtkscorefields::Communicator communicator(this->Controller);
      vtkscorefields::RequireSoundInputs(this, communicator);
      const vtkscorefields::Cloud cloud = this->ReadSamples(input, "Input");
      const vtkscorefields::RidgeSettings settings = this->MakeSettings(cloud.Kinds.AreData);
      const vtkscorefields::RidgeReport report =
        vtkscorefields::RunDensityRidges(this, communicator, settings, cloud, input, outputs);
      if (report.Moments.Count > 0.0)
      {
        this->WarnOfError(report.Kernel);
        this->WarnOfWidth(report.Kernel.Kernel, settings.Kernel, report.Moments);
      }
      vtkscorefields::WarnOnceOf(this, "no ridge", report.Warning);
      if (cloud.Kinds.AreData && communicator.Rank() == 0)
      {
        vtkscorefields::WarnOnceOf(this, "units of axes",
          "The axes are arrays of data. What is a ridge depends on the units of the axes: with"
          " other units the lines are others. Divide the arrays by lengths that belong together"
          " (Calculator), before Points From Arrays.");
      }
      for (vtkPolyData* output : { outputs.Ridges, outputs.Samples })
      {
        vtkscorefields::PassFieldData(input, output);
      }
    });
}

//------------------------------------------------------------------------------
void vtkDensityRidges::PrintSelf(ostream& os, vtkIndent indent)
{
  this->Superclass::PrintSelf(os, indent);
  os << indent << "MinimumSampleSize: " << this->MinimumSampleSize << "\n";
  os << indent << "MinimumStrength: " << this->MinimumStrength << "\n";
  os << indent << "MinimumLength: " << this->MinimumLength << "\n";
  os << indent << "PointSpacing: " << this->PointSpacing << "\n";
  os << indent << "Tolerance: " << this->Tolerance << "\n";
}
