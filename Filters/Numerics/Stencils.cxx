// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Stencils.h"

namespace scorefields
{
namespace
{
constexpr double Infinity = std::numeric_limits<double>::infinity();

/// How many of the `limit` nodes next to *v in direction `step` have a value, without a gap.
int Run(const double* v, Index step, Index limit)
{
  int run = 0;
  while (run < limit && std::isfinite(v[(run + 1) * step]))
  {
    ++run;
  }
  return run;
}

/// |v[0] - 3 v[1] + 3 v[2] - v[3]| from *v on.
double ThirdDifference(const double* v, Index step)
{
  return std::abs(v[0] - v[3 * step] + 3.0 * (v[2 * step] - v[step]));
}

double CentralErrorNearGap(const double* v, int before, int after, const StencilLine& line)
{
  const Index s = line.Stride;
  const double bound = 0.5 * (v[s] - 2.0 * v[0] + v[-s] + line.Curvature);
  double third = Infinity;
  if (after >= 2)
  {
    third = ThirdDifference(v - s, s);
  }
  else if (before >= 2)
  {
    third = ThirdDifference(v - 2 * s, s);
  }
  return CappedError(3.0 * third / 6.0, bound, line);
}

StencilResult Inner(const double* v, const double* margin, int before, int after, bool fourth,
  const StencilLine& line)
{
  const Index s = line.Stride;
  const bool two = before >= 2 && after >= 2;
  StencilResult result;
  result.Outside = false;
  if (fourth && two)
  {
    result.Slope = FourthSlope(v, s);
    result.Margin = FourthMargin(margin, s);
    result.Error = before >= 3 && after >= 3 ? FourthError(v, line) : CentralError(v, line);
    return result;
  }
  result.Slope = CentralSlope(v, s);
  result.Margin = CentralMargin(margin, s);
  result.Error = two ? CentralError(v, line) : CentralErrorNearGap(v, before, after, line);
  return result;
}

/// One-sided stencils towards `run` nodes in direction `step`; the slope is per step.
StencilResult OneSided(const double* v, const double* margin, int run, Index step)
{
  StencilResult result;
  result.Outside = false;
  if (run == 1)
  {
    result.Slope = v[step] - v[0];
    result.Margin = std::min(margin[0], margin[step]) - std::log(2.0);
    return result;
  }
  result.Slope = 2.0 * (v[step] - v[0]) - 0.5 * (v[2 * step] - v[0]);
  result.Margin = std::min(std::min(margin[0], margin[step]), margin[2 * step]) - std::log(4.0);
  if (run >= 3)
  {
    result.Error = 3.0 * ThirdDifference(v, step) / 3.0;
  }
  return result;
}
}

StencilResult BestStencil(const double* v, const double* margin, Index before, Index after,
  bool fourth, const StencilLine& line)
{
  if (!std::isfinite(v[0]))
  {
    return StencilResult();
  }
  const int left = Run(v, -line.Stride, std::min<Index>(before, 3));
  const int right = Run(v, line.Stride, std::min<Index>(after, 3));
  if (left >= 1 && right >= 1)
  {
    return Inner(v, margin, left, right, fourth, line);
  }
  if (right >= 1)
  {
    return OneSided(v, margin, right, line.Stride);
  }
  if (left >= 1)
  {
    StencilResult result = OneSided(v, margin, left, -line.Stride);
    result.Slope = -result.Slope;
    return result;
  }
  return StencilResult();
}
}
