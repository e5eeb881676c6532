// SPDX-License-Identifier: BSD-3-Clause
#include "vtkGaussianMixture.h"

#include "Numerics/Mixture/MixtureField.h"
#include "Numerics/Mixture/MixturePlan.h"
#include "Numerics/Mixture/MixtureRejection.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Choices.h"
#include "Pipeline/FieldNames.h"
#include "Pipeline/GridImage.h"
#include "Pipeline/Machine.h"
#include "Pipeline/MixtureAdaptor.h"
#include "Pipeline/Requests.h"

#include <vtkDataObject.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkInformation.h>
#include <vtkInformationVector.h>
#include <vtkObjectFactory.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkStreamingDemandDrivenPipeline.h>

#include <algorithm>
#include <exception>
#include <string>
#include <utility>

vtkStandardNewMacro(vtkGaussianMixture);

using scorefields::Index;
using Pipeline = vtkStreamingDemandDrivenPipeline;

namespace
{
constexpr int SamplesPort = 0;
constexpr int TruthPort = 1;
constexpr vtkscorefields::Phase Evaluating{ "Evaluating the mixture", 0.5, 1.0 };
/// TrueDensity, TrueLogDensity and TrueScore.
constexpr double TruthBytes = 5.0 * sizeof(double);
/// The same, Component, the coordinates and a vertex. While the last three are made, the cloud is
/// there as well, which takes no more than the truth does later.
constexpr double SampleBytes =
  TruthBytes + sizeof(int) + 3.0 * sizeof(double) + 2.0 * sizeof(vtkIdType);

/// The particles that piece `piece` of `pieces` has.
struct Slice
{
  Index First;
  Index Count;
};

Slice SliceOf(Index particles, Index piece, Index pieces)
{
  const Index share = particles / pieces;
  const Index rest = particles % pieces;
  return { piece * share + std::min(piece, rest), share + (piece < rest ? 1 : 0) };
}
}

//------------------------------------------------------------------------------
vtkGaussianMixture::vtkGaussianMixture()
  : Components{ { { 0.4, -1.0, 0.0, 0.0, 0.3, 0.3, 0.3, 0.0, 0.0, 0.0 } },
    { { 0.6, 1.0, 0.0, 0.0, 0.5, 0.5, 0.2, 0.3, 0.0, 0.0 } } }
{
  this->SetNumberOfInputPorts(0);
  this->SetNumberOfOutputPorts(2);
  const scorefields::MixtureRequest request;
  this->Mixture = static_cast<int>(request.Mixture);
  this->Dimension = request.Dimension;
  this->Sampling = static_cast<int>(vtkscorefields::Sampling::Exact);
  this->UseMixtureBounds = request.UseMixtureBounds;
  Eigen::Map<Eigen::Matrix<double, 6, 1>>(this->SamplingBounds) = request.Bounds;
  Eigen::Map<Eigen::Vector3i>(this->SampleDimensions) = request.Dimensions.cast<int>();
}

//------------------------------------------------------------------------------
void vtkGaussianMixture::AddComponent(double weight, double meanX, double meanY, double meanZ,
  double xx, double yy, double zz, double xy, double yz, double xz)
{
  this->Components.push_back({ { weight, meanX, meanY, meanZ, xx, yy, zz, xy, yz, xz } });
  this->Modified();
}

//------------------------------------------------------------------------------
void vtkGaussianMixture::ClearComponents()
{
  this->Components.clear();
  this->Modified();
}

//------------------------------------------------------------------------------
int vtkGaussianMixture::FillOutputPortInformation(int port, vtkInformation* info)
{
  info->Set(vtkDataObject::DATA_TYPE_NAME(), port == TruthPort ? "vtkImageData" : "vtkPolyData");
  return 1;
}

//------------------------------------------------------------------------------
vtkTypeBool vtkGaussianMixture::ProcessRequest(
  vtkInformation* request, vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  if (request->Has(vtkDemandDrivenPipeline::REQUEST_DATA_NOT_GENERATED()))
  {
    const int port = request->Get(vtkExecutive::FROM_OUTPUT_PORT());
    for (const int other : { SamplesPort, TruthPort })
    {
      if (port >= 0 && other != port)
      {
        outputVector->GetInformationObject(other)->Set(
          vtkDemandDrivenPipeline::DATA_NOT_GENERATED(), 1);
      }
    }
  }
  return this->Superclass::ProcessRequest(request, inputVector, outputVector);
}

//------------------------------------------------------------------------------
int vtkGaussianMixture::RequestInformation(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** vtkNotUsed(inputVector), vtkInformationVector* outputVector)
{
  scorefields::Grid grid;
  try
  {
    grid = this->MakePlan().MakeGrid();
  }
  catch (const std::exception&)
  {
    // RequestData says what is wrong, and only if the port that needs it is asked for.
  }
  outputVector->GetInformationObject(SamplesPort)->Set(CAN_HANDLE_PIECE_REQUEST(), 1);
  vtkInformation* info = outputVector->GetInformationObject(TruthPort);
  vtkscorefields::AnnounceGrid(grid, VTK_DOUBLE, info);
  return 1;
}

//------------------------------------------------------------------------------
int vtkGaussianMixture::RequestData(vtkInformation* request,
  vtkInformationVector** vtkNotUsed(inputVector), vtkInformationVector* outputVector)
{
  const int port = request->Get(vtkExecutive::FROM_OUTPUT_PORT());
  return vtkscorefields::RunRequestData(this, outputVector,
    [&]
    {
      const scorefields::MixturePlan plan = this->MakePlan();
      // The other port keeps what it has; the executive knows whether that is still valid.
      if (port != TruthPort)
      {
        this->MakeSamples(plan, outputVector->GetInformationObject(SamplesPort),
          vtkPolyData::GetData(outputVector, SamplesPort));
      }
      if (port != SamplesPort)
      {
        this->MakeTruth(plan, outputVector->GetInformationObject(TruthPort),
          vtkImageData::GetData(outputVector, TruthPort));
      }
    });
}

//------------------------------------------------------------------------------
scorefields::MixturePlan vtkGaussianMixture::MakePlan() const
{
  scorefields::MixtureRequest request;
  request.Mixture = scorefields::FromNumber<scorefields::MixturePreset>("Mixture", this->Mixture);
  request.Components = Eigen::Map<const scorefields::MixtureTable>(
    this->Components.empty() ? nullptr : this->Components.front().data(),
    scorefields::MixtureTableRows, static_cast<Index>(this->Components.size()));
  request.Dimension = this->Dimension;
  request.UseMixtureBounds = this->UseMixtureBounds;
  request.Bounds = Eigen::Map<const Eigen::Matrix<double, 6, 1>>(this->SamplingBounds);
  request.Dimensions = Eigen::Map<const Eigen::Vector3i>(this->SampleDimensions).cast<Index>();
  return scorefields::MixturePlan(request);
}

//------------------------------------------------------------------------------
void vtkGaussianMixture::MakeSamples(
  const scorefields::MixturePlan& plan, vtkInformation* outInfo, vtkPolyData* output)
{
  const Slice slice = this->NumberOfPoints < 0 // refused by the numerics
    ? Slice{ 0, this->NumberOfPoints }
    : SliceOf(this->NumberOfPoints, outInfo->Get(Pipeline::UPDATE_PIECE_NUMBER()),
        std::max(1, outInfo->Get(Pipeline::UPDATE_NUMBER_OF_PIECES())));
  vtkscorefields::RequireMemoryForPoints(this->NumberOfPoints,
    SampleBytes * static_cast<double>(slice.Count), vtkscorefields::MemoryForRank());
  const scorefields::Execution execution =
    vtkscorefields::MakeExecution(this, { "Drawing the samples", 0.0, 0.5 });
  const auto seed = static_cast<std::uint64_t>(this->Seed);
  const auto sampling =
    scorefields::FromNumber<vtkscorefields::Sampling>("Sampling", this->Sampling);
  scorefields::MixtureCloud cloud = sampling == vtkscorefields::Sampling::Rejection
    ? scorefields::SampleMixtureInBox(
        plan.Target, plan.Box(), seed, slice.First, slice.Count, execution)
    : scorefields::SampleMixture(plan.Target, seed, slice.First, slice.Count, execution);

  const Index tries = cloud.Tries;
  const double* const points = vtkscorefields::SetCloud(std::move(cloud), output);
  const scorefields::FieldView truth =
    vtkscorefields::AddTruthArrays(output->GetPointData(), slice.Count);
  scorefields::EvaluateMixture(plan.Target,
    Eigen::Map<const Eigen::Matrix3Xd>(points, 3, slice.Count), truth,
    vtkscorefields::MakeExecution(this, Evaluating));
  vtkFieldData* fieldData = output->GetFieldData();
  vtkscorefields::SetMixture(fieldData, plan.Target);
  vtkscorefields::SetFieldText(fieldData, vtkscorefields::names::Mixture,
    NameOf(static_cast<scorefields::MixturePreset>(this->Mixture)));
  vtkscorefields::SetFieldText(fieldData, vtkscorefields::names::Sampling, NameOf(sampling));
  if (sampling == vtkscorefields::Sampling::Rejection && slice.Count == this->NumberOfPoints &&
    tries > 0) // of the whole cloud: a piece would tell of itself
  {
    vtkscorefields::SetFieldValue(fieldData, vtkscorefields::names::AcceptanceRate,
      static_cast<double>(slice.Count) / static_cast<double>(tries));
  }
  vtkscorefields::SetFieldValue(fieldData, vtkscorefields::names::Seed, this->Seed);
}

//------------------------------------------------------------------------------
void vtkGaussianMixture::MakeTruth(
  const scorefields::MixturePlan& plan, vtkInformation* outInfo, vtkImageData* output)
{
  const scorefields::Grid grid = plan.MakeGrid();
  int extent[6];
  outInfo->Get(Pipeline::UPDATE_EXTENT(), extent);
  scorefields::Index3 first;
  scorefields::Index3 dimensions;
  for (int axis = 0; axis < 3; ++axis)
  {
    first[axis] = extent[2 * axis];
    dimensions[axis] = std::max(0, extent[2 * axis + 1] - extent[2 * axis] + 1);
  }
  scorefields::RequireMemory(grid.Dimensions, TruthBytes * dimensions.cast<double>().prod(),
    vtkscorefields::MemoryForRank());
  output->SetExtent(extent);
  output->SetOrigin(grid.Origin.data());
  output->SetSpacing(grid.Spacing.data());
  const scorefields::FieldView truth =
    vtkscorefields::AddTruthArrays(output->GetPointData(), dimensions.prod());
  output->GetPointData()->SetActiveScalars(vtkscorefields::names::TrueDensity);
  scorefields::EvaluateMixture(
    plan.Target, grid, first, dimensions, truth, vtkscorefields::MakeExecution(this, Evaluating));
  vtkFieldData* fieldData = output->GetFieldData();
  vtkscorefields::SetMixture(fieldData, plan.Target);
  vtkscorefields::SetFieldText(fieldData, vtkscorefields::names::Mixture,
    NameOf(static_cast<scorefields::MixturePreset>(this->Mixture)));
}

//------------------------------------------------------------------------------
void vtkGaussianMixture::PrintSelf(ostream& os, vtkIndent indent)
{
  const auto list = [&os, indent](const char* name, const auto& values)
  {
    os << indent << name << ":";
    for (const auto value : values)
    {
      os << ' ' << value;
    }
    os << "\n";
  };
  this->Superclass::PrintSelf(os, indent);
  os << indent << "Mixture: " << this->Mixture << "\n";
  os << indent << "Component:";
  for (const auto& component : this->Components)
  {
    for (const double value : component)
    {
      os << ' ' << value;
    }
  }
  os << "\n" << indent << "Dimension: " << this->Dimension << "\n";
  os << indent << "NumberOfPoints: " << this->NumberOfPoints << "\n";
  os << indent << "Seed: " << this->Seed << "\n";
  os << indent << "Sampling: " << this->Sampling << "\n";
  os << indent << "UseMixtureBounds: " << this->UseMixtureBounds << "\n";
  list("SamplingBounds", this->SamplingBounds);
  list("SampleDimensions", this->SampleDimensions);
}
