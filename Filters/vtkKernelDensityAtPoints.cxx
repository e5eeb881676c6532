// SPDX-License-Identifier: BSD-3-Clause
#include "vtkKernelDensityAtPoints.h"

#include "Input/SampleReader.h"
#include "Numerics/Density/PointEstimate.h"
#include "Output/DensityOutput.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/Leaves.h"
#include "Pipeline/Requests.h"
#include "Pipeline/SharedNodes.h"

#include <vtkDataObject.h>
#include <vtkDataSet.h>
#include <vtkInformation.h>
#include <vtkInformationVector.h>
#include <vtkObjectFactory.h>
#include <vtkPointData.h>
#include <vtkStreamingDemandDrivenPipeline.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

vtkStandardNewMacro(vtkKernelDensityAtPoints);

using scorefields::Index;
using vtkscorefields::PointUse;

namespace
{
constexpr int QueryPort = 0;
constexpr int SamplePort = 1;

/// The points of all blocks that get an estimate, and where each belongs.
struct Queries
{
  Eigen::Matrix3Xd Points;
  std::vector<std::vector<Index>> Columns; ///< per block and point: column of Points, or -1
};

/// @param own  only points that the cloud counts, so that column i is sample i; else all that are
///             finite.
Queries CollectQueries(
  const std::vector<vtkDataSet*>& blocks, bool own, const std::string& weightArray)
{
  Queries queries;
  Index count = 0;
  for (vtkDataSet* block : blocks)
  {
    const auto use = vtkscorefields::UseOfPoints(block, own ? weightArray : std::string());
    std::vector<Index>& columns = queries.Columns.emplace_back();
    for (const PointUse point : use)
    {
      const bool wanted = own ? point == PointUse::Counted : point != PointUse::NotFinite;
      columns.push_back(wanted ? count++ : -1);
    }
  }
  queries.Points.resize(3, count);
  for (std::size_t b = 0; b < blocks.size(); ++b)
  {
    const Eigen::Matrix3Xd points = vtkscorefields::PointsOf(blocks[b]);
    for (Index i = 0; i < points.cols(); ++i)
    {
      const Index column = queries.Columns[b][static_cast<std::size_t>(i)];
      if (column >= 0)
      {
        queries.Points.col(column) = points.col(i);
      }
    }
  }
  return queries;
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
  info->Set(vtkAlgorithm::INPUT_REQUIRED_DATA_TYPE(), "vtkDataSet");
  info->Append(vtkAlgorithm::INPUT_REQUIRED_DATA_TYPE(), "vtkCompositeDataSet");
  if (port == SamplePort)
  {
    info->Set(vtkAlgorithm::INPUT_IS_OPTIONAL(), 1);
  }
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
  return vtkscorefields::RunRequestData(this, outputVector,
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
void vtkKernelDensityAtPoints::Estimate(
  vtkDataObject* samples, bool ownSamples, vtkDataObject* output)
{
  const vtkscorefields::Communicator communicator(this->Controller);
  const vtkscorefields::Cloud cloud = this->ReadSamples(samples, ownSamples ? "Input" : "Samples");
  const vtkscorefields::DensityProvenance provenance{ this->MakeKernelRequest(), cloud.Moments,
    cloud.NonFinite, this->MakePrecision() };
  const auto axes =
    scorefields::ResolveAxes(this->Dimension, scorefields::GridRequest(), provenance.Moments);
  const scorefields::KernelChoice choice =
    scorefields::ChooseKernel(provenance.Request, scorefields::StoredSamples(cloud.Samples),
      provenance.Moments, axes, communicator.MakeExchange(),
      vtkscorefields::MakeExecution(this, vtkscorefields::ChoosingBandwidth));
  this->WarnOfError(choice);
  this->WarnOfWidth(choice.Kernel, cloud.Moments);
  const scorefields::Samples all = communicator.GatherOwnFirst(cloud.Samples);

  const std::vector<vtkDataSet*> blocks = vtkscorefields::LeavesOf(output);
  const bool leaveOneOut = ownSamples && this->LeaveOneOut;
  const auto counted = vtkscorefields::MarkSharedNodes(samples, communicator);
  const Queries queries = CollectQueries(leaveOneOut ? vtkscorefields::LeavesOf(counted) : blocks,
    leaveOneOut, vtkscorefields::NameOfArrayToProcess(this, 0));
  const scorefields::FieldChoice wanted = this->MakeFieldChoice();
  scorefields::FieldStorage estimates(queries.Points.cols(), wanted);
  const scorefields::EngineSettings settings = this->MakeCommonSettings();
  const scorefields::PointsRef points = queries.Points;
  const auto report =
    scorefields::EstimateDensityAtPoints({ all, choice.Kernel, points, leaveOneOut, settings },
      estimates.View(), vtkscorefields::MakeExecution(this, { "Estimating the density", 0.3 }));
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
}

//------------------------------------------------------------------------------
void vtkKernelDensityAtPoints::PrintSelf(ostream& os, vtkIndent indent)
{
  this->Superclass::PrintSelf(os, indent);
  os << indent << "LeaveOneOut: " << this->LeaveOneOut << "\n";
}
