// SPDX-License-Identifier: BSD-3-Clause
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "Numerics/Products/PanelProducts.cxx"
#include "Numerics/Base/EachTarget.h"

#include "Numerics/Products/PanelProducts.h"

#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace scorefields
{
namespace HWY_NAMESPACE
{
namespace hn = hwy::HWY_NAMESPACE;

using Columns = hn::CappedTag<double, PanelWidth>;
constexpr Index Width = static_cast<Index>(hn::MaxLanes(Columns()));
constexpr Index Vectors = PanelWidth / Width; ///< to a row of the columns
/// Rows at a time: as many sums as fit the registers beside what is loaded, and enough to hide the
/// latency of an addition.
constexpr Index RowsAtATime = Width >= 8 ? 8 : (Width == 4 ? 4 : (Width == 2 ? 2 : 1));

HWY_INLINE void MultiplyRows(const double* rows, Index rowStride, Index stride,
  const double* columns, Index count, double* result, Index resultStride)
{
  const Columns d;
  using Vector = hn::Vec<Columns>;
  Vector sums[RowsAtATime][Vectors];
  for (Index r = 0; r < RowsAtATime; ++r)
  {
    for (Index v = 0; v < Vectors; ++v)
    {
      sums[r][v] = hn::Zero(d);
    }
  }
  for (Index z = 0; z < count; ++z)
  {
    Vector x[Vectors];
    for (Index v = 0; v < Vectors; ++v)
    {
      x[v] = hn::Load(d, columns + z * PanelWidth + v * Width);
    }
    for (Index r = 0; r < RowsAtATime; ++r)
    {
      const Vector factor = hn::Set(d, rows[r * rowStride + z * stride]);
      for (Index v = 0; v < Vectors; ++v)
      {
        sums[r][v] = hn::MulAdd(factor, x[v], sums[r][v]);
      }
    }
  }
  for (Index r = 0; r < RowsAtATime; ++r)
  {
    for (Index v = 0; v < Vectors; ++v)
    {
      hn::Store(sums[r][v], d, result + r * resultStride + v * Width);
    }
  }
}

void MultiplyPanel(
  const PanelRows& rows, const double* columns, Index count, double* result, Index resultStride)
{
  for (Index r = 0; r < PanelWidth; r += RowsAtATime)
  {
    double* const target = result + r * resultStride;
    const double* const values = rows.Values + r * rows.RowStride;
    if (rows.RowStride == 1)
    {
      MultiplyRows(values, 1, PanelWidth, columns, count, target, resultStride);
    }
    else
    {
      MultiplyRows(values, rows.RowStride, rows.Stride, columns, count, target, resultStride);
    }
  }
}

void FinishPanel(const double* sums, const double* const slopes[3], const PanelFactors& factors,
  PanelFields& fields)
{
  const Columns d;
  const auto least = hn::Set(d, 2.2250738585072014e-308);
  for (Index v = 0; v < PanelWidth; v += Width)
  {
    const auto sum = hn::Max(hn::Load(d, sums + v), least);
    hn::Store(hn::Mul(sum, hn::Set(d, factors.Density)), d, fields.Density + v);
    hn::Store(hn::Mul(sum, hn::Set(d, factors.SampleSize)), d, fields.SampleSize + v);
    hn::Store(hn::Add(hn::Log(d, sum), hn::Set(d, factors.LogDensity)), d, fields.LogDensity + v);
    const auto inverse = hn::Div(hn::Set(d, 1.0), sum);
    const auto along = [&](int axis)
    {
      return slopes[axis] ? hn::Mul(hn::Mul(hn::Load(d, slopes[axis] + v), inverse),
                              hn::Set(d, factors.PerBandwidth[axis]))
                          : hn::Zero(d);
    };
    hn::StoreInterleaved3(along(0), along(1), along(2), d, fields.Score + 3 * v);
  }
}

void BlockMaxima(const double* rows, Index count, double* maxima)
{
  const Columns d;
  for (Index begin = 0; begin < count; begin += PanelWidth)
  {
    const Index end = (begin + PanelWidth < count ? begin + PanelWidth : count) * PanelWidth;
    auto most = hn::Zero(d);
    for (Index i = begin * PanelWidth; i < end; i += Width)
    {
      most = hn::Max(most, hn::Load(d, rows + i));
    }
    maxima[begin / PanelWidth] = hn::GetLane(hn::MaxOfLanes(d, most));
  }
}
}
}
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace scorefields
{
HWY_EXPORT(MultiplyPanel);
HWY_EXPORT(FinishPanel);
HWY_EXPORT(BlockMaxima);

void MultiplyPanel(
  const PanelRows& rows, const double* columns, Index count, double* result, Index resultStride)
{
  HWY_DYNAMIC_DISPATCH(MultiplyPanel)(rows, columns, count, result, resultStride);
}

void FinishPanel(const double* sums, const double* const slopes[3], const PanelFactors& factors,
  PanelFields& fields)
{
  HWY_DYNAMIC_DISPATCH(FinishPanel)(sums, slopes, factors, fields);
}

void BlockMaxima(const double* rows, Index count, double* maxima)
{
  HWY_DYNAMIC_DISPATCH(BlockMaxima)(rows, count, maxima);
}

}
#endif
