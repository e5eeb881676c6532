// SPDX-License-Identifier: BSD-3-Clause
#ifndef Exact_LatticeSum_h
#define Exact_LatticeSum_h

#include "Numerics/Base/Lanes.h"
#include "Numerics/Exact/Moments.h"
#include "Numerics/Exact/NearbySamples.h"

#include <vector>

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

/// Moments at all points of a lattice by outer products.
///
/// With delta = column + row + layer offset, exp(g_i + delta' u_i) is a product of three factors,
/// each a power of one exponential: exp(Step u)^(k - Count / 2). So per sample there is one
/// exponential per direction and one for g_i; the rest is left_c right_r summed over samples, a
/// matrix product. The factors u of the moments go to the side whose axis they belong to. Error of
/// a term: a few u times (|g_i| + |delta' u_i| + 10). Exponents must stay within LargestExponent,
/// for the points that are read.
class LatticeSum
{
public:
  explicit LatticeSum(const MomentSet& set);

  /// Starts anew with all moments 0.
  void Start(const Lattice& lattice);
  void Add(const Chunk& chunk);
  /// Writes the moments at one point, as ordered by MomentSet.
  void Read(int column, int row, int layer, double* moments) const;

private:
  /// A moment is the sum over samples of left[Left] right[Right].
  struct Product
  {
    int Left;
    int Right;
  };

  struct alignas(64) EightDoubles
  {
    double Value[LaneCount];
  };
  static Lanes* AsLanes(std::vector<EightDoubles>& values);

  MomentSet Set;
  Lattice Shape;
  std::vector<Product> Products;
  std::vector<EightDoubles> Left;  // variant, sample, group of columns
  std::vector<EightDoubles> Right; // variant, sample, group of rows
  std::vector<EightDoubles> Sums;  // moment, row, group of columns
};
}
}

#endif
