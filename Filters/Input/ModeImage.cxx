// SPDX-License-Identifier: BSD-3-Clause
#include "Input/ModeImage.h"

#include "Input/FactsReader.h"
#include "Input/ScoreReader.h"
#include "Input/WholeImage.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/FieldNames.h"

#include <vtkFieldData.h>
#include <vtkImageData.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace vtkscorefields
{
namespace
{
constexpr std::size_t Facts = 7; ///< what the field data of one rank say, in numbers

/// Kernel and floor, from the first rank whose part of the image has nodes.
void JoinFacts(vtkImageData* image, const Communicator& ranks, ModeImage& whole)
{
  std::vector<double> values;
  if (image->GetNumberOfPoints() > 0)
  {
    values.push_back(FieldValue(image->GetFieldData(), names::DensityFloor, 0.0));
    if (const auto covariance = ReadKernelCovariance(image->GetFieldData()))
    {
      const scorefields::SymmetricTensor tensor = scorefields::ToTensor(*covariance);
      values.insert(values.end(), tensor.data(), tensor.data() + 6);
    }
    values.resize(Facts, std::numeric_limits<double>::quiet_NaN());
  }
  ranks.Gather(values);
  if (values.empty())
  {
    return;
  }
  whole.Floor = std::max(values[0], 0.0);
  if (!std::isnan(values[1]))
  {
    whole.KernelCovariance =
      scorefields::ToMatrix(Eigen::Map<const scorefields::SymmetricTensor>(values.data() + 1));
  }
}

ImageDensity ReadPart(vtkImageData* image, const std::string& name, Quantity quantity,
  const scorefields::Execution& execution)
{
  ImageDensity density;
  if (image->GetNumberOfPoints() > 0)
  {
    density = ReadDensity(image, FindDensity(image, name, quantity), quantity, execution);
  }
  if (density.LooksLikeLogarithm)
  {
    throw std::invalid_argument("DensityArray is \"" + density.Name +
      "\", which is negative on average: it looks like a log density; set Quantity to \"Log "
      "density\"");
  }
  return density;
}

void RequireUse(const ModeImage& whole, const WholeNodes& place)
{
  if (whole.Nodes.Size() == 1)
  {
    throw std::invalid_argument("Input has one node; modes need an image with cells");
  }
  if (!place.Direction.isIdentity(0.0) || (whole.Nodes.Spacing.array() <= 0.0).any())
  {
    throw std::invalid_argument("Input has turned or reversed axes (Direction, Spacing); take an "
                                "image along x, y and z, as Kernel Density makes it");
  }
  const double highest = whole.LogDensity[static_cast<std::size_t>(whole.HighestNode())];
  if (!(highest > -std::numeric_limits<double>::max()))
  {
    throw std::invalid_argument("DensityArray is \"" + whole.Name +
      "\", which has no positive density; take an array with a density or its logarithm");
  }
}
}

scorefields::Index ModeImage::HighestNode() const
{
  std::size_t highest = 0;
  for (std::size_t node = 1; node < this->LogDensity.size(); ++node)
  {
    const double value = this->LogDensity[node];
    if (value > this->LogDensity[highest] || std::isnan(this->LogDensity[highest]))
    {
      highest = node;
    }
  }
  return static_cast<scorefields::Index>(highest);
}

ModeImage ReadModeImage(vtkImageData* image, const std::string& name, Quantity quantity,
  const Communicator& ranks, const scorefields::Execution& execution)
{
  ModeImage whole;
  const ImageDensity part = ReadPart(image, name, quantity, execution);
  whole.Name = part.Name;
  const WholeNodes place = JoinNodes(image, ranks);
  if (place.Nodes.Size() == 0)
  {
    return whole;
  }
  whole.Nodes = place.Nodes;
  whole.Nodes.Origin = place.Origin;
  whole.LogDensity = JoinValues(image, place, part.LogDensity, 1, ranks, "Density Modes");
  RequireUse(whole, place);
  whole.Box = scorefields::Domain::Of(whole.Nodes, ReadBorders(image, place, ranks));
  JoinFacts(image, ranks, whole);
  return whole;
}
}
