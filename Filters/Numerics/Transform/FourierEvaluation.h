// SPDX-License-Identifier: BSD-3-Clause
#ifndef Transform_FourierEvaluation_h
#define Transform_FourierEvaluation_h

#include "Numerics/Transform/FourierGrid.h"

#include <array>
#include <vector>

namespace scorefields
{
/// From the harmonics of a FourierGrid to the values of
///   f(x) = sum_k F[k] factor[k] (i if odd) exp(2 pi i (k_0 x_0 / period_0 + ...))
/// on a block of the plan's output nodes.
///
/// The transforms are planned once and serve any number of functions. Harmonics beyond the output's
/// Nyquist frequency are folded back, which is what sampling f on the nodes means. Lines along the
/// outermost axis come first, while all harmonics of the inner axes are still few; then plane
/// by plane, and rows of nodes last, only those asked for. Cost: O(N log N) for a block of N nodes
/// at most; memory: 16 bytes for each pair of inner harmonic and outermost node.
class FourierEvaluation
{
public:
  /// @param harmonics  must outlive this object.
  /// @param first,dimensions  the block, per mesh axis.
  FourierEvaluation(const FourierGrid& harmonics, const MeshPlan& plan, const Index3& first,
    const Index3& dimensions);

  /// Node m of the block, first mesh axis fastest, goes to values[m * stride].
  void Evaluate(const FourierGrid::Factors& factors, bool odd, double* values, Index stride,
    const Execution& execution) const;

private:
  FftBuffer<Complex> Outermost(
    const FourierGrid::Factors& factors, bool odd, const Execution& execution) const;
  FftBuffer<Complex> Lines(int axis) const;
  void LoadOutermost(const FourierGrid::Factors& factors, bool odd, Index j, Index first,
    FftBuffer<Complex>& lines) const;
  void Add(int axis, Index slot, const Complex* values, FftBuffer<Complex>& lines) const;
  void Finish(int axis, FftBuffer<Complex>& lines) const;
  /// Where Finish leaves the lines' values at a node of the block.
  const Complex* At(int axis, Index node, const FftBuffer<Complex>& lines) const;
  void SumRow(const Complex* harmonics, double* values, Index stride) const;
  void RowOfNodes(const Complex* harmonics, FftBuffer<Complex>& folded, FftBuffer<double>& row,
    double* values, Index stride) const;
  void PlaneOfNodes(const Complex* harmonics, double* values, Index stride) const;

  const FourierGrid& Harmonics;
  int Dimension;
  Index3 First;
  Index3 Count;
  Index3 Outputs;
  RealFft RowFft;
  std::vector<ComplexFft> LineFfts; ///< of mesh axes 1 and 2
  /// exp(2 pi i k x / period) by [node][slot] for axes that are summed directly, else empty.
  std::array<std::vector<Complex>, 3> Waves;
};
}

#endif
