// SPDX-License-Identifier: BSD-3-Clause
#ifndef Base_Fft_h
#define Base_Fft_h

#include "Numerics/Base/Types.h"

#include <complex>
#include <cstddef>
#include <memory>

/// One-dimensional fast Fourier transforms; the only unit that knows FFTW.
///
/// Transforms of several dimensions are made of these (FourierGrid.h), with this project's own
/// split into threads: every line is transformed by the same plan in a buffer of the same
/// alignment, so that a result does not depend on the number of threads to the last bit. Plans are
/// made with FFTW_ESTIMATE, which does not time and so always gives the same plan. Making a plan
/// takes a lock; executing one does not and may happen on many threads at once.
///
/// Rounding: about eps sqrt(log2 n) relative to the root mean square of a line. Cost: O(n log n)
/// per line for every n, fastest for FastFftSize.
namespace scorefields
{
using Complex = std::complex<double>;

/// The smallest even 2^a 3^b 5^c 7^d that is not below n (at least 2).
Index FastFftSize(Index n);

/// Uninitialised memory aligned to 64 bytes, as all transforms here require.
template <class Value>
class FftBuffer
{
public:
  FftBuffer() = default;
  explicit FftBuffer(Index size)
    : Memory(static_cast<Value*>(Allocate(static_cast<std::size_t>(size) * sizeof(Value))))
    , Count(size)
  {
  }
  Value* Data() { return this->Memory.get(); }
  const Value* Data() const { return this->Memory.get(); }
  Index Size() const { return this->Count; }
  Value& operator[](Index i) { return this->Memory.get()[i]; }
  const Value& operator[](Index i) const { return this->Memory.get()[i]; }
  void Fill(const Value& value)
  {
    for (Index i = 0; i < this->Count; ++i)
    {
      this->Memory.get()[i] = value;
    }
  }

private:
  static void* Allocate(std::size_t bytes);
  static void Free(void* memory);
  struct Deleter
  {
    void operator()(Value* memory) const { FftBuffer::Free(memory); }
  };
  std::unique_ptr<Value, Deleter> Memory;
  Index Count = 0;
};

/// Real line of n values <-> its n/2 + 1 coefficients of not negative frequency.
///
/// Forward: F[k] = sum_j f[j] exp(-2 pi i j k / n). Backward: f[j] = sum over all n frequencies of
/// F[k] exp(+2 pi i j k / n), without the factor 1/n; it destroys its input.
class RealFft
{
public:
  /// @throws std::invalid_argument if n < 1.
  explicit RealFft(Index n);
  ~RealFft();
  RealFft(RealFft&&) noexcept;
  RealFft& operator=(RealFft&&) noexcept;

  Index Size() const { return this->Count; }
  void Forward(FftBuffer<double>& values, FftBuffer<Complex>& coefficients) const;
  void Backward(FftBuffer<Complex>& coefficients, FftBuffer<double>& values) const;

private:
  struct Plans;
  Index Count;
  std::unique_ptr<Plans> Plan;
};

/// Lines complex lines of n values at once, interleaved: value j of line l is buffer[j * Lines +
/// l].
///
/// Forward has exp(-2 pi i j k / n), Backward exp(+2 pi i j k / n); neither has the factor 1/n.
class ComplexFft
{
public:
  static constexpr Index Lines = 8;

  /// @throws std::invalid_argument if n < 1.
  explicit ComplexFft(Index n);
  ~ComplexFft();
  ComplexFft(ComplexFft&&) noexcept;
  ComplexFft& operator=(ComplexFft&&) noexcept;

  Index Size() const { return this->Count; }
  /// In place.
  void Forward(FftBuffer<Complex>& lines) const;
  void Backward(FftBuffer<Complex>& lines) const;

private:
  struct Plans;
  Index Count;
  std::unique_ptr<Plans> Plan;
};

/// Cosine transforms of Lines interleaved real lines of n values, which diagonalise differences
/// with natural (Neumann) ends.
///
/// Forward (DCT-II): F[k] = 2 sum_j f[j] cos(pi (j + 1/2) k / n). Backward (DCT-III):
/// f[j] = F[0] + 2 sum_{k > 0} F[k] cos(pi (j + 1/2) k / n). Backward(Forward(f)) = 2 n f.
class CosineFft
{
public:
  static constexpr Index Lines = 8;

  /// @throws std::invalid_argument if n < 1.
  explicit CosineFft(Index n);
  ~CosineFft();
  CosineFft(CosineFft&&) noexcept;
  CosineFft& operator=(CosineFft&&) noexcept;

  Index Size() const { return this->Count; }
  /// In place.
  void Forward(FftBuffer<double>& lines) const;
  void Backward(FftBuffer<double>& lines) const;

private:
  struct Plans;
  Index Count;
  std::unique_ptr<Plans> Plan;
};

/// Fourier transforms of Lines interleaved real lines of n values, which diagonalise differences
/// along a periodic axis.
///
/// Forward: F[k] = sum_j f[j] cos(2 pi j k / n) for k <= n/2, and
/// F[n - k] = -sum_j f[j] sin(2 pi j k / n) for 0 < k < n/2, so that the frequency of F[k] is k or
/// n - k, whichever is less. Backward(Forward(f)) = n f.
class HalfComplexFft
{
public:
  static constexpr Index Lines = 8;

  /// @throws std::invalid_argument if n < 1.
  explicit HalfComplexFft(Index n);
  ~HalfComplexFft();
  HalfComplexFft(HalfComplexFft&&) noexcept;
  HalfComplexFft& operator=(HalfComplexFft&&) noexcept;

  Index Size() const { return this->Count; }
  /// In place.
  void Forward(FftBuffer<double>& lines) const;
  void Backward(FftBuffer<double>& lines) const;

private:
  struct Plans;
  Index Count;
  std::unique_ptr<Plans> Plan;
};
}

#endif
