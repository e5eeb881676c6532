// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/Differences.h"

#include "Numerics/Score/RowLoops.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
DifferenceRow::DifferenceRow(Index nodes)
{
  const auto count = static_cast<std::size_t>(nodes);
  for (std::vector<double>* values :
    { &this->Slope[0], &this->Slope[1], &this->Slope[2], &this->SquaredError, &this->LeastMargin })
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
    facts.Line.Bounded = bounded ? 1.0 : 0.0;
    facts.Line.Curvature = bounded ? delta * delta * scale.Curvature[axis] : 0.0;
    facts.Count = grid.Dimensions[axis];
    facts.InverseDelta = 1.0 / delta;
    facts.Weight = std::abs(scale.Length[axis] / delta);
    if (!bounded)
    {
      facts.Line.Coarse = std::min(1.0, std::pow(1.5 / facts.Weight, 4));
      facts.Line.Coarser = 0.2 * std::pow(facts.Weight, -6);
    }
    stride *= facts.Count;
  }
}

void RowDifferences::Evaluate(Index j, Index k, DifferenceRow& row) const
{
  std::fill(row.SquaredError.begin(), row.SquaredError.end(), 0.0);
  std::fill(
    row.LeastMargin.begin(), row.LeastMargin.end(), std::numeric_limits<double>::infinity());
  std::fill(row.Outside.begin(), row.Outside.end(), static_cast<unsigned char>(0));
  const Index nodes = this->Dimensions[0];
  const Index base = nodes * (j + this->Dimensions[1] * k);
  const Index position[3] = { 0, j, k };
  for (int axis = 0; axis < 3; ++axis)
  {
    std::vector<double>& slope = row.Slope[axis];
    if (this->Dimensions[axis] > 1)
    {
      this->Along(axis, base, position[axis], row);
    }
    else
    {
      std::fill(slope.begin(), slope.end(), 0.0);
    }
  }
  if (AllFinite(row.SquaredError.data(), nodes))
  {
    return;
  }
  for (Index i = 0; i < nodes; ++i)
  {
    const auto at = static_cast<std::size_t>(i);
    if (std::isfinite(row.SquaredError[at]))
    {
      continue;
    }
    row.SquaredError[at] = 0.0;
    row.LeastMargin[at] = std::numeric_limits<double>::infinity();
    for (int axis = 0; axis < 3; ++axis)
    {
      if (this->Dimensions[axis] > 1)
      {
        this->Careful(axis, base, i, axis == 0 ? i : position[axis], row);
      }
    }
  }
}

void RowDifferences::Careful(
  int axis, Index base, Index i, Index position, DifferenceRow& row) const
{
  const AxisFacts& facts = this->Facts[axis];
  const StencilResult best = BestStencil(this->Values + base + i, this->Margin + base + i, position,
    facts.Count - 1 - position, this->Order == DifferenceOrder::Fourth, facts.Line);
  const auto at = static_cast<std::size_t>(i);
  const double error = facts.Weight * best.Error;
  row.Slope[axis][at] = facts.InverseDelta * best.Slope;
  row.SquaredError[at] += error * error;
  row.LeastMargin[at] = std::min(row.LeastMargin[at], best.Margin);
  row.Outside[at] = static_cast<unsigned char>(row.Outside[at] | (best.Outside ? 1 : 0));
}

void RowDifferences::Along(int axis, Index base, Index position, DifferenceRow& row) const
{
  const AxisFacts& facts = this->Facts[axis];
  const Index reach = RowDifferences::Reach;
  const Index count = this->Dimensions[0];
  Index begin = axis == 0 ? std::min(reach, count) : 0;
  Index end = axis == 0 ? std::max(begin, count - reach) : count;
  if (axis != 0 && (position < reach || position >= facts.Count - reach))
  {
    end = begin;
  }
  const AxisLoop loop{ this->Values + base, this->Margin + base, facts.Line, facts.InverseDelta,
    facts.Weight };
  const auto run =
    this->Order == DifferenceOrder::Fourth ? AddFourthDifferences : AddCentralDifferences;
  run(loop, begin, end, row.Slope[axis].data(), row.SquaredError.data(), row.LeastMargin.data());
  for (Index i = 0; i < count; ++i)
  {
    if (i == begin)
    {
      i = end; // the loop has done these
      if (i == count)
      {
        break;
      }
    }
    this->Careful(axis, base, i, axis == 0 ? i : position, row);
  }
}
}
