// SPDX-License-Identifier: BSD-3-Clause
#ifndef Input_ComparedDensity_h
#define Input_ComparedDensity_h

#include "Input/DensityReader.h"

#include <vtkDoubleArray.h>
#include <vtkSmartPointer.h>

#include <string>
#include <vector>

namespace vtkscorefields
{
/// The arrays of an image that hold a density and its score.
struct DensityArrays
{
  std::string Density; ///< empty: found by FindDensity, or TrueLogDensity
  Quantity Kind = Quantity::FromName;
  std::string Score; ///< empty: Score, or TrueScore for a density of that kind, where it is there
};

/// A density, and a score or none, at the nodes of this rank's part of an image.
struct PartOfDensity
{
  std::vector<double> LogDensity;
  vtkSmartPointer<vtkDoubleArray> Score;

  const double* ScoreValues() const { return this->Score ? this->Score->GetPointer(0) : nullptr; }
};

/// The density that is judged, by the properties DensityArray and ScoreArray.
/// @throws std::invalid_argument naming the property whose array is missing or of another shape.
PartOfDensity ReadJudged(
  vtkImageData* image, const DensityArrays& arrays, const scorefields::Execution& execution);

/// The density to compare with, by ReferenceArray and ReferenceScoreArray.
/// @param isConnected  the image is a reference of its own, and not the one that is judged.
/// @throws as above.
PartOfDensity ReadReference(vtkImageData* image, bool isConnected, DensityArrays arrays,
  const scorefields::Execution& execution);
}

#endif
