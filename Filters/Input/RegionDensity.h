// SPDX-License-Identifier: BSD-3-Clause
#ifndef Input_RegionDensity_h
#define Input_RegionDensity_h

#include "Input/DensityReader.h"
#include "Input/WholeImage.h"
#include "Pipeline/ImageParts.h"

#include "Numerics/Regions/RegionField.h"

namespace vtkscorefields
{
/// The density of an image whose regions are wanted, distributed over the ranks.
struct RegionDensity
{
  ImageDensity Values; ///< of this rank's part
  WholeNodes Place;
  ImagePart Owned;                ///< the part whose cells this rank counts
  scorefields::RegionNodes Nodes; ///< points into Values
  double LogLargest = 0.0;
  double MostNegative = 0.0; ///< the least density, if below 0
  double SampleCount = 0.0;  ///< that the density was made of; 0 if the input does not say it
  bool Normalised = false;   ///< the input says that the integral over all of space is 1

  RegionDensity() = default;
  RegionDensity(const RegionDensity&) = delete;
  void operator=(const RegionDensity&) = delete;
  bool IsEmpty() const { return this->Place.Nodes.Size() == 0; }
};

/// Reads the density on every rank. Collective.
/// @param name  of the array; empty: see FindDensity.
/// @throws std::invalid_argument naming the property if there is no such array, if it looks like a
///         logarithm that is read as a density, if it is nowhere positive, or if the image has no
///         cells.
void ReadRegionDensity(vtkImageData* image, const std::string& name, Quantity quantity,
  const Communicator& ranks, const scorefields::Execution& execution, RegionDensity& density);
}

#endif
