// SPDX-License-Identifier: BSD-3-Clause
#ifndef Runs_DensityModesRun_h
#define Runs_DensityModesRun_h

#include "Input/DensityReader.h"

#include <string>

class vtkAlgorithm;
class vtkDataObject;
class vtkImageData;
class vtkPolyData;

namespace vtkscorefields
{
class Communicator;

/// The properties of the filter DensityModes.
struct ModeSettings
{
  std::string Density; ///< array; empty: found by FindDensity
  Quantity Kind = Quantity::FromName;
  double MinimumPersistence = 0.0; ///< of the log density
  double SignificanceLevel = 0.05;
  bool SignificantOnly = false;
  std::string SampleWeights; ///< array of the samples; "None": all weigh 1
  bool Ways = true;          ///< from the saddles
};

struct ModeOutputs
{
  vtkPolyData* Points;
  vtkDataObject* Samples; ///< of the type of the samples
  vtkPolyData* Ways;
};

/// Reads the inputs, calls the numerics, writes the outputs. Collective: every rank must call it.
/// Critical points and ways are written on the first rank.
/// @param samples  may be null.
/// @returns a warning, or "".
/// @throws std::invalid_argument naming the property or array that cannot be used.
std::string RunDensityModes(vtkAlgorithm* algorithm, const Communicator& ranks,
  const ModeSettings& settings, vtkImageData* input, vtkDataObject* samples,
  const ModeOutputs& outputs);
}

#endif
