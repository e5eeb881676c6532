// SPDX-License-Identifier: BSD-3-Clause
#ifndef Exact_BoundaryImages_h
#define Exact_BoundaryImages_h

#include "Numerics/Base/Boundary.h"
#include "Numerics/Base/GaussianKernel.h"

#include <array>

namespace scorefields
{
/// The samples with their images, so that a plain sum over them is the estimate with periodic or
/// reflecting axes.
///
/// Along a periodic axis of a box [a, b] every sample is repeated with period b - a; along a
/// reflecting one it is mirrored at a and b again and again. Samples outside the box are folded
/// into it first. Images are kept where, for any node of the box, they weigh more than 1e-16 of the
/// nearest image of the same sample: within sqrt(sum of squared box lengths + 2 h^2 ln 1e16) of the
/// box, h^2 the largest eigenvalue of H. TotalWeight stays that of the samples.
///
/// @param grid  whose first and last nodes are the box; an axis with one node stays open.
/// @throws std::invalid_argument that names Boundary if more than 1e8 images would be needed (a
///         kernel far wider than the box: use the FFT engine, which needs none).
/// Cost: O(number of images).
Samples WithImages(const Samples& samples, const GaussianKernel& kernel, const Grid& grid,
  const std::array<Boundary, 3>& boundaries);

/// True if any axis with more than one node is not open.
bool HasClosedAxis(const Grid& grid, const std::array<Boundary, 3>& boundaries);
}

#endif
