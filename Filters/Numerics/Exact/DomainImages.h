// SPDX-License-Identifier: BSD-3-Clause
#ifndef Exact_DomainImages_h
#define Exact_DomainImages_h

#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Cloud/Domain.h"

#include <Eigen/Geometry>

namespace scorefields
{
/// The nodes whose images (BoundaryImages.h) are those that count in a domain: its box along closed
/// axes, and a box that holds all places of interest along the others.
Grid NodesOf(const Domain& domain, const Eigen::AlignedBox3d& places);

/// The samples and images within 9 bandwidths of the box of closed axes; beyond, a kernel is below
/// 3e-18 of its peak in the box. TotalWeight stays.
/// @param images  with those in and around the box.
Samples NearDomain(const Samples& images, const Domain& domain, const GaussianKernel& kernel);
}

#endif
