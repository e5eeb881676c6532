// SPDX-License-Identifier: BSD-3-Clause
#ifndef Runs_FlowDial_h
#define Runs_FlowDial_h

#include "Input/FlowOrigin.h"
#include "Numerics/Flow/SmoothDensity.h"

class vtkFieldData;

namespace vtkscorefields
{
/// @throws std::invalid_argument naming Temperature or ScoreSmoothing and the value: out of range,
///         or another than the default where the mode or the target cannot use it.
void RequireDial(const FlowSettings& settings);

/// How many evaluations of the family under the dial one of the score takes, at most.
double EvaluationsEach(const FlowDial& dial, const scorefields::FlowSchedule& schedule,
  const scorefields::GaussianKernel& kernel);

/// The family with the dial set: smoothed, then tempered (SmoothedFamily.h, TemperedFamily.h).
std::shared_ptr<const scorefields::DensityFamily> WithDial(
  std::shared_ptr<const scorefields::DensityFamily> family, const FlowDial& dial);

/// Writes Temperature and ScoreSmoothing if they are not the defaults.
void WriteDialFacts(const FlowDial& dial, vtkFieldData* fieldData);
}

#endif
