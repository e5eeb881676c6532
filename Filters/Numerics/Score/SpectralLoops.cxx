// SPDX-License-Identifier: BSD-3-Clause
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "Numerics/Score/SpectralLoops.cxx"
#include "Numerics/Base/EachTarget.h"

#include "Numerics/Base/Elementary.h"
#include "Numerics/Score/SpectralLoops.h"

#include <algorithm>
#include <cmath>
#include <limits>

HWY_BEFORE_NAMESPACE();
namespace scorefields
{
namespace HWY_NAMESPACE
{
namespace
{
HWY_INLINE Lanes RelativeOf(Lanes values, double largest)
{
  const Lanes least = Lanes::All(-700.0); // below, the density is 0 beside the largest one
  const Lanes exponent = values - Lanes::All(largest);
  return IfGreater(exponent, least, Exponential(Larger(exponent, least)), Lanes::Zero());
}

void Relative(const double* values, double largest, Index count, double* relative)
{
  Index i = 0;
  for (; i + LaneCount <= count; i += LaneCount)
  {
    RelativeOf(Lanes::Load(values + i), largest).Store(relative + i);
  }
  if (i < count)
  {
    double rest[LaneCount];
    for (Index l = 0; l < LaneCount; ++l)
    {
      rest[l] = i + l < count ? values[i + l] : largest;
    }
    RelativeOf(Lanes::Load(rest), largest).Store(rest);
    std::copy_n(rest, count - i, relative + i);
  }
}

void Turn(const double* frequency, const double* dampedFrequency, Index count,
  double* HWY_RESTRICT spectrum, double* HWY_RESTRICT damped)
{
  for (Index k = 0; k < 2 * count; k += 2)
  {
    const double real = spectrum[k];
    const double imaginary = spectrum[k + 1];
    spectrum[k] = frequency[k] * imaginary;
    spectrum[k + 1] = frequency[k + 1] * real;
    damped[k] = dampedFrequency[k] * imaginary;
    damped[k + 1] = dampedFrequency[k + 1] * real;
  }
}

/// The largest of the lanes, which have no order.
HWY_INLINE double LargestLane(Lanes largest)
{
  double lanes[LaneCount];
  largest.Store(lanes);
  return *std::max_element(lanes, lanes + LaneCount);
}

double LargestAbsolute(const double* values, Index count)
{
  const Lanes zero = Lanes::Zero();
  Lanes largest = zero;
  Index i = 0;
  for (; i + LaneCount <= count; i += LaneCount)
  {
    const Lanes x = Lanes::Load(values + i);
    largest = Larger(Larger(x, zero - x), largest);
  }
  double most = LargestLane(largest);
  for (; i < count; ++i)
  {
    most = std::max(most, std::abs(values[i]));
  }
  return most;
}

void AddError(double first, double second, const double* nearness, Index step, Index count,
  double* HWY_RESTRICT ringing)
{
  for (Index j = 0; j < count; ++j)
  {
    const double near = nearness[j * step];
    ringing[j] += near * (first + near * second);
  }
}

void Divide(const double* density, const double* derivative, double noise, Index count,
  double* HWY_RESTRICT slope, double* HWY_RESTRICT ringing, double* HWY_RESTRICT noiseError)
{
  for (Index j = 0; j < count; ++j)
  {
    const double inverse = 1.0 / density[j]; // infinite where the density is 0
    const double value = derivative[j] * inverse;
    slope[j] = density[j] > 0.0 ? value : 0.0;
    ringing[j] = density[j] > 0.0 ? ringing[j] * inverse : 0.0;
    noiseError[j] = noise * inverse;
  }
}

double Largest(const double* values, Index count)
{
  Lanes largest = Lanes::All(-std::numeric_limits<double>::infinity());
  const Lanes one = Lanes::All(1.0);
  const Lanes minusOne = Lanes::All(-1.0);
  Lanes sum = Lanes::Zero(); // of the values cut at -1 and 1: not a number, if one is none
  Index i = 0;
  for (; i + LaneCount <= count; i += LaneCount)
  {
    const Lanes x = Lanes::Load(values + i);
    largest = Larger(x, largest);
    const Lanes above = IfGreater(minusOne, x, minusOne, x);
    sum = sum + IfGreater(above, one, one, above);
  }
  double most = LargestLane(largest);
  bool missing = std::isnan(Sum(sum));
  for (; i < count; ++i)
  {
    most = values[i] > most ? values[i] : most;
    missing = missing || std::isnan(values[i]);
  }
  return missing ? std::numeric_limits<double>::quiet_NaN() : most;
}

void Squares(const double* error, double factor, Index count, float* HWY_RESTRICT square)
{
  constexpr double largestError = 1e18; // its square still fits into a float
  constexpr double largestFinite = std::numeric_limits<double>::max();
  for (Index i = 0; i < count; ++i)
  {
    const double scaled = factor * error[i];
    const double limited = scaled < largestError ? scaled : largestError; // of NaN too
    const double kept = scaled > largestFinite ? scaled : limited;
    square[i] = static_cast<float>(kept * kept);
  }
}

void Roots(float* values, Index count)
{
  for (Index i = 0; i < count; ++i)
  {
    values[i] = std::sqrt(values[i]);
  }
}
}
}
}
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace scorefields
{
HWY_EXPORT(Relative);
HWY_EXPORT(Turn);
HWY_EXPORT(LargestAbsolute);
HWY_EXPORT(AddError);
HWY_EXPORT(Divide);
HWY_EXPORT(Largest);
HWY_EXPORT(Squares);
HWY_EXPORT(Roots);

void SetRelative(const double* values, double largest, Index count, double* relative)
{
  HWY_DYNAMIC_DISPATCH(Relative)(values, largest, count, relative);
}

void TurnBy(const double* frequency, const double* dampedFrequency, Index count, double* spectrum,
  double* damped)
{
  HWY_DYNAMIC_DISPATCH(Turn)(frequency, dampedFrequency, count, spectrum, damped);
}

double LargestPart(const double* values, Index begin, Index end)
{
  return HWY_DYNAMIC_DISPATCH(LargestAbsolute)(values + begin, end - begin);
}

void AddEnd(const LineEnd& end, const double* nearness, Index step, Index count, double* ringing)
{
  HWY_DYNAMIC_DISPATCH(AddError)
  (end.Smooth ? 0.0 : end.Error, end.Smooth ? end.Error : 0.0, nearness, step, count, ringing);
}

void DivideLine(const double* density, const double* derivative, double noise, Index count,
  const LineResult& result)
{
  HWY_DYNAMIC_DISPATCH(Divide)
  (density, derivative, noise, count, result.Slope, result.Ringing, result.Noise);
}

double LargestOf(const double* values, Index count)
{
  return HWY_DYNAMIC_DISPATCH(Largest)(values, count);
}

void SquareErrors(const double* error, double factor, Index count, float* square)
{
  HWY_DYNAMIC_DISPATCH(Squares)(error, factor, count, square);
}

void SquareRoots(float* values, Index count)
{
  HWY_DYNAMIC_DISPATCH(Roots)(values, count);
}
}
#endif
