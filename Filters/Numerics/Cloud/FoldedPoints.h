// SPDX-License-Identifier: BSD-3-Clause
#ifndef Cloud_FoldedPoints_h
#define Cloud_FoldedPoints_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/Types.h"
#include "Numerics/Cloud/Domain.h"

#include <vector>

namespace scorefields
{
/// Points anywhere in space, and their images in the box of a domain.
///
/// An estimate with closed axes is defined everywhere: along a periodic axis it repeats, along a
/// reflecting one it is mirrored at the walls again and again. So the value at a point is that at
/// its image in the box, and derivatives along an axis change their sign where that is a mirror
/// image.
class FoldedPoints
{
public:
  /// @param points  3 by m, finite; must outlive this object.
  FoldedPoints(const Domain& box, const PointsRef& points, const Execution& execution);
  FoldedPoints(const FoldedPoints&) = delete;
  FoldedPoints& operator=(const FoldedPoints&) = delete;

  /// In the box; without closed axes the points themselves.
  const PointsRef& Points() const { return this->InBox; }
  /// Turns derivatives at the folded points into those at the points given, and the other way
  /// round.
  void Unfold(const FieldView& fields, const Execution& execution) const;

private:
  static Eigen::Matrix3Xd Fold(
    const Domain& box, const PointsRef& points, const Execution& execution);

  Eigen::Matrix3Xd Folded; ///< empty if there is no closed axis
  PointsRef InBox;
  std::vector<unsigned char> Mirrored; ///< per point: bit a is set if axis a is mirrored
};
}

#endif
