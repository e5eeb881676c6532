// SPDX-License-Identifier: BSD-3-Clause
#include "Input/RegionDensity.h"

#include "Input/ScoreReader.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/FieldNames.h"

#include <vtkFieldData.h>
#include <vtkImageData.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace vtkscorefields
{
namespace
{
/// Whether a filter of this plugin has normalised the array over all of space.
bool IsNormalised(vtkImageData* image, const std::string& name)
{
  const bool isTruth = name == names::TrueDensity || name == names::TrueLogDensity;
  const bool isKernels = !FieldText(image->GetFieldData(), names::Engine).empty() &&
    (name == names::Density || name == names::LogDensity);
  return isTruth || isKernels;
}

/// The largest log density of this rank's part.
double LargestOf(const RegionDensity& density, scorefields::Index count)
{
  double largest = -VTK_DOUBLE_MAX;
  for (scorefields::Index node = 0; node < count; ++node)
  {
    largest = std::fmax(largest, density.Values.LogDensity[node]); // leaves NaN out
  }
  return largest;
}

void ReadPart(vtkImageData* image, const std::string& name, Quantity quantity,
  const scorefields::Execution& execution, RegionDensity& density)
{
  density.Values = ReadDensity(image, FindDensity(image, name, quantity), quantity, execution);
  if (density.Values.LooksLikeLogarithm)
  {
    throw std::invalid_argument("DensityArray is \"" + density.Values.Name +
      "\", which is negative on average: it looks like a log density; set Quantity to \"Log "
      "density\"");
  }
  density.MostNegative = density.Values.MostNegative;
  density.Normalised = IsNormalised(image, density.Values.Name);
  density.SampleCount = FieldValue(image->GetFieldData(), names::SampleCount, 0.0);
  density.LogLargest = LargestOf(density, image->GetNumberOfPoints());
  density.Owned = OwnedPart(image);
  density.Nodes.Known.Dimensions = GridOf(image).Dimensions;
  density.Nodes.Owned = scorefields::NodeBlock{ density.Owned.First, density.Owned.Dimensions };
  density.Nodes.LogDensity = density.Values.LogDensity;
}

/// What one rank has found is true of all.
void JoinFacts(const Communicator& ranks, RegionDensity& density)
{
  double facts[4] = { density.LogLargest, -density.MostNegative, density.SampleCount,
    density.Normalised ? 1.0 : 0.0 };
  ranks.Maximum(facts, 4);
  density.LogLargest = facts[0];
  density.MostNegative = -facts[1];
  density.SampleCount = facts[2];
  density.Normalised = facts[3] > 0.0;
}
}

void ReadRegionDensity(vtkImageData* image, const std::string& name, Quantity quantity,
  const Communicator& ranks, const scorefields::Execution& execution, RegionDensity& density)
{
  density.LogLargest = -VTK_DOUBLE_MAX;
  if (image->GetNumberOfPoints() > 0)
  {
    ReadPart(image, name, quantity, execution, density);
  }
  JoinFacts(ranks, density);
  density.Place = JoinNodes(image, ranks);
  if (density.IsEmpty())
  {
    return;
  }
  if (density.Place.Nodes.Size() == 1)
  {
    throw std::invalid_argument("Input has one node; a region needs an image with cells");
  }
  if (!(density.LogLargest > -VTK_DOUBLE_MAX))
  {
    throw std::invalid_argument("DensityArray is \"" + density.Values.Name +
      "\", which has no positive density; take an array with a density or its logarithm");
  }
  density.Nodes.Whole = density.Place.Nodes;
  density.Nodes.Borders = ReadBorders(image, density.Place, ranks);
  density.Nodes.Known.First = density.Place.Offset;
}
}
