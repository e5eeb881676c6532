// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Splines/SplineDensity.h"

#include "Numerics/Base/TransformErrors.h"
#include "Numerics/Transform/BSpline.h"
#include "Numerics/Transform/FourierEvaluation.h"
#include "Numerics/Transform/KernelFactors.h"
#include "Numerics/Transform/MeshPlan.h"
#include "Numerics/Transform/Spreading.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace scorefields
{
namespace
{
constexpr double Infinity = std::numeric_limits<double>::infinity();
constexpr double LeastResolution = 4.0; ///< the harmonics that matter stay below the grid's
constexpr double MeshTolerance = 1e-14; ///< of the harmonics, relative to the maximum

/// By grid axis and slot of its harmonics: what to divide by, and the sums of the aliases of the
/// spline, the harmonic itself included, for 0, 1 and 2 derivatives.
struct AxisTables
{
  std::vector<double> Inverse;
  std::array<std::vector<double>, 3> Aliases;
  std::vector<double> Frequency; ///< |w|
};

AxisTables MakeTables(const HarmonicAxis& harmonics, double period, double spacing, bool active)
{
  AxisTables tables;
  for (Index slot = 0; slot < harmonics.Slots; ++slot)
  {
    const double w =
      active ? 2.0 * Pi * static_cast<double>(harmonics.Harmonic(slot)) / period : 0.0;
    const double theta = w * spacing;
    tables.Inverse.push_back(active ? 1.0 / SplineTransform(GatherOrder, theta) : 1.0);
    tables.Frequency.push_back(std::abs(w));
    std::array<double, 3> sums{ { 1.0, std::abs(w), w * w } };
    for (int v = -3; v <= 3 && active; ++v)
    {
      const double alias = v == 0 ? 0.0 : w + 2.0 * Pi * v / spacing;
      const double ratio = v == 0 ? 0.0 : std::pow(std::abs(w / alias), GatherOrder);
      sums[0] += ratio;
      sums[1] += ratio * std::abs(alias);
      sums[2] += ratio * alias * alias;
    }
    for (std::size_t m = 0; m < 3; ++m)
    {
      tables.Aliases[m].push_back(sums[m]);
    }
  }
  return tables;
}

using Tables = std::array<AxisTables, 3>;

double At(const std::vector<double>& values, Index slot)
{
  return values[static_cast<std::size_t>(slot)];
}

FourierGrid::Factors Deconvolved(const FourierGrid::Factors& factors, const Tables& tables)
{
  return [&factors, &tables](Index first, Index count, Index j, Index k, double* row)
  {
    factors(first, count, j, k, row);
    const double outer = At(tables[1].Inverse, j) * At(tables[2].Inverse, k);
    for (Index s = 0; s < count; ++s)
    {
      row[s] *= outer * At(tables[0].Inverse, first + s);
    }
  };
}

/// The largest alias of the factors, for `order` derivatives along the axis `along`.
FourierGrid::Factors Aliases(
  const FourierGrid::Factors& factors, const Tables& tables, std::size_t along, int order)
{
  return [&factors, &tables, along, order](Index first, Index count, Index j, Index k, double* row)
  {
    factors(first, count, j, k, row);
    for (Index s = 0; s < count; ++s)
    {
      const std::array<Index, 3> slot{ { first + s, j, k } };
      double all = 1.0;
      double itself = 1.0;
      for (std::size_t a = 0; a < 3; ++a)
      {
        const auto m = static_cast<std::size_t>(a == along ? order : 0);
        all *= At(tables[a].Aliases[m], slot[a]);
        itself *= m == 0 ? 1.0 : std::pow(At(tables[a].Frequency, slot[a]), order);
      }
      row[s] *= all - itself;
    }
  };
}

/// The spline's axes, numbered 0 .. d-1, back to those of space.
SplineValue InSpace(const SplineNodes& nodes, const SplineValue& value)
{
  SplineValue result;
  result.Value = value.Value;
  result.Inside = value.Inside;
  for (int a = 0; a < nodes.Dimension; ++a)
  {
    const int axis = nodes.Axis[static_cast<std::size_t>(a)];
    result.First[static_cast<std::size_t>(axis)] = value.First[static_cast<std::size_t>(a)];
    for (int b = 0; b < nodes.Dimension; ++b)
    {
      const int other = nodes.Axis[static_cast<std::size_t>(b)];
      result.Second[static_cast<std::size_t>(TensorPlace[axis][other])] =
        value.Second[static_cast<std::size_t>(TensorPlace[a][b])];
    }
  }
  return result;
}

SplineNodes NodesOf(const MeshPlan& mesh, const Grid& grid)
{
  SplineNodes nodes;
  nodes.Dimension = mesh.Dimension;
  for (std::size_t a = 0; a < static_cast<std::size_t>(mesh.Dimension); ++a)
  {
    const int axis = mesh.Axes[a].Axis;
    nodes.Axis[a] = axis;
    nodes.Origin[a] = grid.Origin[axis];
    nodes.PerSpacing[a] = 1.0 / grid.Spacing[axis];
    nodes.Size[a] = grid.Dimensions[axis];
  }
  return nodes;
}

/// Bounds of the errors of f and of its derivatives: rounding and errors of the harmonics, and the
/// aliases of the spline.
std::array<double, 3> FloorsOf(const MeshPlan& mesh, const FourierGrid& harmonics,
  const FourierGrid::Factors& factors, const Tables& tables, const GaussianKernel& kernel,
  const SplineNodes& nodes, double largest)
{
  std::array<double, 3> floors{ { Infinity, Infinity, Infinity } };
  if (!mesh.Deconvolve || !mesh.Resolved)
  {
    return floors;
  }
  const double supremum = harmonics.AbsoluteSum(factors);
  const double rounding = RoundOffOf(mesh.Dimension, supremum).Density;
  const double base = rounding + (mesh.SpreadingError + mesh.WrapError) * largest;
  floors = { { 0.0, 0.0, 0.0 } };
  floors[0] = base + harmonics.AbsoluteSum(Aliases(factors, tables, 0, 0));
  for (std::size_t a = 0; a < static_cast<std::size_t>(mesh.Dimension); ++a)
  {
    const double h = kernel.AxisBandwidths()[mesh.Axes[a].Axis];
    const double fine = h * nodes.PerSpacing[a];
    const double first = h * harmonics.AbsoluteSum(Aliases(factors, tables, a, 1));
    const double second = h * h * harmonics.AbsoluteSum(Aliases(factors, tables, a, 2));
    floors[1] = std::max(floors[1], ScoreFactor * base + fine * rounding + first);
    floors[2] = std::max(floors[2], HessianFactor * base + 2.0 * fine * fine * rounding + second);
  }
  return floors;
}
}

SplinePlan PlanSplines(const Eigen::AlignedBox3d& samples, const GaussianKernel& kernel,
  double resolution, double mostNodes)
{
  SplinePlan plan;
  const Axes& axes = kernel.ActiveAxes();
  const auto sizes = [&](double perBandwidth)
  {
    Eigen::Vector3d nodes = Eigen::Vector3d::Ones();
    for (int a = 0; a < axes.Count; ++a)
    {
      const int axis = axes.Axis[a];
      const double spacing = NarrowLength(kernel, axis) / perBandwidth;
      const double length =
        samples.sizes()[axis] + 2.0 * SplineReach * kernel.AxisBandwidths()[axis];
      nodes[axis] = std::ceil(length / spacing) + GatherOrder;
    }
    return nodes;
  };
  while (resolution >= LeastResolution && sizes(resolution).prod() > mostNodes)
  {
    resolution *= 0.97;
  }
  if (!(resolution >= LeastResolution))
  {
    return plan;
  }
  plan.Resolution = resolution;
  plan.Nodes.Dimensions = sizes(resolution).cast<Index>();
  plan.Nodes.Origin = samples.min();
  for (int a = 0; a < axes.Count; ++a)
  {
    const int axis = axes.Axis[a];
    const double spacing = NarrowLength(kernel, axis) / resolution;
    const double length = spacing * static_cast<double>(plan.Nodes.Dimensions[axis] - 1);
    plan.Nodes.Spacing[axis] = spacing;
    plan.Nodes.Origin[axis] = 0.5 * (samples.min()[axis] + samples.max()[axis] - length);
  }
  return plan;
}

SplineDensity::SplineDensity(const Samples& samples, const GaussianKernel& kernel,
  const SplinePlan& plan, const Execution& execution)
{
  FftOptions options;
  options.Tolerance = MeshTolerance;
  const MeshPlan mesh = PlanMesh(plan.Nodes, { kernel }, MomentsOf(samples, execution), options);
  Mesh spread = SpreadSamples(mesh, plan.Nodes, StoredSamples(samples), execution);
  const FourierGrid harmonics(mesh, std::move(spread.Values), execution);
  const KernelFactors kernelFactors(
    mesh, harmonics, kernel, FftSpectrum::Deconvolved, samples.TotalWeight);
  const FourierGrid::Factors factors = kernelFactors.Of(Derivative{ 0, 0, 0 });

  Tables tables;
  Index3 dimensions = Index3::Ones();
  this->Spline = NodesOf(mesh, plan.Nodes);
  for (std::size_t a = 0; a < 3; ++a)
  {
    const bool active = a < static_cast<std::size_t>(mesh.Dimension);
    const double spacing = active ? plan.Nodes.Spacing[mesh.Axes[a].Axis] : 1.0;
    tables[a] =
      MakeTables(harmonics.Axis(static_cast<int>(a)), mesh.Axes[a].Period, spacing, active);
    dimensions[static_cast<Index>(a)] = active ? this->Spline.Size[a] : 1;
  }
  const FourierEvaluation evaluation(harmonics, mesh, Index3::Zero(), dimensions);
  this->Coefficients = FftBuffer<double>(dimensions.prod());
  evaluation.Evaluate(Deconvolved(factors, tables), false, this->Coefficients.Data(), 1, execution);
  this->Spline.Coefficients = this->Coefficients.Data();
  this->Largest =
    Eigen::Map<const Eigen::ArrayXd>(this->Coefficients.Data(), this->Coefficients.Size())
      .maxCoeff();
  this->Floors = FloorsOf(mesh, harmonics, factors, tables, kernel, this->Spline, this->Largest);
}

void SplineDensity::Evaluate(
  const double* points, Index count, bool second, SplineValue* values) const
{
  GatherSpline(this->Spline, points, count, second, values);
  for (Index i = 0; i < count; ++i)
  {
    values[i] = InSpace(this->Spline, values[i]);
  }
}

void WriteSmooth(const SplineValue& value, Index entry, const FieldView& fields)
{
  const double density = value.Value;
  if (!(density > 0.0))
  {
    return;
  }
  const Eigen::Vector3d score = Eigen::Map<const Eigen::Vector3d>(value.First.data()) / density;
  if (fields.Density)
  {
    fields.Density[entry] = density;
  }
  if (fields.LogDensity)
  {
    fields.LogDensity[entry] = std::log(density);
  }
  if (fields.Score)
  {
    Eigen::Map<Eigen::Vector3d>(fields.Score + 3 * entry) = score;
  }
  if (fields.Hessian)
  {
    Eigen::Map<SymmetricTensor>(fields.Hessian + 6 * entry) =
      Eigen::Map<const SymmetricTensor>(value.Second.data()) / density -
      ToTensor(score * score.transpose());
  }
}
}
