// SPDX-License-Identifier: BSD-3-Clause
#ifndef Cloud_Domain_h
#define Cloud_Domain_h

#include "Numerics/Base/Boundary.h"
#include "Numerics/Cloud/GridPlacement.h"

#include <array>

namespace scorefields
{
/// The box of an estimate as far as its boundaries need it; by default the whole space.
struct Domain
{
  std::array<Boundary, 3> Boundaries{ Boundary::Open, Boundary::Open, Boundary::Open };
  /// Of closed axes: the lower end of the box and its length, which is the period along a periodic
  /// axis and half of it along a reflecting one.
  Eigen::Vector3d Lower = Eigen::Vector3d::Zero();
  Eigen::Vector3d Length = Eigen::Vector3d::Zero();

  /// The box of the grid; axes with one node are open.
  static Domain Of(const Grid& grid, const std::array<Boundary, 3>& boundaries);

  Boundary At(int axis) const { return this->Boundaries[static_cast<std::size_t>(axis)]; }
  bool IsClosed(int axis) const { return this->At(axis) != Boundary::Open; }
  bool IsClosed() const;
  /// A coordinate brought into the box by the images; as it is along an open axis.
  double Folded(int axis, double x) const;
  Eigen::Vector3d Folded(const Eigen::Vector3d& place) const;
  /// Whether a coordinate is a mirror image of the one that it is folded to.
  bool IsMirrored(int axis, double x) const;
  /// The same domain, open along all other axes than these.
  Domain Among(const Axes& axes) const;
  /// The domain of the active coordinates, which come first then.
  Domain Compact(const Axes& axes) const;
};

/// The domain that a user asks for, whatever the bandwidth will be.
/// @throws std::invalid_argument that names Boundary and SamplingBounds if the box of a closed axis
///         would follow from the points (UseInputBounds), and like Require.
Domain DomainOf(const GridRequest& request, const std::array<Boundary, 3>& boundaries,
  const CloudMoments& moments, const Axes& axes);

/// The moments of a cloud in a domain, which do not depend on where a periodic box begins.
///
/// Periodic: about the circular mean, the direction of sum w exp(2 pi i x / P); each sample counts
/// by its image nearest to that. Where the direction is not known, the sum being below 1e-6 of the
/// weight, the variance is that of the uniform density, P^2 / 12, and there is no correlation.
/// Reflecting: of the samples in the box, or, where they lie at a wall, of the samples and their
/// mirror images about it, twice as many. The second, if half a normal density at the wall is
/// likelier than a whole one: if sqrt(mean (x - wall)^2) < 2 standard deviations. By symmetry there
/// is no correlation with a reflecting axis.
///
/// @param local    this part of the cloud. @param moments  of the whole cloud in the whole space,
///                 returned as they are if no axis is closed.
/// @param axes     closed axes among these count.
/// Collective over the parts. Bounds stay those of `moments`. Cost: two passes over the points.
CloudMoments MomentsIn(const Domain& domain, const Axes& axes, const SampleSource& local,
  const CloudMoments& moments, const Exchange& exchange, const Execution& execution);
}

#endif
