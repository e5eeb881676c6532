// SPDX-License-Identifier: BSD-3-Clause
#ifndef Runs_FlowImage_h
#define Runs_FlowImage_h

#include "Numerics/Flow/ImageFamily.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

class vtkDataObject;

namespace vtkscorefields
{
class Communicator;

/// What an image says of the density that its score belongs to.
struct FlowImageFacts
{
  /// Of the kernel, in space. 0 for a mixture itself.
  std::optional<Eigen::Matrix3d> KernelCovariance;
  /// Of the components of a mixture that the kernel has smoothed; 0 for samples.
  double LeastVariance = 0.0;
};

/// This process's part of an image with a score.
struct FlowImagePart
{
  std::array<int, 6> Extent{ { 0, -1, 0, -1, 0, -1 } };
  Eigen::Vector3d Origin = Eigen::Vector3d::Zero(); ///< of the node 0, 0, 0 of the whole image
  Eigen::Vector3d Spacing = Eigen::Vector3d::Ones();
  Eigen::Matrix3d Direction = Eigen::Matrix3d::Identity();
  Eigen::VectorXd LogDensity;
  Eigen::Matrix3Xd Score;
  std::vector<unsigned char> Repeated; ///< nodes that are another process's; may be empty
  FlowImageFacts Facts;
};

/// Reads LogDensity and Score, or else TrueLogDensity and TrueScore. Hidden nodes, and those where
/// the density is 0, have no value.
/// @throws std::invalid_argument that names ScoreImage: no image, or no such arrays.
FlowImagePart ReadFlowImage(vtkDataObject* input, const scorefields::Execution& execution);

/// A hash of all values and of where they are.
std::uint64_t FingerprintOf(const FlowImagePart& part, const scorefields::Execution& execution);

/// The image as a whole.
struct FlowImage
{
  scorefields::ScoreImage Image;
  Eigen::Vector3d First = Eigen::Vector3d::Zero(); ///< i, j, k of its first node
  FlowImageFacts Facts;
};

/// Puts the parts of all processes together. Of a node that several have, the value of the first of
/// them counts that does not have it as a ghost. Collective. Memory: 96 bytes a node.
/// @throws std::invalid_argument on every rank, naming ScoreImage: parts that do not fit together,
///         no nodes at all, or too many for the memory.
FlowImage GatherFlowImage(const FlowImagePart& part, const Communicator& ranks);
}

#endif
