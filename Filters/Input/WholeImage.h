// SPDX-License-Identifier: BSD-3-Clause
#ifndef Input_WholeImage_h
#define Input_WholeImage_h

#include "Numerics/Base/Types.h"

#include <string>
#include <vector>

class vtkImageData;

namespace vtkscorefields
{
class Communicator;

/// A log density on the whole of an image, for methods that look along whole lines of nodes.
struct WholeImage
{
  scorefields::Grid Nodes;
  scorefields::Index3 Offset = scorefields::Index3::Zero(); ///< of this rank's first node
  const double* LogDensity = nullptr;
  std::vector<double> Storage; ///< what LogDensity points to, if parts were joined
};

/// Where the nodes of all ranks' parts of an image lie, the same on every rank but for Offset; a
/// rank without nodes knows it from the others.
struct WholeNodes
{
  scorefields::Grid Nodes;                                  ///< along the image's own axes
  scorefields::Index3 Offset = scorefields::Index3::Zero(); ///< of this rank's first node
  Eigen::Vector3d Origin = Eigen::Vector3d::Zero();         ///< of the first node, in space
  /// Columns are the directions of i, j and k.
  Eigen::Matrix3d Direction = Eigen::Matrix3d::Identity();

  /// In spacings from the first node.
  Eigen::Vector3d PlaceOf(const Eigen::Vector3d& point) const;
};

/// Collective.
WholeNodes JoinNodes(vtkImageData* image, const Communicator& ranks);

/// The values of all nodes, the same on every rank; where parts overlap the larger value counts.
/// Collective.
/// @param values      so many components for each node of the image: finite, infinite or NaN.
/// @param user        who needs them, for the message.
/// @throws std::invalid_argument if a node of the box around all parts is in none of them.
std::vector<double> JoinValues(vtkImageData* image, const WholeNodes& whole, const double* values,
  int components, const Communicator& ranks, const std::string& user);

/// The parts of all ranks together, the same on every rank; where parts overlap the larger value
/// counts. One rank's part is the whole and is not copied. Collective.
/// @param logDensity  one per node of the image: finite, -infinity or NaN.
/// @throws std::invalid_argument if a node of the box around all parts is in none of them.
WholeImage GatherImage(vtkImageData* image, const double* logDensity, const Communicator& ranks);
}

#endif
