// SPDX-License-Identifier: BSD-3-Clause
#ifndef Base_MatrixProduct_h
#define Base_MatrixProduct_h

#include "Numerics/Base/Types.h"

namespace scorefields
{
/// The left matrix: element (k, row) is Values[k * Step + row * RowStep].
struct LeftFactors
{
  const double* Values;
  Index Step;
  Index RowStep;
};

/// result[row * columns + column] = sum over k < count of left(k, row) right[k * columns + column],
/// for small matrices. Terms are added in the order of k, one after the other: the result does not
/// depend on how the work is cut, nor on the target.
/// @param columns  a multiple of LaneCount.
/// Error: count u times the sum of absolute values. Cost: 2 rows count columns operations.
void SetProduct(const LeftFactors& left, Index rows, Index count, const double* right,
  Index columns, double* result);

/// The same, added to what result has before the first term.
void AddProduct(const LeftFactors& left, Index rows, Index count, const double* right,
  Index columns, double* result);
}

#endif
