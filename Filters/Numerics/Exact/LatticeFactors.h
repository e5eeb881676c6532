// SPDX-License-Identifier: BSD-3-Clause
#ifndef Exact_LatticeFactors_h
#define Exact_LatticeFactors_h

#include "Numerics/Base/Simd.h"
#include "Numerics/Exact/Moments.h"
#include "Numerics/Exact/NearbySamples.h"

namespace scorefields
{
namespace exact
{
/// A small lattice of points around a frame's Centre: along each of three directions Count points
/// at (k - Count / 2) * Step on one axis, k = 0 .. Count - 1.
struct Lattice
{
  struct Direction
  {
    int Axis = 0; ///< compact number of the axis
    double Step = 0.0;
    int Count = 1; ///< 8 or 16 along the first two, any along the third
  };
  Direction Columns;
  Direction Rows;
  Direction Layers;

  int RowCount() const { return this->Rows.Count * this->Layers.Count; }
  /// delta of one point.
  ActiveVector Offset(int column, int row, int layer) const;
};

/// What the left (column) factors are multiplied by.
enum LeftVariant
{
  LeftPlain,
  LeftU,
  LeftUU,
  LeftSquared, ///< the factor itself squared
  LeftVariants
};

/// What the right (row and layer) factors are multiplied by; V and W are the slopes along the axes
/// of rows and layers.
enum RightVariant
{
  RightPlain,
  RightV,
  RightW,
  RightVV,
  RightVW,
  RightWW,
  RightSquared,
  RightVariants
};

/// exp(Step u)^(k - Count / 2) for all columns k of each sample, and its variants that the moments
/// need: left[variant][sample][column], ChunkSize samples to a variant, aligned to 64 bytes.
void SetLeftFactors(
  const Chunk& chunk, const MomentSet& set, const Lattice::Direction& columns, double* left);

/// The same for rows and layers, times exp(g_i): right[variant][sample][layer][row].
void SetRightFactors(
  const Chunk& chunk, const MomentSet& set, const Lattice& lattice, double* right);
}
}

#endif
