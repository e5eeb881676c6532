// SPDX-License-Identifier: BSD-3-Clause
#include "Input/WholeImage.h"

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

void CopyPart(vtkImageData* image, const double* logDensity, WholeImage& whole)
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
    whole.Storage[static_cast<std::size_t>(at)] = Encode(logDensity[node]);
  }
}
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
  const std::array<int, 6> extent = JoinedExtent(image, ranks);
  const bool empty = image->GetNumberOfPoints() == 0;
  for (int axis = 0; axis < 3; ++axis)
  {
    const auto at = static_cast<std::size_t>(2 * axis);
    whole.Offset[axis] = empty ? 0 : image->GetExtent()[2 * axis] - extent[at];
    whole.Nodes.Origin[axis] = image->GetOrigin()[axis] + extent[at] * image->GetSpacing()[axis];
    whole.Nodes.Dimensions[axis] = extent[at + 1] - extent[at] + 1;
  }
  whole.Storage.assign(static_cast<std::size_t>(whole.Nodes.Size()), Absent);
  if (!empty)
  {
    CopyPart(image, logDensity, whole);
  }
  ranks.Maximum(whole.Storage.data(), whole.Nodes.Size());
  const auto absent = std::count(whole.Storage.begin(), whole.Storage.end(), Absent);
  if (absent > 0)
  {
    throw std::invalid_argument("Method \"Spectral\" needs the whole image; " +
      std::to_string(absent) + " of its " + std::to_string(whole.Nodes.Size()) +
      " nodes are on no rank");
  }
  std::transform(whole.Storage.begin(), whole.Storage.end(), whole.Storage.begin(), Decode);
  whole.LogDensity = whole.Storage.data();
  return whole;
}
}
