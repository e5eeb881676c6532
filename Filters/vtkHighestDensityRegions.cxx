// SPDX-License-Identifier: BSD-3-Clause
#include "vtkHighestDensityRegions.h"

#include "Input/SampleReader.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/Ports.h"
#include "Pipeline/Requests.h"
#include "Runs/HighestDensityRun.h"

#include <vtkExtentTranslator.h>
#include <vtkImageData.h>
#include <vtkInformation.h>
#include <vtkInformationVector.h>
#include <vtkMultiProcessController.h>
#include <vtkNew.h>
#include <vtkObjectFactory.h>
#include <vtkPolyData.h>
#include <vtkStreamingDemandDrivenPipeline.h>
#include <vtkTable.h>

#include <algorithm>
#include <array>

vtkStandardNewMacro(vtkHighestDensityRegions);
vtkCxxSetObjectMacro(vtkHighestDensityRegions, Controller, vtkMultiProcessController);

namespace
{
using Pipeline = vtkStreamingDemandDrivenPipeline;

constexpr int SamplesPort = 1; // of the inputs
enum OutputPort
{
  ImagePort,
  ContoursPort,
  RegionsPort,
  SamplePort,
  IslandsPort,
  OutputPorts
};
/// Nodes beside those that are wanted, so that the parts of an image give what the whole would.
constexpr int Neighbours = 1;

template <class Data>
void Ensure(vtkInformation* info)
{
  if (!Data::SafeDownCast(info->Get(vtkDataObject::DATA_OBJECT())))
  {
    info->Set(vtkDataObject::DATA_OBJECT(), vtkSmartPointer<Data>::New());
  }
}

/// The part of the image that an output is asked for, with its neighbours.
std::array<int, 6> WantedExtent(const int* whole, vtkInformation* out)
{
  std::array<int, 6> wanted;
  std::copy(whole, whole + 6, wanted.begin());
  if (vtkImageData::GetData(out) && out->Has(Pipeline::UPDATE_EXTENT()))
  {
    out->Get(Pipeline::UPDATE_EXTENT(), wanted.data());
  }
  else
  {
    int extent[6];
    std::copy(whole, whole + 6, extent);
    vtkNew<vtkExtentTranslator> translator;
    translator->PieceToExtentThreadSafe(out->Get(Pipeline::UPDATE_PIECE_NUMBER()),
      std::max(out->Get(Pipeline::UPDATE_NUMBER_OF_PIECES()), 1), 0, extent, wanted.data(),
      vtkExtentTranslator::BLOCK_MODE, 0);
  }
  const bool empty = wanted[0] > wanted[1] || wanted[2] > wanted[3] || wanted[4] > wanted[5];
  for (std::size_t end = 0; end < 6 && !empty; end += 2)
  {
    wanted[end] = std::max(whole[end], wanted[end] - Neighbours);
    wanted[end + 1] = std::min(whole[end + 1], wanted[end + 1] + Neighbours);
  }
  return wanted;
}
}

//------------------------------------------------------------------------------
vtkHighestDensityRegions::vtkHighestDensityRegions()
{
  this->SetNumberOfInputPorts(2);
  this->SetNumberOfOutputPorts(OutputPorts);
  this->SetController(vtkMultiProcessController::GetGlobalController());
  const vtkscorefields::RegionSettings settings;
  this->Quantity = static_cast<int>(settings.Kind);
  this->RegionMasses = settings.Masses;
  this->LevelsFrom = static_cast<int>(settings.Levels);
  this->TotalMass = static_cast<int>(settings.Whole);
}

//------------------------------------------------------------------------------
vtkHighestDensityRegions::~vtkHighestDensityRegions()
{
  this->SetController(nullptr);
}

//------------------------------------------------------------------------------
vtkImageData* vtkHighestDensityRegions::GetImage()
{
  return vtkImageData::SafeDownCast(this->GetOutputDataObject(ImagePort));
}

//------------------------------------------------------------------------------
void vtkHighestDensityRegions::AddRegionMass(double mass)
{
  this->RegionMasses.push_back(mass);
  this->Modified();
}

//------------------------------------------------------------------------------
void vtkHighestDensityRegions::ClearRegionMasses()
{
  this->RegionMasses.clear();
  this->Modified();
}

//------------------------------------------------------------------------------
int vtkHighestDensityRegions::FillInputPortInformation(int port, vtkInformation* info)
{
  if (port == SamplesPort)
  {
    return vtkscorefields::AcceptCloud(info, vtkscorefields::Presence::Optional);
  }
  info->Set(vtkAlgorithm::INPUT_REQUIRED_DATA_TYPE(), "vtkImageData");
  return 1;
}

//------------------------------------------------------------------------------
int vtkHighestDensityRegions::FillOutputPortInformation(int port, vtkInformation* info)
{
  static constexpr std::array<const char*, OutputPorts> types{ { "vtkImageData", "vtkPolyData",
    "vtkTable", "vtkDataObject", "vtkTable" } };
  info->Set(vtkDataObject::DATA_TYPE_NAME(), types[static_cast<std::size_t>(port)]);
  return 1;
}

//------------------------------------------------------------------------------
int vtkHighestDensityRegions::RequestDataObject(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  const auto info = [outputVector](int port) { return outputVector->GetInformationObject(port); };
  Ensure<vtkImageData>(info(ImagePort));
  Ensure<vtkPolyData>(info(ContoursPort));
  Ensure<vtkTable>(info(RegionsPort));
  Ensure<vtkTable>(info(IslandsPort));
  vtkDataObject* samples = vtkDataObject::GetData(inputVector[SamplesPort]);
  vtkDataObject* output = vtkDataObject::GetData(outputVector, SamplePort);
  if (!samples)
  {
    Ensure<vtkPolyData>(info(SamplePort));
  }
  else if (!output || !output->IsA(samples->GetClassName()))
  {
    auto created = vtkSmartPointer<vtkDataObject>::Take(samples->NewInstance());
    info(SamplePort)->Set(vtkDataObject::DATA_OBJECT(), created);
  }
  return 1;
}

//------------------------------------------------------------------------------
int vtkHighestDensityRegions::RequestUpdateExtent(
  vtkInformation* request, vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  const vtkscorefields::Communicator communicator(this->Controller);
  vtkInformation* in = inputVector[0]->GetInformationObject(0);
  const int port = std::max(request->Get(vtkExecutive::FROM_OUTPUT_PORT()), 0);
  vtkInformation* out = outputVector->GetInformationObject(port);
  if (in->Has(Pipeline::WHOLE_EXTENT()))
  {
    const int* whole = in->Get(Pipeline::WHOLE_EXTENT());
    if (communicator.Size() == 1) // a level follows from all nodes
    {
      vtkscorefields::RequestWhole(in);
    }
    else
    {
      in->Set(Pipeline::UPDATE_EXTENT(), WantedExtent(whole, out).data(), 6);
      in->Set(Pipeline::UPDATE_NUMBER_OF_GHOST_LEVELS(),
        out->Get(Pipeline::UPDATE_NUMBER_OF_GHOST_LEVELS()) + Neighbours);
    }
  }
  if (inputVector[SamplesPort]->GetNumberOfInformationObjects() > 0)
  {
    vtkscorefields::RequestPiece(inputVector[SamplesPort]->GetInformationObject(0), communicator);
  }
  return 1;
}

//------------------------------------------------------------------------------
vtkscorefields::RegionSettings vtkHighestDensityRegions::MakeSettings() const
{
  using scorefields::FromNumber;
  vtkscorefields::RegionSettings settings;
  settings.Density = this->DensityArray == "Automatic" ? std::string() : this->DensityArray;
  settings.Kind = FromNumber<vtkscorefields::Quantity>("Quantity", this->Quantity);
  settings.Masses = this->RegionMasses;
  settings.Levels = FromNumber<vtkscorefields::LevelSource>("LevelsFrom", this->LevelsFrom);
  settings.Whole = FromNumber<vtkscorefields::WholeMass>("TotalMass", this->TotalMass);
  settings.SampleWeights = this->SampleWeightArray;
  return settings;
}

//------------------------------------------------------------------------------
int vtkHighestDensityRegions::RequestData(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  return vtkscorefields::RunRequestData(this, vtkscorefields::Communicator(this->Controller),
    outputVector,
    [&]
    {
      const vtkscorefields::Communicator communicator(this->Controller);
      vtkscorefields::RequireSoundInputs(this, communicator);
      vtkImageData* input =
        vtkscorefields::RequireImage(inputVector[0], "Input", "Highest Density Regions");
      const vtkscorefields::RegionOutputs outputs{ vtkImageData::GetData(outputVector, ImagePort),
        vtkPolyData::GetData(outputVector, ContoursPort),
        vtkTable::GetData(outputVector, RegionsPort),
        vtkDataObject::GetData(outputVector, SamplePort),
        vtkTable::GetData(outputVector, IslandsPort) };
      vtkscorefields::WarnOnce(this,
        vtkscorefields::RunHighestDensityRegions(this, communicator, this->MakeSettings(), input,
          vtkDataObject::GetData(inputVector[SamplesPort]),
          outputVector->GetInformationObject(ImagePort), outputs));
    });
}

//------------------------------------------------------------------------------
void vtkHighestDensityRegions::PrintSelf(ostream& os, vtkIndent indent)
{
  this->Superclass::PrintSelf(os, indent);
  os << indent << "DensityArray: " << this->DensityArray << "\n";
  os << indent << "Quantity: " << this->Quantity << "\n";
  os << indent << "RegionMass: " << vtkscorefields::Tuple(this->RegionMasses) << "\n";
  os << indent << "LevelsFrom: " << this->LevelsFrom << "\n";
  os << indent << "TotalMass: " << this->TotalMass << "\n";
  os << indent << "SampleWeightArray: " << this->SampleWeightArray << "\n";
  os << indent << "Controller: " << this->Controller << "\n";
}
