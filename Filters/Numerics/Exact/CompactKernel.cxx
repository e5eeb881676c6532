// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/CompactKernel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace scorefields
{
namespace
{
/// Exponent k of the kernels (1 - rho^2)^k.
double PowerOf(KernelProfile profile)
{
  switch (profile)
  {
    case KernelProfile::Epanechnikov:
      return 1.0;
    case KernelProfile::Quartic:
      return 2.0;
    case KernelProfile::TopHat:
      return 0.0;
    case KernelProfile::Gaussian:
    case KernelProfile::CubicSpline:
      break; // of another form
  }
  return 0.0;
}

/// The integral of q^m times the spline over its support, 0 <= q <= 2.
double SplineMoment(int m)
{
  const auto power = [m](int shift) { return 1.0 / (m + shift + 1); };
  const auto outer = [m](int shift)
  { return (std::pow(2.0, m + shift + 1) - 1.0) / (m + shift + 1); };
  const double inside = power(0) - 1.5 * power(2) + 0.75 * power(3);
  const double outside = 0.25 * (8.0 * outer(0) - 12.0 * outer(1) + 6.0 * outer(2) - outer(3));
  return inside + outside;
}

/// The surface of the unit ball: 2, 2 pi, 4 pi.
double UnitSphere(int dimension)
{
  return 2.0 * std::pow(Pi, 0.5 * dimension) / std::tgamma(0.5 * dimension);
}

double SplineValue(double q)
{
  return q < 1.0 ? 1.0 + q * q * (0.75 * q - 1.5) : 0.25 * std::pow(2.0 - q, 3.0);
}
}

CompactKernel::CompactKernel(KernelProfile profile, const GaussianKernel& covariance)
  : Profile(profile)
{
  const int d = covariance.Dimension();
  // |H|^(1/2) = 1 / (K(0) (2 pi)^(d/2)) of the Gaussian with the same covariance.
  const double root = std::exp(-covariance.LogPeak() - 0.5 * d * std::log(2.0 * Pi));
  if (profile == KernelProfile::Gaussian)
  {
    throw std::invalid_argument("Kernel is Gaussian, which is not compact");
  }
  if (profile == KernelProfile::CubicSpline)
  {
    // In units of q: mass S I(d-1), second moment along one axis S I(d+1) / d.
    const double mass = UnitSphere(d) * SplineMoment(d - 1);
    const double variance = SplineMoment(d + 1) / (d * SplineMoment(d - 1));
    const double unit = 1.0 / std::sqrt(variance); // length of q = 1 where the variance is 1
    this->Radius = 2.0 * unit;
    this->Scale = 1.0 / (mass * std::pow(unit, d) * root);
    return;
  }
  const double k = PowerOf(profile);
  this->Radius = std::sqrt(d + 2.0 * k + 2.0);
  const double ball = std::pow(Pi, 0.5 * d) * std::tgamma(k + 1.0) / std::tgamma(0.5 * d + k + 1.0);
  this->Scale = 1.0 / (ball * std::pow(this->Radius, d) * root);
}

double CompactKernel::Value(double squaredDistance) const
{
  const double squared = squaredDistance / (this->Radius * this->Radius);
  if (!(squared <= 1.0))
  {
    return 0.0;
  }
  switch (this->Profile)
  {
    case KernelProfile::Epanechnikov:
      return this->Scale * (1.0 - squared);
    case KernelProfile::Quartic:
      return this->Scale * (1.0 - squared) * (1.0 - squared);
    case KernelProfile::CubicSpline:
      return this->Scale * SplineValue(2.0 * std::sqrt(squared));
    case KernelProfile::TopHat:
      return this->Scale;
    case KernelProfile::Gaussian:
      break; // refused by the constructor
  }
  return 0.0;
}

namespace
{
/// Slabs of the outermost axis: more than threads, few against samples.
constexpr Index MostSlabs = 64;

struct NodeRange
{
  Index Begin = 0;
  Index End = 0;
};

/// The nodes of an axis within `reach` of x, cut to [0, nodes).
NodeRange NodesNear(const Grid& grid, int axis, double x, double reach)
{
  const Index nodes = grid.Dimensions[axis];
  if (!(reach > 0.0))
  {
    return { 0, nodes }; // a flat axis
  }
  const double limit = static_cast<double>(nodes);
  const double from = std::ceil((x - reach - grid.Origin[axis]) / grid.Spacing[axis] - 1e-9);
  const double to = std::floor((x + reach - grid.Origin[axis]) / grid.Spacing[axis] + 1e-9) + 1.0;
  return { static_cast<Index>(std::clamp(from, 0.0, limit)),
    static_cast<Index>(std::clamp(to, 0.0, limit)) };
}

/// Adds the kernels of all samples to the planes [slab.Begin, slab.End) of the outermost axis.
void AddToSlab(const Samples& samples, const GaussianKernel& covariance,
  const CompactKernel& kernel, const Grid& grid, const std::array<int, 3>& order, NodeRange slab,
  double* density)
{
  const Eigen::Vector3d reach = kernel.Support() * covariance.AxisBandwidths();
  const Index3& n = grid.Dimensions;
  for (Index i = 0; i < samples.Count(); ++i)
  {
    const Eigen::Vector3d point = samples.Points.col(i);
    std::array<NodeRange, 3> range;
    for (int axis = 0; axis < 3; ++axis)
    {
      range[static_cast<std::size_t>(axis)] = NodesNear(grid, axis, point[axis], reach[axis]);
    }
    NodeRange& outer = range[static_cast<std::size_t>(order[2])];
    outer.Begin = std::max(outer.Begin, slab.Begin);
    outer.End = std::min(outer.End, slab.End);
    const double weight = samples.Weight(i) / samples.TotalWeight;
    for (Index z = range[2].Begin; z < range[2].End; ++z)
    {
      for (Index y = range[1].Begin; y < range[1].End; ++y)
      {
        for (Index x = range[0].Begin; x < range[0].End; ++x)
        {
          const double squared = covariance.SquaredDistance(grid.Node(x, y, z) - point);
          density[x + n[0] * (y + n[1] * z)] += weight * kernel.Value(squared);
        }
      }
    }
  }
}
}

void EvaluateCompactOnGrid(const Samples& samples, const GaussianKernel& covariance,
  KernelProfile profile, const Grid& grid, const FieldView& fields, const Execution& execution)
{
  const CompactKernel kernel(profile, covariance);
  const Index nodes = grid.Size();
  Eigen::VectorXd own;
  double* density = fields.Density;
  if (!density)
  {
    own.resize(nodes);
    density = own.data();
  }
  std::fill(density, density + nodes, 0.0);
  // The axis with the most nodes is cut into slabs, so that flat images are shared out, too.
  std::array<int, 3> order{ { 0, 1, 2 } };
  std::stable_sort(order.begin(), order.end(),
    [&grid](int a, int b) { return grid.Dimensions[a] < grid.Dimensions[b]; });
  const Index planes = grid.Dimensions[order[2]];
  const Index slabs = std::min(planes, MostSlabs);
  execution.Checkpoint(0.0);
  execution.For(slabs,
    [&](Index begin, Index end)
    {
      for (Index s = begin; s < end; ++s)
      {
        AddToSlab(samples, covariance, kernel, grid, order,
          { planes * s / slabs, planes * (s + 1) / slabs }, density);
      }
    });
  execution.Checkpoint(0.9);
  const double perSample = static_cast<double>(samples.Count()) / kernel.Peak();
  for (Index i = 0; i < nodes; ++i)
  {
    if (fields.LogDensity)
    {
      fields.LogDensity[i] = std::log(std::max(density[i], std::numeric_limits<double>::min()));
    }
    if (fields.EffectiveSampleSize)
    {
      fields.EffectiveSampleSize[i] = density[i] * perSample;
    }
  }
}
}
