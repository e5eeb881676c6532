// SPDX-License-Identifier: BSD-3-Clause
#include "Runs/FlowImage.h"

#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/Machine.h"
#include "Pipeline/SweepCache.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <sstream>
#include <stdexcept>

namespace vtkscorefields
{
using scorefields::Index;
using scorefields::Index3;

namespace
{
constexpr double NaN = std::numeric_limits<double>::quiet_NaN();
constexpr double BytesPerNode = 96.0; ///< of parts and whole, beside the interpolant

/// What a process needs to know of the part of another; doubles only, so that they can be sent.
struct Header
{
  double Lower[3];
  double Upper[3];
  double Frame[15]; ///< origin, spacing and direction
  double LeastVariance;
  double HasKernel;
  double Kernel[6];

  bool IsEmpty() const
  {
    return this->Lower[0] > this->Upper[0] || this->Lower[1] > this->Upper[1] ||
      this->Lower[2] > this->Upper[2];
  }
  Index Count() const
  {
    double count = this->IsEmpty() ? 0.0 : 1.0;
    for (int axis = 0; axis < 3; ++axis)
    {
      count *= this->Upper[axis] - this->Lower[axis] + 1.0;
    }
    return static_cast<Index>(count);
  }
};
constexpr std::size_t HeaderSize = sizeof(Header) / sizeof(double);

std::vector<double> HeaderOf(const FlowImagePart& part)
{
  Header header{};
  for (std::size_t axis = 0; axis < 3; ++axis)
  {
    header.Lower[axis] = part.Extent[2 * axis];
    header.Upper[axis] = part.Extent[2 * axis + 1];
  }
  std::copy_n(part.Origin.data(), 3, header.Frame);
  std::copy_n(part.Spacing.data(), 3, header.Frame + 3);
  std::copy_n(part.Direction.data(), 9, header.Frame + 6);
  header.LeastVariance = part.Facts.LeastVariance;
  if (part.Facts.KernelCovariance)
  {
    header.HasKernel = 1.0;
    const scorefields::SymmetricTensor kernel = scorefields::ToTensor(*part.Facts.KernelCovariance);
    std::copy_n(kernel.data(), 6, header.Kernel);
  }
  std::vector<double> values(HeaderSize);
  std::memcpy(values.data(), &header, sizeof header);
  return values;
}

std::vector<Header> GatherHeaders(const FlowImagePart& part, const Communicator& ranks)
{
  std::vector<double> values = HeaderOf(part);
  ranks.Gather(values);
  std::vector<Header> headers(values.size() / HeaderSize);
  std::memcpy(headers.data(), values.data(), headers.size() * sizeof(Header));
  return headers;
}

/// The image without its values, of its first part that is not empty.
FlowImage FrameOf(const Header& reference, const Eigen::Array3d& lower, const Eigen::Array3d& upper)
{
  FlowImage image;
  image.First = lower;
  scorefields::ScoreImage& frame = image.Image;
  frame.Nodes.Spacing = Eigen::Map<const Eigen::Vector3d>(reference.Frame + 3);
  frame.Direction = Eigen::Map<const Eigen::Matrix3d>(reference.Frame + 6);
  frame.Nodes.Dimensions = (upper - lower + 1.0).cast<Index>();
  const Eigen::Vector3d first = lower.matrix().cwiseProduct(frame.Nodes.Spacing);
  const bool turned = !frame.Direction.isIdentity(0.0);
  frame.Nodes.Origin = Eigen::Map<const Eigen::Vector3d>(reference.Frame);
  frame.Nodes.Origin += turned ? Eigen::Vector3d(frame.Direction * first) : first;
  image.Facts.LeastVariance = reference.LeastVariance;
  if (reference.HasKernel > 0.0)
  {
    image.Facts.KernelCovariance =
      scorefields::ToMatrix(Eigen::Map<const scorefields::SymmetricTensor>(reference.Kernel));
  }
  return image;
}

FlowImage FrameOf(const std::vector<Header>& headers)
{
  const Header* reference = nullptr;
  Eigen::Array3d lower = Eigen::Array3d::Constant(std::numeric_limits<double>::infinity());
  Eigen::Array3d upper = -lower;
  for (const Header& header : headers)
  {
    if (header.IsEmpty())
    {
      continue;
    }
    reference = reference ? reference : &header;
    if (!std::equal(header.Frame, header.Frame + 15, reference->Frame))
    {
      throw std::invalid_argument("ScoreImage has another origin, spacing or direction on another"
                                  " rank; its parts must be of one image");
    }
    lower = lower.min(Eigen::Map<const Eigen::Array3d>(header.Lower));
    upper = upper.max(Eigen::Map<const Eigen::Array3d>(header.Upper));
  }
  if (!reference)
  {
    throw std::invalid_argument("ScoreImage has no nodes; Target is Image, so it must have some");
  }
  return FrameOf(*reference, lower, upper);
}

void RequireMemoryFor(const scorefields::Grid& nodes)
{
  const double bytes =
    BytesPerNode * static_cast<double>(nodes.Size()) + scorefields::HermiteField::Bytes(nodes);
  if (bytes > MemoryForRank())
  {
    std::ostringstream message;
    message << "ScoreImage has " << nodes.Dimensions.transpose() << " nodes, which need about "
            << bytes / 1e9 << " GB on each rank; " << MemoryForRank() / 1e9
            << " GB are there for one";
    throw std::invalid_argument(message.str());
  }
}

/// Log density, score and whether it is another's, of each node in turn.
constexpr Index ValuesPerNode = 5;

std::vector<double> ValuesOf(const FlowImagePart& part)
{
  const Index count = part.LogDensity.size();
  std::vector<double> values(static_cast<std::size_t>(ValuesPerNode * count));
  for (Index i = 0; i < count; ++i)
  {
    double* const node = values.data() + ValuesPerNode * i;
    node[0] = part.LogDensity[i];
    std::copy_n(part.Score.data() + 3 * i, 3, node + 1);
    node[4] = part.Repeated.empty() ? 0.0 : part.Repeated[static_cast<std::size_t>(i)];
  }
  return values;
}

/// Puts the nodes of a part into the whole: those that are another's, or those that are not.
void PutPart(const Header& part, const double* values, bool repeated, const Eigen::Vector3d& origin,
  scorefields::ScoreImage& whole)
{
  const Index3 first = (Eigen::Map<const Eigen::Vector3d>(part.Lower) - origin).cast<Index>();
  const Index columns = static_cast<Index>(part.Upper[0] - part.Lower[0]) + 1;
  const Index rows = static_cast<Index>(part.Upper[1] - part.Lower[1]) + 1;
  const Index3& n = whole.Nodes.Dimensions;
  for (Index i = 0; i < part.Count(); ++i, values += ValuesPerNode)
  {
    if ((values[4] != 0.0) == repeated)
    {
      const Index node = first[0] + i % columns +
        n[0] * (first[1] + i / columns % rows + n[1] * (first[2] + i / (columns * rows)));
      whole.LogDensity[node] = values[0];
      whole.Score.col(node) = Eigen::Map<const Eigen::Vector3d>(values + 1);
    }
  }
}
}

std::uint64_t FingerprintOf(const FlowImagePart& part, const scorefields::Execution& execution)
{
  // A hash of points with weights is one of vectors with numbers.
  scorefields::Samples values;
  values.Points = part.Score;
  values.Weights = part.LogDensity;
  const std::vector<double> header = HeaderOf(part);
  scorefields::Samples frame;
  frame.Points = Eigen::Matrix3Xd::Zero(3, static_cast<Index>(header.size() + 2) / 3);
  std::copy(header.begin(), header.end(), frame.Points.data());
  return FingerprintOf(scorefields::StoredSamples(values), execution) * 31U +
    FingerprintOf(scorefields::StoredSamples(frame), execution);
}

FlowImage GatherFlowImage(const FlowImagePart& part, const Communicator& ranks)
{
  const std::vector<Header> headers = GatherHeaders(part, ranks);
  FlowImage whole = FrameOf(headers);
  scorefields::ScoreImage& image = whole.Image;
  RequireMemoryFor(image.Nodes);
  std::vector<double> values = ValuesOf(part);
  ranks.Gather(values);
  image.LogDensity.setConstant(image.Nodes.Size(), NaN);
  image.Score.setZero(3, image.Nodes.Size());
  // What is written last counts: the node of the first rank whose own it is.
  for (const bool repeated : { true, false })
  {
    const double* end = values.data() + values.size();
    for (std::size_t rank = headers.size(); rank > 0; --rank)
    {
      const Header& header = headers[rank - 1];
      end -= ValuesPerNode * header.Count();
      PutPart(header, end, repeated, whole.First, image);
    }
  }
  return whole;
}
}
