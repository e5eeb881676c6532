// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Products/ProductSlab.h"

#include <algorithm>

namespace scorefields
{
namespace
{
/// The nodes of the mesh between the first and the last whose terms exceed `least` anywhere in a
/// panel.
RowRange RangeOf(const ProductTable& table, Index panel, const double* maxima, double least)
{
  const ProductTable::Panel& reach = table.At(panel);
  const double* const values = table.Maxima(panel);
  Index begin = reach.Begin / PanelWidth;
  Index end = (reach.End + PanelWidth - 1) / PanelWidth;
  while (begin < end && !(maxima[begin] * values[begin] > least))
  {
    ++begin;
  }
  while (end > begin && !(maxima[end - 1] * values[end - 1] > least))
  {
    --end;
  }
  const Index first = std::max(reach.Begin, begin * PanelWidth);
  return { first, std::max(first, std::min(reach.End, end * PanelWidth)) };
}
}

Index PlaceOf(const std::vector<Orders>& all, const Orders& one)
{
  return std::find(all.begin(), all.end(), one) - all.begin();
}

Slab::Slab(const SlabSetting& setting)
  : All(setting)
  , Partial(
      static_cast<Index>(setting.Sums[0].size()) * setting.Sizes[1] * setting.Sizes[2] * PanelWidth)
  , Plane(setting.Dimension > 2
        ? static_cast<Index>(setting.Sums[1].size()) * PanelWidth * setting.Sizes[2] * PanelWidth
        : 0)
  , Results(10 * PanelWidth * PanelWidth)
  , Blocks((setting.Sizes[1] + PanelWidth - 1) / PanelWidth)
  , LineMaxima(Blocks * setting.Sizes[2])
  , Maxima((setting.Sizes[2] + PanelWidth - 1) / PanelWidth)
{
}

void Slab::Evaluate(Index panel)
{
  this->Number = panel;
  const NodeBlock& block = this->All.Task.Block;
  const Index first = (this->All.Tables[0].FirstPanel() + panel) * PanelWidth;
  const Index axis = this->All.Plan.Mesh.Axes[0].Axis;
  this->Entry = first - block.First[axis];
  this->LaneBegin = std::max<Index>(0, -this->Entry);
  this->LaneEnd = std::min<Index>(PanelWidth, block.Dimensions[axis] - this->Entry);
  if (!this->IsWanted(0, block.Dimensions.prod() / block.Dimensions[axis]))
  {
    return;
  }
  this->SumAlongFirst();
  if (this->All.Dimension == 1)
  {
    this->EmitLine();
    return;
  }
  for (Index p = 0; p < this->All.Tables[1].PanelCount(); ++p)
  {
    this->All.Dimension == 2 ? this->EmitPlane(p) : this->EmitSpace(p);
  }
}

bool Slab::IsWanted(Index begin, Index end) const
{
  const Index length = this->All.Task.Block.Dimensions[this->All.Plan.Mesh.Axes[0].Axis];
  for (Index line = begin; line < end; ++line)
  {
    const unsigned char* const flags = this->All.Wanted + line * length + this->Entry;
    if (std::find(flags + this->LaneBegin, flags + this->LaneEnd, 1) != flags + this->LaneEnd)
    {
      return true;
    }
  }
  return false;
}

// 1. Eight lines of the mesh at a time, each a row of the first matrix.
void Slab::SumAlongFirst()
{
  const Index lines = this->All.Sizes[1];
  for (Index z3 = 0; z3 < this->All.Sizes[2]; ++z3)
  {
    for (Index z2 = 0; z2 < lines; z2 += PanelWidth)
    {
      // The last eight lines overlap those before them.
      const Index start = std::max<Index>(0, std::min(z2, lines - PanelWidth));
      const Index first = z3 * lines + start;
      const Index end = std::min(first + PanelWidth, (z3 + 1) * lines);
      this->SumLines(z3, start, this->RangeOfLines(first, end));
    }
    BlockMaxima(this->FirstSums(0, z3), lines, this->FirstMaxima(z3));
  }
}

RowRange Slab::RangeOfLines(Index begin, Index end) const
{
  const ProductTable::Panel& reach = this->All.Tables[0].At(this->Number);
  RowRange range{ reach.End, reach.Begin };
  for (Index line = begin; line < end; ++line)
  {
    const RowRange& row = this->All.Rows[static_cast<std::size_t>(line)];
    if (row.Begin < row.End)
    {
      range.Begin = std::min(range.Begin, row.Begin);
      range.End = std::max(range.End, row.End);
    }
  }
  range.Begin = std::max(range.Begin, reach.Begin);
  range.End = std::max(range.Begin, std::min(range.End, reach.End));
  return range;
}

void Slab::SumLines(Index z3, Index start, const RowRange& range)
{
  const Index lines = this->All.Sizes[1];
  const Index length = this->All.Sizes[0];
  const Index count = range.End - range.Begin;
  const double* const weights =
    this->All.Samples.Values.Data() + (z3 * lines + start) * length + range.Begin;
  for (Index k = 0; k < static_cast<Index>(this->All.Sums[0].size()); ++k)
  {
    const int order = this->All.Sums[0][static_cast<std::size_t>(k)][0];
    const double* const columns =
      count > 0 ? this->All.Tables[0].Values(order, this->Number, range.Begin) : nullptr;
    double* const sums = this->FirstSums(k, z3) + start * PanelWidth;
    if (lines >= PanelWidth)
    {
      MultiplyPanel({ weights, length, 1 }, columns, count, sums, PanelWidth);
      continue;
    }
    for (Index line = 0; line < lines; ++line) // each eight times, for so few
    {
      MultiplyPanel({ weights + line * length, 0, 1 }, columns, count, this->Result(0), PanelWidth);
      std::copy_n(this->Result(0), PanelWidth, sums + line * PanelWidth);
    }
  }
}

void Slab::EmitLine()
{
  for (Index k = 0; k < static_cast<Index>(this->All.Sums[0].size()); ++k)
  {
    std::copy_n(this->FirstSums(k, 0), PanelWidth, this->Result(k));
  }
  this->Write(0, 1, 0, 1);
}

// 2. In a plane, eight lines of nodes.
void Slab::EmitPlane(Index panel)
{
  const ProductTable& table = this->All.Tables[1];
  const Index first = (table.FirstPanel() + panel) * PanelWidth -
    this->All.Task.Block.First[this->All.Plan.Mesh.Axes[1].Axis];
  const Index lines = this->All.Task.Block.Dimensions[this->All.Plan.Mesh.Axes[1].Axis];
  const Index begin = std::max<Index>(0, -first);
  const Index end = std::min<Index>(PanelWidth, lines - first);
  if (!this->IsWanted(first + begin, first + end))
  {
    return;
  }
  const RowRange range = RangeOf(table, panel, this->FirstMaxima(0), this->All.Least[1]);
  const Index low = range.Begin;
  const Index high = range.End;
  for (std::size_t k = 0; k < this->All.Sums[1].size(); ++k)
  {
    const Orders& orders = this->All.Sums[1][k];
    const Index before = PlaceOf(this->All.Sums[0], { { orders[0], 0, 0 } });
    MultiplyPanel({ table.Values(orders[1], panel, low), 1, PanelWidth },
      this->FirstSums(before, 0) + low * PanelWidth, high - low,
      this->Result(static_cast<Index>(k)), PanelWidth);
  }
  this->Write(first, 1, begin, end);
}

// 2. and 3. In space: eight planes of nodes, then line by line.
void Slab::EmitSpace(Index panel)
{
  const ProductTable& table = this->All.Tables[1];
  const Index axis = this->All.Plan.Mesh.Axes[1].Axis;
  const NodeBlock& block = this->All.Task.Block;
  const Index first = (table.FirstPanel() + panel) * PanelWidth - block.First[axis];
  const Index begin = std::max<Index>(0, -first);
  const Index end = std::min<Index>(PanelWidth, block.Dimensions[axis] - first);
  const Index layers = block.Dimensions[this->All.Plan.Mesh.Axes[2].Axis];
  if (!this->IsAnyLayerWanted(first + begin, first + end, 0, layers))
  {
    return;
  }
  this->SumPlanes(panel);
  for (Index row = begin; row < end; ++row)
  {
    this->EmitRow(row, first + row);
  }
}

bool Slab::IsAnyLayerWanted(Index begin, Index end, Index from, Index to) const
{
  const Index rows = this->All.Task.Block.Dimensions[this->All.Plan.Mesh.Axes[1].Axis];
  bool any = false;
  for (Index layer = from; layer < to && !any; ++layer)
  {
    any = this->IsWanted(layer * rows + begin, layer * rows + end);
  }
  return any;
}

void Slab::SumPlanes(Index panel)
{
  const ProductTable& table = this->All.Tables[1];
  for (Index z3 = 0; z3 < this->All.Sizes[2]; ++z3)
  {
    const RowRange range = RangeOf(table, panel, this->FirstMaxima(z3), this->All.Least[1]);
    const Index count = range.End - range.Begin;
    for (std::size_t k = 0; k < this->All.Sums[1].size(); ++k)
    {
      const Orders& orders = this->All.Sums[1][k];
      const Index before = PlaceOf(this->All.Sums[0], { { orders[0], 0, 0 } });
      MultiplyPanel(
        { count > 0 ? table.Values(orders[1], panel, range.Begin) : nullptr, 1, PanelWidth },
        this->FirstSums(before, z3) + range.Begin * PanelWidth, count,
        this->SecondSums(static_cast<Index>(k), 0) + z3 * PanelWidth,
        this->All.Sizes[2] * PanelWidth);
    }
  }
}

void Slab::EmitRow(Index row, Index line)
{
  const ProductTable& table = this->All.Tables[2];
  const auto& axes = this->All.Plan.Mesh.Axes;
  const NodeBlock& block = this->All.Task.Block;
  const Index rows = block.Dimensions[axes[1].Axis];
  BlockMaxima(this->SecondSums(0, row), this->All.Sizes[2], this->Maxima.Data());
  for (Index panel = 0; panel < table.PanelCount(); ++panel)
  {
    const Index layer = (table.FirstPanel() + panel) * PanelWidth - block.First[axes[2].Axis];
    const Index from = std::max<Index>(0, -layer);
    const Index to = std::min<Index>(PanelWidth, block.Dimensions[axes[2].Axis] - layer);
    const RowRange range = RangeOf(table, panel, this->Maxima.Data(), this->All.Least[2]);
    const Index count = range.End - range.Begin;
    if (count == 0 || !this->IsAnyLayerWanted(line, line + 1, layer + from, layer + to))
    {
      continue;
    }
    for (std::size_t k = 0; k < this->All.Sums[2].size(); ++k)
    {
      const Orders& orders = this->All.Sums[2][k];
      const Index before = PlaceOf(this->All.Sums[1], { { orders[0], orders[1], 0 } });
      MultiplyPanel({ table.Values(orders[2], panel, range.Begin), 1, PanelWidth },
        this->SecondSums(before, row) + range.Begin * PanelWidth, count,
        this->Result(static_cast<Index>(k)), PanelWidth);
    }
    this->Write(layer * rows + line, rows, from, to);
  }
}

void Slab::Write(Index first, Index step, Index begin, Index end)
{
  for (Index row = begin; row < end; ++row)
  {
    this->WriteRow(first + row * step, row);
  }
}

Index Slab::FindServed(const double* sums, const unsigned char* wanted)
{
  Index count = 0;
  for (Index i = 0; i < PanelWidth; ++i)
  {
    const bool served =
      i >= this->LaneBegin && i < this->LaneEnd && wanted[i] != 0 && sums[i] >= this->All.LeastSum;
    this->Served[static_cast<std::size_t>(i)] = served;
    count += served ? 1 : 0;
  }
  return count;
}

void Slab::WriteRow(Index line, Index row)
{
  const FieldView& fields = this->All.Task.Fields;
  const auto& axes = this->All.Plan.Mesh.Axes;
  const Index entry = line * this->All.Task.Block.Dimensions[axes[0].Axis] + this->Entry;
  const double* const sums = this->Result(0) + row * PanelWidth;
  const Index count = this->FindServed(sums, this->All.Wanted + entry);
  if (count == 0)
  {
    return;
  }
  const double* slopes[3] = { nullptr, nullptr, nullptr };
  for (std::size_t a = 0; a < 3; ++a)
  {
    const Index place = this->All.Slopes[a];
    slopes[axes[a].Axis] =
      place > 0 ? this->Result(place) + row * PanelWidth : slopes[axes[a].Axis];
  }
  FinishPanel(sums, slopes, this->All.Factors, this->Finished);
  this->Copy(this->Finished.Density, 1, count, entry, fields.Density);
  this->Copy(this->Finished.LogDensity, 1, count, entry, fields.LogDensity);
  this->Copy(this->Finished.SampleSize, 1, count, entry, fields.EffectiveSampleSize);
  this->Copy(this->Finished.Score, 3, count, entry, fields.Score);
  for (Index i = 0; i < PanelWidth; ++i)
  {
    if (this->Served[static_cast<std::size_t>(i)])
    {
      this->All.Wanted[entry + i] = 0;
      if (fields.Hessian)
      {
        this->WriteHessian(row, i, fields.Hessian + 6 * (entry + i));
      }
    }
  }
}

void Slab::Copy(
  const double* values, Index components, Index count, Index entry, double* target) const
{
  if (target && count == PanelWidth)
  {
    std::copy_n(values, PanelWidth * components, target + entry * components);
    return;
  }
  for (Index i = 0; i < PanelWidth && target; ++i)
  {
    if (this->Served[static_cast<std::size_t>(i)])
    {
      std::copy_n(values + i * components, components, target + (entry + i) * components);
    }
  }
}

void Slab::WriteHessian(Index row, Index lane, double* hessian) const
{
  const auto& axes = this->All.Plan.Mesh.Axes;
  const double* const score = this->Finished.Score + 3 * lane;
  const Index place = row * PanelWidth + lane;
  const double sum = this->Results[place];
  std::fill_n(hessian, 6, 0.0);
  for (std::size_t a = 0; a < static_cast<std::size_t>(this->All.Dimension); ++a)
  {
    for (std::size_t b = a; b < static_cast<std::size_t>(this->All.Dimension); ++b)
    {
      const Index k = this->All.Bends[a][b];
      hessian[TensorPlace[axes[a].Axis][axes[b].Axis]] =
        this->Results[k * PanelWidth * PanelWidth + place] /
          (sum * this->All.Bandwidths[a] * this->All.Bandwidths[b]) -
        score[axes[a].Axis] * score[axes[b].Axis];
    }
  }
}
}
