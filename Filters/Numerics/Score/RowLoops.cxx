// SPDX-License-Identifier: BSD-3-Clause
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "Numerics/Score/RowLoops.cxx"
#include "Numerics/Base/EachTarget.h"

#include "Numerics/Score/RowLoops.h"

#include <hwy/highway.h>

#include <cmath>
#include <limits>

HWY_BEFORE_NAMESPACE();
namespace scorefields
{
namespace HWY_NAMESPACE
{
namespace
{
void Sound(const double* margin, const double* squaredError, const double* logDensity,
  const unsigned char* outside, Index count, const SoundLimits& limits,
  unsigned char* HWY_RESTRICT sound)
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

void Central(const AxisLoop& axis, Index begin, Index end, double* HWY_RESTRICT slope,
  double* HWY_RESTRICT squaredError, double* HWY_RESTRICT leastMargin)
{
  const AxisLoop own = axis;
  for (Index i = begin; i < end; ++i)
  {
    slope[i] = own.InverseDelta * CentralSlope(own.Values + i, own.Line.Stride);
    const double error = own.Weight * CentralError(own.Values + i, own.Line);
    squaredError[i] += error * error;
    const double least = CentralMargin(own.Margin + i, own.Line.Stride);
    leastMargin[i] = least < leastMargin[i] ? least : leastMargin[i];
  }
}

void Fourth(const AxisLoop& axis, Index begin, Index end, double* HWY_RESTRICT slope,
  double* HWY_RESTRICT squaredError, double* HWY_RESTRICT leastMargin)
{
  const AxisLoop own = axis;
  for (Index i = begin; i < end; ++i)
  {
    slope[i] = own.InverseDelta * FourthSlope(own.Values + i, own.Line.Stride);
    const double error = own.Weight * FourthError(own.Values + i, own.Line);
    squaredError[i] += error * error;
    const double least = FourthMargin(own.Margin + i, own.Line.Stride);
    leastMargin[i] = least < leastMargin[i] ? least : leastMargin[i];
  }
}

bool Finite(const double* values, Index count)
{
  long long other = 0;
  for (Index i = 0; i < count; ++i)
  {
    other |= values[i] - values[i] == 0.0 ? 0 : 1;
  }
  return other == 0;
}

void Count(const double* row, Index count, RowCounts& counts)
{
  constexpr double infinity = std::numeric_limits<double>::infinity();
  Index values = 0;
  Index zeros = 0;
  double maximum = -infinity;
  for (Index i = 0; i < count; ++i)
  {
    values += row[i] - row[i] == 0.0 ? 1 : 0;
    zeros += row[i] == -infinity ? 1 : 0;
    const double value = row[i] < infinity ? row[i] : -infinity;
    maximum = value > maximum ? value : maximum;
  }
  counts.Values = values;
  counts.Zeros = zeros;
  counts.Maximum = maximum;
}

void Lengths(
  const double* x, const double* y, const double* z, Index count, double* HWY_RESTRICT magnitude)
{
  for (Index i = 0; i < count; ++i)
  {
    magnitude[i] = std::sqrt(x[i] * x[i] + y[i] * y[i] + z[i] * z[i]);
  }
}
}
}
}
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace scorefields
{
HWY_EXPORT(Sound);
HWY_EXPORT(Central);
HWY_EXPORT(Fourth);
HWY_EXPORT(Finite);
HWY_EXPORT(Count);
HWY_EXPORT(Lengths);

Index FindSound(const DifferenceRow& row, Index first, Index count, const double* logDensity,
  const SoundLimits& limits, unsigned char* sound)
{
  const auto at = static_cast<std::size_t>(first);
  HWY_DYNAMIC_DISPATCH(Sound)
  (row.LeastMargin.data() + at, row.SquaredError.data() + at, logDensity, row.Outside.data() + at,
    count, limits, sound);
  Index found = 0;
  for (Index i = 0; i < count; ++i)
  {
    found += sound[i];
  }
  return found;
}

void AddCentralDifferences(const AxisLoop& axis, Index begin, Index end, double* slope,
  double* squaredError, double* leastMargin)
{
  HWY_DYNAMIC_DISPATCH(Central)(axis, begin, end, slope, squaredError, leastMargin);
}

void AddFourthDifferences(const AxisLoop& axis, Index begin, Index end, double* slope,
  double* squaredError, double* leastMargin)
{
  HWY_DYNAMIC_DISPATCH(Fourth)(axis, begin, end, slope, squaredError, leastMargin);
}

bool AllFinite(const double* values, Index count)
{
  return HWY_DYNAMIC_DISPATCH(Finite)(values, count);
}

RowCounts CountRow(const double* row, Index count)
{
  RowCounts counts;
  HWY_DYNAMIC_DISPATCH(Count)(row, count, counts);
  return counts;
}

void Magnitudes(const double* x, const double* y, const double* z, Index count, double* magnitude)
{
  HWY_DYNAMIC_DISPATCH(Lengths)(x, y, z, count, magnitude);
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
#endif
