// SPDX-License-Identifier: BSD-3-Clause
#include "Runs/FlowRun.h"

#include "Input/SampleReader.h"
#include "Numerics/Cloud/FoldedPoints.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/FieldNames.h"
#include "Pipeline/SweepCache.h"
#include "Runs/FlowDial.h"

#include <vtkDataObject.h>
#include <vtkFieldData.h>
#include <vtkPolyData.h>

#include <sstream>
#include <stdexcept>
#include <utility>

namespace vtkscorefields
{
using scorefields::FlowMode;
using scorefields::FlowState;
using scorefields::Index;

namespace
{
/// How often each density is asked for how many particles: the same on every rank.
double EvaluationsOf(const scorefields::FlowSchedule& schedule, double particles)
{
  const double steps = static_cast<double>(schedule.Request().Steps);
  const double each = schedule.Request().Mode == FlowMode::ProbabilityFlow
    ? 2.0
    : std::max(1.0, steps / schedule.Densities());
  return particles * each;
}

double CountWithoutScore(const FlowState& state)
{
  return static_cast<double>(state.LogDensity.array().isNaN().count());
}

std::uint64_t Combined(std::uint64_t one, std::uint64_t two)
{
  return one ^ (two * 0x9e3779b97f4a7c15U + (one << 6U));
}

std::uint64_t StampOfInputs(const FlowInputs& inputs)
{
  std::uint64_t stamp = StampOf(inputs.Samples);
  for (vtkDataObject* const other : { inputs.Particles, inputs.Image })
  {
    stamp = Combined(stamp, other != nullptr ? StampOf(other) : 0);
  }
  return stamp;
}

/// Of all points and values that a flow depends on.
std::uint64_t FingerprintOfInputs(const FlowInputs& inputs, const Cloud& cloud,
  const FlowImagePart* part, const std::optional<GuidedSamples>& guided)
{
  std::uint64_t fingerprint =
    FingerprintOf(scorefields::StoredSamples(cloud.Samples), inputs.Executor);
  if (inputs.Particles != nullptr)
  {
    const InputCloud particles(inputs.Particles, std::string());
    fingerprint = Combined(fingerprint, FingerprintOf(particles, inputs.Executor));
  }
  if (part != nullptr)
  {
    fingerprint = Combined(fingerprint, FingerprintOf(*part, inputs.Executor));
  }
  if (guided)
  {
    const scorefields::StoredSamples ofClass(guided->OfClass);
    fingerprint = Combined(fingerprint, FingerprintOf(ofClass, inputs.Executor));
  }
  return fingerprint;
}

Cloud ReadSamples(const FlowInputs& inputs, const FlowSettings& settings)
{
  Cloud cloud =
    ReadDistributedCloud(inputs.Samples, settings.WeightArray, inputs.Ranks, inputs.Executor);
  if (!(cloud.Moments.Count > 0.0))
  {
    throw std::invalid_argument("Input has no samples; a flow needs at least one point that is"
                                " finite. Connect a data set with points, or see why the filters"
                                " before it keep none");
  }
  return cloud;
}
}

std::string FlowRun::Enter(
  const FlowInputs& inputs, const FlowSettings& settings, std::uint64_t modified)
{
  Identity identity;
  identity.Modified = modified;
  identity.Stamp = StampOfInputs(inputs);
  const bool same = this->History && identity.Modified == this->Current.Modified &&
    identity.Stamp == this->Current.Stamp;
  if (!inputs.Ranks.Any(!same))
  {
    return std::string();
  }
  Require(settings);
  RequireTarget(inputs, settings);
  RequireDial(settings);
  const Cloud cloud = ReadSamples(inputs, settings);
  const bool ofImage = settings.Target == FlowTarget::Image;
  const FlowImagePart part =
    ofImage ? ReadFlowImage(inputs.Image, inputs.Executor) : FlowImagePart();
  const std::optional<GuidedSamples> guided = ReadGuidedSamples(inputs, settings, cloud.Samples);
  identity.Fingerprint = FingerprintOfInputs(inputs, cloud, ofImage ? &part : nullptr, guided);
  const bool samePoints = this->History && identity.Modified == this->Current.Modified &&
    identity.Fingerprint == this->Current.Fingerprint;
  if (!inputs.Ranks.Any(!samePoints))
  {
    // New data objects of the same points; their arrays may have changed.
    if (vtkDataObject* const source = SourceOf(this->Origin, inputs))
    {
      this->Particles = ReadParticles(source, inputs.Ranks);
    }
    this->Current = identity;
    return std::string();
  }
  this->Current = Identity(); // until all ranks have come to the end
  this->History.reset();
  this->Basins.reset();
  std::string warnings = this->Begin(inputs, settings, cloud, part, guided);
  this->Current = identity;
  return warnings;
}

std::string FlowRun::Begin(const FlowInputs& inputs, const FlowSettings& settings,
  const Cloud& cloud, const FlowImagePart& part, const std::optional<GuidedSamples>& guided)
{
  // Of all samples in their order, so that the number of ranks does not show in the last digit.
  const auto samples =
    std::make_shared<const scorefields::Samples>(inputs.Ranks.Gather(cloud.Samples));
  const scorefields::CloudMoments moments = scorefields::MomentsOf(*samples);
  this->Provenance = { settings.Kernel, moments, cloud.NonFinite };
  const FlowDensity density = ChooseDensity(inputs, settings, part, cloud.Samples, moments);
  this->Kernel = density.Kernel;
  this->OfImage = density.Image.has_value();
  this->KernelIsOfImage = density.KernelIsOfImage;
  const scorefields::GaussianKernel& kernel = this->Kernel->Kernel;
  this->Domain = density.Domain;
  const scorefields::FlowSchedule schedule(settings.Request, kernel, moments, this->Domain);
  this->Origin = OriginOf(settings.Origin, inputs.Particles != nullptr, schedule);
  this->Particles = MakeParticles(inputs, settings, this->Origin, *samples, moments,
    kernel.WithBandwidth(schedule.First()), this->Domain);
  this->Moving = this->Particles.MovingNumbers();
  this->Dial = settings.Dial;
  this->Guidance = settings.Guidance;
  const double evaluations =
    EvaluationsOf(schedule, this->Particles.Total) * EvaluationsEach(this->Dial, schedule, kernel);
  auto family = MakeFamily(inputs, settings, density, samples, evaluations);
  if (guided)
  {
    family = WithGuidance(family, *guided, inputs, settings, density, evaluations);
  }
  family = WithDial(family, this->Dial);
  const Eigen::Matrix3Xd start = this->Particles.MovingPoints();
  const scorefields::FoldedPoints inBox(this->Domain, start, inputs.Executor);
  this->History.emplace(scorefields::Flow(family, schedule, this->Moving), inBox.Points(),
    TrackedParticles(this->Particles, settings.Trajectories), settings.MemoryBudget,
    inputs.Executor, this->Particles.LogDensity);
  return (guided ? GuidanceWarning(*guided, settings) : std::string()) +
    this->Warnings(inputs, settings, cloud.NonFinite);
}

// Collective.
std::string FlowRun::Warnings(
  const FlowInputs& inputs, const FlowSettings& settings, double samplesLeftOut) const
{
  std::ostringstream warnings;
  const scorefields::Flow& flow = this->History->Motion();
  const std::string stability = scorefields::StabilityWarning(
    settings.Request, flow.LeastStepUnit(this->Kernel->Kernel.EquivalentBandwidth()));
  const std::string rough = scorefields::RoughBandwidthWarning(*this->Kernel, settings.Kernel.Rule);
  warnings << stability << (stability.empty() ? "" : "\n");
  warnings << rough << (rough.empty() ? "" : "\n");
  if (samplesLeftOut > 0.0)
  {
    warnings << samplesLeftOut << " samples are left out: a coordinate or the weight is not"
             << " finite.\n";
  }
  if (!(this->Particles.Total > 0.0))
  {
    warnings << PointsWarning(0.0, 0.0, "Particles", "nothing moves", inputs.Ranks) << "\n";
  }
  if (this->Particles.NonFinite > 0.0)
  {
    warnings << this->Particles.NonFinite << " particles stay where they are: a coordinate is not"
             << " finite (ParticleState is 2).\n";
  }
  const double without = inputs.Ranks.Sum(CountWithoutScore(this->History->Start()));
  if (without > 0.0)
  {
    warnings << without << " particles stay where they are: they begin where ScoreImage has no"
             << " values (ParticleState is 3).\n";
  }
  if (inputs.Image != nullptr && !this->OfImage)
  {
    warnings << "ScoreImage is not used, since Target is not Image.\n";
  }
  return warnings.str();
}

void FlowRun::GoTo(Index step, const FlowInputs& inputs)
{
  this->History->At(step, inputs.Executor);
  this->Step = step;
  const FlowState& state = this->History->At(step, inputs.Executor);
  double counts[3] = { state.Proposed, state.Accepted, CountWithoutScore(state) };
  inputs.Ranks.Sum(counts, 3);
  this->WithoutScore = counts[2];
  this->AcceptanceRate = counts[0] > 0.0 ? counts[1] / counts[0] : 1.0;
  this->FindBasins(inputs);
}

void FlowRun::FindBasins(const FlowInputs& inputs)
{
  const scorefields::Flow& flow = this->History->Motion();
  if (flow.Schedule().Request().Mode != FlowMode::Ascent || !inputs.Ranks.Any(!this->Basins))
  {
    return;
  }
  const FlowState& end = this->History->End(inputs.Executor);
  this->Basins = scorefields::FindBasins(
    end, flow.UnitAt(end.Bandwidth),
    [&inputs](std::vector<double>& values) { inputs.Ranks.Gather(values); }, this->Domain);
}

void FlowRun::Write(vtkPolyData* particles, vtkPolyData* trails)
{
  const scorefields::Flow& flow = this->History->Motion();
  const auto basins = this->Basins.value_or(scorefields::FlowBasins());
  scorefields::FlowHistory& history = *this->History;
  const FlowState& state = history.At(this->Step, scorefields::Execution()); // it is there
  const FlowMode mode = flow.Schedule().Request().Mode;
  WriteParticles(this->Particles, state, history.Start(), basins, mode, this->Domain, particles);
  WriteTrail(history, this->Step, this->Moving, basins, this->Domain, trails);
  for (vtkPolyData* output : { particles, trails })
  {
    WriteProvenance(output->GetFieldData(), this->Provenance, *this->Kernel);
    WriteBoundaries(output->GetFieldData(), this->Domain.Boundaries, this->Domain.Length);
    WriteFlowFacts(
      flow, state, this->AcceptanceRate, this->Particles, basins, output->GetFieldData());
    WriteDialFacts(this->Dial, output->GetFieldData());
    WriteGuidanceFacts(this->Guidance, output->GetFieldData());
    if (this->OfImage)
    {
      SetFieldValue(output->GetFieldData(), names::ParticlesWithoutScore, this->WithoutScore);
    }
    if (this->KernelIsOfImage)
    {
      SetFieldText(output->GetFieldData(), names::BandwidthRule, texts::RuleOfImage);
    }
  }
}
}
