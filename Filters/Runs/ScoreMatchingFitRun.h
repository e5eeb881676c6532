// SPDX-License-Identifier: BSD-3-Clause
#ifndef Runs_ScoreMatchingFitRun_h
#define Runs_ScoreMatchingFitRun_h

#include "Numerics/Cloud/GridPlacement.h"
#include "Numerics/Fit/ScoreFit.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

class vtkAlgorithm;
class vtkDataObject;
class vtkImageData;
class vtkInformation;
class vtkTable;

namespace vtkscorefields
{
class Communicator;

/// The properties of the filter ScoreMatchingFit.
struct FitSettings
{
  scorefields::FitRequest Request;
  scorefields::GridRequest Grid; ///< Margin is a share of the extent of the points
  int Dimension = 0;             ///< as in ResolveAxes
  std::string WeightArray;
  std::optional<std::size_t> Stage; ///< the row of a training's history to show; none: the last
};

/// What the filter keeps of its last run: the fit, for which another box is no reason to fit anew.
struct KeptFit
{
  std::uint64_t Fingerprint = 0; ///< of all samples
  scorefields::FitRequest Request;
  scorefields::Axes Axes;
  std::shared_ptr<const scorefields::ScoreFit> Fit; ///< null: nothing is kept
};

/// Where a run writes.
struct FitOutputs
{
  vtkInformation* Request; ///< the pipeline's information of the image: which part is wanted
  vtkImageData* Image;
  vtkTable* Parameters;
  vtkTable* History;
};

/// The nodes around points with these moments.
scorefields::Grid PlaceFit(const FitSettings& settings, const scorefields::CloudMoments& moments);

/// Reads the points, calls the numerics, writes image and tables. Collective: every rank must call
/// it, and each fits a model to the points of all.
/// @returns a warning, or "".
/// @throws std::invalid_argument naming the property or input that cannot be used.
std::string RunScoreMatchingFit(vtkAlgorithm* algorithm, const Communicator& ranks,
  const FitSettings& settings, vtkDataObject* input, KeptFit& kept, const FitOutputs& outputs);
}

#endif
