// SPDX-License-Identifier: BSD-3-Clause
#include "Runs/FlowGuidance.h"

#include "Input/SampleLabels.h"
#include "Numerics/Flow/GuidedFamily.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/FieldNames.h"

#include <cassert>
#include <cmath>
#include <set>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace vtkscorefields
{
using scorefields::FlowMode;
using scorefields::Index;
using scorefields::Samples;

namespace
{
void RequireGuidance(const FlowSettings& settings)
{
  const FlowGuidance& guidance = settings.Guidance;
  // The family knows what is in range.
  const scorefields::GuidedFamily family(nullptr, nullptr, guidance.Weight);
  if (settings.Target != FlowTarget::KernelDensity)
  {
    throw std::invalid_argument("LabelArray is \"" + guidance.LabelArray + "\", but Target is " +
      NameOf(settings.Target) +
      ", which has no classes; set LabelArray to None or Target to Kernel density");
  }
  if (settings.Request.Mode == FlowMode::Diffusion)
  {
    throw std::invalid_argument("LabelArray is \"" + guidance.LabelArray +
      "\", but Mode is Diffusion, in which noise alone moves the particles; set LabelArray to None"
      " or Mode to another choice");
  }
  if (settings.Request.Mode == FlowMode::Ascent && guidance.Weight > 1.0)
  {
    std::ostringstream message;
    message
      << "GuidanceWeight is " << guidance.Weight
      << ", but Mode is Ascent, whose steps climb for weights up to 1 only; set it from 0 to 1";
    throw std::invalid_argument(message.str());
  }
}
}

std::optional<GuidedSamples> ReadGuidedSamples(
  const FlowInputs& inputs, const FlowSettings& settings, const Samples& samples)
{
  const FlowGuidance& guidance = settings.Guidance;
  if (!guidance.IsUsed())
  {
    return std::nullopt;
  }
  RequireGuidance(settings);
  const std::vector<double> labels =
    ReadLabels(inputs.Samples, guidance.LabelArray, settings.WeightArray, inputs.Ranks);
  assert(static_cast<Index>(labels.size()) == samples.Count());
  const std::set<double> classes = ClassesOf(labels, inputs.Ranks);
  const auto label = static_cast<double>(guidance.Class);
  inputs.Ranks.Agree(classes.count(label) > 0
      ? std::string()
      : MissingClass("Class is " + std::to_string(guidance.Class), guidance.LabelArray, classes));
  GuidedSamples guided{ SamplesOfClass(samples, labels, label), classes.size() == 1 };
  if (!(inputs.Ranks.Sum(guided.OfClass.TotalWeight) > 0.0))
  {
    throw std::invalid_argument("WeightArray \"" + settings.WeightArray +
      "\" gives every sample of Class " + std::to_string(guidance.Class) +
      " the weight 0; one at least must be positive");
  }
  return guided;
}

std::shared_ptr<const scorefields::DensityFamily> WithGuidance(
  std::shared_ptr<const scorefields::DensityFamily> all, const GuidedSamples& guided,
  const FlowInputs& inputs, const FlowSettings& settings, const FlowDensity& density,
  double evaluations)
{
  const auto samples = std::make_shared<const Samples>(inputs.Ranks.Gather(guided.OfClass));
  auto ofClass = MakeFamily(inputs, settings, density, samples, evaluations);
  return std::make_shared<const scorefields::GuidedFamily>(
    std::move(all), std::move(ofClass), settings.Guidance.Weight);
}

std::string GuidanceWarning(const GuidedSamples& guided, const FlowSettings& settings)
{
  const FlowGuidance& guidance = settings.Guidance;
  std::ostringstream warning;
  if (guided.IsOnlyClass)
  {
    warning << "LabelArray \"" << guidance.LabelArray << "\" has Class " << guidance.Class
            << " alone, so that it changes nothing.\n";
    return warning.str();
  }
  const FlowMode mode = settings.Request.Mode;
  const bool langevin = mode == FlowMode::Langevin || mode == FlowMode::AnnealedLangevin;
  if (langevin && guidance.Weight > 1.0 && !settings.Request.Metropolis)
  {
    warning << "GuidanceWeight is " << guidance.Weight << ": above 1 the limit of StepSize does not"
            << " hold everywhere. Turn MetropolisAdjusted on, or take small steps.\n";
  }
  return warning.str();
}

void WriteGuidanceFacts(const FlowGuidance& guidance, vtkFieldData* fieldData)
{
  if (guidance.IsUsed())
  {
    SetFieldValue(fieldData, names::GuidedClass, static_cast<double>(guidance.Class));
    SetFieldValue(fieldData, names::GuidanceWeight, guidance.Weight);
  }
}
}
