// SPDX-License-Identifier: BSD-3-Clause
#include "Input/SampleReader.h"

#include "Pipeline/Communicator.h"
#include "Pipeline/FieldNames.h"
#include "Pipeline/Leaves.h"
#include "Pipeline/SharedNodes.h"

#include <vtkAlgorithm.h>
#include <vtkAlgorithmOutput.h>
#include <vtkDataArray.h>
#include <vtkDataSet.h>
#include <vtkFieldData.h>
#include <vtkInformation.h>
#include <vtkInformationVector.h>
#include <vtkNew.h>
#include <vtkStreamingDemandDrivenPipeline.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <utility>
#include <vector>

namespace vtkscorefields
{
namespace
{
void RequireNotNegative(double leastWeight, const std::string& name)
{
  if (leastWeight < 0.0)
  {
    std::ostringstream message;
    message << "WeightArray \"" << name << "\" holds the negative weight " << leastWeight
            << "; weights must be 0 or more";
    throw std::invalid_argument(message.str());
  }
}

void RequireUsable(const scorefields::CloudMoments& moments)
{
  constexpr double most = 1e150; // the square of a difference must be a double
  for (int axis = 0; axis < 3; ++axis)
  {
    if (moments.Lower[axis] < -most || moments.Upper[axis] > most)
    {
      std::ostringstream message;
      message << "The points reach from " << moments.Lower[axis] << " to " << moments.Upper[axis]
              << " along "
              << "xyz"[axis] << "; coordinates must lie from -1e150 to 1e150. Take a larger unit of"
              << " length, or remove the points far out";
      throw std::invalid_argument(message.str());
    }
  }
}

vtkInformation* ArrayToProcess(vtkAlgorithm* algorithm, int index)
{
  vtkInformationVector* arrays =
    algorithm->GetInformation()->Get(vtkAlgorithm::INPUT_ARRAYS_TO_PROCESS());
  return arrays ? arrays->GetInformationObject(index) : nullptr;
}
}

std::vector<PointUse> UseOfPoints(vtkDataSet* dataSet, const std::string& weightArray)
{
  using scorefields::Index;
  const InputCloud cloud(dataSet, weightArray);
  const Index entries = cloud.EntryCount();
  std::vector<PointUse> use(static_cast<std::size_t>(entries), PointUse::Counted);
  InputCloud::Storage storage;
  for (Index begin = 0; begin < entries; begin += InputCloud::BatchLength)
  {
    const Index end = std::min(entries, begin + InputCloud::BatchLength);
    const bool all = cloud.Read(begin, end, storage).Count == end - begin;
    for (Index i = begin; i < end && !all; ++i)
    {
      const scorefields::SampleBatch point = cloud.Read(i, i + 1, storage);
      const PointUse leftOut = point.NotFinite > 0 ? PointUse::NotFinite : PointUse::Skipped;
      use[static_cast<std::size_t>(i)] = point.Count > 0 ? PointUse::Counted : leftOut;
    }
  }
  return use;
}

OpenCloud OpenDistributedCloud(vtkDataObject* input, const std::string& weightArray,
  const Communicator& communicator, const scorefields::Execution& execution)
{
  OpenCloud cloud;
  const vtkSmartPointer<vtkDataObject> counted = MarkSharedNodes(input, communicator);
  cloud.Source = std::make_unique<InputCloud>(counted, weightArray);
  const scorefields::CloudSurvey survey = scorefields::Survey(*cloud.Source, execution);
  if (survey.NotFinite == 0.0)
  {
    cloud.Source->TrustValues();
  }
  RequireNotNegative(survey.LeastWeight, weightArray);
  cloud.Moments = communicator.Merge(survey.Moments);
  cloud.NonFinite = communicator.Sum(survey.NotFinite);
  cloud.Kinds = AxisKindsOf(input, communicator);
  const bool anyPoint = (cloud.Moments.Lower.array() <= cloud.Moments.Upper.array()).all();
  if (anyPoint)
  {
    RequireUsable(cloud.Moments);
  }
  if (anyPoint && !(cloud.Moments.TotalWeight > 0.0))
  {
    throw std::invalid_argument("WeightArray \"" + weightArray +
      "\" gives every point the weight 0; one at least must be positive");
  }
  if (anyPoint && !(cloud.Moments.EffectiveCount() > 0.5))
  {
    std::ostringstream message;
    message << "WeightArray \"" << weightArray << "\" has the sum " << cloud.Moments.TotalWeight
            << ", too large or too small for squares of weights; only ratios matter, so scale them";
    throw std::invalid_argument(message.str());
  }
  return cloud;
}

Cloud ReadDistributedCloud(vtkDataObject* input, const std::string& weightArray,
  const Communicator& communicator, const scorefields::Execution& execution)
{
  const OpenCloud open = OpenDistributedCloud(input, weightArray, communicator, execution);
  Cloud cloud;
  scorefields::InMemory(*open.Source, cloud.Samples);
  cloud.Moments = open.Moments;
  cloud.NonFinite = open.NonFinite;
  cloud.Kinds = open.Kinds;
  return cloud;
}

AxisKinds AxisKindsOf(vtkDataObject* input, const Communicator& communicator)
{
  double found[4] = { 0.0, 0.0, 0.0, 0.0 };
  const auto look = [&found](vtkDataObject* data)
  {
    vtkFieldData* const fieldData = data ? data->GetFieldData() : nullptr;
    vtkDataArray* const logarithms = fieldData ? fieldData->GetArray(names::LogAxes) : nullptr;
    for (int axis = 0; logarithms && axis < std::min(3, logarithms->GetNumberOfComponents());
         ++axis)
    {
      found[axis] = std::max(found[axis], logarithms->GetComponent(0, axis));
    }
    found[3] = std::max(found[3], logarithms ? 1.0 : 0.0);
  };
  look(input);
  for (vtkDataSet* leaf : LeavesOf(input))
  {
    look(leaf);
  }
  communicator.Maximum(found, 4);
  return { found[3] > 0.0, { { found[0] > 0.0, found[1] > 0.0, found[2] > 0.0 } } };
}

std::string PointsWarning(double count, double nonFinite, const std::string& input,
  const std::string& consequence, const Communicator& communicator)
{
  std::ostringstream warning;
  if (nonFinite > 0.0)
  {
    warning << nonFinite << " points are left out: a coordinate or the weight is not finite.";
  }
  // One message for all processes, of which any may be without points.
  if (!(count > 0.0) && communicator.Rank() == 0)
  {
    warning << (nonFinite > 0.0 ? " " : "") << input << " has no "
            << (nonFinite > 0.0 ? "other " : "") << "points, so that " << consequence
            << ". Connect a data set with points, or see why the filters before it keep none.";
  }
  return warning.str();
}

std::string NameOfArrayToProcess(vtkAlgorithm* algorithm, int index)
{
  vtkInformation* info = ArrayToProcess(algorithm, index);
  const char* name = info ? info->Get(vtkDataObject::FIELD_NAME()) : nullptr;
  return name ? name : "";
}

int AssociationOfArrayToProcess(vtkAlgorithm* algorithm, int index)
{
  vtkInformation* info = ArrayToProcess(algorithm, index);
  return info && info->Has(vtkDataObject::FIELD_ASSOCIATION())
    ? info->Get(vtkDataObject::FIELD_ASSOCIATION())
    : static_cast<int>(vtkDataObject::FIELD_ASSOCIATION_POINTS);
}

void RequestPiece(vtkInformation* inputInfo, const Communicator& communicator)
{
  using Pipeline = vtkStreamingDemandDrivenPipeline;
  inputInfo->Remove(Pipeline::UPDATE_EXTENT());
  if (inputInfo->Has(Pipeline::WHOLE_EXTENT()))
  {
    // A structured grid has an extent to ask for; its producer splits it into pieces.
    inputInfo->Set(Pipeline::UPDATE_EXTENT(), inputInfo->Get(Pipeline::WHOLE_EXTENT()), 6);
  }
  inputInfo->Set(Pipeline::UPDATE_PIECE_NUMBER(), communicator.Rank());
  inputInfo->Set(Pipeline::UPDATE_NUMBER_OF_PIECES(), communicator.Size());
  inputInfo->Set(Pipeline::UPDATE_NUMBER_OF_GHOST_LEVELS(), 0);
}

scorefields::CloudMoments PeekBounds(vtkAlgorithmOutput* connection,
  const std::optional<double>& time, const Communicator& communicator)
{
  vtkAlgorithm* producer = connection->GetProducer();
  vtkNew<vtkInformationVector> requests;
  requests->SetNumberOfInformationObjects(producer->GetNumberOfOutputPorts());
  vtkInformation* request = requests->GetInformationObject(connection->GetIndex());
  RequestPiece(request, communicator);
  if (time)
  {
    request->Set(vtkStreamingDemandDrivenPipeline::UPDATE_TIME_STEP(), *time);
  }
  producer->Update(connection->GetIndex(), requests);

  scorefields::CloudMoments moments;
  for (vtkDataSet* leaf : LeavesOf(producer->GetOutputDataObject(connection->GetIndex())))
  {
    if (leaf && leaf->GetNumberOfPoints() > 0)
    {
      const double* bounds = leaf->GetBounds();
      moments.Count += static_cast<double>(leaf->GetNumberOfPoints());
      moments.Lower = moments.Lower.cwiseMin(Eigen::Vector3d(bounds[0], bounds[2], bounds[4]));
      moments.Upper = moments.Upper.cwiseMax(Eigen::Vector3d(bounds[1], bounds[3], bounds[5]));
    }
  }
  return communicator.Merge(moments);
}

void CopyBounds(const scorefields::CloudMoments& moments, double bounds[6])
{
  if (moments.Count > 0.0 && moments.Lower.allFinite() && moments.Upper.allFinite())
  {
    for (int axis = 0; axis < 3; ++axis)
    {
      bounds[2 * axis] = moments.Lower[axis];
      bounds[2 * axis + 1] = moments.Upper[axis];
    }
  }
}
}
