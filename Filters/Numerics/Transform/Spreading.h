// SPDX-License-Identifier: BSD-3-Clause
#ifndef Transform_Spreading_h
#define Transform_Spreading_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/Fft.h"
#include "Numerics/Cloud/SampleSource.h"
#include "Numerics/Transform/MeshPlan.h"

#include <array>

namespace scorefields
{
/// Weights of samples on the nodes of a plan's mesh, the first mesh axis fastest. Meshes of parts
/// of a cloud under one plan add up to the mesh of the whole.
struct Mesh
{
  FftBuffer<double> Values; ///< the sum over all nodes is the weight that was kept
  /// Weight of the samples outside the box of the grid, and weight that was dropped.
  std::array<double, 2> Totals{ 0.0, 0.0 };
};

/// Spreads samples to the mesh with B-splines of the plan's order (BSpline.h):
///   mesh[j] = sum_i w_i prod_a B_p((x_ia - origin_a) / spacing_a - j_a), periodic;
/// a mirrored axis gets the mirror images of the samples in addition.
///
/// Samples are sorted into blocks of the mesh in batches, so that a block stays in the cache, and
/// blocks that touch are never worked on at once. The sums run in an order that depends on the data
/// alone: the result does not depend on the number of threads to the last bit.
/// Rounding: eps times the number of samples per node at worst, relative to the node's value.
/// Cost: O(n p^d) time; 8 (d + 1) bytes for each of at most 2^20 samples beside the mesh.
Mesh SpreadSamples(
  const MeshPlan& plan, const Grid& grid, const SampleSource& source, const Execution& execution);
}

#endif
