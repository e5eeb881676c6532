// SPDX-License-Identifier: BSD-3-Clause
#ifndef Density_LinearDensity_h
#define Density_LinearDensity_h

#include "Numerics/Base/Types.h"

#include <array>

namespace scorefields
{
/// Densities of what the logarithms are of. With u = log10 x along an axis, the density of x is
/// that of u times du / dx = 1 / (x ln 10), x = 10^u.
///
/// @param nodes      where the densities are, one for each.
/// @param logarithms which of the density's axes are logarithms to the base 10.
/// @param densities  1 / (unit of u)^d. @param linear  1 / (unit of x)^d, may be the same place.
///                   Infinite where x is below 1e-308 and there is a density.
void LinearDensities(const Grid& nodes, const std::array<bool, 3>& logarithms,
  const double* densities, double* linear);
}

#endif
