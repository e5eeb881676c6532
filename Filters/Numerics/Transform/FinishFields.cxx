// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Transform/FinishFields.h"

#include <algorithm>
#include <vector>

namespace scorefields
{
namespace
{
constexpr Index ChunkSize = 1 << 14;
constexpr Index Lanes = 8;

using Values [[gnu::vector_size(64), gnu::aligned(8), gnu::may_alias]] = double;
using Bits [[gnu::vector_size(64), gnu::aligned(8), gnu::may_alias]] = long long;

// x := log(x) for normal positive x. With x = 2^k m, m in [sqrt(1/2), sqrt(2)), and
// s = (m - 1) / (m + 1): log m = 2 atanh(s) = 2 s + s z Q(z), z = s^2, where Q interpolates at
// Chebyshev points (error 5e-18 of the result).
[[gnu::always_inline]] inline void Logarithm(Values& x)
{
  constexpr long long rootHalf = 0x3fe6a09e667f3bcd;
  constexpr long long mantissa = 0x000fffffffffffff;
  constexpr long long shiftedZero = 0x4330000000000000; // 2^52
  const Bits offset = (Bits)x - rootHalf;
  // k, offset so that it is positive, as the low bits of a double between 2^52 and 2^53.
  const Bits exponent = ((offset >> 52) & 0xfffLL) ^ 0x800LL;
  const Values k = (Values)(exponent | shiftedZero) - (4503599627370496.0 + 2048.0);
  const Values m = (Values)((offset & mantissa) + rootHalf);
  const Values s = (m - 1.0) / (m + 1.0);
  const Values z = s * s;
  Values q = z * 0x1.2b5900de53b32p-3 + 0x1.39fe51a7c18f9p-3;
  q = q * z + 0x1.7462b51cb66b1p-3;
  q = q * z + 0x1.c71c62e3f11e6p-3;
  q = q * z + 0x1.2492492df281ap-2;
  q = q * z + 0x1.99999999952d7p-2;
  q = q * z + 0x1.5555555555558p-1;
  // log 2 in two parts, the first with few enough bits that its product with k is exact.
  x = k * 0x1.62e42fef00000p-1 + (2.0 * s + (s * (z * q) + k * 0x1.473de6af278edp-34));
}

SCOREFIELDS_CLONES void LogRange(
  const double* source, double least, double* target, Index begin, Index end)
{
  Index i = begin;
  for (; i + Lanes <= end; i += Lanes)
  {
    Values x = *reinterpret_cast<const Values*>(source + i);
    x = x > least ? x : least - Values{};
    Logarithm(x);
    *reinterpret_cast<Values*>(target + i) = x;
  }
  if (i < end)
  {
    Values x = Values{} + 1.0;
    for (Index l = 0; i + l < end; ++l)
    {
      x[l] = source[i + l] > least ? source[i + l] : least;
    }
    Logarithm(x);
    for (Index l = 0; i + l < end; ++l)
    {
      target[i + l] = x[l];
    }
  }
}
}

void LogOfAtLeast(
  const double* source, double least, double* target, Index n, const Execution& execution)
{
  // Whole chunks, so that how a value is rounded does not depend on how the range was split.
  execution.For((n + ChunkSize - 1) / ChunkSize,
    [&](Index begin, Index end)
    { LogRange(source, least, target, begin * ChunkSize, std::min(n, end * ChunkSize)); });
}

void DerivativesOfLog(const double* density, double least, double* score, double* hessian, Index n,
  const Execution& execution)
{
  execution.For(n,
    [&](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        const double g = std::max(density[i], least);
        double* const s = score + 3 * i;
        for (int a = 0; a < 3; ++a)
        {
          s[a] /= g;
        }
        if (hessian != nullptr)
        {
          const double squares[6] = { s[0] * s[0], s[1] * s[1], s[2] * s[2], s[0] * s[1],
            s[1] * s[2], s[0] * s[2] };
          for (int c = 0; c < 6; ++c)
          {
            hessian[6 * i + c] = hessian[6 * i + c] / g - squares[c];
          }
        }
      }
    });
}

Extremes FindExtremes(const double* values, Index n, const Execution& execution)
{
  const Index chunks = (n + ChunkSize - 1) / ChunkSize;
  std::vector<Extremes> found(static_cast<std::size_t>(chunks));
  execution.For(chunks,
    [&](Index begin, Index end)
    {
      for (Index chunk = begin; chunk < end; ++chunk)
      {
        double least = values[chunk * ChunkSize];
        double most = least;
        const Index last = std::min(n, (chunk + 1) * ChunkSize);
        for (Index i = chunk * ChunkSize; i < last; ++i)
        {
          least = values[i] < least ? values[i] : least;
          most = values[i] > most ? values[i] : most;
        }
        found[static_cast<std::size_t>(chunk)] = { least, most };
      }
    });
  Extremes all = found.front();
  for (const Extremes& part : found)
  {
    all.Minimum = std::min(all.Minimum, part.Minimum);
    all.Maximum = std::max(all.Maximum, part.Maximum);
  }
  return all;
}
}
