// SPDX-License-Identifier: BSD-3-Clause
#include "Runs/DensityFromScoreRun.h"

#include "Input/SampleReader.h"
#include "Output/RecoveryOutput.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/FieldNames.h"
#include "Pipeline/ImageParts.h"
#include "Pipeline/Machine.h"

#include "Numerics/Recovery/DensityFromScore.h"

#include <vtkAlgorithm.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkNew.h>

#include <sstream>
#include <stdexcept>

namespace vtkscorefields
{
namespace
{
using scorefields::DensityFromScore;

void Require(const scorefields::SolverLimits& limits)
{
  std::ostringstream message;
  if (!(limits.Tolerance > 0.0 && limits.Tolerance < 1.0))
  {
    message << "SolverTolerance is " << limits.Tolerance << "; it must be between 0 and 1";
  }
  else if (limits.MaximumIterations < 1)
  {
    message << "MaximumIterations is " << limits.MaximumIterations << "; it must be 1 or more";
  }
  if (!message.str().empty())
  {
    throw std::invalid_argument(message.str());
  }
}

void RequireMemoryFor(const WholeScore& whole, bool residuals)
{
  const scorefields::Index3& nodes = whole.Place.Nodes.Dimensions;
  const bool iterative = whole.Input.Mask || whole.Input.Weights;
  const double arrays = 8.0 * (residuals ? 20.0 : 6.0) * static_cast<double>(nodes.prod());
  const double bytes = arrays + DensityFromScore::MemoryFor(nodes, iterative);
  if (bytes > MemoryForRank())
  {
    std::ostringstream message;
    message << "Input has " << nodes.prod() << " nodes; to recover their density takes "
            << bytes / 1e9 << " GB on each rank, and " << MemoryForRank() / 1e9
            << " GB are there for one. Take an image with fewer nodes";
    throw std::invalid_argument(message.str());
  }
}

/// One execution of the filter; the steps are called in the order in which they stand.
class Run
{
public:
  Run(vtkAlgorithm* algorithm, const Communicator& ranks, const RecoverySettings& settings)
    : Settings(settings)
    , Ranks(ranks)
    , Execution(MakeExecution(algorithm, { "Recovering the density", 0.0, 1.0, 2 }))
  {
  }

  void Read(vtkImageData* input);
  void Count(vtkDataObject* samples);
  void Recover(vtkImageData* input, vtkInformation* request, vtkImageData* output);
  std::string Warning() const;

private:
  const RecoverySettings& Settings;
  const Communicator& Ranks;
  scorefields::Execution Execution;
  WholeScore Whole;
  std::optional<DensityFromScore> Density;
  std::optional<double> SamplesOutside; ///< weight, if there are samples
  Eigen::VectorXd Masses;               ///< weight of the samples in each island
  scorefields::RecoveryReport Report;
};

void Run::Read(vtkImageData* input)
{
  ReadScore(input, this->Settings.Arrays, this->Ranks, this->Whole);
  if (this->Whole.Place.Nodes.Size() == 0)
  {
    return;
  }
  this->Whole.Input.Borders = this->Settings.Borders
    ? *this->Settings.Borders
    : ReadBorders(input, this->Whole.Place, this->Ranks);
  RequireMemoryFor(this->Whole, this->Settings.Residuals);
  this->Density.emplace(this->Whole.Input, this->Execution);
}

void Run::Count(vtkDataObject* samples)
{
  if (!this->Ranks.Any(samples != nullptr) || !this->Density)
  {
    return;
  }
  const Cloud cloud =
    ReadDistributedCloud(samples, this->Settings.SampleWeights, this->Ranks, this->Execution);
  const scorefields::Index islands = this->Density->FoundIslands().Count();
  Eigen::VectorXd weights = Eigen::VectorXd::Zero(islands + 1);
  for (scorefields::Index i = 0; i < cloud.Samples.Count(); ++i)
  {
    const int island =
      this->Density->IslandAt(this->Whole.Place.PlaceOf(cloud.Samples.Points.col(i)));
    weights[island] += cloud.Samples.Weight(i);
  }
  this->Ranks.Sum(weights.data(), islands + 1);
  this->SamplesOutside = weights[0];
  this->Masses = weights.tail(islands);
  if (this->Masses.sum() == 0.0)
  {
    std::ostringstream message;
    message << "Samples has " << cloud.Moments.Count
            << " points, of which none lies in an island of valid nodes; take the samples of the "
               "density, or disconnect them";
    throw std::invalid_argument(message.str());
  }
}

void Run::Recover(vtkImageData* input, vtkInformation* request, vtkImageData* output)
{
  const ImagePart part = CropToRequest(input, request, this->Ranks.Size() == 1, output);
  vtkNew<vtkFieldData> fieldData; // the input's is not to be changed
  fieldData->ShallowCopy(input->GetFieldData());
  output->SetFieldData(fieldData);
  if (!this->Density)
  {
    return;
  }
  RecoveredNodes nodes(this->Whole.Place.Nodes.Size(), this->Settings.Residuals);
  this->Report =
    this->Density->Recover(this->Settings.Limits, this->Masses, nodes.View(), this->Execution);
  WriteRecovery(this->Report, fieldData);
  if (this->SamplesOutside)
  {
    SetFieldValue(fieldData, names::SamplesOutsideIslands, *this->SamplesOutside);
  }
  if (output->GetNumberOfPoints() > 0)
  {
    WriteRecovered(nodes, this->Whole.Place, this->Whole.Place.Offset + part.First, output);
  }
}

std::string Run::Warning() const
{
  std::ostringstream text;
  if (this->Report.UnknownMasses > 0 && !this->SamplesOutside)
  {
    text << "The valid nodes form " << this->Report.IslandMasses.size()
         << " islands. The score does not tell their relative masses: log densities were set equal "
            "at the closest nodes. Connect Samples to have the masses counted.";
  }
  else if (this->Report.UnknownMasses > 0)
  {
    text << this->Report.UnknownMasses << " of the " << this->Report.IslandMasses.size()
         << " islands have no samples: their log density was set equal to that of another island "
            "at the closest nodes.";
  }
  return text.str();
}
}

std::string RunDensityFromScore(vtkAlgorithm* algorithm, const Communicator& ranks,
  const RecoverySettings& settings, vtkImageData* input, vtkDataObject* samples,
  vtkInformation* request, vtkImageData* output)
{
  Require(settings.Limits);
  Run run(algorithm, ranks, settings);
  run.Read(input);
  run.Count(samples);
  run.Recover(input, request, output);
  return run.Warning();
}
}
