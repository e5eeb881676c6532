// SPDX-License-Identifier: BSD-3-Clause
#ifndef Bandwidth_Locations_h
#define Bandwidth_Locations_h

#include "Numerics/Cloud/Domain.h"

#include <cstdint>

namespace scorefields
{
/// The distinct points of a cloud, in d = 1 to 3 dimensions.
///
/// Points that coincide are one location with the sum of their weights. What this means follows
/// from why they coincide:
/// - They are the same point twice: leaving out one of two equal points leaves the other in its
///   place, and every cross-validation would choose the bandwidth 0 (Zychaluk and Patil 2008). Then
///   a location counts as one point.
/// - They were rounded along all axes (Steps): they are neighbours within a step. Then each counts,
/// for if all were
///   left out with one, every point would seem to lie in a hole, and a bandwidth too large would be
///   chosen. Bandwidths below half a step show the steps; they are not looked at.
///
/// Locations are sorted by a hash of the coordinates: a random order that depends on the points
/// alone, not on the order or the process they came from. A part of them is a random sample.
struct Locations
{
  int Dimension = 0;
  Eigen::Matrix3Xd Points;  ///< 3 by n: the active coordinates first, then 0
  Eigen::VectorXd Weights;  ///< n, positive
  double TotalWeight = 0.0; ///< their sum
  /// Weight of the other points at a location that count beside each of its points: 0, or for
  /// rounded points the location's weight less the mean weight of one of its points.
  Eigen::VectorXd Others;
  double SquaredWeights = 0.0; ///< the sum of w (w - Others): of the squares of what counts as one
  double PointCount = 0.0;     ///< points with a weight above 0, coincident ones each
  double SquaredPointWeights = 0.0; ///< the sum of the squares of their weights
  /// The step to which the points were rounded along each axis; 0 where they were not.
  Eigen::Vector3d Steps = Eigen::Vector3d::Zero();

  /// In the coordinates of the locations, which lie inside of it.
  Domain Box;

  Index Count() const { return this->Points.cols(); }
  /// The number of equally weighted points that carries as much information.
  double EffectivePoints() const
  {
    return this->TotalWeight * (this->TotalWeight / this->SquaredPointWeights);
  }
  /// `count` locations from `first` on, as of a sample of the points.
  Locations Part(Index first, Index count) const;
};

/// The step to which values were rounded; 0 if they were not: they lie on its multiples to a
/// twentieth, there are five different ones or more, and a tenth of the gaps between different
/// values at least is one step. (Every float is a multiple of something, but then hardly any gap is
/// one step.) Cost: O(n log n).
double RoundingStep(Eigen::VectorXd values);

/// The share of the pairs of points that coincide along an axis: with the shares of the weight,
/// sum s_v^2 over the different values v less sum s_i^2 over the points i. Cost: O(n log n).
double CoincidentPairs(const Locations& locations, int axis);

/// The hash by which Locations are sorted, of the active coordinates' bits; 0 and -0 are equal.
std::uint64_t LocationHash(const Axes& axes, const Eigen::Vector3d& point);

/// Points without weight are left out, those outside of a closed box are brought into it.
/// Cost: O(n log n).
Locations FindLocations(const Samples& samples, const Axes& axes, const Domain& domain = {});

/// The moments of the locations in their box.
CloudMoments MomentsOf(const Locations& locations);

/// Replaces each point z by L^-1 (z - centre) with L L' = shape, in the first d dimensions, so that
/// the kernel covariance h^2 shape becomes h^2 I. The shape must not correlate a closed axis with
/// another one.
void Whiten(Locations& locations, const Eigen::Matrix3d& shape, const Eigen::Vector3d& centre);
}

#endif
