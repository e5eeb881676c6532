// SPDX-License-Identifier: BSD-3-Clause
#ifndef Runs_RegionSamples_h
#define Runs_RegionSamples_h

#include "Input/SampleReader.h"
#include "Input/WholeImage.h"

#include "Numerics/Regions/RegionField.h"

#include <utility>
#include <vector>

class vtkDataSet;

namespace vtkscorefields
{
class Communicator;

/// The densities that an image has at samples, which may lie on other ranks than its nodes.
struct SampleDensities
{
  /// Density and weight of each sample of all ranks; 0 for one that the image does not hold.
  std::vector<std::pair<double, double>> Samples;
  double Outside = 0.0; ///< samples that the image does not hold
  /// For each of this rank's blocks the density at its points; 0 as above, NaN for a point that is
  /// not finite.
  std::vector<std::vector<double>> Points;
};

/// Collective.
/// @param blocks  of this rank.
SampleDensities ReadDensities(const Cloud& cloud, const std::vector<vtkDataSet*>& blocks,
  const scorefields::RegionField& field, const WholeNodes& place, const Communicator& ranks);
}

#endif
