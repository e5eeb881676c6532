// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Transform/PlanErrors.h"

#include "Numerics/Transform/BSpline.h"

#include <algorithm>
#include <cmath>
#include <limits>

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

/// What the images along an unpadded axis add at any node at most, as a share of K_H(0), and the
/// distance of the nearest one in lengths.
struct BoxImages
{
  double Share = 0.0;
  double Nearest = 0.0;
};

/// @param moved  how far binning moves samples at most, within the box.
BoxImages ImagesInBox(const MeshAxis& axis, const CloudMoments& cloud, double length, double moved)
{
  const auto inBox = [&](double x) { return std::clamp(x, axis.KeepAbove, axis.KeepUpTo); };
  const double lowest = inBox(cloud.Lower[axis.Axis] - moved);
  const double highest = inBox(cloud.Upper[axis.Axis] + moved);
  BoxImages images;
  for (const double x : { axis.KeepAbove, axis.KeepUpTo })
  {
    // Images from above add most at the last node, those from below at the first one.
    images.Share += ImagesAlong(x, lowest, highest, axis.Period, length).Images;
  }
  const double extent = std::max(axis.KeepUpTo - lowest, highest - axis.KeepAbove);
  images.Nearest = (axis.Period - extent) / length;
  return images;
}

/// How many times K_H(0) a sample with its images along a closed axis adds at a node at most.
double ClosedImages(const MeshAxis& axis, double length)
{
  return (axis.Mirror ? 2.0 : 1.0) * (ImagesAlong(0.0, 0.0, 0.0, axis.Period, length).All() + 1.0);
}

/// Images along the open axes, and with padding the samples too far away to be kept: the planned
/// error is relative to a density that does not have them.
ErrorPart WrapOf(const MeshPlan& plan, const FftOptions& options, const CloudMoments& cloud,
  const GaussianKernel& kernel, double supremum, double dropped)
{
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const Eigen::Vector3d lengths = DistanceLengths(kernel);
  ErrorPart wrap;
  double peak = std::exp(kernel.LogPeak());
  double images = 0.0;   // of all open axes, as a share of the density of one sample
  double distance = 2.0; // in bandwidths, at most, of the images in the mean
  double reach = infinity;
  for (int a = 0; a < plan.Dimension; ++a)
  {
    const MeshAxis& axis = plan.Axes[static_cast<std::size_t>(a)];
    const double length = lengths[axis.Axis];
    if (!std::isfinite(axis.KeepAbove))
    {
      peak *= ClosedImages(axis, length);
    }
    else if (options.ZeroPadding)
    {
      wrap.Add(FarSamplesOf(axis.WrapError * supremum, AllThatCounts));
      const double kept = axis.Origin - axis.KeepAbove;
      reach = std::min(reach, kept / kernel.AxisBandwidths()[axis.Axis]);
    }
    else
    {
      const BoxImages along =
        ImagesInBox(axis, cloud, length, plan.Deconvolve ? 0.0 : axis.Spacing);
      images += along.Share * (1.0 + images);
      distance += along.Nearest;
    }
  }
  wrap.Add(FarSamplesOf(peak * images, distance));
  if (dropped > 0.0 && reach < infinity)
  {
    wrap.Add(FarSamplesOf(dropped * peak * std::exp(-0.5 * reach * reach), reach));
  }
  return wrap;
}
}

TransformErrors ErrorsOf(const MeshPlan& plan, const FftOptions& options, const CloudMoments& cloud,
  const GaussianKernel& kernel, double supremum, double dropped)
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
  }
  errors.Wrap = WrapOf(plan, options, cloud, kernel, supremum, dropped);
  const double most = std::max(std::exp(kernel.LogPeak()), supremum);
  if (errors.Spreading.Density > most)
  {
    errors.Spreading.Gradient *= most / errors.Spreading.Density;
    errors.Spreading.Density = most;
  }
  return errors;
}
}
