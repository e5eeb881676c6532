// SPDX-License-Identifier: BSD-3-Clause
#ifndef Transform_FourierGrid_h
#define Transform_FourierGrid_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/Fft.h"
#include "Numerics/Transform/MeshPlan.h"

#include <array>
#include <functional>

namespace scorefields
{
/// The harmonics of one axis that are kept, by slots: 0, 1, ... K, and for a two-sided axis then
/// the negative ones from -K or, if all are kept, from the one after Size / 2.
struct HarmonicAxis
{
  Index Size = 1;  ///< nodes of the mesh
  Index Slots = 1; ///< harmonics kept
  bool TwoSided = false;

  Index Harmonic(Index slot) const
  {
    return !this->TwoSided || 2 * slot <= this->Slots ? slot : slot - this->Slots;
  }
  /// True for the harmonic Size / 2, which stands for plus and minus itself.
  bool IsNyquist(Index slot) const { return 2 * this->Harmonic(slot) == this->Size; }
};

/// The low harmonics F[k] = sum_j mesh[j] exp(-2 pi i j k / N) of a real mesh.
///
/// Harmonics of the first mesh axis run over k >= 0 (the others follow from the mesh being real),
/// those of further axes over both signs. The harmonic Size / 2 of the first axis is kept by half,
/// the other half being that of -Size / 2. Lines of harmonics that are not kept are not
/// transformed.
class FourierGrid
{
public:
  FourierGrid() = default;

  /// Cost: O(N log N), less where harmonics are left out. Destroys mesh.
  FourierGrid(const MeshPlan& plan, FftBuffer<double> mesh, const Execution& execution);

  /// Writes the real factors of the harmonics in slots (first ... first + count - 1, j, k).
  using Factors = std::function<void(Index first, Index count, Index j, Index k, double* factors)>;

  /// Memory of the harmonics kept.
  double Bytes() const
  {
    return static_cast<double>(sizeof(Complex) * static_cast<std::size_t>(this->Values.Size()));
  }
  const HarmonicAxis& Axis(int a) const { return this->Axes[static_cast<std::size_t>(a)]; }
  /// sum over all harmonics of |F[k] factor[k]|: bounds the function everywhere.
  double AbsoluteSum(const Factors& factors) const;
  /// sqrt of the sum over all harmonics of |F[k] factor[k]|^2: the function's root mean square.
  double RootMeanSquare(const Factors& factors) const;

  /// The harmonics (0, j, k), (1, j, k), ... of the first axis.
  const Complex* Row(Index j, Index k) const
  {
    return this->Values.Data() + (k * this->Axes[1].Slots + j) * this->Axes[0].Slots;
  }

private:
  template <class Term>
  double Sum(const Factors& factors, const Term& term) const;

  std::array<HarmonicAxis, 3> Axes;
  FftBuffer<Complex> Values;
};
}

#endif
