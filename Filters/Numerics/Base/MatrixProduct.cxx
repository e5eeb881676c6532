// SPDX-License-Identifier: BSD-3-Clause
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "Numerics/Base/MatrixProduct.cxx"
#include "Numerics/Base/EachTarget.h"

#include "Numerics/Base/Lanes.h"
#include "Numerics/Base/MatrixProduct.h"

HWY_BEFORE_NAMESPACE();
namespace scorefields
{
namespace HWY_NAMESPACE
{
namespace
{
/// Sums that are worked on at once: enough for the latency of an addition, few enough for the
/// registers of all targets.
constexpr int SumRegisters = 8;

/// The product, but for how it begins.
struct Product
{
  LeftFactors Left;
  Index Count;
  const double* Right;
  Index Columns;
  double* Result;
};

/// Rows of the result, Size columns of them.
template <bool Adding, int Rows, int Size>
HWY_INLINE void Tile(const Product& product, Index row, Index column)
{
  using P = Pack<Size>;
  P sums[Rows];
  double* const result = product.Result + row * product.Columns + column;
  for (int r = 0; r < Rows; ++r)
  {
    sums[r] = Adding ? P::LoadAligned(result + r * product.Columns) : P::Zero();
  }
  const double* left = product.Left.Values + row * product.Left.RowStep;
  const double* right = product.Right + column;
  for (Index k = 0; k < product.Count; ++k)
  {
    const P factors = P::LoadAligned(right);
    for (int r = 0; r < Rows; ++r)
    {
      sums[r] = MulAdd(factors, P::All(left[r * product.Left.RowStep]), sums[r]);
    }
    left += product.Left.Step;
    right += product.Columns;
  }
  for (int r = 0; r < Rows; ++r)
  {
    sums[r].StoreAligned(result + r * product.Columns);
  }
}

/// Rows [row, end) as far as whole tiles of Rows rows go; returns the first one left.
template <bool Adding, int Rows, int Size>
HWY_INLINE Index Tiles(const Product& product, Index row, Index end, Index column)
{
  for (; row + Rows <= end; row += Rows)
  {
    Tile<Adding, Rows, Size>(product, row, column);
  }
  return row;
}

template <bool Adding, int Size>
HWY_INLINE void AllRows(const Product& product, Index rows, Index column)
{
  Index row = 0;
  if (SumRegisters * RegisterSize / Size > 4)
  {
    row = Tiles<Adding, 8, Size>(product, row, rows, column);
  }
  row = Tiles<Adding, 4, Size>(product, row, rows, column);
  row = Tiles<Adding, 2, Size>(product, row, rows, column);
  Tiles<Adding, 1, Size>(product, row, rows, column);
}

template <bool Adding>
HWY_INLINE void Multiply(const Product& product, Index rows)
{
  constexpr int size = 2 * RegisterSize;
  Index column = 0;
  for (; column + size <= product.Columns; column += size)
  {
    AllRows<Adding, size>(product, rows, column);
  }
  if (column < product.Columns) // of registers that hold LaneCount
  {
    AllRows<Adding, RegisterSize>(product, rows, column);
  }
}

void SetAll(const LeftFactors& left, Index rows, Index count, const double* right, Index columns,
  double* result)
{
  Multiply<false>({ left, count, right, columns, result }, rows);
}

void AddAll(const LeftFactors& left, Index rows, Index count, const double* right, Index columns,
  double* result)
{
  Multiply<true>({ left, count, right, columns, result }, rows);
}
}
}
}
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace scorefields
{
HWY_EXPORT(SetAll);
HWY_EXPORT(AddAll);

void SetProduct(const LeftFactors& left, Index rows, Index count, const double* right,
  Index columns, double* result)
{
  HWY_DYNAMIC_DISPATCH(SetAll)(left, rows, count, right, columns, result);
}

void AddProduct(const LeftFactors& left, Index rows, Index count, const double* right,
  Index columns, double* result)
{
  HWY_DYNAMIC_DISPATCH(AddAll)(left, rows, count, right, columns, result);
}
}
#endif
