// SPDX-License-Identifier: BSD-3-Clause
#ifndef Runs_SampleComparison_h
#define Runs_SampleComparison_h

#include "Input/SampleReader.h"
#include "Input/WholeImage.h"

#include "Numerics/Base/Execution.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace vtkscorefields
{
class Communicator;

/// A density on the whole of an image, the same on every rank.
struct WholeDensity
{
  const WholeNodes& Place;
  const std::vector<double>& LogDensity;
  const std::vector<double>& Score; ///< empty: none
};

/// How far samples are from densities: rows of the table of metrics.
struct SampleRows
{
  std::vector<std::pair<const char*, double>> Rows;
  std::string Warning; ///< or ""
};

/// Energy distance of the samples from the density, and kernel Stein discrepancy where it has a
/// score, and the same for the reference. Nodes of no value have no mass. Samples at which there is
/// no score are left out of the discrepancy, and told of.
/// @param samples  of all ranks.
SampleRows CompareSamples(const scorefields::Samples& samples, const WholeDensity& density,
  const WholeDensity& reference, const scorefields::Execution& execution);
}

#endif
