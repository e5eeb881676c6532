// SPDX-License-Identifier: BSD-3-Clause
#ifndef Flow_DomainDensity_h
#define Flow_DomainDensity_h

#include "Numerics/Cloud/Domain.h"
#include "Numerics/Flow/SmoothDensity.h"

#include <Eigen/Geometry>

#include <vector>

namespace scorefields
{
/// The samples for places beyond those that images were found for.
///
/// Which images of a sample count at a place depends, for a kernel that correlates an open axis
/// with a closed one, on how far off the place lies along the open axis (BoundaryImages.h).
struct FarPlaces
{
  std::shared_ptr<const Samples> Cloud;
  GaussianKernel Kernel;
  Eigen::AlignedBox3d Known; ///< images were found for these places
};

/// A density in a closed domain as one of the whole space: that at a point is the one at its image
/// in the box, with derivatives that change their sign where this is a mirror image.
class DomainDensity : public SmoothDensity
{
public:
  /// @param inBox  the density at points of the box, and along open axes at those that far knows.
  DomainDensity(
    const Domain& domain, std::shared_ptr<const SmoothDensity> inBox, const FarPlaces& far);

  void Evaluate(
    const PointsRef& points, const FieldView& fields, const Execution& execution) const override;

private:
  void EvaluateInBox(
    const PointsRef& points, const FieldView& fields, const Execution& execution) const;
  std::vector<Index> FarOnes(const PointsRef& points) const;

  Domain Box;
  std::shared_ptr<const SmoothDensity> InBox;
  FarPlaces Far;
};
}

#endif
