// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/FlowSchedule.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>

namespace scorefields
{
namespace
{
constexpr double AscentLimit = 2.0;
constexpr double LangevinLimit = 4.0;

template <class Value>
void Require(bool condition, const char* name, const Value& value, const char* right)
{
  if (!condition)
  {
    std::ostringstream message;
    message << name << " is " << value << "; " << right;
    throw std::invalid_argument(message.str());
  }
}

void RequireSizes(const FlowRequest& request)
{
  Require(request.Steps >= 1 && request.Steps <= FlowRequest::MostSteps, "NumberOfSteps",
    request.Steps, "it must be at least 1, and at most 1000000");
  const bool sized = StepSizeLimit(request.Mode) > 0.0;
  Require(!sized || (request.StepSize > 0.0 && std::isfinite(request.StepSize)), "StepSize",
    request.StepSize, "it must be positive and finite");
}

void RequireBandwidth(const char* name, double bandwidth)
{
  Require(bandwidth >= 0.0 && std::isfinite(bandwidth), name, bandwidth,
    "it must be positive and finite, or 0 to be chosen");
}

double CloudSize(const CloudMoments& cloud, const GaussianKernel& kernel, const Domain& domain)
{
  double squared = 0.0;
  const Axes& axes = kernel.ActiveAxes();
  for (int a = 0; a < axes.Count; ++a)
  {
    const int axis = axes.Axis[a];
    const double side =
      domain.IsClosed(axis) ? domain.Length[axis] : cloud.Upper[axis] - cloud.Lower[axis];
    squared += side > 0.0 ? side * side : 0.0;
  }
  return std::max(0.5 * std::sqrt(squared), 2.0 * kernel.EquivalentBandwidth());
}
}

bool ChangesBandwidth(FlowMode mode)
{
  switch (mode)
  {
    case FlowMode::AnnealedLangevin:
    case FlowMode::ProbabilityFlow:
    case FlowMode::Diffusion:
      return true;
    case FlowMode::Ascent:
    case FlowMode::Langevin:
    case FlowMode::Denoise:
      return false;
  }
  return false;
}

FlowSchedule::FlowSchedule(const FlowRequest& request, const GaussianKernel& kernel,
  const CloudMoments& cloud, const Domain& domain)
  : Asked(request)
  , FirstBandwidth(kernel.EquivalentBandwidth())
  , LastBandwidth(FirstBandwidth)
{
  RequireSizes(request);
  if (!ChangesBandwidth(request.Mode))
  {
    return;
  }
  RequireBandwidth("FirstBandwidth", request.FirstBandwidth);
  RequireBandwidth("LastBandwidth", request.LastBandwidth);
  const double large = CloudSize(cloud, kernel, domain);
  const bool grows = request.Mode == FlowMode::Diffusion;
  double& larger = grows ? this->LastBandwidth : this->FirstBandwidth;
  larger = large;
  this->FirstBandwidth =
    request.FirstBandwidth > 0.0 ? request.FirstBandwidth : this->FirstBandwidth;
  this->LastBandwidth = request.LastBandwidth > 0.0 ? request.LastBandwidth : this->LastBandwidth;
  const double first = this->FirstBandwidth;
  const double last = this->LastBandwidth;
  if (request.Mode == FlowMode::AnnealedLangevin)
  {
    std::ostringstream right;
    right << "annealing needs noise that falls, so at least LastBandwidth, which is " << last;
    Require(first >= last, "FirstBandwidth", first, right.str().c_str());
    Require(request.Levels >= 1, "NumberOfLevels", request.Levels, "it must be at least 1");
    const Index steps = request.Steps - (request.FinalDenoise ? 1 : 0);
    Require(steps >= request.Levels, "NumberOfSteps", request.Steps,
      "annealing needs a step for each of NumberOfLevels, and one more for FinalDenoise");
  }
  if (request.Mode == FlowMode::Diffusion)
  {
    std::ostringstream right;
    right << "noise can only be added, so it must be at least FirstBandwidth, which is " << first;
    Require(last >= first, "LastBandwidth", last, right.str().c_str());
  }
}

double FlowSchedule::Between(double share) const
{
  if (share <= 0.0 || share >= 1.0)
  {
    return share <= 0.0 ? this->FirstBandwidth : this->LastBandwidth;
  }
  return this->FirstBandwidth * std::pow(this->LastBandwidth / this->FirstBandwidth, share);
}

bool FlowSchedule::IsFinalDenoise(Index step) const
{
  return this->Asked.Mode == FlowMode::AnnealedLangevin && this->Asked.FinalDenoise &&
    step == this->Asked.Steps - 1;
}

Index FlowSchedule::LevelOf(Index step) const
{
  const Index steps = this->Asked.Steps - (this->Asked.FinalDenoise ? 1 : 0);
  return std::min(step * this->Asked.Levels / steps, this->Asked.Levels - 1);
}

double FlowSchedule::AtStep(Index step) const
{
  if (!ChangesBandwidth(this->Asked.Mode))
  {
    return this->FirstBandwidth;
  }
  if (this->Asked.Mode != FlowMode::AnnealedLangevin)
  {
    return this->Between(static_cast<double>(step) / static_cast<double>(this->Asked.Steps));
  }
  const Index levels = this->Asked.Levels;
  return levels == 1
    ? this->LastBandwidth
    : this->Between(static_cast<double>(this->LevelOf(step)) / static_cast<double>(levels - 1));
}

double FlowSchedule::After(Index steps) const
{
  if (this->Asked.Mode == FlowMode::AnnealedLangevin)
  {
    return this->AtStep(std::max<Index>(steps - 1, 0));
  }
  return this->AtStep(steps);
}

double FlowSchedule::Densities() const
{
  switch (this->Asked.Mode)
  {
    case FlowMode::AnnealedLangevin:
      return static_cast<double>(this->Asked.Levels);
    case FlowMode::ProbabilityFlow:
    case FlowMode::Diffusion:
      return static_cast<double>(this->Asked.Steps);
    case FlowMode::Ascent:
    case FlowMode::Langevin:
    case FlowMode::Denoise:
      return 1.0;
  }
  return 1.0;
}

double StepSizeLimit(FlowMode mode)
{
  switch (mode)
  {
    case FlowMode::Ascent:
      return AscentLimit;
    case FlowMode::Langevin:
    case FlowMode::AnnealedLangevin:
      return LangevinLimit;
    case FlowMode::ProbabilityFlow:
    case FlowMode::Denoise:
    case FlowMode::Diffusion:
      return 0.0;
  }
  return 0.0;
}

std::string StabilityWarning(const FlowRequest& request, double stepUnit)
{
  const bool ascent = request.Mode == FlowMode::Ascent;
  const double limit = StepSizeLimit(request.Mode);
  const bool exact = request.Metropolis && request.Mode == FlowMode::Langevin;
  // An unadjusted Langevin step has no stationary density at the limit itself.
  const bool stable = ascent ? request.StepSize <= limit : request.StepSize < limit;
  if (limit == 0.0 || exact || stable)
  {
    return std::string();
  }
  std::ostringstream message;
  message << "StepSize is " << request.StepSize << " squared bandwidths; "
          << (ascent ? "the ascent is monotone up to " : "Langevin steps are stable below ")
          << limit;
  if (request.Mode != FlowMode::AnnealedLangevin)
  {
    message << ", here " << limit * stepUnit << " length^2";
  }
  message << ". Beyond that particles overshoot and may fly away.";
  return message.str();
}
}
