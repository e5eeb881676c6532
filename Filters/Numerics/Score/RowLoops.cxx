// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/RowLoops.h"

#include <cmath>

namespace scorefields
{
namespace
{
SCOREFIELDS_CLONES void SoundLoop(const double* margin, const double* squaredError,
  const double* logDensity, const unsigned char* outside, Index count, const SoundLimits& limits,
  unsigned char* sound)
{
  const SoundLimits least = limits;
  for (Index i = 0; i < count; ++i)
  {
    // Comparisons with NaN are false.
    const bool holds = (margin[i] >= least.LeastMargin) & (squaredError[i] <= least.SquaredError) &
      (std::abs(logDensity[i]) <= least.LogDensity);
    sound[i] = static_cast<unsigned char>(holds & (outside[i] == 0));
  }
}
}

Index FindSound(const DifferenceRow& row, Index first, Index count, const double* logDensity,
  const SoundLimits& limits, unsigned char* sound)
{
  const auto at = static_cast<std::size_t>(first);
  SoundLoop(row.LeastMargin.data() + at, row.SquaredError.data() + at, logDensity,
    row.Outside.data() + at, count, limits, sound);
  Index found = 0;
  for (Index i = 0; i < count; ++i)
  {
    found += sound[i];
  }
  return found;
}

SCOREFIELDS_CLONES void Magnitudes(
  const double* x, const double* y, const double* z, Index count, double* magnitude)
{
  for (Index i = 0; i < count; ++i)
  {
    magnitude[i] = std::sqrt(x[i] * x[i] + y[i] * y[i] + z[i] * z[i]);
  }
}

void Interleave(const double* x, const double* y, const double* z, Index count, double* triples)
{
  for (Index i = 0; i < count; ++i)
  {
    triples[3 * i] = x[i];
    triples[3 * i + 1] = y[i];
    triples[3 * i + 2] = z[i];
  }
}
}
