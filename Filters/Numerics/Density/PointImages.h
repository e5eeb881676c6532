// SPDX-License-Identifier: BSD-3-Clause
#ifndef Density_PointImages_h
#define Density_PointImages_h

#include "Numerics/Cloud/FoldedPoints.h"
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

/// A problem in a box with closed axes, as one in the whole space: queries are folded into the box
/// (FoldedPoints.h), and samples have their images (BoundaryImages.h). These have the kernel H as
/// it is; if H has correlations, their sum is the estimate in the box only.
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
  /// The samples and images near the box; see NearDomain.
  Samples Near() const;
  /// Turns derivatives at folded queries into those at the queries given.
  void Unfold(const FieldView& fields, const Execution& execution) const
  {
    this->Folded.Unfold(fields, execution);
  }

private:
  const PointProblem& Given;
  Domain Box; ///< open along axes that the kernel does not have
  FoldedPoints Folded;
  Samples Images;
  std::vector<Index> Owner;
};
}

#endif
