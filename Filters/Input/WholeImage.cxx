// SPDX-License-Identifier: BSD-3-Clause
#include "Input/WholeImage.h"

#include "Input/FactsReader.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"

#include <vtkImageData.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

namespace vtkscorefields
{
namespace
{
constexpr double Infinity = std::numeric_limits<double>::infinity();
// Finite, so that the largest of several is one of them; below every logarithm.
constexpr double Absent = -std::numeric_limits<double>::max();
constexpr double Missing = 0.5 * Absent;
constexpr double Zero = 0.25 * Absent;

double Encode(double value)
{
  return std::isnan(value) ? Missing : value == -Infinity ? Zero : value;
}

double Decode(double code)
{
  return code == Missing ? std::numeric_limits<double>::quiet_NaN()
    : code == Zero       ? -Infinity
                         : code;
}

/// The box around the parts of all ranks, as an extent.
std::array<int, 6> JoinedExtent(vtkImageData* image, const Communicator& ranks)
{
  std::array<double, 6> ends;
  ends.fill(Absent);
  for (int axis = 0; image->GetNumberOfPoints() > 0 && axis < 3; ++axis)
  {
    const auto at = static_cast<std::size_t>(2 * axis);
    ends[at] = -image->GetExtent()[2 * axis];
    ends[at + 1] = image->GetExtent()[2 * axis + 1];
  }
  ranks.Maximum(ends.data(), 6);
  std::array<int, 6> extent{ { 0, -1, 0, -1, 0, -1 } };
  for (std::size_t at = 0; ends[0] != Absent && at < 6; ++at)
  {
    extent[at] = static_cast<int>(at % 2 == 0 ? -ends[at] : ends[at]);
  }
  return extent;
}

void CopyPart(vtkImageData* image, const double* values, scorefields::Index components,
  const WholeNodes& whole, std::vector<double>& joined)
{
  const scorefields::Grid part = GridOf(image);
  for (scorefields::Index node = 0; node < image->GetNumberOfPoints(); ++node)
  {
    const scorefields::Index i = node % part.Dimensions[0];
    const scorefields::Index j = node / part.Dimensions[0] % part.Dimensions[1];
    const scorefields::Index k = node / (part.Dimensions[0] * part.Dimensions[1]);
    const scorefields::Index at = whole.Offset[0] + i +
      whole.Nodes.Dimensions[0] *
        (whole.Offset[1] + j + whole.Nodes.Dimensions[1] * (whole.Offset[2] + k));
    for (scorefields::Index c = 0; c < components; ++c)
    {
      joined[static_cast<std::size_t>(components * at + c)] = Encode(values[components * node + c]);
    }
  }
}

/// Origin, spacing and direction, from the ranks that have nodes.
void JoinGeometry(vtkImageData* image, const Communicator& ranks, WholeNodes& whole)
{
  std::array<double, 15> numbers;
  numbers.fill(Absent);
  if (image->GetNumberOfPoints() > 0)
  {
    std::copy_n(image->GetOrigin(), 3, numbers.begin());
    std::copy_n(image->GetSpacing(), 3, numbers.begin() + 3);
    Eigen::Map<Eigen::Matrix3d>(numbers.data() + 6) = DirectionOf(image);
  }
  ranks.Maximum(numbers.data(), 15);
  if (numbers[0] != Absent)
  {
    whole.Origin = Eigen::Map<const Eigen::Vector3d>(numbers.data());
    whole.Nodes.Spacing = Eigen::Map<const Eigen::Vector3d>(numbers.data() + 3);
    whole.Direction = Eigen::Map<const Eigen::Matrix3d>(numbers.data() + 6);
  }
}
}

Eigen::Vector3d WholeNodes::PlaceOf(const Eigen::Vector3d& point) const
{
  return (this->Direction.transpose() * (point - this->Origin)).cwiseQuotient(this->Nodes.Spacing);
}

WholeNodes JoinNodes(vtkImageData* image, const Communicator& ranks)
{
  WholeNodes whole;
  const std::array<int, 6> extent = JoinedExtent(image, ranks);
  JoinGeometry(image, ranks, whole);
  const bool empty = image->GetNumberOfPoints() == 0;
  Eigen::Vector3d first;
  for (int axis = 0; axis < 3; ++axis)
  {
    const auto at = static_cast<std::size_t>(2 * axis);
    whole.Offset[axis] = empty ? 0 : image->GetExtent()[2 * axis] - extent[at];
    first[axis] = extent[at] * whole.Nodes.Spacing[axis];
    whole.Nodes.Dimensions[axis] = extent[at + 1] - extent[at] + 1;
  }
  whole.Nodes.Origin = whole.Origin + first;
  whole.Origin += whole.Direction * first;
  return whole;
}

std::vector<double> JoinValues(vtkImageData* image, const WholeNodes& whole, const double* values,
  int components, const Communicator& ranks, const std::string& user)
{
  std::vector<double> joined(static_cast<std::size_t>(components * whole.Nodes.Size()), Absent);
  if (image->GetNumberOfPoints() > 0)
  {
    CopyPart(image, values, components, whole, joined);
  }
  ranks.Maximum(joined.data(), components * whole.Nodes.Size());
  const auto absent = std::count(joined.begin(), joined.end(), Absent) / components;
  if (absent > 0)
  {
    throw std::invalid_argument(user + " needs the whole image; " + std::to_string(absent) +
      " of its " + std::to_string(whole.Nodes.Size()) + " nodes are on no rank");
  }
  std::transform(joined.begin(), joined.end(), joined.begin(), Decode);
  return joined;
}

WholeImage GatherImage(vtkImageData* image, const double* logDensity, const Communicator& ranks)
{
  WholeImage whole;
  whole.Nodes = GridOf(image);
  whole.LogDensity = logDensity;
  if (ranks.Size() == 1)
  {
    return whole;
  }
  const WholeNodes nodes = JoinNodes(image, ranks);
  whole.Nodes = nodes.Nodes;
  whole.Offset = nodes.Offset;
  whole.Storage = JoinValues(image, nodes, logDensity, 1, ranks, "Method \"Spectral\"");
  whole.LogDensity = whole.Storage.data();
  return whole;
}
}
