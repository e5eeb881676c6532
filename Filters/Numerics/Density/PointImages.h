// SPDX-License-Identifier: BSD-3-Clause
#ifndef Density_PointImages_h
#define Density_PointImages_h

#include "Numerics/Density/PointEstimate.h"

#include <vector>

namespace scorefields
{
/// A problem in the whole space, whose cloud may be that of the images of another.
struct ImagedProblem : PointProblem
{
  const Samples& Originals;                  ///< what the images are of; else the cloud itself
  const std::vector<Index>* Owner = nullptr; ///< of each image the number of its original, or null
};

/// A problem in a box with closed axes, as one in the whole space: queries are folded into the box,
/// and samples have their images (BoundaryImages.h).
///
/// An estimate with closed axes is defined everywhere: along a periodic axis it repeats, along a
/// reflecting one it is mirrored at the walls again and again. So the value at a query is that at
/// its image in the box, and derivatives along an axis change their sign where that is a mirror
/// image. (The images of samples have the kernel H as it is. If H has correlations, their sum is
/// the estimate in the box only.)
class PointImages
{
public:
  /// @param problem  with at least one sample and one query; must outlive this object.
  /// @throws std::invalid_argument that names Boundary if there are about 1e8 images or more.
  PointImages(const PointProblem& problem, const Execution& execution);
  PointImages(const PointImages&) = delete;
  PointImages& operator=(const PointImages&) = delete;

  /// Valid as long as this object. Without closed axes the problem given.
  ImagedProblem Problem() const;
  /// The samples and images within 9 bandwidths of the box of closed axes; beyond, a kernel is
  /// below 3e-18 of its peak in the box.
  Samples Near() const;
  /// Turns derivatives at folded queries into those at the queries given.
  void Unfold(const FieldView& fields, const Execution& execution) const;

private:
  Eigen::Matrix3Xd FoldedQueries(const Execution& execution);

  const PointProblem& Given;
  bool Closed;
  std::vector<unsigned char> Mirrored; ///< per query: bit a is set if axis a is mirrored
  Eigen::Matrix3Xd Folded;
  PointsRef Queries;
  Samples Images;
  std::vector<Index> Owner;
};
}

#endif
