// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/SplineGather.h"

#include "Numerics/Base/Lanes.h"
#include "Numerics/Transform/BSpline.h"

#include <cmath>

namespace scorefields
{
namespace
{
using LooseLanes [[gnu::vector_size(64), gnu::aligned(8), gnu::may_alias]] = double;

static_assert(GatherOrder == LaneCount && GatherOrder <= MaximumSplineOrder);

/// Weights of the eight nodes and their derivatives, per axis.
struct Weights
{
  alignas(64) double Of[3][3][LaneCount]; ///< [axis][derivative][node]
  Index First[3] = { 0, 0, 0 };
};

// By Horner's rule over the polynomials of SplineWeights, all nodes at once.
template <bool Second>
[[gnu::always_inline]] inline void AxisWeights(
  const SplineTable& table, double fraction, double perSpacing, double (&weights)[3][LaneCount])
{
  const double s = fraction - 0.5;
  Lanes value = {};
  Lanes first = {};
  Lanes half = {}; // half the second derivative
  for (std::size_t k = GatherOrder; k-- > 0;)
  {
    const LooseLanes coefficient = *reinterpret_cast<const LooseLanes*>(table[k].data());
    half = Second ? half * s + first : half;
    first = first * s + value;
    value = value * s + coefficient;
  }
  *reinterpret_cast<Lanes*>(weights[0]) = value;
  *reinterpret_cast<Lanes*>(weights[1]) = first * perSpacing;
  *reinterpret_cast<Lanes*>(weights[2]) = half * (2.0 * perSpacing * perSpacing);
}

/// Sums over one row of eight nodes, and over rows, of coefficients times weights along the second
/// and third axis; [derivative] by those axes: 1, y, z, yy, yz, zz.
struct RowSums
{
  Lanes Of[6];
};

template <bool Second>
[[gnu::always_inline]] inline void SumPlane(
  const double* rows, Index stride, const Weights& weights, Lanes (&sums)[3])
{
  sums[0] = sums[1] = sums[2] = Lanes{};
  for (int j = 0; j < GatherOrder; ++j, rows += stride)
  {
    const Lanes row = *reinterpret_cast<const LooseLanes*>(rows);
    sums[0] += weights.Of[1][0][j] * row;
    sums[1] += weights.Of[1][1][j] * row;
    if (Second)
    {
      sums[2] += weights.Of[1][2][j] * row;
    }
  }
}

template <int D, bool Second>
[[gnu::always_inline]] inline void SumRows(
  const SplineNodes& lattice, const Weights& weights, RowSums& rows)
{
  const Index row = lattice.Size[0];
  const Index plane = row * lattice.Size[1];
  const double* const corner = lattice.Coefficients + weights.First[0] +
    (D > 1 ? weights.First[1] * row : 0) + (D > 2 ? weights.First[2] * plane : 0);
  for (Lanes& sum : rows.Of)
  {
    sum = Lanes{};
  }
  if (D == 1)
  {
    rows.Of[0] = *reinterpret_cast<const LooseLanes*>(corner);
    return;
  }
  Lanes sums[3];
  for (int k = 0; k < (D == 3 ? GatherOrder : 1); ++k)
  {
    SumPlane<Second>(corner + k * plane, row, weights, sums);
    const double value = D == 3 ? weights.Of[2][0][k] : 1.0;
    rows.Of[0] += value * sums[0];
    rows.Of[1] += value * sums[1];
    if (Second)
    {
      rows.Of[3] += value * sums[2];
    }
    if (D == 3)
    {
      rows.Of[2] += weights.Of[2][1][k] * sums[0];
      if (Second)
      {
        rows.Of[4] += weights.Of[2][1][k] * sums[1];
        rows.Of[5] += weights.Of[2][2][k] * sums[0];
      }
    }
  }
}

[[gnu::always_inline]] inline double Product(const Lanes& sums, const double* weights)
{
  const Lanes product = sums * *reinterpret_cast<const Lanes*>(weights);
  return Sum(product);
}

template <int D, bool Second>
[[gnu::always_inline]] inline void EvaluateOne(
  const SplineNodes& lattice, const SplineTable& table, const double* point, SplineValue& value)
{
  value = SplineValue();
  Weights weights;
  for (std::size_t a = 0; a < D; ++a)
  {
    const double u =
      (point[lattice.Axis[a]] - lattice.Origin[a]) * lattice.PerSpacing[a] - (GatherOrder / 2 - 1);
    const double first = std::floor(u);
    if (!(first >= 0.0 && first + GatherOrder <= static_cast<double>(lattice.Size[a])))
    {
      return;
    }
    weights.First[a] = static_cast<Index>(first);
    AxisWeights<Second>(table, u - first, lattice.PerSpacing[a], weights.Of[a]);
  }
  RowSums rows;
  SumRows<D, Second>(lattice, weights, rows);
  value.Inside = true;
  value.Value = Product(rows.Of[0], weights.Of[0][0]);
  value.First = { Product(rows.Of[0], weights.Of[0][1]), Product(rows.Of[1], weights.Of[0][0]),
    Product(rows.Of[2], weights.Of[0][0]) };
  if (Second)
  {
    value.Second = { Product(rows.Of[0], weights.Of[0][2]), Product(rows.Of[3], weights.Of[0][0]),
      Product(rows.Of[5], weights.Of[0][0]), Product(rows.Of[1], weights.Of[0][1]),
      Product(rows.Of[4], weights.Of[0][0]), Product(rows.Of[2], weights.Of[0][1]) };
  }
}

template <int D>
[[gnu::always_inline]] inline void EvaluateAll(
  const SplineNodes& lattice, const double* points, Index count, bool second, SplineValue* values)
{
  const SplineTable& table = SplineWeights(GatherOrder);
  for (Index i = 0; i < count; ++i)
  {
    if (second)
    {
      EvaluateOne<D, true>(lattice, table, points + 3 * i, values[i]);
    }
    else
    {
      EvaluateOne<D, false>(lattice, table, points + 3 * i, values[i]);
    }
  }
}
}

SCOREFIELDS_CLONES
void GatherSpline(
  const SplineNodes& lattice, const double* points, Index count, bool second, SplineValue* values)
{
  switch (lattice.Dimension)
  {
    case 1:
      EvaluateAll<1>(lattice, points, count, second, values);
      break;
    case 2:
      EvaluateAll<2>(lattice, points, count, second, values);
      break;
    default:
      EvaluateAll<3>(lattice, points, count, second, values);
      break;
  }
}
}
