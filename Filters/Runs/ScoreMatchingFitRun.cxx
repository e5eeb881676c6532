// SPDX-License-Identifier: BSD-3-Clause
#include "Runs/ScoreMatchingFitRun.h"

#include "Input/SampleReader.h"
#include "Output/FitOutput.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/GridImage.h"
#include "Pipeline/Machine.h"
#include "Pipeline/SweepCache.h"

#include "Numerics/Bandwidth/DensitySettings.h"
#include "Numerics/Base/FieldStorage.h"
#include "Numerics/Fit/FitField.h"

#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkTable.h>

#include <algorithm>

namespace vtkscorefields
{
namespace
{
using scorefields::Index;

constexpr Phase Fitting{ "Fitting the model", 0.05, 0.9 };
constexpr Phase Evaluating{ "Evaluating the model", 0.9, 1.0, 2 };
/// Of the arrays, of their whole on this rank, and of the recovery of a density.
constexpr double WorkingGrids = 20.0;

bool SameAxes(const scorefields::Axes& one, const scorefields::Axes& other)
{
  return one.Count == other.Count && one.Axis.head(one.Count) == other.Axis.head(other.Count);
}

/// The fit, from the last run where nothing has changed.
std::shared_ptr<const scorefields::ScoreFit> FitOrTake(vtkAlgorithm* algorithm,
  const FitSettings& settings, const scorefields::Samples& samples, const scorefields::Axes& axes,
  KeptFit& kept)
{
  const auto execution = MakeExecution(algorithm, Fitting);
  const scorefields::StoredSamples source(samples);
  const std::uint64_t fingerprint = FingerprintOf(source, execution);
  const bool known = kept.Fit && kept.Fingerprint == fingerprint &&
    kept.Request == settings.Request && SameAxes(kept.Axes, axes);
  if (!known)
  {
    kept.Fit.reset();
    kept.Fit = std::make_shared<const scorefields::ScoreFit>(
      scorefields::FitScore(samples, axes, settings.Request, execution));
    kept.Fingerprint = fingerprint;
    kept.Request = settings.Request;
    kept.Axes = axes;
  }
  return kept.Fit;
}

/// The arrays of the whole grid, of which a block is written.
struct WholeFields
{
  scorefields::FieldStorage Values;

  explicit WholeFields(Index nodes)
    : Values(nodes, Wanted())
  {
  }
  static scorefields::FieldChoice Wanted()
  {
    scorefields::FieldChoice wanted;
    wanted.Density = wanted.LogDensity = wanted.Score = true;
    return wanted;
  }
  void Write(const scorefields::Grid& grid, const scorefields::NodeBlock& block,
    const scorefields::FieldView& target) const
  {
    Index entry = 0;
    for (Index k = 0; k < block.Dimensions[2]; ++k)
    {
      for (Index j = 0; j < block.Dimensions[1]; ++j)
      {
        const Index row = block.First[0] +
          grid.Dimensions[0] * (block.First[1] + j + grid.Dimensions[1] * (block.First[2] + k));
        for (Index i = 0; i < block.Dimensions[0]; ++i)
        {
          this->Values.Copy(row + i, target, entry++);
        }
      }
    }
  }
};

/// The density of no points.
void LeaveEmpty(const scorefields::FieldView& fields, Index nodes)
{
  std::fill_n(fields.Density, nodes, 0.0);
  std::fill_n(fields.LogDensity, nodes, scorefields::LogOfNoDensity());
  std::fill_n(fields.Score, 3 * nodes, 0.0);
}
}

scorefields::Grid PlaceFit(const FitSettings& settings, const scorefields::CloudMoments& moments)
{
  const auto axes = scorefields::ResolveAxes(settings.Dimension, settings.Grid, moments);
  const Eigen::Vector3d extent = (moments.Upper - moments.Lower).cwiseMax(0.0);
  return scorefields::PlaceGrid(settings.Grid, moments, axes, extent);
}

std::string RunScoreMatchingFit(vtkAlgorithm* algorithm, const Communicator& ranks,
  const FitSettings& settings, vtkDataObject* input, KeptFit& kept, const FitOutputs& outputs)
{
  scorefields::Require(settings.Request);
  scorefields::Require(settings.Grid);
  const Cloud cloud = ReadDistributedCloud(
    input, settings.WeightArray, ranks, MakeExecution(algorithm, ReadingPoints));
  std::string warning = PointsWarning(
    cloud.Moments.Count, cloud.NonFinite, "Input", "the density is 0 everywhere", ranks);
  const auto axes = scorefields::ResolveAxes(settings.Dimension, settings.Grid, cloud.Moments);
  const auto grid = PlaceFit(settings, cloud.Moments);
  scorefields::RequireMemory(grid.Dimensions,
    sizeof(double) * WorkingGrids * static_cast<double>(grid.Size()), MemoryForRank());
  const auto block = TakeBlock(grid, outputs.Request);
  ShapeImage(outputs.Image, grid, block);
  const scorefields::FieldView fields = AddFitArrays(outputs.Image);
  if (!(cloud.Moments.Count > 0.0))
  {
    LeaveEmpty(fields, block.Dimensions.prod());
    return warning;
  }
  // Every rank fits to the whole cloud, in one order: the same numbers on any number of ranks.
  const scorefields::Samples samples = ranks.Gather(cloud.Samples);
  const auto found = FitOrTake(algorithm, settings, samples, axes, kept);
  const scorefields::ScoreFit fit = settings.Stage ? found->AtStage(*settings.Stage) : *found;
  WholeFields whole(grid.Size());
  const auto report =
    scorefields::EvaluateFit(fit, grid, whole.Values.View(), MakeExecution(algorithm, Evaluating));
  whole.Write(grid, block, fields);
  WriteFit(fit, report, cloud, outputs.Image->GetFieldData());
  for (vtkTable* table : { outputs.Parameters, outputs.History })
  {
    WriteFit(fit, report, cloud, table->GetFieldData());
  }
  if (ranks.Rank() == 0)
  {
    WriteTable(fit.Model->Parameters(fit.Frame), outputs.Parameters);
    WriteTable(fit.History, outputs.History);
    warning += (warning.empty() || fit.Warning.empty() ? "" : ". ") + fit.Warning;
  }
  return warning;
}
}
