// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/Stencils.h"

namespace scorefields
{
namespace
{
constexpr double Infinity = std::numeric_limits<double>::infinity();
constexpr double Negligible = 1e-6; // second differences below this times delta^2 B are noise

/// How many of the `limit` nodes next to *v in direction `step` have a value, without a gap.
int KnownNodes(const double* v, Index step, Index limit)
{
  int known = 0;
  while (known < limit && std::isfinite(v[(known + 1) * step]))
  {
    ++known;
  }
  return known;
}

/// |v[0] - 3 v[1] + 3 v[2] - v[3]| from *v on.
double ThirdDifference(const double* v, Index step)
{
  return std::abs(v[0] - v[3 * step] + 3.0 * (v[2 * step] - v[step]));
}

/// Next to a border or a gap with at least three nodes in direction `step`: the second difference
/// on the other side is extrapolated by its growth, and the estimate doubled.
double ExtrapolatedError(const double* v, Index step, const StencilLine& line)
{
  const double middle = v[step] - 2.0 * v[0] + v[-step] + line.Curvature;
  const double next = v[2 * step] - 2.0 * v[step] + v[0] + line.Curvature;
  const double growth = std::max(
    1.0, std::abs(middle) / std::max(std::abs(next), Negligible * line.Curvature + 1e-300));
  const double beyond = std::max(-1e300, std::min(growth * middle, 1e300));
  const double t = std::abs(next - beyond) / 12.0;
  const double u = std::abs(next - 2.0 * middle + beyond) / 12.0;
  const double sum = std::abs(beyond) + std::abs(middle) + std::abs(next) + 1e-300;
  const double estimate = 4.0 * CentralEstimate(t, u, std::min(1.0, 12.0 * (t + u) / sum)) +
    (line.Bounded > 0.0 ? 0.25 : line.Coarse) * std::abs(middle);
  const double mean = sum / 3.0;
  return BoundedError(estimate, 0.5 * middle, mean * mean, line);
}

double CentralErrorNearGap(const double* v, int before, int after, const StencilLine& line)
{
  const Index s = line.Stride;
  if (before >= 2 && after >= 2)
  {
    const LocalCurvature local = CurvatureAround(v, line);
    const double estimate =
      1.5 * CentralEstimate(local.T, local.U, local.Ratio) + line.Coarser * local.Mean;
    return BoundedError(estimate, 0.5 * local.Middle, local.Mean * local.Mean, line);
  }
  if (before >= 2 || after >= 2)
  {
    return ExtrapolatedError(v, after >= 2 ? s : -s, line);
  }
  const double bound = 0.5 * (v[s] - 2.0 * v[0] + v[-s] + line.Curvature);
  return line.Bounded > 0.0 && bound > 0.0 ? bound : Infinity;
}

/// Of the one-sided stencil: the second difference extrapolated by one node.
double OneSidedError(const double* v, Index step, const StencilLine& line)
{
  const double third = ThirdDifference(v, step);
  const double near = std::abs(v[0] - 2.0 * v[step] + v[2 * step] + line.Curvature);
  const double far = std::abs(v[step] - 2.0 * v[2 * step] + v[3 * step] + line.Curvature);
  const double growth = std::max(1.0, near / std::max(far, Negligible * line.Curvature + 1e-300));
  if (!(line.Bounded > 0.0))
  {
    return 4.0 * std::min(growth * growth, 1e300) * third + line.Coarse * (near + far);
  }
  return growth * growth * (2.0 * near + third);
}

StencilResult Inner(const double* v, const double* margin, int before, int after, bool fourth,
  const StencilLine& line)
{
  const Index s = line.Stride;
  const bool three = before >= 3 && after >= 3;
  StencilResult result;
  result.Outside = false;
  if (fourth && three)
  {
    result.Slope = FourthSlope(v, s);
    result.Margin = FourthMargin(margin, s);
    result.Error = FourthError(v, line);
    return result;
  }
  result.Slope = CentralSlope(v, s);
  result.Margin = CentralMargin(margin, s);
  result.Error = three ? CentralError(v, line) : CentralErrorNearGap(v, before, after, line);
  return result;
}

/// One-sided stencils towards `run` nodes in direction `step`; the slope is per step.
StencilResult OneSided(
  const double* v, const double* margin, int run, Index step, const StencilLine& line)
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
    result.Error = OneSidedError(v, step, line);
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
  const int left = KnownNodes(v, -line.Stride, std::min<Index>(before, 3));
  const int right = KnownNodes(v, line.Stride, std::min<Index>(after, 3));
  if (left >= 1 && right >= 1)
  {
    return Inner(v, margin, left, right, fourth, line);
  }
  if (right >= 1)
  {
    return OneSided(v, margin, right, line.Stride, line);
  }
  if (left >= 1)
  {
    StencilResult result = OneSided(v, margin, left, -line.Stride, line);
    result.Slope = -result.Slope;
    return result;
  }
  return StencilResult();
}
}
