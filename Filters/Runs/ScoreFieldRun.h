// SPDX-License-Identifier: BSD-3-Clause
#ifndef Runs_ScoreFieldRun_h
#define Runs_ScoreFieldRun_h

#include "Input/DensityReader.h"

#include "Numerics/Score/Differences.h"
#include "Numerics/Score/ScoreField.h"

#include <string>

class vtkAlgorithm;
class vtkImageData;
class vtkInformation;
class vtkTable;

namespace vtkscorefields
{
class Communicator;

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

/// How many nodes beyond its own a part of an image needs.
constexpr int StencilReach = static_cast<int>(scorefields::RowDifferences::Reach);

/// Reads the input, calls the numerics, writes image and table. Collective: every rank must call
/// it; if one has a problem, all throw.
/// @param request  the pipeline's information of the image: which part of it is wanted.
/// @returns a warning, or "".
/// @throws std::invalid_argument naming the property or array that cannot be used.
std::string RunScoreField(vtkAlgorithm* algorithm, const Communicator& ranks,
  const ScoreFieldSettings& settings, vtkImageData* input, vtkInformation* request,
  vtkImageData* output, vtkTable* table);
}

#endif
