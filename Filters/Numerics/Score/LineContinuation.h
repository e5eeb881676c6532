// SPDX-License-Identifier: BSD-3-Clause
#ifndef Score_LineContinuation_h
#define Score_LineContinuation_h

#include "Numerics/Base/Types.h"

namespace scorefields
{
/// What is taken from one end of a line.
struct LineEnd
{
  bool Smooth = true; ///< the polynomial through eight nodes, else the value alone
  double Error = 0.0; ///< of the derivative at the end, per step

  /// The same j steps from the end.
  double ErrorAt(Index j) const
  {
    const auto distance = static_cast<double>(1 + j);
    return this->Error / (this->Smooth ? distance * distance : distance);
  }
};

/// Makes a line of values periodic without a corner: fills the gap between its last node and its
/// first one, a period later.
///
/// The values and the first five derivatives at both ends, as they follow from the polynomial
/// through the nodes nearest to the end, are joined by the polynomial of degree eleven that has
/// them (two-point Hermite interpolation). With G = gap + 1 steps and t the way through the gap in
/// [0, 1], the k-th derivative of the left end counts
///   G^k t^k / k! (1 - t)^6 sum_{i <= 5 - k} C(5 + i, i) t^i,
/// and that of the right end the same with 1 - t and (-1)^k. Where a line rises so steeply from
/// next to nothing that no polynomial is good, the value alone is matched, with derivatives 0.
///
/// The derivative of the periodic line by Fourier transform is then off, per step and j steps from
/// the end, by less than 3 D6 / (1 + j)^2, D6 being the sixth difference at the end; with the value
/// alone by less than min(D1, 1.5 f) / (1 + j), f being the value and D1 the first difference (of
/// both the larger of the two nearest to the end). The value alone is taken where D6 is above five
/// times min(D1, 1.5 f). Measured on Gaussians cut off 1 to 6 standard deviations from the centre,
/// 2 to 10 nodes per standard deviation, and on random mixtures; a mirrored line would be off by
/// D1.
///
/// Cost: 16 multiplications per node of the gap.
class LineContinuation
{
public:
  static constexpr Index Reach = 8;     ///< nodes that are looked at on either side, at most
  static constexpr Index LeastGap = 24; ///< shorter gaps bend too sharply for the grid

  /// @param gap  how many values to fill in, at least 1.
  explicit LineContinuation(Index gap);

  Index Gap() const { return this->Smooth.rows(); }
  /// Fits the end at *values; the other nodes follow in direction `step`.
  static LineEnd Fit(const double* values, Index step);
  /// Fills values[nodes .. nodes + gap) from values[0 .. nodes), nodes >= 8.
  void Fill(double* values, Index nodes, const LineEnd& first, const LineEnd& last) const;

private:
  using Table = Eigen::Matrix<double, Eigen::Dynamic, 8, Eigen::RowMajor>;

  /// Of the last node, the one before ...; for the first nodes the rows count backwards.
  Table Smooth, Steep;
};
}

#endif
