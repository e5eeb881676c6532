// SPDX-License-Identifier: BSD-3-Clause
#include "Runs/DensityDifferenceRun.h"

#include "Numerics/Density/NodeMass.h"
#include "Output/DensityOutput.h"
#include "Output/DifferenceOutput.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/FieldNames.h"
#include "Pipeline/GridImage.h"
#include "Pipeline/ImageParts.h"
#include "Pipeline/Machine.h"

#include <vtkAlgorithm.h>
#include <vtkImageData.h>

#include <algorithm>

namespace vtkscorefields
{
using scorefields::CloudPart;
using scorefields::DifferenceProblem;

namespace
{
/// For the arrays of this rank's part of the nodes, what the sums hold beside them, and the meshes
/// of the whole image.
void RequireRoom(const scorefields::NodeBlock& block, const scorefields::Grid& grid)
{
  constexpr double arrays = 9.0;
  constexpr double wholeMeshes = 2.0;
  const double bytes = sizeof(double) *
    (arrays * static_cast<double>(block.Dimensions.prod()) +
      wholeMeshes * static_cast<double>(grid.Size()));
  scorefields::RequireMemory(grid.Dimensions, bytes, MemoryForRank());
}

/// Sums for A, B and both, each onto a mesh and over it, and the tests.
constexpr Phase EstimatingBoth{ "Estimating both densities", 0.3, 1.0, 1 };

/// One execution of the filter; the steps are called in the order in which they stand.
class Run
{
public:
  Run(vtkAlgorithm* algorithm, const Communicator& ranks, const DifferenceSettings& settings,
    const CloudPair& clouds)
    : Algorithm(algorithm)
    , Ranks(ranks)
    , Settings(settings)
    , Clouds(clouds)
    , SourceA(clouds.A.Samples)
    , SourceB(clouds.B.Samples)
    , A{ this->SourceA, clouds.A.Moments }
    , B{ this->SourceB, clouds.B.Moments }
    , Pooled(this->A, this->B)
  {
  }

  void ChooseKernel();
  void Estimate(vtkInformation* request, vtkImageData* output);
  void Decide(vtkInformation* request, vtkImageData* output);
  void Write(vtkFieldData* fieldData) const;

  DifferenceWarnings Warnings;

private:
  std::string WarningOfNodes(const DifferenceProblem& problem) const;

  vtkAlgorithm* Algorithm;
  const Communicator& Ranks;
  const DifferenceSettings& Settings;
  const CloudPair& Clouds;
  scorefields::StoredSamples SourceA;
  scorefields::StoredSamples SourceB;
  CloudPart A;
  CloudPart B;
  scorefields::PooledCloud Pooled;
  scorefields::Axes Axes;
  scorefields::KernelChoice Choice{ scorefields::GaussianKernel::Isotropic({}, 1.0) };
  scorefields::Grid Nodes;
  scorefields::DifferenceReport Report;
  scorefields::DifferenceView View;
  DifferenceSummary Summary;
};

void Run::ChooseKernel()
{
  const scorefields::CloudMoments& moments = this->Pooled.Moments();
  this->Axes = scorefields::ResolveAxes(this->Settings.Dimension, this->Settings.Grid, moments);
  const scorefields::Domain domain =
    scorefields::DomainOf(this->Settings.Grid, this->Settings.Boundaries, moments, this->Axes);
  this->Choice =
    scorefields::ChooseKernel(this->Settings.Kernel, this->Pooled.Source(), moments, this->Axes,
      this->Ranks.MakeExchange(), MakeExecution(this->Algorithm, ChoosingBandwidth), domain);
  this->Warnings.Bandwidth =
    scorefields::RoughBandwidthWarning(this->Choice, this->Settings.Kernel.Rule);
  this->Warnings.Width =
    scorefields::WideKernelWarning(this->Choice.Kernel, this->Settings.Kernel.Shape, moments);
}

std::string Run::WarningOfNodes(const DifferenceProblem& problem) const
{
  const auto warning = [&](const CloudPart& cloud, const double* density, double lost)
  {
    const scorefields::EstimateProblem one{ cloud.Source, cloud.Moments, problem.Kernel,
      problem.Nodes, problem.Block, {}, problem.Parts };
    return scorefields::CoarseNodesWarning(one, density, lost);
  };
  const std::string ofA = warning(problem.A, this->View.DensityA, this->Report.A.LostWeight);
  const std::string ofB = warning(problem.B, this->View.DensityB, this->Report.B.LostWeight);
  return ofA.empty() ? ofB : ofA;
}

void Run::Estimate(vtkInformation* request, vtkImageData* output)
{
  this->Nodes = scorefields::PlaceGrid(
    this->Settings.Grid, this->Pooled.Moments(), this->Axes, this->Choice.Kernel.AxisBandwidths());
  const scorefields::NodeBlock block = TakeBlock(this->Nodes, request);
  RequireRoom(block, this->Nodes);
  ShapeImage(output, this->Nodes, block);
  this->View = AddDifferenceArrays(output);
  const DifferenceProblem problem{ this->A, this->B, this->Choice.Kernel, this->Nodes, block,
    this->Settings.Boundaries, this->Ranks.MakeExchange() };
  this->Report = scorefields::EstimateDifference(
    problem, this->Settings.Options, this->View, MakeExecution(this->Algorithm, EstimatingBoth));
  this->Warnings.Nodes = this->WarningOfNodes(problem);
}

void Run::Decide(vtkInformation* request, vtkImageData* output)
{
  const scorefields::Index count = output->GetNumberOfPoints();
  const std::vector<unsigned char> foreign =
    count > 0 ? ForeignNodes(output, request) : std::vector<unsigned char>();
  const unsigned char* const skip = foreign.empty() ? nullptr : foreign.data();
  scorefields::DifferenceTests tests = scorefields::FindTests(
    count, this->View.PValue, this->View.Class, skip, this->Settings.Options.SignificanceLevel);
  this->Summary.Tests = tests.Count = this->Ranks.Sum(tests.Count);
  this->Ranks.Gather(tests.Small);
  this->Summary.Threshold = scorefields::ThresholdOf(this->Settings.Options, tests);
  scorefields::DecideClasses(count, this->View.PValue, this->View.Standardised,
    this->Summary.Threshold, this->View.Class, MakeExecution(this->Algorithm, EstimatingBoth));
  this->Summary.Counts = scorefields::CountDifferenceClasses(count, this->View.Class, skip);
  this->Ranks.Sum(this->Summary.Counts.data(), static_cast<vtkIdType>(this->Summary.Counts.size()));
}

void Run::Write(vtkFieldData* fieldData) const
{
  WriteProvenance(fieldData,
    { this->Settings.Kernel, this->Pooled.Moments(),
      this->Clouds.A.NonFinite + this->Clouds.B.NonFinite },
    this->Choice);
  WriteDifference(
    fieldData, this->Summary, this->Settings.Options, this->A.Moments, this->B.Moments);
  SetFieldValue(
    fieldData, names::LostWeight, this->Report.A.LostWeight + this->Report.B.LostWeight);
  SetFieldText(fieldData, names::Engine, NameOf(scorefields::Engine::Auto));
  SetFieldValue(fieldData, names::RelativeErrorBound,
    std::max(this->Report.A.Claims.Density, this->Report.B.Claims.Density));
  const Eigen::Vector3d last = (this->Nodes.Dimensions.array() - 1).cast<double>();
  WriteBoundaries(fieldData, this->Settings.Boundaries, this->Nodes.Spacing.cwiseProduct(last));
}

std::string PointsWarnings(const CloudPair& clouds, const Communicator& ranks)
{
  return PointsWarning(1.0, clouds.A.NonFinite + clouds.B.NonFinite, "", "", ranks);
}
}

DifferenceWarnings RunDensityDifference(vtkAlgorithm* algorithm, const Communicator& ranks,
  const DifferenceSettings& settings, vtkDataObject* input, vtkDataObject* inputB,
  vtkInformation* request, vtkImageData* output)
{
  scorefields::Require(settings.Options);
  const CloudPair clouds =
    ReadCloudPair(input, inputB, settings.Clouds, ranks, MakeExecution(algorithm, ReadingPoints));
  RequireSameAxes(clouds, settings.Clouds, settings.Dimension);
  Run run(algorithm, ranks, settings, clouds);
  run.Warnings.Points = PointsWarnings(clouds, ranks);
  run.ChooseKernel();
  run.Estimate(request, output);
  run.Decide(request, output);
  run.Write(output->GetFieldData());
  return run.Warnings;
}
}
