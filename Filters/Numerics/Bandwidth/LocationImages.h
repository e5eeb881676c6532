// SPDX-License-Identifier: BSD-3-Clause
#ifndef Bandwidth_LocationImages_h
#define Bandwidth_LocationImages_h

#include "Numerics/Bandwidth/Locations.h"

#include <vector>

namespace scorefields
{
/// One image of every location: z becomes Sign z + Shift.
struct LocationImage
{
  Eigen::Vector3d Sign = Eigen::Vector3d::Ones();
  Eigen::Vector3d Shift = Eigen::Vector3d::Zero();

  Eigen::Vector3d Of(const Eigen::Vector3d& z) const
  {
    return this->Sign.cwiseProduct(z) + this->Shift;
  }
  /// From a location to its image. Exactly 0 only of a location on a wall.
  Eigen::Vector3d OffsetOf(const Eigen::Vector3d& z) const
  {
    return (this->Sign - Eigen::Vector3d::Ones()).cwiseProduct(z) + this->Shift;
  }
};

/// The images of a box that come nearer to it than `reach` along every axis, without itself. Those
/// that touch it are always among them.
std::vector<LocationImage> ImagesOf(const Domain& box, double reach);

/// How far a kernel of this bandwidth reaches: beyond, exp(-r^2 / 2h^2) is below 1e-12.
double ReachOf(double bandwidth);

/// Locations and their images.
struct ImagedLocations
{
  Locations All;             ///< points and weights; first the locations themselves
  std::vector<Index> Owners; ///< the location of each
  std::vector<LocationImage> Images;
};

/// The locations and all their images that are not farther than `reach`, or the length of the
/// longest closed axis if that is more, from the bounds of the locations.
ImagedLocations WithImages(const Locations& locations, double reach);

/// sum_i w_i (w_i - Others_i) sum over the images u_i of location i of K_h(u_i), or of the
/// Laplacian of K_h there: what the own images of the points add to sums over pairs.
double SumOverOwnImages(const Locations& locations, double bandwidth, bool laplacian);
}

#endif
