// SPDX-License-Identifier: BSD-3-Clause
#ifndef Regions_DensityAtPlaces_h
#define Regions_DensityAtPlaces_h

#include "Numerics/Regions/RegionField.h"

namespace scorefields
{
/// The density at a place between the nodes. The logarithm L is interpolated along each axis by the
/// parabola
///
///   (1 - u) L(0) + u L(1) - u (1 - u) D / 2,
///
/// where D are second differences at the corners of the cell, interpolated linearly: right for
/// every quadratic, and off by a third power of h else. Where a corner of the cell, or a node
/// beside it, has no logarithm, it is linear; where a corner has the density 0, the density itself
/// is. A place within 1e-6 of a node is the node.
/// @param place  in spacings from the first node of the whole grid. Along a periodic axis a whole
///               number of periods changes nothing.
/// @returns the density relative to the largest; NaN outside of the nodes owned here, and where a
///          corner has no value.
double DensityAt(const RegionField& field, Eigen::Vector3d place);
}

#endif
