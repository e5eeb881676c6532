// SPDX-License-Identifier: BSD-3-Clause
#ifndef Exact_PointSum_h
#define Exact_PointSum_h

#include "Numerics/Exact/Moments.h"
#include "Numerics/Exact/NearbySamples.h"

namespace scorefields
{
namespace exact
{
/// Adds the chunk's part of the moments at one point of the frame's box: one vectorised exponential
/// per sample, in lanes summed in a fixed order. Error of each term: u (|g_i| + |delta' u_i|).
/// @param delta    x - Centre.
/// @param moments  set.Count() values.
void AddAtPoint(
  const Chunk& chunk, const MomentSet& set, const ActiveVector& delta, double* moments);
}
}

#endif
