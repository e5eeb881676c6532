// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Transform/MeshPlan.h"

#include "Numerics/Base/Fft.h"
#include "Numerics/Base/TransformErrors.h"
#include "Numerics/Transform/BSpline.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>
#include <stdexcept>

namespace scorefields
{
namespace
{
constexpr double LongestInBoxes = 8.0;
constexpr double SmallestLimit = 8388608.0;

void Require(bool condition, const std::string& message)
{
  if (!condition)
  {
    throw std::invalid_argument(message);
  }
}

void CheckAxis(const Grid& grid, int axis, const FftOptions& options)
{
  std::ostringstream message;
  const double spacing = grid.Spacing[axis];
  const Index nodes = grid.Dimensions[axis];
  message << "the grid's spacing along axis " << axis << " is " << spacing
          << "; it must be positive and finite";
  Require(nodes == 1 || (std::isfinite(spacing) && spacing > 0.0), message.str());
  message.str("");
  message << "SampleDimensions along axis " << axis << " is " << nodes
          << "; a periodic or reflecting axis, or one without ZeroPadding, needs at least 2";
  const bool closed =
    options.Boundaries[static_cast<std::size_t>(axis)] != Boundary::Open || !options.ZeroPadding;
  Require(nodes >= (closed ? 2 : 1), message.str());
}

// What all images of samples that are q >= 1 bandwidths or more away on one side add together at
// most, relative to the density's maximum.
double ShareBeyond(double q)
{
  return std::exp(0.5 - 0.5 * q * q) * q;
}

// The distance, in bandwidths, beyond which that is less than `share`.
double Reach(double share)
{
  double q = 1.0;
  for (int i = 0; i < 40; ++i)
  {
    q = std::sqrt(std::max(1.0, 1.0 + 2.0 * std::log(q / share)));
  }
  return q;
}

/// @param reachInBandwidths  see Reach.
/// @param moved              how far binning moves samples at most.
MeshAxis OpenAxis(const MeshAxis& axis, Index nodes, double bandwidth, double reachInBandwidths,
  const CloudMoments& cloud, double moved)
{
  MeshAxis open = axis;
  const double spacing = axis.NodeSpacing;
  const double reach = reachInBandwidths * bandwidth;
  const double upper = axis.Origin + static_cast<double>(nodes - 1) * spacing;
  open.KeepAbove = axis.Origin - reach;
  open.KeepUpTo = upper + reach;
  const auto inReach = [&](double x) { return std::clamp(x, open.KeepAbove, open.KeepUpTo); };
  const double lowest = inReach(cloud.Lower[axis.Axis]) - moved;
  const double highest = inReach(cloud.Upper[axis.Axis]) + moved;
  const double length =
    std::max({ upper - lowest, highest - axis.Origin, upper - axis.Origin }) + reach;
  open.Direct = !(length <= LongestInBoxes * static_cast<double>(nodes) * spacing);
  const Index needed = open.Direct ? 0 : static_cast<Index>(std::ceil(length / spacing)) + 1;
  open.Outputs = FastFftSize(std::max(nodes, needed));
  open.Period = open.Direct ? length : static_cast<double>(open.Outputs) * spacing;
  // From the nearest images to the outermost nodes, and what is dropped on either side. The period
  // is often much longer than needed, for the sake of a fast size.
  const double after = (lowest + open.Period - upper) / bandwidth;
  const double before = (axis.Origin - highest + open.Period) / bandwidth;
  open.WrapError = ShareBeyond(after) + ShareBeyond(before) +
    (cloud.Lower[axis.Axis] < open.KeepAbove ? ShareBeyond(reachInBandwidths) : 0.0) +
    (cloud.Upper[axis.Axis] > open.KeepUpTo ? ShareBeyond(reachInBandwidths) : 0.0);
  return open;
}

MeshAxis PlanAxis(const Grid& grid, int axis, double bandwidth, double reach,
  const CloudMoments& cloud, const FftOptions& options)
{
  const Index nodes = grid.Dimensions[axis];
  const double spacing = nodes > 1 ? grid.Spacing[axis] : 0.0;
  MeshAxis plan;
  plan.Axis = axis;
  plan.Origin = grid.Origin[axis];
  plan.NodeSpacing = spacing;
  plan.KeepAbove = -std::numeric_limits<double>::infinity();
  plan.KeepUpTo = std::numeric_limits<double>::infinity();
  const Boundary boundary = options.Boundaries[static_cast<std::size_t>(axis)];
  if (boundary == Boundary::Periodic)
  {
    plan.Outputs = nodes - 1;
  }
  else if (boundary == Boundary::Reflecting)
  {
    plan.Outputs = 2 * (nodes - 1);
    plan.Mirror = true;
  }
  else if (options.ZeroPadding)
  {
    const bool binned = options.Spectrum != FftSpectrum::Deconvolved;
    return OpenAxis(plan, nodes, bandwidth, reach, cloud, binned ? spacing : 0.0);
  }
  else
  {
    plan.Outputs = nodes;
    plan.KeepAbove = plan.Origin;
    plan.KeepUpTo = plan.Origin + static_cast<double>(nodes - 1) * spacing;
  }
  plan.Period = static_cast<double>(plan.Outputs) * spacing;
  return plan;
}

void SetSize(MeshAxis& axis, Index size, double narrowest, double cut)
{
  axis.Size = size;
  axis.Spacing = axis.Period / static_cast<double>(size);
  axis.Resolution = narrowest / axis.Spacing;
  const double harmonics = std::ceil(cut * axis.Period / (2.0 * Pi * narrowest));
  axis.Frequencies =
    harmonics < static_cast<double>(size / 2) ? static_cast<Index>(harmonics) : size / 2;
}

// The least resolution at which splines of this order leave less than `error`.
double NeededResolution(int order, double error)
{
  const double leading = std::pow(SplineErrorBound(order, 100.0) / error, 1.0 / order) * 100.0;
  return leading * std::pow(SplineErrorBound(order, leading) / error, 1.0 / order);
}

// Seconds on one core, roughly (tests/benchmarks): only the order of the choices matters.
double Cost(int dimension, int order, double samples, double size)
{
  const double rows = std::pow(order, dimension - 1) * (order > 8 ? 2.8 : 1.2);
  return samples * (12e-9 + 1e-9 * rows) + size * 10e-9;
}

double SizeAt(const MeshPlan& plan, double resolution, double cut, std::array<Index, 3>& sizes)
{
  double product = 1.0;
  for (int a = 0; a < plan.Dimension; ++a)
  {
    const auto i = static_cast<std::size_t>(a);
    const double bandwidths = plan.Axes[i].Period / plan.Narrowest[a];
    const double needed = std::max(bandwidths * resolution, bandwidths * cut / Pi + 2.0);
    product *= needed;
    sizes[i] = needed < 1e9 ? FastFftSize(static_cast<Index>(std::ceil(needed))) : 0;
  }
  return product;
}

void ApplySizes(MeshPlan& plan, const std::array<Index, 3>& sizes, double cut)
{
  plan.SpreadingError = 0.0;
  for (int a = 0; a < plan.Dimension; ++a)
  {
    const auto i = static_cast<std::size_t>(a);
    SetSize(plan.Axes[i], sizes[i], plan.Narrowest[a], cut);
    plan.SpreadingError += SplineErrorBound(plan.Order, plan.Axes[i].Resolution);
  }
}

// Within the limit: the highest order on the finest mesh that is allowed.
bool PlanLimited(MeshPlan& plan, double limit)
{
  std::array<Index, 3> sizes{};
  double resolution = NeededResolution(MaximumSplineOrder, 1e-2);
  for (double finer = resolution; SizeAt(plan, finer, 0.0, sizes) <= limit; finer *= 1.03)
  {
    resolution = finer;
  }
  if (SizeAt(plan, resolution, 0.0, sizes) > limit)
  {
    return false;
  }
  plan.Order = MaximumSplineOrder;
  ApplySizes(plan, sizes, AllThatCounts);
  return true;
}

void PlanDeconvolved(MeshPlan& plan, const CloudMoments& cloud, double tolerance, double limit)
{
  const double cut = std::sqrt(2.0 * std::log(100.0 / tolerance));
  double best = std::numeric_limits<double>::infinity();
  std::array<Index, 3> sizes{};
  for (const int order : SplineOrders)
  {
    const double error = 0.5 * tolerance / plan.Dimension;
    const double size = SizeAt(plan, NeededResolution(order, error), cut, sizes);
    const double cost = Cost(plan.Dimension, order, cloud.Count, size);
    if (size <= limit && cost < best)
    {
      best = cost;
      plan.Order = order;
      ApplySizes(plan, sizes, cut);
    }
  }
  plan.Deconvolve = std::isfinite(best) || PlanLimited(plan, limit);
  plan.Resolved = plan.Deconvolve;
}

// Linear binning on the grid's own spacing, or a finer share of the bandwidth.
void PlanClassical(MeshPlan& plan)
{
  plan.Order = 2;
  plan.SpreadingError = 0.0;
  for (int a = 0; a < plan.Dimension; ++a)
  {
    MeshAxis& axis = plan.Axes[static_cast<std::size_t>(a)];
    const auto boxes = static_cast<Index>(axis.Direct ? LongestInBoxes : 1.0);
    SetSize(axis, boxes * axis.Outputs, plan.Narrowest[a], AllThatCounts);
    // Interpolation of the kernel between nodes; Cramer's bound of its second derivative.
    plan.SpreadingError += 2.2 / (8.0 * axis.Resolution * axis.Resolution);
  }
}
}

Index MeshPlan::Size() const
{
  return this->Axes[0].Size * this->Axes[1].Size * this->Axes[2].Size;
}

MeshPlan PlanMesh(const Grid& grid, const std::vector<GaussianKernel>& kernels,
  const CloudMoments& cloud, const FftOptions& options)
{
  Require(!kernels.empty(), "there is no Bandwidth to plan for");
  std::ostringstream message;
  message << "Tolerance is " << options.Tolerance << "; it must be above 0 and at most 0.1";
  Require(options.Tolerance > 0.0 && options.Tolerance <= 0.1, message.str());
  const Axes& axes = kernels.front().ActiveAxes();
  const double tolerance = std::max(options.Tolerance, 1e-15);
  MeshPlan plan;
  plan.Dimension = axes.Count;
  const double reach = Reach(0.25 * tolerance / (2.0 * axes.Count));
  double nodes = 1.0;
  for (int a = 0; a < axes.Count; ++a)
  {
    const int axis = axes.Axis[a];
    plan.Narrowest[a] = std::numeric_limits<double>::infinity();
    for (const GaussianKernel& kernel : kernels)
    {
      plan.Narrowest[a] = std::min(plan.Narrowest[a], NarrowLength(kernel, axis));
      plan.Widest[a] = std::max(plan.Widest[a], kernel.AxisBandwidths()[axis]);
    }
    CheckAxis(grid, axis, options);
    plan.Axes[static_cast<std::size_t>(a)] =
      PlanAxis(grid, axis, plan.Widest[a], reach, cloud, options);
    plan.WrapError += plan.Axes[static_cast<std::size_t>(a)].WrapError;
    nodes *= static_cast<double>(grid.Dimensions[axis]);
  }
  const double limit = options.MaximumMeshSize > 0 ? static_cast<double>(options.MaximumMeshSize)
                                                   : std::max(4.0 * nodes, SmallestLimit);
  if (options.Spectrum == FftSpectrum::Deconvolved)
  {
    PlanDeconvolved(plan, cloud, tolerance, limit);
  }
  if (!plan.Deconvolve)
  {
    PlanClassical(plan);
  }
  return plan;
}
}
