// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Regions/RegionField.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace
{
/// In how many of the simplices of a cell an edge along so many axes lies, as a share.
double ShareOfSimplices(int dimension, int axes)
{
  return dimension == 3 && axes == 2 ? 2.0 / 3.0 : 1.0;
}
}

RegionField::RegionField(const RegionNodes& nodes, double logLargest, const Execution& execution)
  : Given(nodes)
  , Active(Axes::FromFlags(
      nodes.Whole.Dimensions[0] > 1, nodes.Whole.Dimensions[1] > 1, nodes.Whole.Dimensions[2] > 1))
{
  for (int a = 0; a < this->Active.Count; ++a)
  {
    this->Measure *= std::abs(nodes.Whole.Spacing[this->Active.Axis[a]]);
  }
  const Index count = nodes.Known.Dimensions.prod();
  this->Values.resize(static_cast<std::size_t>(count));
  execution.For(count,
    [this, logLargest](Index begin, Index end)
    {
      for (Index node = begin; node < end; ++node)
      {
        this->Values[static_cast<std::size_t>(node)] =
          std::exp(this->Given.LogDensity[node] - logLargest);
      }
    });
  this->Corrected = this->Values;
  execution.For(count,
    [this](Index begin, Index end)
    {
      for (Index node = begin; node < end; ++node)
      {
        this->Balance(node);
      }
    });
}

Index RegionField::CellsAlong(int axis) const
{
  return this->Active.IsActive(axis) ? std::max<Index>(this->Given.Owned.Dimensions[axis] - 1, 0)
                                     : 1;
}

Index RegionField::Rows() const
{
  Index rows = 1;
  for (int a = 1; a < this->Active.Count; ++a)
  {
    rows *= this->CellsAlong(this->Active.Axis[a]);
  }
  return rows;
}

Index RegionField::FirstOfRow(Index row) const
{
  const Index3& first = this->Given.Owned.First;
  Index node = first[0] * this->Stride(0) + first[1] * this->Stride(1) + first[2] * this->Stride(2);
  for (int a = 1; a < this->Active.Count; ++a)
  {
    const int axis = this->Active.Axis[a];
    node += row % this->CellsAlong(axis) * this->Stride(axis);
    row /= this->CellsAlong(axis);
  }
  return node;
}

Index RegionField::Stride(int axis) const
{
  return this->Given.Known.Dimensions.head(axis).prod();
}

Index RegionField::CornerOffset(std::size_t corner) const
{
  Index offset = 0;
  for (int a = 0; a < this->Active.Count; ++a)
  {
    offset += ((corner >> a) & 1) != 0 ? this->Stride(this->Active.Axis[a]) : 0;
  }
  return offset;
}

Index3 RegionField::PlaceOf(Index node) const
{
  const Index3& count = this->Given.Known.Dimensions;
  return this->Given.Known.First +
    Index3(node % count[0], node / count[0] % count[1], node / (count[0] * count[1]));
}

NodeBlock RegionField::Counted() const
{
  NodeBlock counted = this->Given.Owned;
  for (int axis = 0; axis < 3; ++axis)
  {
    if (this->Given.Known.First[axis] + counted.First[axis] > 0 && counted.Dimensions[axis] > 0)
    {
      ++counted.First[axis];
      --counted.Dimensions[axis];
    }
  }
  return counted;
}

double RegionField::SecondDifference(Index node, const Index3& place, std::size_t direction) const
{
  Index step = 0;
  for (int a = 0; a < this->Active.Count; ++a)
  {
    const int axis = this->Active.Axis[a];
    const Index count = this->Given.Known.Dimensions[axis];
    if (((direction >> a) & 1) == 0)
    {
      continue;
    }
    if (count < 3)
    {
      return 0.0;
    }
    node += (std::clamp<Index>(place[axis], 1, count - 2) - place[axis]) * this->Stride(axis);
    step += this->Stride(axis);
  }
  const auto value = [this](Index at) { return this->Values[static_cast<std::size_t>(at)]; };
  return value(node - step) - 2.0 * value(node) + value(node + step);
}

void RegionField::Balance(Index node)
{
  const double value = this->Values[static_cast<std::size_t>(node)];
  const int dimension = this->Active.Count;
  const Index3 place = this->PlaceOf(node) - this->Given.Known.First;
  double sum = 0.0;
  for (std::size_t direction = 1; direction < (std::size_t(1) << dimension); ++direction)
  {
    const auto axes = static_cast<int>((direction & 1) + ((direction >> 1) & 1) + (direction >> 2));
    sum += ShareOfSimplices(dimension, axes) * this->SecondDifference(node, place, direction);
  }
  const double excess = sum / (2.0 * (dimension + 1) * (dimension + 2));
  if (std::isfinite(excess) && std::isfinite(value))
  {
    this->Corrected[static_cast<std::size_t>(node)] =
      value - std::clamp(excess, -0.5 * value, 0.5 * value);
  }
}
}
