// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Transform/PlanErrors.h"

#include "Numerics/Transform/BSpline.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace
{
/// The frequencies that the transforms do not keep. Of the highest one of an even number the
/// density has one half, its derivatives along the axis nothing.
ErrorPart TruncationAlong(const MeshAxis& axis, const GaussianKernel& kernel)
{
  const bool halved = 2 * axis.Frequencies >= axis.Size;
  const double kept = static_cast<double>(axis.Frequencies);
  const auto beyond = [&](double harmonic)
  { return TruncationOf(kernel, axis.Axis, 2.0 * Pi * harmonic / axis.Period); };
  return { beyond(halved ? kept : kept + 0.5).Density,
    beyond(halved ? kept - 0.5 : kept + 0.5).Gradient };
}

/// The mesh between the samples and the harmonics.
ErrorPart SpreadingAlong(
  const MeshPlan& plan, const MeshAxis& axis, const GaussianKernel& kernel, double supremum)
{
  const double resolution = NarrowLength(kernel, axis.Axis) / axis.Spacing;
  if (plan.Deconvolve)
  {
    return SpreadingOf(
      plan.Dimension, plan.Order, SplineErrorBound(plan.Order, resolution) * supremum);
  }
  const double binning = 2.2 / (8.0 * resolution * resolution) * supremum;
  return SpreadingOf(plan.Dimension, plan.Order, std::min(std::exp(kernel.LogPeak()), binning));
}

/// Images along an open axis, and samples too far away to be kept.
ErrorPart WrapAlong(const MeshAxis& axis, const FftOptions& options, const CloudSummary& cloud,
  const GaussianKernel& kernel, double supremum)
{
  const double wide = kernel.AxisBandwidths()[axis.Axis];
  if (options.ZeroPadding)
  {
    return FarSamplesOf(axis.WrapError * supremum, AllThatCounts);
  }
  const double length = axis.KeepUpTo - axis.KeepAbove;
  const double highest = std::min(cloud.Upper[axis.Axis], axis.KeepUpTo);
  const double lowest = std::max(cloud.Lower[axis.Axis], axis.KeepAbove);
  const double nearest =
    axis.Period - std::min(length, std::max(axis.KeepUpTo - lowest, highest - axis.KeepAbove));
  const double q = nearest / wide;
  return FarSamplesOf(std::exp(kernel.LogPeak() - 0.5 * q * q), q);
}
}

TransformErrors ErrorsOf(const MeshPlan& plan, const FftOptions& options, const CloudSummary& cloud,
  const GaussianKernel& kernel, double supremum)
{
  TransformErrors errors;
  errors.RoundOff = RoundOffOf(plan.Dimension, supremum);
  const bool aliased = options.Spectrum == FftSpectrum::Aliased || !plan.Resolved;
  for (int a = 0; a < plan.Dimension; ++a)
  {
    const MeshAxis& axis = plan.Axes[static_cast<std::size_t>(a)];
    if (!aliased || 2 * axis.Frequencies < axis.Size - 1)
    {
      errors.Truncation.Add(TruncationAlong(axis, kernel));
    }
    errors.Spreading.Add(SpreadingAlong(plan, axis, kernel, supremum));
    if (std::isfinite(axis.KeepAbove))
    {
      errors.Wrap.Add(WrapAlong(axis, options, cloud, kernel, supremum));
    }
  }
  const double most = std::max(std::exp(kernel.LogPeak()), supremum);
  if (errors.Spreading.Density > most)
  {
    errors.Spreading.Gradient *= most / errors.Spreading.Density;
    errors.Spreading.Density = most;
  }
  return errors;
}
}
