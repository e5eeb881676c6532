// SPDX-License-Identifier: BSD-3-Clause
#include "vtkKernelDensityAtPoints.h"

#include "Input/PointQueries.h"
#include "Input/SampleReader.h"
#include "Numerics/Density/PointEstimate.h"
#include "Output/DensityOutput.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/Leaves.h"
#include "Pipeline/Ports.h"
#include "Pipeline/Requests.h"
#include "Pipeline/SharedNodes.h"
#include "Pipeline/SweepTime.h"

#include <vtkDataObject.h>
#include <vtkDataSet.h>
#include <vtkInformation.h>
#include <vtkInformationVector.h>
#include <vtkObjectFactory.h>
#include <vtkPointData.h>
#include <vtkStreamingDemandDrivenPipeline.h>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <vector>

vtkStandardNewMacro(vtkKernelDensityAtPoints);

using scorefields::Index;
using vtkscorefields::PointQueries;

namespace
{
constexpr int QueryPort = 0;
constexpr int SamplePort = 1;

/// What the estimates are made of.
struct Density
{
  const scorefields::Samples& Cloud;
  const scorefields::GaussianKernel& Kernel;
  const scorefields::EngineSettings& Settings;
  const scorefields::Domain& Domain;
};

/// Those that leave a sample out, and then the others. The report is of the first, if there are
/// any.
scorefields::EstimateReport EstimateAll(const PointQueries& queries, const Density& density,
  scorefields::FieldStorage& estimates, const scorefields::FieldChoice& wanted,
  const scorefields::Execution& execution)
{
  const Index others = queries.Points.cols() - queries.LeftOut;
  const auto estimate =
    [&](const scorefields::PointsRef& points, bool leaveOneOut, scorefields::FieldStorage& fields)
  {
    return scorefields::EstimateDensityAtPoints(
      { density.Cloud, density.Kernel, points, leaveOneOut, density.Settings, density.Domain },
      fields.View(), execution);
  };
  if (queries.LeftOut == 0)
  {
    return estimate(queries.Points, false, estimates);
  }
  const auto report = estimate(queries.Points.leftCols(queries.LeftOut), true, estimates);
  if (others > 0)
  {
    scorefields::FieldStorage plain(others, wanted);
    estimate(queries.Points.rightCols(others), false, plain);
    for (Index i = 0; i < others; ++i)
    {
      plain.Copy(i, estimates.View(), queries.LeftOut + i);
    }
  }
  return report;
}

/// Adds the arrays to a block, whose points have the estimates of these columns, or none (-1).
void WriteBlock(vtkDataSet* block, const std::vector<Index>& columns,
  const scorefields::FieldStorage& estimates, const scorefields::FieldChoice& wanted)
{
  const scorefields::FieldView target =
    vtkscorefields::AddDensityArrays(block->GetPointData(), block->GetNumberOfPoints(), wanted);
  scorefields::FieldStorage none(1, wanted);
  none.Density.setZero();
  none.LogDensity.setConstant(scorefields::LowestLogDensity());
  none.Score.setZero();
  none.Hessian.setZero();
  none.EffectiveSampleSize.setZero();
  none.KishSampleSize.setZero();
  std::fill(none.Route.begin(), none.Route.end(), static_cast<unsigned char>(0));
  for (std::size_t i = 0; i < columns.size(); ++i)
  {
    const bool known = columns[i] >= 0;
    (known ? estimates : none).Copy(known ? columns[i] : 0, target, static_cast<Index>(i));
  }
}
}

//------------------------------------------------------------------------------
vtkKernelDensityAtPoints::vtkKernelDensityAtPoints()
{
  this->SetNumberOfInputPorts(2);
}

//------------------------------------------------------------------------------
int vtkKernelDensityAtPoints::FillInputPortInformation(int port, vtkInformation* info)
{
  using vtkscorefields::Presence;
  return vtkscorefields::AcceptCloud(
    info, port == SamplePort ? Presence::Optional : Presence::Required);
}

//------------------------------------------------------------------------------
int vtkKernelDensityAtPoints::RequestInformation(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  const int port = this->GetNumberOfInputConnections(SamplePort) > 0 ? SamplePort : QueryPort;
  const auto time = vtkscorefields::TimeToPeek(std::nullopt,
    inputVector[port]->GetInformationObject(0), outputVector->GetInformationObject(0));
  this->PeekSamples(this->GetInputConnection(port, 0), time);
  return 1;
}

//------------------------------------------------------------------------------
int vtkKernelDensityAtPoints::RequestDataObject(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  vtkDataObject* input = vtkDataObject::GetData(inputVector[QueryPort]);
  vtkDataObject* output = vtkDataObject::GetData(outputVector);
  if (input && (!output || !output->IsA(input->GetClassName())))
  {
    auto created = vtkSmartPointer<vtkDataObject>::Take(input->NewInstance());
    outputVector->GetInformationObject(0)->Set(vtkDataObject::DATA_OBJECT(), created);
  }
  return input ? 1 : 0;
}

//------------------------------------------------------------------------------
int vtkKernelDensityAtPoints::RequestUpdateExtent(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* vtkNotUsed(outputVector))
{
  if (inputVector[SamplePort]->GetNumberOfInformationObjects() > 0)
  {
    const vtkscorefields::Communicator communicator(this->Controller);
    vtkscorefields::RequestPiece(inputVector[SamplePort]->GetInformationObject(0), communicator);
  }
  return 1;
}

//------------------------------------------------------------------------------
int vtkKernelDensityAtPoints::RequestData(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  vtkDataObject* input = vtkDataObject::GetData(inputVector[QueryPort]);
  vtkDataObject* output = vtkDataObject::GetData(outputVector);
  vtkDataObject* samples = vtkDataObject::GetData(inputVector[SamplePort]);
  return vtkscorefields::RunRequestData(this, vtkscorefields::Communicator(this->Controller),
    outputVector,
    [&]
    {
      const vtkscorefields::Communicator communicator(this->Controller);
      vtkscorefields::RequireSoundInputs(this, communicator);
      if (samples && this->LeaveOneOut)
      {
        throw std::invalid_argument("LeaveOneOut is on, but the input Samples is another cloud than"
                                    " Input; disconnect Samples or set LeaveOneOut to off");
      }
      vtkscorefields::CopyLeaves(input, output);
      this->Estimate(samples ? samples : input, !samples, output);
      const auto points = static_cast<double>(output->GetNumberOfElements(vtkDataObject::POINT));
      vtkscorefields::WarnOnce(this,
        vtkscorefields::PointsWarning(samples ? communicator.Sum(points) : 1.0, 0.0, "Input",
          "there is nowhere to evaluate the density", communicator));
    });
}

//------------------------------------------------------------------------------
scorefields::KernelChoice vtkKernelDensityAtPoints::ChooseKernel(const vtkscorefields::Cloud& cloud,
  const scorefields::Domain& domain, const scorefields::Axes& axes)
{
  const scorefields::KernelRequest request = this->MakeKernelRequest(cloud.Kinds.AreData);
  const scorefields::KernelChoice choice =
    scorefields::ChooseKernel(request, scorefields::StoredSamples(cloud.Samples), cloud.Moments,
      axes, vtkscorefields::Communicator(this->Controller).MakeExchange(),
      vtkscorefields::MakeExecution(this, vtkscorefields::ChoosingBandwidth), domain);
  this->WarnOfError(choice);
  this->WarnOfWidth(choice.Kernel, request, cloud.Moments);
  return choice;
}

//------------------------------------------------------------------------------
void vtkKernelDensityAtPoints::Estimate(
  vtkDataObject* samples, bool ownSamples, vtkDataObject* output)
{
  const vtkscorefields::Communicator communicator(this->Controller);
  const vtkscorefields::Cloud cloud = this->ReadSamples(samples, ownSamples ? "Input" : "Samples");
  const vtkscorefields::DensityProvenance provenance{ this->MakeKernelRequest(cloud.Kinds.AreData),
    cloud.Moments, cloud.NonFinite, this->MakePrecision() };
  const scorefields::GridRequest box = this->MakeBoxRequest();
  const auto axes = scorefields::ResolveAxes(this->Dimension, box, cloud.Moments);
  const scorefields::Domain domain =
    scorefields::DomainOf(box, this->MakeBoundaries(), cloud.Moments, axes);
  const scorefields::KernelChoice choice = this->ChooseKernel(cloud, domain, axes);
  scorefields::Samples all = communicator.GatherOwnFirst(cloud.Samples);

  const std::vector<vtkDataSet*> blocks = vtkscorefields::LeavesOf(output);
  const bool leaveOneOut = ownSamples && this->LeaveOneOut;
  const auto counted = vtkscorefields::MarkSharedNodes(samples, communicator);
  const PointQueries queries = leaveOneOut
    ? vtkscorefields::LeaveOneOutQueries(vtkscorefields::LeavesOf(counted),
        vtkscorefields::NameOfArrayToProcess(this, 0), cloud.Samples.Count(), all)
    : vtkscorefields::QueriesOf(blocks);
  const scorefields::FieldChoice wanted = this->MakeFieldChoice();
  const scorefields::EngineSettings settings = this->MakeCommonSettings();
  scorefields::FieldStorage estimates(queries.Points.cols(), wanted);
  const auto report = EstimateAll(queries, { all, choice.Kernel, settings, domain }, estimates,
    wanted, vtkscorefields::MakeExecution(this, { "Estimating the density", 0.3, 1.0, 2 }));
  for (std::size_t b = 0; b < blocks.size(); ++b)
  {
    WriteBlock(blocks[b], queries.Columns[b], estimates, wanted);
    if (provenance.StoredAs == vtkscorefields::Precision::Single)
    {
      vtkscorefields::WarnOnceOf(
        this, "single precision", vtkscorefields::MakeSinglePrecision(blocks[b]->GetPointData()));
    }
  }
  vtkscorefields::WriteProvenance(output->GetFieldData(), provenance, choice);
  vtkscorefields::WriteReport(output->GetFieldData(), report, settings);
  vtkscorefields::WriteBoundaries(output->GetFieldData(), domain.Boundaries, domain.Length);
}

//------------------------------------------------------------------------------
void vtkKernelDensityAtPoints::PrintSelf(ostream& os, vtkIndent indent)
{
  this->Superclass::PrintSelf(os, indent);
  os << indent << "LeaveOneOut: " << this->LeaveOneOut << "\n";
}
