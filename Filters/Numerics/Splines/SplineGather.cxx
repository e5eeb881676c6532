// SPDX-License-Identifier: BSD-3-Clause
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "Numerics/Splines/SplineGather.cxx"
#include "Numerics/Base/EachTarget.h"

#include "Numerics/Base/Lanes.h"
#include "Numerics/Splines/SplineGather.h"
#include "Numerics/Transform/BSpline.h"

#include <cmath>

HWY_BEFORE_NAMESPACE();
namespace scorefields
{
namespace HWY_NAMESPACE
{
namespace
{
static_assert(GatherOrder == LaneCount && GatherOrder <= MaximumSplineOrder);

/// Weights of the eight nodes and their derivatives, per axis.
struct Weights
{
  alignas(64) double Of[3][3][LaneCount]; ///< [axis][derivative][node]
  Index First[3];
};

/// Sums over rows of eight nodes of coefficients times weights along the second and third axis;
/// [derivative] by those axes: 1, y, z, yy, yz, zz.
struct RowSums
{
  alignas(64) double Of[6][LaneCount];
};

// By Horner's rule over the polynomials of SplineWeights, all nodes at once.
template <bool Second>
HWY_INLINE void SetWeights(
  const SplineTable& table, double fraction, double perSpacing, double (&weights)[3][LaneCount])
{
  const Lanes s = Lanes::All(fraction - 0.5);
  Lanes value = Lanes::Zero();
  Lanes first = Lanes::Zero();
  Lanes half = Lanes::Zero(); // half the second derivative
  for (std::size_t k = GatherOrder; k-- > 0;)
  {
    half = Second ? MulAdd(half, s, first) : half;
    first = MulAdd(first, s, value);
    value = MulAdd(value, s, Lanes::Load(table[k].data()));
  }
  value.StoreAligned(weights[0]);
  (first * Lanes::All(perSpacing)).StoreAligned(weights[1]);
  (half * Lanes::All(2.0 * perSpacing * perSpacing)).StoreAligned(weights[2]);
}

/// One register of the rows of a plane.
template <bool Second>
HWY_INLINE void SumPlane(
  const double* rows, Index stride, const double (&weights)[3][LaneCount], Register (&sums)[3])
{
  sums[0] = sums[1] = sums[2] = Register::Zero();
  for (int j = 0; j < GatherOrder; ++j, rows += stride)
  {
    const Register row = Register::Load(rows);
    sums[0] = MulAdd(Register::All(weights[0][j]), row, sums[0]);
    sums[1] = MulAdd(Register::All(weights[1][j]), row, sums[1]);
    sums[2] = Second ? MulAdd(Register::All(weights[2][j]), row, sums[2]) : sums[2];
  }
}

/// One register of all sums of rows, from the row's node `first` on.
template <int D, bool Second>
HWY_INLINE void SumRegister(
  const double* corner, Index row, Index plane, const Weights& weights, Index first, RowSums& rows)
{
  Register of[6];
  for (int k = 0; k < 6; ++k)
  {
    of[k] = Register::Zero();
  }
  Register sums[3];
  for (int k = 0; k < (D == 3 ? GatherOrder : 1); ++k)
  {
    SumPlane<Second>(corner + k * plane + first, row, weights.Of[1], sums);
    const Register value = Register::All(D == 3 ? weights.Of[2][0][k] : 1.0);
    of[0] = MulAdd(value, sums[0], of[0]);
    of[1] = MulAdd(value, sums[1], of[1]);
    of[3] = Second ? MulAdd(value, sums[2], of[3]) : of[3];
    if (D == 3)
    {
      const Register slope = Register::All(weights.Of[2][1][k]);
      of[2] = MulAdd(slope, sums[0], of[2]);
      of[4] = Second ? MulAdd(slope, sums[1], of[4]) : of[4];
      of[5] = Second ? MulAdd(Register::All(weights.Of[2][2][k]), sums[0], of[5]) : of[5];
    }
  }
  for (int k = 0; k < 6; ++k)
  {
    of[k].StoreAligned(rows.Of[k] + first);
  }
}

template <int D, bool Second>
HWY_INLINE void SumRows(const SplineNodes& nodes, const Weights& weights, RowSums& rows)
{
  const Index row = nodes.Size[0];
  const Index plane = row * nodes.Size[1];
  const double* const corner = nodes.Coefficients + weights.First[0] +
    (D > 1 ? weights.First[1] * row : 0) + (D > 2 ? weights.First[2] * plane : 0);
  if (D == 1)
  {
    Lanes::Load(corner).StoreAligned(rows.Of[0]);
    for (int k = 1; k < 6; ++k)
    {
      Lanes::Zero().StoreAligned(rows.Of[k]);
    }
    return;
  }
  for (Index first = 0; first < LaneCount; first += RegisterSize)
  {
    SumRegister<D, Second>(corner, row, plane, weights, first, rows);
  }
}

HWY_INLINE double Product(const double* sums, const double* weights)
{
  return Sum(Lanes::LoadAligned(sums) * Lanes::LoadAligned(weights));
}

template <int D, bool Second>
HWY_INLINE void EvaluateOne(
  const SplineNodes& nodes, const SplineTable& table, const double* point, SplineValue& value)
{
  value = SplineValue();
  Weights weights;
  for (std::size_t a = 0; a < D; ++a)
  {
    const double u =
      (point[nodes.Axis[a]] - nodes.Origin[a]) * nodes.PerSpacing[a] - (GatherOrder / 2 - 1);
    const double first = std::floor(u);
    if (!(first >= 0.0 && first + GatherOrder <= static_cast<double>(nodes.Size[a])))
    {
      return;
    }
    weights.First[a] = static_cast<Index>(first);
    SetWeights<Second>(table, u - first, nodes.PerSpacing[a], weights.Of[a]);
  }
  RowSums rows;
  SumRows<D, Second>(nodes, weights, rows);
  const double(&x)[3][LaneCount] = weights.Of[0];
  value.Inside = true;
  value.Value = Product(rows.Of[0], x[0]);
  value.First = { Product(rows.Of[0], x[1]), Product(rows.Of[1], x[0]), Product(rows.Of[2], x[0]) };
  if (Second)
  {
    value.Second = { Product(rows.Of[0], x[2]), Product(rows.Of[3], x[0]),
      Product(rows.Of[5], x[0]), Product(rows.Of[1], x[1]), Product(rows.Of[4], x[0]),
      Product(rows.Of[2], x[1]) };
  }
}

template <int D, bool Second>
void EvaluateAll(const SplineNodes& nodes, const double* points, Index count, SplineValue* values)
{
  const SplineTable& table = SplineWeights(GatherOrder);
  for (Index i = 0; i < count; ++i)
  {
    EvaluateOne<D, Second>(nodes, table, points + 3 * i, values[i]);
  }
}

template <int D>
void Evaluate(
  const SplineNodes& nodes, const double* points, Index count, bool second, SplineValue* values)
{
  if (second)
  {
    EvaluateAll<D, true>(nodes, points, count, values);
  }
  else
  {
    EvaluateAll<D, false>(nodes, points, count, values);
  }
}

void Gather(
  const SplineNodes& nodes, const double* points, Index count, bool second, SplineValue* values)
{
  switch (nodes.Dimension)
  {
    case 1:
      return Evaluate<1>(nodes, points, count, second, values);
    case 2:
      return Evaluate<2>(nodes, points, count, second, values);
    default:
      return Evaluate<3>(nodes, points, count, second, values);
  }
}
}
}
}
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace scorefields
{
HWY_EXPORT(Gather);

void GatherSpline(
  const SplineNodes& nodes, const double* points, Index count, bool second, SplineValue* values)
{
  HWY_DYNAMIC_DISPATCH(Gather)(nodes, points, count, second, values);
}
}
#endif
