// SPDX-License-Identifier: BSD-3-Clause
#ifndef Bandwidth_Locations_h
#define Bandwidth_Locations_h

#include "Numerics/Base/Types.h"

#include <cstdint>

namespace scorefields
{
/// The distinct points of a cloud, in d = 1 to 3 dimensions.
///
/// Points that coincide are one location with the sum of their weights, since leaving out one of
/// two equal points leaves the other in its place and every cross-validation would choose the
/// bandwidth 0 (Zychaluk and Patil 2008).
///
/// Locations are sorted by a hash of the coordinates: a random order that depends on the points
/// alone, not on the order or the process they came from. A part of them is a random sample.
struct Locations
{
  int Dimension = 0;
  Eigen::Matrix3Xd Points;     ///< 3 by n: the active coordinates first, then 0
  Eigen::VectorXd Weights;     ///< n, positive
  double TotalWeight = 0.0;    ///< their sum
  double SquaredWeights = 0.0; ///< the sum of their squares
  double PointCount = 0.0;     ///< points with a weight above 0, coincident ones each

  Index Count() const { return this->Points.cols(); }
  /// `count` locations from `first` on.
  Locations Part(Index first, Index count) const;
};

/// The hash by which Locations are sorted, of the active coordinates' bits; 0 and -0 are equal.
std::uint64_t LocationHash(const Axes& axes, const Eigen::Vector3d& point);

/// Points without weight are left out. Cost: O(n log n).
Locations FindLocations(const Samples& samples, const Axes& axes);

/// Replaces each point z by L^-1 (z - centre) with L L' = shape, in the first d dimensions, so that
/// the kernel covariance h^2 shape becomes h^2 I.
void Whiten(Locations& locations, const Eigen::Matrix3d& shape, const Eigen::Vector3d& centre);
}

#endif
