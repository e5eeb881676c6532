// SPDX-License-Identifier: BSD-3-Clause
#ifndef Runs_DensityFromScoreRun_h
#define Runs_DensityFromScoreRun_h

#include "Input/ScoreReader.h"

#include "Numerics/Recovery/ConjugateGradients.h"

#include <optional>
#include <string>

class vtkAlgorithm;
class vtkDataObject;
class vtkImageData;
class vtkInformation;

namespace vtkscorefields
{
class Communicator;

/// The properties of the filter DensityFromScore.
struct RecoverySettings
{
  ScoreArrayNames Arrays;
  std::string SampleWeights;                      ///< array of the samples; "": all weigh 1
  std::optional<scorefields::Boundaries> Borders; ///< none: as the input says
  scorefields::SolverLimits Limits;
  bool Residuals = true;
};

/// Reads the input, calls the numerics, writes the image. Collective: every rank must call it.
/// @param samples  may be null.
/// @param request  the pipeline's information of the image: which part of it is wanted.
/// @returns a warning, or "".
/// @throws std::invalid_argument naming the property or array that cannot be used.
std::string RunDensityFromScore(vtkAlgorithm* algorithm, const Communicator& ranks,
  const RecoverySettings& settings, vtkImageData* input, vtkDataObject* samples,
  vtkInformation* request, vtkImageData* output);
}

#endif
