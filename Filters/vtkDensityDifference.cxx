// SPDX-License-Identifier: BSD-3-Clause
#include "vtkDensityDifference.h"

#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/GridImage.h"
#include "Pipeline/Ports.h"
#include "Pipeline/Requests.h"
#include "Pipeline/SweepTime.h"
#include "Runs/DensityDifferenceRun.h"

#include <vtkDataObject.h>
#include <vtkImageData.h>
#include <vtkInformation.h>
#include <vtkInformationVector.h>
#include <vtkObjectFactory.h>
#include <vtkStreamingDemandDrivenPipeline.h>

vtkStandardNewMacro(vtkDensityDifference);

using vtkscorefields::Communicator;

namespace
{
constexpr int PortA = 0;
constexpr int PortB = 1;
}

//------------------------------------------------------------------------------
vtkDensityDifference::vtkDensityDifference()
{
  this->SetNumberOfInputPorts(2);
  const scorefields::DifferenceOptions options;
  this->Statistic = static_cast<int>(options.Statistic);
  this->SignificanceLevel = options.SignificanceLevel;
  this->MultipleTesting = static_cast<int>(options.Correction);
  this->MinimumSampleSize = options.MinimumSampleSize;
  const scorefields::GridRequest grid;
  this->BoundsMargin = grid.Margin;
  Eigen::Map<Eigen::Vector3i>(this->SampleDimensions) = grid.Dimensions.cast<int>();
}

//------------------------------------------------------------------------------
vtkImageData* vtkDensityDifference::GetImage()
{
  return vtkImageData::SafeDownCast(this->GetOutputDataObject(0));
}

//------------------------------------------------------------------------------
int vtkDensityDifference::FillInputPortInformation(int port, vtkInformation* info)
{
  using vtkscorefields::Presence;
  return vtkscorefields::AcceptCloud(info, port == PortB ? Presence::Optional : Presence::Required);
}

//------------------------------------------------------------------------------
int vtkDensityDifference::FillOutputPortInformation(int vtkNotUsed(port), vtkInformation* info)
{
  info->Set(vtkDataObject::DATA_TYPE_NAME(), "vtkImageData");
  return 1;
}

//------------------------------------------------------------------------------
int vtkDensityDifference::RequestInformation(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  return vtkscorefields::RunRequestInformation(this, Communicator(this->Controller), outputVector,
    [&] { this->Announce(inputVector, outputVector->GetInformationObject(0)); });
}

//------------------------------------------------------------------------------
void vtkDensityDifference::Announce(vtkInformationVector** inputs, vtkInformation* info)
{
  vtkInformation* const inputA = inputs[PortA]->GetInformationObject(0);
  vtkscorefields::AnnounceTime(std::nullopt, inputA, info);
  const scorefields::GridRequest grid =
    this->MakeGridRequest(this->BoundsMargin, this->SampleDimensions);
  scorefields::Require(grid);
  const auto time = vtkscorefields::TimeToPeek(std::nullopt, inputA, info);
  scorefields::CloudMoments moments = this->PeekSamples(this->GetInputConnection(PortA, 0), time);
  if (this->GetNumberOfInputConnections(PortB) > 0)
  {
    const auto timeB =
      vtkscorefields::TimeToPeek(std::nullopt, inputs[PortB]->GetInformationObject(0), info);
    moments = scorefields::Merge(moments,
      vtkscorefields::PeekBounds(
        this->GetInputConnection(PortB, 0), timeB, Communicator(this->Controller)));
    vtkscorefields::CopyBounds(moments, this->InputBounds);
  }
  const auto axes = scorefields::ResolveAxes(this->Dimension, grid, moments);
  const auto announced =
    scorefields::PlaceGrid(grid, moments, axes, Eigen::Vector3d::Constant(this->Bandwidth));
  // RequestData knows better if a rule chooses the bandwidth, which sets the margin.
  vtkscorefields::AnnounceGrid(announced, VTK_UNSIGNED_CHAR, info);
}

//------------------------------------------------------------------------------
int vtkDensityDifference::RequestUpdateExtent(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* vtkNotUsed(outputVector))
{
  for (const int port : { PortA, PortB })
  {
    if (inputVector[port]->GetNumberOfInformationObjects() > 0)
    {
      vtkscorefields::RequestPiece(
        inputVector[port]->GetInformationObject(0), Communicator(this->Controller));
    }
  }
  return 1;
}

//------------------------------------------------------------------------------
vtkscorefields::DifferenceSettings vtkDensityDifference::MakeSettings(bool dataAxes)
{
  using scorefields::FromNumber;
  vtkscorefields::DifferenceSettings settings;
  settings.Clouds.WeightArray = vtkscorefields::NameOfArrayToProcess(this, 0);
  settings.Clouds.LabelArray = vtkscorefields::NameOfArrayToProcess(this, 1);
  settings.Clouds.ClassA = this->ClassA;
  settings.Clouds.ClassB = this->ClassB;
  settings.Options.Statistic =
    FromNumber<scorefields::DifferenceStatistic>("Statistic", this->Statistic);
  settings.Options.SignificanceLevel = this->SignificanceLevel;
  settings.Options.Correction =
    FromNumber<scorefields::MultipleTesting>("MultipleTesting", this->MultipleTesting);
  settings.Options.MinimumSampleSize = this->MinimumSampleSize;
  settings.Kernel = this->MakeKernelRequest(dataAxes);
  settings.Grid = this->MakeGridRequest(this->BoundsMargin, this->SampleDimensions);
  settings.Boundaries = this->MakeBoundaries();
  settings.Dimension = this->Dimension;
  return settings;
}

//------------------------------------------------------------------------------
int vtkDensityDifference::RequestData(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  vtkDataObject* input = vtkDataObject::GetData(inputVector[PortA]);
  vtkDataObject* inputB = vtkDataObject::GetData(inputVector[PortB]);
  vtkImageData* output = vtkImageData::GetData(outputVector);
  const Communicator communicator(this->Controller);
  return vtkscorefields::RunRequestData(this, communicator, outputVector,
    [&]
    {
      vtkscorefields::RequireSoundInputs(this, communicator);
      const bool dataAxes = vtkscorefields::AxisKindsOf(input, communicator).AreData;
      const vtkscorefields::DifferenceWarnings warnings =
        vtkscorefields::RunDensityDifference(this, communicator, this->MakeSettings(dataAxes),
          input, inputB, outputVector->GetInformationObject(0), output);
      vtkscorefields::WarnOnce(this, warnings.Points);
      if (communicator.Rank() == 0)
      {
        vtkscorefields::WarnOnceOf(this, "rough bandwidth", warnings.Bandwidth);
        vtkscorefields::WarnOnceOf(this, "wide kernel", warnings.Width);
        vtkscorefields::WarnOnceOf(this, "coarse nodes", warnings.Nodes);
      }
      vtkscorefields::PassFieldData(input, output);
    });
}

//------------------------------------------------------------------------------
void vtkDensityDifference::PrintSelf(ostream& os, vtkIndent indent)
{
  this->Superclass::PrintSelf(os, indent);
  os << indent << "ClassA: " << this->ClassA << "\n";
  os << indent << "ClassB: " << this->ClassB << "\n";
  os << indent << "Statistic: " << this->Statistic << "\n";
  os << indent << "SignificanceLevel: " << this->SignificanceLevel << "\n";
  os << indent << "MultipleTesting: " << this->MultipleTesting << "\n";
  os << indent << "MinimumSampleSize: " << this->MinimumSampleSize << "\n";
  os << indent << "BoundsMargin: " << this->BoundsMargin << "\n";
  os << indent << "SampleDimensions: " << vtkscorefields::Tuple(this->SampleDimensions) << "\n";
}
