// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Tails/TailPart.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace scorefields
{
namespace
{
constexpr double RowSlack = 1e-6; ///< of a row, for rounding of positions
constexpr TailPart::Interval Empty{ std::numeric_limits<double>::infinity(),
  -std::numeric_limits<double>::infinity() };

TailPart::Interval Union(const TailPart::Interval& one, const TailPart::Interval& other)
{
  return { std::min(one.Low, other.Low), std::max(one.High, other.High) };
}
}

void TailPart::StartRows(const Eigen::Array3d& lengths)
{
  this->RowLength = lengths;
  this->Margin.setZero();
  for (Index axis = 0; axis < 3; ++axis)
  {
    const double rows = (this->High[axis] - this->Low[axis]) / lengths[axis];
    this->RowCount[axis] = static_cast<Index>(std::floor(rows + RowSlack)) + 1;
  }
  this->Rows.assign(static_cast<std::size_t>(this->RowCount[1] * this->RowCount[2]), Empty);
}

void TailPart::Extend(Index j, Index k, const Interval& interval)
{
  Interval& row = this->Rows[static_cast<std::size_t>(j + this->RowCount[1] * k)];
  row = Union(row, interval);
}

void TailPart::Widen(const Eigen::Array3d& margin)
{
  this->Margin = margin;
  this->Low -= margin;
  this->High += margin;
}

/// The row that has the lowest coordinate within the margin of `low`; Low is widened itself.
Index TailPart::FirstRow(Index axis, double low) const
{
  const double rows =
    (low - this->Low[axis] - 2.0 * this->Margin[axis]) / this->RowLength[axis] - RowSlack;
  return static_cast<Index>(std::max(0.0, std::floor(rows)));
}

Index TailPart::LastRow(Index axis, double high) const
{
  const double rows = (high - this->Low[axis]) / this->RowLength[axis] + RowSlack;
  return std::min(this->RowCount[axis] - 1, static_cast<Index>(std::floor(rows)));
}

TailPart::Interval TailPart::Along(const Interval& second, const Interval& third) const
{
  Interval reach = Empty;
  for (Index k = this->FirstRow(2, third.Low); k <= this->LastRow(2, third.High); ++k)
  {
    for (Index j = this->FirstRow(1, second.Low); j <= this->LastRow(1, second.High); ++j)
    {
      reach = Union(reach, this->Rows[static_cast<std::size_t>(j + this->RowCount[1] * k)]);
    }
  }
  return { reach.Low - this->Margin[0], reach.High + this->Margin[0] };
}
}
