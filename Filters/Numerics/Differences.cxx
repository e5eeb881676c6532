// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Differences.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
DifferenceRow::DifferenceRow(Index nodes)
{
  const auto count = static_cast<std::size_t>(nodes);
  for (std::vector<double>* values : { &this->Slope[0], &this->Slope[1], &this->Slope[2],
         &this->SquaredError, &this->LeastMargin, &this->AxisError, &this->AxisMargin })
  {
    values->resize(count);
  }
  this->Outside.resize(count);
}

RowDifferences::RowDifferences(const Grid& grid, const double* values, const double* margin,
  DifferenceOrder order, const DifferenceScale& scale)
  : Dimensions(grid.Dimensions)
  , Values(values)
  , Margin(margin)
  , Order(order)
{
  Index stride = 1;
  for (int axis = 0; axis < 3; ++axis)
  {
    const double delta = grid.Spacing[axis];
    const bool bounded = std::isfinite(scale.Curvature[axis]);
    AxisFacts& facts = this->Facts[axis];
    facts.Line.Stride = stride;
    facts.Line.Bounded = bounded;
    facts.Line.Curvature = bounded ? delta * delta * scale.Curvature[axis] : 0.0;
    facts.Count = grid.Dimensions[axis];
    facts.InverseDelta = 1.0 / delta;
    facts.Weight = std::abs(scale.Length[axis] / delta);
    stride *= facts.Count;
  }
}

void RowDifferences::Evaluate(Index j, Index k, DifferenceRow& row) const
{
  std::fill(row.SquaredError.begin(), row.SquaredError.end(), 0.0);
  std::fill(
    row.LeastMargin.begin(), row.LeastMargin.end(), std::numeric_limits<double>::infinity());
  std::fill(row.Outside.begin(), row.Outside.end(), static_cast<unsigned char>(0));
  const Index base = this->Dimensions[0] * (j + this->Dimensions[1] * k);
  const Index position[3] = { 0, j, k };
  for (int axis = 0; axis < 3; ++axis)
  {
    if (this->Dimensions[axis] > 1)
    {
      this->Along(axis, base, position[axis], row);
    }
    else
    {
      std::fill(row.Slope[axis].begin(), row.Slope[axis].end(), 0.0);
    }
  }
}

// The plain stencil wherever it lies inside the grid, at the speed of memory. Where it meets a
// masked node its error is not finite, which tells the caller to look again.
void RowDifferences::Inside(const AxisFacts& axis, Index base, Index begin, Index end,
  double* slope, DifferenceRow& row) const
{
  const StencilLine line = axis.Line;
  const Index s = line.Stride;
  const double inverse = axis.InverseDelta;
  const double* v = this->Values + base;
  const double* margin = this->Margin + base;
  double* error = row.AxisError.data();
  double* least = row.AxisMargin.data();
  if (this->Order == DifferenceOrder::Fourth)
  {
    for (Index i = begin; i < end; ++i)
    {
      slope[i] = inverse * FourthSlope(v + i, s);
      error[i] = FourthError(v + i, line);
      least[i] = FourthMargin(margin + i, s);
    }
    return;
  }
  for (Index i = begin; i < end; ++i)
  {
    slope[i] = inverse * CentralSlope(v + i, s);
    error[i] = CentralError(v + i, line);
    least[i] = CentralMargin(margin + i, s);
  }
}

void RowDifferences::Along(int axis, Index base, Index position, DifferenceRow& row) const
{
  const AxisFacts& facts = this->Facts[axis];
  const bool fourth = this->Order == DifferenceOrder::Fourth;
  const Index reach = fourth ? 3 : 2;
  const Index count = this->Dimensions[0];
  Index begin = axis == 0 ? std::min(reach, count) : 0;
  Index end = axis == 0 ? std::max(begin, count - reach) : count;
  if (axis != 0 && (position < reach || position >= facts.Count - reach))
  {
    end = begin;
  }
  double* slope = row.Slope[axis].data();
  double* error = row.AxisError.data();
  double* least = row.AxisMargin.data();
  std::fill(error, error + begin, std::numeric_limits<double>::quiet_NaN());
  std::fill(error + end, error + count, std::numeric_limits<double>::quiet_NaN());
  this->Inside(facts, base, begin, end, slope, row);
  for (Index i = 0; i < count; ++i)
  {
    const auto at = static_cast<std::size_t>(i);
    if (!std::isfinite(error[i]))
    {
      const Index before = axis == 0 ? i : position;
      const StencilResult best = BestStencil(this->Values + base + i, this->Margin + base + i,
        before, facts.Count - 1 - before, fourth, facts.Line);
      slope[i] = facts.InverseDelta * best.Slope;
      error[i] = best.Error;
      least[i] = best.Margin;
      row.Outside[at] = static_cast<unsigned char>(row.Outside[at] | (best.Outside ? 1 : 0));
    }
    const double scaled = facts.Weight * error[i];
    row.SquaredError[at] += scaled * scaled;
    row.LeastMargin[at] = std::min(row.LeastMargin[at], least[i]);
  }
}
}
