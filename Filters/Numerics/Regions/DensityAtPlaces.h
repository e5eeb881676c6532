// SPDX-License-Identifier: BSD-3-Clause
#ifndef Regions_DensityAtPlaces_h
#define Regions_DensityAtPlaces_h

#include "Numerics/Regions/RegionField.h"

namespace scorefields
{
/// The density at a place between the nodes: the logarithm is linear along each axis of the cell,
/// which is off by h^2 / 8 times its second derivatives; the density itself is, where a corner of
/// the cell has the density 0. A place within 1e-6 of a node is the node.
/// @param place  in spacings from the first node of the whole grid. Along a periodic axis a whole
///               number of periods changes nothing.
/// @returns the density relative to the largest; NaN outside of the nodes owned here, and where a
///          corner has no value.
double DensityAt(const RegionField& field, Eigen::Vector3d place);
}

#endif
