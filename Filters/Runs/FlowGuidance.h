// SPDX-License-Identifier: BSD-3-Clause
#ifndef Runs_FlowGuidance_h
#define Runs_FlowGuidance_h

#include "Runs/FlowDensity.h"

class vtkFieldData;

namespace vtkscorefields
{
/// This process's samples of the class that is drawn, if one is.
struct GuidedSamples
{
  scorefields::Samples OfClass;
  bool IsOnlyClass = false; ///< there is no other
};

/// Reads the labels and picks the class, if LabelArray names one. Collective.
/// @param samples  of this process.
/// @throws std::invalid_argument naming LabelArray, Class or GuidanceWeight, on every rank or where
///         the array is missing: no samples of the class, a weight out of range, one above 1 in an
///         ascent, a target that is not Kernel density.
std::optional<GuidedSamples> ReadGuidedSamples(
  const FlowInputs& inputs, const FlowSettings& settings, const scorefields::Samples& samples);

/// The family guided towards the class (GuidedFamily.h). Collective.
/// @param all  of all samples. @param evaluations  ScoreAccuracy::Evaluations.
std::shared_ptr<const scorefields::DensityFamily> WithGuidance(
  std::shared_ptr<const scorefields::DensityFamily> all, const GuidedSamples& guided,
  const FlowInputs& inputs, const FlowSettings& settings, const FlowDensity& density,
  double evaluations);

/// What a user should know of a guidance, or "".
std::string GuidanceWarning(const GuidedSamples& guided, const FlowSettings& settings);

/// Writes GuidedClass and GuidanceWeight if there is a guidance.
void WriteGuidanceFacts(const FlowGuidance& guidance, vtkFieldData* fieldData);
}

#endif
