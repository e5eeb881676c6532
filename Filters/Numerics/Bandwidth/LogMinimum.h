// SPDX-License-Identifier: BSD-3-Clause
#ifndef Bandwidth_LogMinimum_h
#define Bandwidth_LogMinimum_h

#include <functional>

namespace scorefields
{
struct LogMinimum
{
  double Position = 0.0;
  double Value = 0.0;
  bool Found = false; ///< a minimum inside the range
};

enum class MinimumAccuracy
{
  Full,    ///< 1e-9
  Sampled, ///< 1e-3: enough for a function that carries sampling noise
};

/// A local minimum of a function of a length inside [least, largest]: the one at the largest length
/// that does not exceed the least of them by more than the noise. Small bandwidths fit accidents
/// (Hall and Marron 1991 prefer the largest minimum altogether).
///
/// A minimum at an end of the range is none: cross-validation falls without end towards 0 where
/// points nearly coincide. Samples every 0.3 in the logarithm, then Brent's method in the bracket
/// of the best of them to 1e-3, then (Full) two Newton steps on five points 0.3 % apart, which
/// reach 1e-9 where function values alone, flat to rounding, stop at 1e-8 at best. Values that are
/// not finite count as infinite. Cost: about 8 calls per decade, and 5 or 16.
LogMinimum MinimizeInLog(const std::function<double(double)>& function, double least,
  double largest, MinimumAccuracy accuracy,
  const std::function<double(double, double)>& noise = {});
}

#endif
