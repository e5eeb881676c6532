// SPDX-License-Identifier: BSD-3-Clause
#ifndef Runs_ScoreFieldSettings_h
#define Runs_ScoreFieldSettings_h

#include "Input/DensityReader.h"

#include "Numerics/Score/ScoreField.h"

#include <string>

namespace vtkscorefields
{
/// The properties of the filter ScoreField.
struct ScoreFieldSettings
{
  std::string ArrayName; ///< empty: found by FindDensity
  Quantity Kind = Quantity::FromName;
  bool BestAvailable = true; ///< the input's analytic score, else Options.Method
  double Tolerance = 1e-3;
  scorefields::ScoreOptions Options;
  scorefields::MultipleTesting Correction = scorefields::MultipleTesting::Pointwise;
  bool HideUnstable = false;
  bool Diagnostics = false;
  bool Curvature = false;
};

/// @throws std::invalid_argument naming the property that cannot be used, its value and its range.
void CheckSettings(const ScoreFieldSettings& settings);
}

#endif
