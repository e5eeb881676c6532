// SPDX-License-Identifier: BSD-3-Clause
#include "SampleReader.h"

#include "Adaptor.h"
#include "Blocks.h"
#include "Communicator.h"

#include <vtkAlgorithm.h>
#include <vtkAlgorithmOutput.h>
#include <vtkDataArray.h>
#include <vtkDataArrayRange.h>
#include <vtkDataSet.h>
#include <vtkDataSetAttributes.h>
#include <vtkInformation.h>
#include <vtkInformationVector.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkStreamingDemandDrivenPipeline.h>
#include <vtkUnsignedCharArray.h>

#include <cmath>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <utility>
#include <vector>

namespace vtkscorefields
{
namespace
{
constexpr unsigned char Skipped =
  vtkDataSetAttributes::DUPLICATEPOINT | vtkDataSetAttributes::HIDDENPOINT;

std::string NamesOf(vtkPointData* data)
{
  std::ostringstream names;
  for (int i = 0; i < data->GetNumberOfArrays(); ++i)
  {
    const char* name = data->GetArrayName(i);
    names << (i == 0 ? "" : ", ") << (name ? name : "(unnamed)");
  }
  return data->GetNumberOfArrays() == 0 ? "none" : names.str();
}

vtkDataArray* WeightsOf(vtkDataSet* leaf, const std::string& name)
{
  vtkDataArray* weights = leaf->GetPointData()->GetArray(name.c_str());
  std::ostringstream message;
  if (!weights)
  {
    message << "WeightArray is \"" << name << "\", which is no numeric point array of the input"
            << " (it has: " << NamesOf(leaf->GetPointData()) << ")";
    throw std::invalid_argument(message.str());
  }
  if (weights->GetNumberOfComponents() != 1)
  {
    message << "WeightArray \"" << name << "\" has " << weights->GetNumberOfComponents()
            << " components; weights have one";
    throw std::invalid_argument(message.str());
  }
  return weights;
}

Eigen::VectorXd ValuesOf(vtkDataArray* array)
{
  Eigen::VectorXd values(array->GetNumberOfTuples());
  scorefields::Index row = 0;
  for (const auto value : vtk::DataArrayValueRange<1>(array))
  {
    values[row++] = static_cast<double>(value);
  }
  return values;
}

void RequireNotNegative(const Eigen::VectorXd& weights, const std::string& name)
{
  for (const double weight : weights)
  {
    if (weight < 0.0 && std::isfinite(weight))
    {
      std::ostringstream message;
      message << "WeightArray \"" << name << "\" holds the negative weight " << weight
              << "; weights must be 0 or more";
      throw std::invalid_argument(message.str());
    }
  }
}

/// The weights of a data set's points; empty if all are 1.
Eigen::VectorXd CheckedWeights(vtkDataSet* leaf, const std::string& weightArray)
{
  Eigen::VectorXd weights;
  if (!weightArray.empty())
  {
    weights = ValuesOf(WeightsOf(leaf, weightArray));
    RequireNotNegative(weights, weightArray);
  }
  return weights;
}

std::vector<PointUse> UseOf(
  vtkDataSet* leaf, const Eigen::Matrix3Xd& points, const Eigen::VectorXd& weights)
{
  std::vector<PointUse> use(static_cast<std::size_t>(points.cols()), PointUse::Counted);
  auto* ghosts = vtkUnsignedCharArray::SafeDownCast(
    leaf->GetPointData()->GetArray(vtkDataSetAttributes::GhostArrayName()));
  for (scorefields::Index i = 0; i < points.cols(); ++i)
  {
    PointUse& point = use[static_cast<std::size_t>(i)];
    if (ghosts && (ghosts->GetValue(i) & Skipped))
    {
      point = PointUse::Skipped;
    }
    else if (!points.col(i).allFinite() || (weights.size() > 0 && !std::isfinite(weights[i])))
    {
      point = PointUse::NotFinite;
    }
  }
  return use;
}

/// Moves the counted points to the front of the matrices and appends them to the cloud.
void AppendLeaf(vtkDataSet* leaf, const std::string& weightArray, Cloud& cloud)
{
  Eigen::Matrix3Xd points = PointsOf(leaf);
  Eigen::VectorXd weights = CheckedWeights(leaf, weightArray);
  const bool weighted = weights.size() > 0;
  const bool ghosts = leaf->GetPointData()->HasArray(vtkDataSetAttributes::GhostArrayName());
  if (cloud.Samples.Count() == 0 && !ghosts && points.allFinite() && weights.allFinite())
  {
    cloud.Samples.Points = std::move(points);
    cloud.Samples.Weights = std::move(weights);
    return;
  }
  scorefields::Index kept = 0;
  scorefields::Index i = 0;
  for (const PointUse use : UseOf(leaf, points, weights))
  {
    cloud.NonFinite += use == PointUse::NotFinite ? 1.0 : 0.0;
    if (use == PointUse::Counted)
    {
      points.col(kept) = points.col(i);
      if (weighted)
      {
        weights[kept] = weights[i];
      }
      ++kept;
    }
    ++i;
  }
  scorefields::Samples& samples = cloud.Samples;
  const scorefields::Index before = samples.Count();
  samples.Points.conservativeResize(3, before + kept);
  samples.Points.rightCols(kept) = points.leftCols(kept);
  if (weighted)
  {
    samples.Weights.conservativeResize(before + kept);
    samples.Weights.tail(kept) = weights.head(kept);
  }
}

std::string ArrayName(const std::string& weightArray)
{
  return weightArray == "None" ? std::string() : weightArray;
}
}

std::vector<PointUse> UseOfPoints(vtkDataSet* dataSet, const std::string& weightArray)
{
  return UseOf(dataSet, PointsOf(dataSet), CheckedWeights(dataSet, ArrayName(weightArray)));
}

Cloud ReadCloud(vtkDataObject* input, const std::string& weightArray)
{
  Cloud cloud;
  const std::string name = ArrayName(weightArray);
  for (vtkDataSet* leaf : BlocksOf(input))
  {
    if (leaf && leaf->GetNumberOfPoints() > 0)
    {
      AppendLeaf(leaf, name, cloud);
    }
  }
  cloud.Samples.TotalWeight =
    name.empty() ? static_cast<double>(cloud.Samples.Count()) : cloud.Samples.Weights.sum();
  return cloud;
}

Cloud ReadDistributedCloud(
  vtkDataObject* input, const std::string& weightArray, const Communicator& communicator)
{
  Cloud cloud;
  std::string problem;
  try
  {
    cloud = ReadCloud(input, weightArray);
  }
  catch (const std::exception& error)
  {
    problem = error.what();
  }
  communicator.Agree(problem);
  cloud.NonFinite = communicator.Sum(cloud.NonFinite);
  const double count = communicator.Sum(static_cast<double>(cloud.Samples.Count()));
  if (count > 0.0 && !(communicator.Sum(cloud.Samples.TotalWeight) > 0.0))
  {
    throw std::invalid_argument("WeightArray \"" + weightArray +
      "\" gives every point the weight 0; one at least must be positive");
  }
  return cloud;
}

std::string NameOfArrayToProcess(vtkAlgorithm* algorithm, int index)
{
  vtkInformationVector* arrays =
    algorithm->GetInformation()->Get(vtkAlgorithm::INPUT_ARRAYS_TO_PROCESS());
  vtkInformation* info = arrays ? arrays->GetInformationObject(index) : nullptr;
  const char* name = info ? info->Get(vtkDataObject::FIELD_NAME()) : nullptr;
  return name ? name : "";
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

scorefields::CloudMoments PeekBounds(
  vtkAlgorithmOutput* connection, const Communicator& communicator)
{
  vtkAlgorithm* producer = connection->GetProducer();
  vtkNew<vtkInformationVector> requests;
  requests->SetNumberOfInformationObjects(producer->GetNumberOfOutputPorts());
  vtkInformation* request = requests->GetInformationObject(connection->GetIndex());
  RequestPiece(request, communicator);
  producer->Update(connection->GetIndex(), requests);

  scorefields::CloudMoments moments;
  for (vtkDataSet* leaf : BlocksOf(producer->GetOutputDataObject(connection->GetIndex())))
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
}
