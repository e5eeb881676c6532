// SPDX-License-Identifier: BSD-3-Clause
#ifndef Tails_WantedBoxes_h
#define Tails_WantedBoxes_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Base/Types.h"

namespace scorefields
{
/// Where values of an estimate are wanted: boxes around nodes of a grid or around scattered points,
/// and how many wanted places lie in each.
class WantedBoxes
{
public:
  /// A lattice of boxes of neighbouring nodes: at most 1024 along one active axis, 32 along each of
  /// two, 20 along each of three. It depends on the whole grid alone.
  /// @param wanted  one flag per node of `block`, a part of the grid; they alone are counted.
  static WantedBoxes OfNodes(const GaussianKernel& kernel, const Grid& grid, const NodeBlock& block,
    const unsigned char* wanted);
  /// At most 1024 boxes with about as many wanted points each: those of a k-d tree.
  /// @param wanted  one flag per point; null: all are wanted.
  static WantedBoxes OfPoints(const GaussianKernel& kernel, const PointsRef& points,
    const unsigned char* wanted, const Execution& execution = {});

  Index Size() const { return this->Wanted.size(); }
  /// Number of wanted places in each box. Parts of a distributed grid add theirs up.
  const Eigen::ArrayXd& Counts() const { return this->Wanted; }
  Eigen::ArrayXd& Counts() { return this->Wanted; }
  /// Corners between which all places of a box lie; 0 along the axes that the kernel leaves out.
  Eigen::Vector3d Low(Index box) const { return this->Lower.col(box); }
  Eigen::Vector3d High(Index box) const { return this->Upper.col(box); }

private:
  explicit WantedBoxes(Index size);

  Eigen::Matrix3Xd Lower;
  Eigen::Matrix3Xd Upper;
  Eigen::ArrayXd Wanted;
};
}

#endif
