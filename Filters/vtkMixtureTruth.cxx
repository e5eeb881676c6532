// SPDX-License-Identifier: BSD-3-Clause
#include "vtkMixtureTruth.h"

#include "Input/SampleReader.h"
#include "Numerics/Mixture/MixtureField.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/FieldNames.h"
#include "Pipeline/Leaves.h"
#include "Pipeline/MixtureAdaptor.h"
#include "Pipeline/Ports.h"
#include "Pipeline/Requests.h"

#include <vtkDataSet.h>
#include <vtkFieldData.h>
#include <vtkInformation.h>
#include <vtkInformationVector.h>
#include <vtkMultiProcessController.h>
#include <vtkObjectFactory.h>
#include <vtkPointData.h>
#include <vtkStreamingDemandDrivenPipeline.h>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <vector>

vtkStandardNewMacro(vtkMixtureTruth);

namespace
{
constexpr int DataPort = 0;
constexpr int MixturePort = 1;

scorefields::Mixture Require(const std::optional<scorefields::Mixture>& mixture, bool fromCarrier)
{
  if (!mixture)
  {
    throw std::invalid_argument(fromCarrier
        ? "The input Mixture carries no mixture: it has no field array MixtureComponents. Connect "
          "a "
          "Gaussian Mixture"
        : "Input carries no mixture: it has no field array MixtureComponents. Connect a Gaussian "
          "Mixture to the input Mixture, or take an input that was made from one");
  }
  return *mixture;
}

/// Adds the arrays at the points of one data set; returns how many points are not finite.
vtkIdType AddTruthTo(
  vtkDataSet* dataSet, const scorefields::Mixture& mixture, const scorefields::Execution& execution)
{
  const Eigen::Matrix3Xd points = vtkscorefields::PointsOf(dataSet);
  const scorefields::FieldView truth =
    vtkscorefields::AddTruthArrays(dataSet->GetPointData(), points.cols());
  scorefields::EvaluateMixture(mixture, points, truth, execution);
  return Eigen::Map<const Eigen::ArrayXd>(truth.Density, points.cols()).isNaN().count();
}
}

//------------------------------------------------------------------------------
vtkMixtureTruth::vtkMixtureTruth()
{
  this->SetNumberOfInputPorts(2);
}

//------------------------------------------------------------------------------
int vtkMixtureTruth::FillInputPortInformation(int port, vtkInformation* info)
{
  using vtkscorefields::Presence;
  return vtkscorefields::AcceptCloud(
    info, port == MixturePort ? Presence::Optional : Presence::Required);
}

//------------------------------------------------------------------------------
int vtkMixtureTruth::RequestUpdateExtent(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  if (inputVector[MixturePort]->GetNumberOfInformationObjects() > 0)
  {
    // The carrier has an extent of its own, and not that of the output.
    vtkInformation* carrier = inputVector[MixturePort]->GetInformationObject(0);
    int extent[6] = { 0, -1, 0, -1, 0, -1 };
    carrier->Get(vtkStreamingDemandDrivenPipeline::WHOLE_EXTENT(), extent);
    carrier->Set(vtkStreamingDemandDrivenPipeline::UPDATE_EXTENT(), extent, 6);
    vtkInformation* output = outputVector->GetInformationObject(0);
    for (auto* key : { vtkStreamingDemandDrivenPipeline::UPDATE_PIECE_NUMBER(),
           vtkStreamingDemandDrivenPipeline::UPDATE_NUMBER_OF_PIECES() })
    {
      carrier->Set(key, output->Get(key));
    }
  }
  return 1;
}

//------------------------------------------------------------------------------
int vtkMixtureTruth::RequestData(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  vtkDataObject* output = vtkDataObject::GetData(outputVector);
  return vtkscorefields::RunRequestData(this, outputVector,
    [&]
    {
      // The truth at a point needs no other process, so none is waited for.
      const vtkscorefields::Communicator alone(nullptr);
      vtkscorefields::RequireSoundInputs(this, alone);
      vtkscorefields::CopyLeaves(vtkDataObject::GetData(inputVector[DataPort]), output);
      const vtkIdType bad =
        this->AddTruth(vtkDataObject::GetData(inputVector[MixturePort]), output);
      if (bad > 0)
      {
        vtkWarningMacro(<< bad << " points are not finite; their true density is NaN.");
      }
      const auto points = output->GetNumberOfElements(vtkDataObject::POINT);
      if (vtkscorefields::Communicator(vtkMultiProcessController::GetGlobalController()).Size() ==
        1)
      {
        vtkscorefields::WarnOnce(this,
          vtkscorefields::PointsWarning(
            static_cast<double>(points), 0.0, "Input", "there is no truth to evaluate", alone));
      }
    });
}

//------------------------------------------------------------------------------
vtkIdType vtkMixtureTruth::AddTruth(vtkDataObject* carrier, vtkDataObject* output)
{
  const std::vector<vtkDataSet*> blocks = vtkscorefields::LeavesOf(output);
  const auto isEmpty = [](vtkDataSet* block) { return block->GetNumberOfPoints() == 0; };
  const auto mixture = vtkscorefields::FindMixture(carrier ? carrier : output);
  if (!mixture && std::all_of(blocks.begin(), blocks.end(), isEmpty))
  {
    return 0; // a rank without data may lack field data as well
  }
  const scorefields::Mixture truth = Require(mixture, carrier != nullptr);
  const scorefields::Mixture smoothed = truth.Smoothed(this->Bandwidth);
  const scorefields::Execution execution = vtkscorefields::MakeExecution(
    this, { "Evaluating the mixture", 0.0, 1.0, std::max(1, static_cast<int>(blocks.size())) });
  vtkIdType bad = 0;
  for (vtkDataSet* block : blocks)
  {
    bad += AddTruthTo(block, smoothed, execution);
  }
  vtkscorefields::SetMixture(output->GetFieldData(), truth);
  vtkscorefields::SetFieldValue(
    output->GetFieldData(), vtkscorefields::names::TruthBandwidth, this->Bandwidth);
  return bad;
}

//------------------------------------------------------------------------------
void vtkMixtureTruth::PrintSelf(ostream& os, vtkIndent indent)
{
  this->Superclass::PrintSelf(os, indent);
  os << indent << "Bandwidth: " << this->Bandwidth << "\n";
}
