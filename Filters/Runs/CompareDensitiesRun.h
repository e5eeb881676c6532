// SPDX-License-Identifier: BSD-3-Clause
#ifndef Runs_CompareDensitiesRun_h
#define Runs_CompareDensitiesRun_h

#include "Input/ComparedDensity.h"

#include <string>

class vtkAlgorithm;
class vtkDataObject;
class vtkImageData;
class vtkInformation;
class vtkTable;

namespace vtkscorefields
{
class Communicator;

/// The properties of the filter CompareDensities.
struct ComparisonSettings
{
  DensityArrays Density;
  DensityArrays Reference;
  std::string SampleWeights; ///< array of the samples; "None": all weigh 1
};

/// Reads the inputs, calls the numerics, writes image and tables. Collective: every rank must call
/// it.
/// @param reference  null: the reference is another array of the input.
/// @param samples    may be null.
/// @param request  the pipeline's information of the image: which part of it is wanted.
/// @returns a warning, or "".
/// @throws std::invalid_argument naming the property or array that cannot be used.
std::string RunCompareDensities(vtkAlgorithm* algorithm, const Communicator& ranks,
  const ComparisonSettings& settings, vtkImageData* input, vtkImageData* reference,
  vtkDataObject* samples, vtkInformation* request, vtkImageData* output, vtkTable* metrics,
  vtkTable* classes);
}

#endif
