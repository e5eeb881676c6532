// SPDX-License-Identifier: BSD-3-Clause
#include "Runs/FlowDial.h"

#include "Numerics/Flow/SmoothedFamily.h"
#include "Numerics/Flow/TemperedFamily.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/FieldNames.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace vtkscorefields
{
using scorefields::FlowMode;

namespace
{
/// A property that is not at its default: its name, value and what default that is.
std::string NotDefault(const FlowDial& dial)
{
  std::ostringstream text;
  if (dial.Temperature != FlowDial().Temperature)
  {
    text << "Temperature is " << dial.Temperature << ", which must be " << FlowDial().Temperature;
  }
  else if (dial.Smoothing != FlowDial().Smoothing)
  {
    text << "ScoreSmoothing is " << dial.Smoothing << ", which must be " << FlowDial().Smoothing;
  }
  return text.str();
}
}

void RequireDial(const FlowSettings& settings)
{
  // The two families know what is in range.
  const scorefields::SmoothedFamily smoothed(nullptr, settings.Dial.Smoothing);
  const scorefields::TemperedFamily tempered(nullptr, settings.Dial.Temperature);
  const std::string notDefault = NotDefault(settings.Dial);
  if (notDefault.empty())
  {
    return;
  }
  if (settings.Request.Mode == FlowMode::Diffusion)
  {
    throw std::invalid_argument(notDefault +
      " where Mode is Diffusion, since noise alone moves the particles; set it so, or Mode to"
      " another choice");
  }
  if (settings.Target == FlowTarget::Image)
  {
    throw std::invalid_argument(notDefault +
      " where Target is Image, since its score is known at one bandwidth and nowhere else; set it"
      " so, or Target to Kernel density");
  }
}

double EvaluationsEach(const FlowDial& dial, const scorefields::FlowSchedule& schedule,
  const scorefields::GaussianKernel& kernel)
{
  if (dial.Smoothing == 0.0)
  {
    return 1.0;
  }
  const double least = std::min(schedule.First(), schedule.Last()) * std::sqrt(dial.Temperature);
  const int dimension = kernel.Dimension();
  const auto perAxis = static_cast<double>(
    scorefields::SmoothedFamily::NodesPerAxis(dial.Smoothing / least, dimension));
  return std::pow(perAxis, dimension);
}

std::shared_ptr<const scorefields::DensityFamily> WithDial(
  std::shared_ptr<const scorefields::DensityFamily> family, const FlowDial& dial)
{
  if (dial.Smoothing != FlowDial().Smoothing)
  {
    family = std::make_shared<const scorefields::SmoothedFamily>(std::move(family), dial.Smoothing);
  }
  if (dial.Temperature != FlowDial().Temperature)
  {
    family =
      std::make_shared<const scorefields::TemperedFamily>(std::move(family), dial.Temperature);
  }
  return family;
}

void WriteDialFacts(const FlowDial& dial, vtkFieldData* fieldData)
{
  if (dial.Temperature != FlowDial().Temperature)
  {
    SetFieldValue(fieldData, names::Temperature, dial.Temperature);
  }
  if (dial.Smoothing != FlowDial().Smoothing)
  {
    SetFieldValue(fieldData, names::ScoreSmoothing, dial.Smoothing);
  }
}
}
