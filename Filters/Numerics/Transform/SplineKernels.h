// SPDX-License-Identifier: BSD-3-Clause
#ifndef Transform_SplineKernels_h
#define Transform_SplineKernels_h

#include "Numerics/Transform/SpreadBuckets.h"

namespace scorefields
{
/// A piece of the mesh with a margin, on its own contiguous memory; rows are along the first axis.
struct Patch
{
  Index3 First;      ///< node of the mesh at the patch's beginning
  Index RowStride;   ///< values from one row to the next
  Index PlaneStride; ///< values from one plane to the next
  double* Values;
};

/// Margin beyond the last first-node of a row: lanes are written whole, with zeros past the order.
constexpr Index PatchMargin = 16;

/// Adds weight * prod_a B_p to the patch for each sample; the innermost loop of spreading.
/// @pre order is one of SplineOrders; the patch holds all nodes that the samples reach.
void AddSamples(
  int dimension, int order, const MeshSample* samples, Index count, const Patch& patch);
}

#endif
