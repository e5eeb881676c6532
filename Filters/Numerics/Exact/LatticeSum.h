// SPDX-License-Identifier: BSD-3-Clause
#ifndef Exact_LatticeSum_h
#define Exact_LatticeSum_h

#include "Numerics/Base/AlignedBuffer.h"
#include "Numerics/Exact/LatticeFactors.h"

#include <vector>

namespace scorefields
{
namespace exact
{
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

  MomentSet Set;
  Lattice Shape;
  std::vector<Product> Products;
  AlignedBuffer Left;  ///< [variant][sample][column]
  AlignedBuffer Right; ///< [variant][sample][row]
  AlignedBuffer Sums;  ///< [moment][row][column]
};
}
}

#endif
