// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Base/Fft.h"
#include "support/Numbers.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <stdexcept>

namespace scorefields
{
namespace
{
double Random(std::mt19937& engine)
{
  return static_cast<double>(engine()) / 4294967296.0 - 0.5;
}
}

// Oracle: the definition. Sizes: powers, odd, prime. The tolerance is the rounding of a plain sum
// of n terms of modulus at most 1/2, which bounds that of the oracle and of the transform.
TEST(Fft, RealTransformsEqualTheirDefinition)
{
  for (const Index n : { 1, 2, 15, 16, 31 })
  {
    std::mt19937 engine(7);
    FftBuffer<double> values(n);
    for (Index j = 0; j < n; ++j)
    {
      values[j] = Random(engine);
    }
    const RealFft fft(n);
    FftBuffer<Complex> harmonics(n / 2 + 1);
    FftBuffer<double> copy(n);
    std::copy_n(values.Data(), n, copy.Data());
    fft.Forward(copy, harmonics);
    const double tolerance = 0.5 * Eps * static_cast<double>(n * (n + 2));
    for (Index k = 0; k <= n / 2; ++k)
    {
      Complex sum = 0.0;
      for (Index j = 0; j < n; ++j)
      {
        sum += values[j] *
          std::polar(1.0, -2.0 * Pi * static_cast<double>(j * k % n) / static_cast<double>(n));
      }
      EXPECT_LE(std::abs(harmonics[k] - sum), tolerance) << n;
    }
    fft.Backward(harmonics, copy);
    for (Index j = 0; j < n; ++j)
    {
      EXPECT_NEAR(copy[j], static_cast<double>(n) * values[j], tolerance) << n;
    }
  }
}

// Oracle: the definition, for each of the interleaved lines. Rounding of sums of n terms of modulus
// below 1, of which each angle and each product round by eps.
TEST(Fft, ComplexTransformsEqualTheirDefinition)
{
  const Index n = 12;
  std::mt19937 engine(8);
  FftBuffer<Complex> lines(n * ComplexFft::Lines);
  for (Index i = 0; i < lines.Size(); ++i)
  {
    lines[i] = Complex(Random(engine), Random(engine));
  }
  FftBuffer<Complex> transformed(lines.Size());
  std::copy_n(lines.Data(), lines.Size(), transformed.Data());
  const ComplexFft fft(n);
  fft.Forward(transformed);
  const double tolerance = Eps * static_cast<double>(n * n);
  for (Index line = 0; line < ComplexFft::Lines; ++line)
  {
    for (Index k = 0; k < n; ++k)
    {
      Complex sum = 0.0;
      for (Index j = 0; j < n; ++j)
      {
        sum += lines[j * ComplexFft::Lines + line] *
          std::polar(1.0, -2.0 * Pi * static_cast<double>(j * k % n) / static_cast<double>(n));
      }
      EXPECT_LE(std::abs(transformed[k * ComplexFft::Lines + line] - sum), tolerance);
    }
  }
  fft.Backward(transformed);
  for (Index i = 0; i < lines.Size(); ++i)
  {
    EXPECT_LE(std::abs(transformed[i] - static_cast<double>(n) * lines[i]), tolerance);
  }
}

// Oracle: the definition, for sizes with and without a highest frequency. Rounding of sums of n
// terms of modulus at most 1, each off by 2 eps.
TEST(Fft, HalfComplexTransformsEqualTheirDefinition)
{
  for (const Index n : { 1, 2, 9, 12 })
  {
    std::mt19937 engine(10);
    FftBuffer<double> lines(n * HalfComplexFft::Lines);
    for (Index i = 0; i < lines.Size(); ++i)
    {
      lines[i] = Random(engine);
    }
    FftBuffer<double> transformed(lines.Size());
    std::copy_n(lines.Data(), lines.Size(), transformed.Data());
    const HalfComplexFft fft(n);
    fft.Forward(transformed);
    const double tolerance = 2.0 * Eps * static_cast<double>(n * n);
    for (Index k = 0; k < n; ++k)
    {
      Complex sum = 0.0;
      for (Index j = 0; j < n; ++j)
      {
        sum += lines[j * HalfComplexFft::Lines + 5] *
          std::polar(
            1.0, -2.0 * Pi * static_cast<double>(j * std::min(k, n - k)) / static_cast<double>(n));
      }
      EXPECT_NEAR(
        transformed[k * HalfComplexFft::Lines + 5], 2 * k <= n ? sum.real() : sum.imag(), tolerance)
        << n << " " << k;
    }
    fft.Backward(transformed);
    for (Index i = 0; i < lines.Size(); ++i)
    {
      EXPECT_NEAR(transformed[i], static_cast<double>(n) * lines[i], tolerance);
    }
  }
}

// Oracle: the definition. Rounding of sums of n terms of modulus at most 1, each off by 2 eps.
TEST(Fft, CosineTransformsEqualTheirDefinition)
{
  const Index n = 9;
  std::mt19937 engine(9);
  FftBuffer<double> lines(n * CosineFft::Lines);
  for (Index i = 0; i < lines.Size(); ++i)
  {
    lines[i] = Random(engine);
  }
  FftBuffer<double> transformed(lines.Size());
  std::copy_n(lines.Data(), lines.Size(), transformed.Data());
  const CosineFft fft(n);
  fft.Forward(transformed);
  const double tolerance = 2.0 * Eps * static_cast<double>(n * n);
  for (Index k = 0; k < n; ++k)
  {
    double sum = 0.0;
    for (Index j = 0; j < n; ++j)
    {
      sum += 2.0 * lines[j * CosineFft::Lines + 3] *
        std::cos(
          Pi * (static_cast<double>(j) + 0.5) * static_cast<double>(k) / static_cast<double>(n));
    }
    EXPECT_NEAR(transformed[k * CosineFft::Lines + 3], sum, tolerance);
  }
  fft.Backward(transformed);
  for (Index i = 0; i < lines.Size(); ++i)
  {
    EXPECT_NEAR(transformed[i], 2.0 * static_cast<double>(n) * lines[i], tolerance);
  }
}

// Oracle: the definition, by trial of all smaller candidates.
TEST(Fft, FastSizesAreEvenSevenSmoothAndLeast)
{
  const auto fast = [](Index n)
  {
    for (const Index factor : { 2, 3, 5, 7 })
    {
      while (n % factor == 0)
      {
        n /= factor;
      }
    }
    return n == 1;
  };
  for (Index n = 0; n < 3000; ++n)
  {
    const Index size = FastFftSize(n);
    EXPECT_TRUE(size >= n && size % 2 == 0 && fast(size)) << n;
    for (Index smaller = std::max<Index>(2, n); smaller < size; ++smaller)
    {
      EXPECT_FALSE(smaller % 2 == 0 && fast(smaller)) << n;
    }
  }
}

// Contract: a length below 1 is the caller's mistake.
TEST(Fft, RefusesLengthsThatAreNone)
{
  EXPECT_THROW(RealFft(0), std::invalid_argument);
  EXPECT_THROW(ComplexFft(-1), std::invalid_argument);
}
}
