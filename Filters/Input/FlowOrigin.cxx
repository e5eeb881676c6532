// SPDX-License-Identifier: BSD-3-Clause
#include "Input/FlowOrigin.h"

#include "Numerics/Exact/ExactSum.h"
#include "Numerics/Flow/ParticleDraws.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/Machine.h"

#include <sstream>
#include <stdexcept>

namespace vtkscorefields
{
using scorefields::FlowMode;

namespace
{
constexpr double Mebibyte = 1048576.0;
constexpr double BytesPerParticle = 400.0; ///< of a state, its successor and the arrays

/// Where particles begin if nobody says so and there is no input for them.
FlowOrigin UsualOrigin(const scorefields::FlowSchedule& schedule)
{
  switch (schedule.Request().Mode)
  {
    case FlowMode::AnnealedLangevin:
      return FlowOrigin::Noise;
    case FlowMode::ProbabilityFlow:
      return schedule.First() > schedule.Last() ? FlowOrigin::KernelDensity : FlowOrigin::Samples;
    case FlowMode::Denoise:
      return FlowOrigin::KernelDensity;
    case FlowMode::Ascent:
    case FlowMode::Langevin:
    case FlowMode::Diffusion:
      return FlowOrigin::Samples;
  }
  return FlowOrigin::Samples;
}

void RequireNumber(const FlowSettings& settings)
{
  const double bytes = BytesPerParticle * static_cast<double>(settings.NumberOfParticles);
  if (settings.NumberOfParticles >= 1 && bytes <= MemoryForRank())
  {
    return;
  }
  std::ostringstream message;
  message << "NumberOfParticles is " << settings.NumberOfParticles;
  if (settings.NumberOfParticles < 1)
  {
    message << "; it must be at least 1";
  }
  else
  {
    message << ", which needs about " << bytes / 1e9 << " GB; " << MemoryForRank() / 1e9
            << " GB are there";
  }
  throw std::invalid_argument(message.str());
}
}

void Require(const FlowSettings& settings)
{
  std::ostringstream message;
  if (settings.Trajectories < 0)
  {
    message << "NumberOfTrajectories is " << settings.Trajectories << "; it must be 0 or more";
    throw std::invalid_argument(message.str());
  }
  if (!(settings.MemoryBudget >= 0.0))
  {
    message << "StateMemory is " << settings.MemoryBudget / Mebibyte << "; it must be 0 or more";
    throw std::invalid_argument(message.str());
  }
}

FlowOrigin OriginOf(FlowOrigin asked, bool connected, const scorefields::FlowSchedule& schedule)
{
  if (asked == FlowOrigin::Automatic)
  {
    return connected ? FlowOrigin::Particles : UsualOrigin(schedule);
  }
  if (asked == FlowOrigin::Particles && !connected)
  {
    throw std::invalid_argument("StartFrom is Particles, but the input Particles is not connected;"
                                " connect it or set StartFrom to another choice");
  }
  return asked;
}

vtkDataObject* SourceOf(FlowOrigin origin, const FlowInputs& inputs)
{
  switch (origin)
  {
    case FlowOrigin::Particles:
      return inputs.Particles;
    case FlowOrigin::Samples:
      return inputs.Samples;
    case FlowOrigin::Automatic: // OriginOf has made another of it
    case FlowOrigin::RandomSamples:
    case FlowOrigin::KernelDensity:
    case FlowOrigin::Noise:
    case FlowOrigin::Box:
      return nullptr;
  }
  return nullptr;
}

namespace
{
Eigen::AlignedBox3d BoxOf(const FlowSettings& settings, const scorefields::CloudMoments& moments)
{
  return settings.Box.value_or(Eigen::AlignedBox3d(moments.Lower, moments.Upper));
}

/// True if the density that moves particles is not the kernel density that they may be drawn from.
bool IsMovedByAnother(const FlowSettings& settings)
{
  return settings.Target == FlowTarget::Mixture || settings.Dial.Temperature != 1.0 ||
    settings.Dial.Smoothing != 0.0 || settings.Guidance.IsUsed();
}

/// Of particles drawn at `points`; empty where nobody asks, where it is that of what moves them,
/// and for samples, which have none.
Eigen::VectorXd DrawnLogDensity(const FlowSettings& settings, FlowOrigin origin,
  const scorefields::Samples& samples, const scorefields::CloudMoments& moments,
  const scorefields::GaussianKernel& first, const scorefields::Domain& domain,
  const Eigen::Matrix3Xd& points, const scorefields::Execution& execution)
{
  Eigen::VectorXd values;
  if (settings.Request.Mode != FlowMode::ProbabilityFlow)
  {
    return values;
  }
  if (origin == FlowOrigin::Box)
  {
    values =
      scorefields::LogDensityOfBox(first.ActiveAxes(), BoxOf(settings, moments), points, domain);
    if (!values.allFinite())
    {
      values.resize(0); // of a box without extent along an active axis there is no density
    }
  }
  else if (origin == FlowOrigin::Noise)
  {
    values = scorefields::LogDensityOfNormal(moments, first, points, domain);
  }
  else if (origin == FlowOrigin::KernelDensity && IsMovedByAnother(settings))
  {
    values.resize(points.cols());
    scorefields::FieldView fields;
    fields.LogDensity = values.data();
    scorefields::exact::EvaluateAtPoints(samples, first, points, fields, {}, execution);
  }
  return values;
}
}

FlowParticles MakeParticles(const FlowInputs& inputs, const FlowSettings& settings,
  FlowOrigin origin, const scorefields::Samples& samples, const scorefields::CloudMoments& moments,
  const scorefields::GaussianKernel& first, const scorefields::Domain& domain)
{
  if (vtkDataObject* const source = SourceOf(origin, inputs))
  {
    return ReadParticles(source, inputs.Ranks);
  }
  RequireNumber(settings);
  const std::uint64_t seed = settings.Request.Seed;
  const auto numbers = ShareOfParticles(settings.NumberOfParticles, inputs.Ranks);
  Eigen::Matrix3Xd points;
  switch (origin)
  {
    case FlowOrigin::Box:
      points = scorefields::DrawFromBox(
        moments, first.ActiveAxes(), BoxOf(settings, moments), seed, numbers);
      break;
    case FlowOrigin::Noise:
      points = scorefields::DrawNormal(moments, first, seed, numbers, domain);
      break;
    case FlowOrigin::RandomSamples:
    case FlowOrigin::KernelDensity:
      points = scorefields::DrawFromSamples(
        samples, first, origin == FlowOrigin::KernelDensity, seed, numbers);
      break;
    case FlowOrigin::Automatic:
    case FlowOrigin::Particles:
    case FlowOrigin::Samples:
      break; // not drawn
  }
  FlowParticles particles = DrawnParticles(points, numbers, settings.NumberOfParticles);
  particles.LogDensity =
    DrawnLogDensity(settings, origin, samples, moments, first, domain, points, inputs.Executor);
  return particles;
}
}
