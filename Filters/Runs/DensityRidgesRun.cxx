// SPDX-License-Identifier: BSD-3-Clause
#include "Runs/DensityRidgesRun.h"

#include "Output/DensityOutput.h"
#include "Output/RidgeOutput.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/FieldNames.h"

#include "Numerics/Cloud/FoldedPoints.h"
#include "Numerics/Flow/KernelFamily.h"
#include "Numerics/Ridges/FindRidges.h"
#include "Numerics/Ridges/RidgeProjection.h"

#include <vtkFieldData.h>
#include <vtkPolyData.h>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace vtkscorefields
{
using scorefields::Filament;
using scorefields::Index;
using scorefields::RidgePoint;

namespace
{
constexpr Phase Projecting{ "Moving the samples to the ridge", 0.3, 0.8, 2 };
constexpr Phase Following{ "Following the ridges", 0.8, 1.0, 1 };
/// Samples that are moved at once.
constexpr Index BatchLength = 65536;
/// How often the density is asked for each sample, about. Sums count more samples than a density
/// that was even in its box would have near a place, some ten times as many.
constexpr double EvaluationsEach = 500.0;
constexpr double FarthestOnLine = 0.5; ///< of a sample from its line, in spacings

void RequireLeast(const char* property, double value)
{
  if (!(value >= 0.0 && std::isfinite(value)))
  {
    std::ostringstream message;
    message << property << " is " << value << "; it must be 0 or more, and finite";
    throw std::invalid_argument(message.str());
  }
}

void Require(const RidgeSettings& settings)
{
  RequireLeast("MinimumSampleSize", settings.MinimumSampleSize);
  RequireLeast("MinimumStrength", settings.MinimumStrength);
  RequireLeast("MinimumLength", settings.MinimumLength);
  if (!(settings.PointSpacing >= 0.01 && settings.PointSpacing <= 1.0))
  {
    std::ostringstream message;
    message << "PointSpacing is " << settings.PointSpacing
            << "; it must lie between 0.01 and 1 (bandwidths)";
    throw std::invalid_argument(message.str());
  }
}

void RequirePlane(const scorefields::Axes& axes)
{
  if (axes.Count < 2)
  {
    throw std::invalid_argument("Dimension is 1, since Input extends along one axis or that was"
                                " asked for; a ridge needs two or three axes. The maxima of a"
                                " density along a line are where Score Flow ends with the mode"
                                " Ascent");
  }
}

/// One run, from the samples to the outputs.
class Run
{
public:
  Run(vtkAlgorithm* algorithm, const Communicator& ranks, const RidgeSettings& settings)
    : Algorithm(algorithm)
    , Ranks(ranks)
    , Settings(settings)
  {
  }

  /// The density whose ridges are wanted.
  scorefields::KernelChoice Choose(const Cloud& cloud)
  {
    // Of all samples in their order, so that the number of ranks does not show in the last digit.
    this->Samples = std::make_shared<const scorefields::Samples>(this->Ranks.Gather(cloud.Samples));
    this->Moments = scorefields::MomentsOf(*this->Samples);
    const auto axes =
      scorefields::ResolveAxes(this->Settings.Dimension, this->Settings.BoundaryBox, this->Moments);
    RequirePlane(axes);
    this->Box = scorefields::DomainOf(
      this->Settings.BoundaryBox, this->Settings.Boundaries, this->Moments, axes);
    return scorefields::ChooseKernel(this->Settings.Kernel,
      scorefields::StoredSamples(cloud.Samples), this->Moments, axes, this->Ranks.MakeExchange(),
      MakeExecution(this->Algorithm, ChoosingBandwidth), this->Box);
  }

  void Find(vtkDataObject* input, const scorefields::GaussianKernel& kernel)
  {
    const scorefields::Execution execution = MakeExecution(this->Algorithm, Projecting);
    scorefields::ScoreAccuracy accuracy;
    accuracy.Tolerance = this->Settings.Tolerance;
    accuracy.TailTolerance = this->Settings.Tolerance;
    accuracy.Evaluations = EvaluationsEach * this->Moments.Count;
    const scorefields::KernelFamily family(this->Samples, kernel, accuracy, this->Box);
    const auto source = family.At(kernel.EquivalentBandwidth(), execution);
    this->Unit = scorefields::RidgeUnit::Of(kernel);
    this->LogSampleSize = std::log(this->Moments.Count) - kernel.LogPeak();
    const scorefields::RidgeCriteria criteria{ std::log(this->Settings.MinimumSampleSize) -
        this->LogSampleSize,
      this->Settings.MinimumStrength };
    const scorefields::TraceProblem problem{ *source, this->Unit, criteria,
      this->Settings.PointSpacing, this->Box };
    this->Particles = ReadParticles(input, this->Ranks);
    const Eigen::Matrix3Xd seeds = this->Project(problem, execution);
    const std::vector<RidgePoint> all = scorefields::ProjectToRidge(
      *source, this->Unit, seeds, scorefields::ProjectionOptions(), execution);
    this->Filaments = scorefields::FindRidges(
      problem, { this->Settings.MinimumLength }, all, MakeExecution(this->Algorithm, Following));
    this->Assign();
  }

  void Write(const DensityProvenance& provenance, const scorefields::KernelChoice& kernel,
    const RidgeOutputs& outputs) const
  {
    WriteRidges(this->Ranks.Rank() == 0 ? this->Filaments : std::vector<Filament>(), this->Unit,
      this->LogSampleSize, this->Box, outputs.Ridges);
    WriteProjected(this->Particles, this->Moved, this->Box, outputs.Samples);
    double length = 0.0;
    for (const Filament& filament : this->Filaments)
    {
      length += filament.Length();
    }
    for (vtkPolyData* output : { outputs.Ridges, outputs.Samples })
    {
      vtkFieldData* const facts = output->GetFieldData();
      WriteProvenance(facts, provenance, kernel);
      WriteBoundaries(facts, this->Box.Boundaries, this->Box.Length);
      SetFieldValue(facts, names::NumberOfFilaments, static_cast<double>(this->Filaments.size()));
      SetFieldValue(facts, names::RidgeLength, length);
      SetFieldValue(facts, names::RidgeUnit, this->Unit.Length);
    }
  }

  /// Of a cloud without samples.
  void WriteNothing(vtkDataObject* input, const RidgeOutputs& outputs)
  {
    this->Particles = ReadParticles(input, this->Ranks);
    this->Moved.Settled.resize(this->Particles.Column.size(), 0);
    WriteRidges({}, this->Unit, 0.0, this->Box, outputs.Ridges);
    WriteProjected(this->Particles, this->Moved, this->Box, outputs.Samples);
    for (vtkPolyData* output : { outputs.Ridges, outputs.Samples })
    {
      SetFieldValue(output->GetFieldData(), names::NumberOfFilaments, 0.0);
    }
  }

  const scorefields::CloudMoments& MomentsOfAll() const { return this->Moments; }
  bool IsEmpty() const { return this->Filaments.empty(); }

private:
  /// Moves this rank's samples. @return the seeds of all ranks.
  Eigen::Matrix3Xd Project(
    const scorefields::TraceProblem& problem, const scorefields::Execution& execution)
  {
    const Eigen::Matrix3Xd own = this->Particles.MovingPoints();
    const scorefields::FoldedPoints inBox(this->Box, own, scorefields::Execution());
    const scorefields::PointsRef& starts = inBox.Points();
    const Index count = starts.cols();
    this->Moved.Places.resize(3, count);
    this->Moved.LogDensity.resize(count);
    this->Moved.Strength.resize(count);
    this->Moved.Settled.resize(static_cast<std::size_t>(count));
    std::vector<RidgePoint> seeds;
    for (Index first = 0; first < count; first += BatchLength)
    {
      const Index some = std::min(BatchLength, count - first);
      const double share = static_cast<double>(first) / static_cast<double>(count);
      execution.Checkpoint(share);
      const std::vector<RidgePoint> moved =
        scorefields::ProjectToRidge(problem.Source, this->Unit, starts.middleCols(first, some),
          scorefields::ProjectionOptions(), execution.Part(share, share));
      this->Keep(moved, first);
      seeds.insert(seeds.end(), moved.begin(), moved.end());
      seeds = scorefields::SeedsAmong(problem, seeds);
    }
    std::vector<double> places;
    for (const RidgePoint& seed : seeds)
    {
      places.insert(places.end(), seed.Place.data(), seed.Place.data() + 3);
    }
    this->Ranks.Gather(places);
    return Eigen::Map<const Eigen::Matrix3Xd>(
      places.data(), 3, static_cast<Index>(places.size() / 3));
  }

  void Keep(const std::vector<RidgePoint>& moved, Index first)
  {
    for (std::size_t i = 0; i < moved.size(); ++i)
    {
      const Index at = first + static_cast<Index>(i);
      this->Moved.Places.col(at) = moved[i].Place;
      this->Moved.LogDensity[at] = moved[i].LogDensity;
      this->Moved.Strength[at] = moved[i].Strength;
      this->Moved.Settled[static_cast<std::size_t>(at)] = moved[i].Settled ? 1 : 0;
    }
  }

  /// Which line each sample came to.
  void Assign()
  {
    const double spacing = this->Settings.PointSpacing * this->Unit.Length;
    scorefields::RidgeLookup lookup(2.0 * spacing, this->Box);
    for (std::size_t i = 0; i < this->Filaments.size(); ++i)
    {
      lookup.Add(static_cast<Index>(i), this->Filaments[i].Points);
    }
    for (Index i = 0; i < this->Moved.Places.cols(); ++i)
    {
      this->Moved.Filament.push_back(
        static_cast<int>(lookup.Find(this->Moved.Places.col(i), FarthestOnLine * spacing).Line));
    }
  }

  vtkAlgorithm* Algorithm;
  const Communicator& Ranks;
  const RidgeSettings& Settings;
  std::shared_ptr<const scorefields::Samples> Samples;
  scorefields::CloudMoments Moments;
  scorefields::Domain Box;
  scorefields::RidgeUnit Unit;
  double LogSampleSize = 0.0;
  FlowParticles Particles;
  ProjectedSamples Moved;
  std::vector<Filament> Filaments;
};
}

RidgeReport RunDensityRidges(vtkAlgorithm* algorithm, const Communicator& ranks,
  const RidgeSettings& settings, const Cloud& cloud, vtkDataObject* input,
  const RidgeOutputs& outputs)
{
  Require(settings);
  Run run(algorithm, ranks, settings);
  if (!(cloud.Moments.Count > 0.0))
  {
    run.WriteNothing(input, outputs);
    return { scorefields::KernelChoice{ scorefields::GaussianKernel::Isotropic({}, 1.0) },
      cloud.Moments, std::string() };
  }
  const scorefields::KernelChoice kernel = run.Choose(cloud);
  run.Find(input, kernel.Kernel);
  run.Write({ settings.Kernel, run.MomentsOfAll(), cloud.NonFinite }, kernel, outputs);
  return { kernel, run.MomentsOfAll(),
    run.IsEmpty() && ranks.Rank() == 0
      ? "The density has no ridge that is asked for. See whether MinimumStrength,"
        " MinimumSampleSize or MinimumLength is too large, or the bandwidth."
      : std::string() };
}
}
