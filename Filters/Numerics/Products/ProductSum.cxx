// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Products/ProductSum.h"

#include "Numerics/Exact/ExactProblem.h"
#include "Numerics/Products/PanelProducts.h"
#include "Numerics/Products/ProductTables.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace scorefields
{
namespace
{
/// VTK's place of the tensor component (a, b).
constexpr int TensorPlace[3][3] = { { 0, 3, 5 }, { 3, 1, 4 }, { 5, 4, 2 } };

/// Share of the tolerance for what is left out of the sums along each axis.
constexpr double LeftOutShare = 0.02;

/// A derivative of the density: how often along each mesh axis.
using Orders = std::array<int, 3>;

/// The derivatives up to an order in all, along the first `axes` axes; the density is the first.
std::vector<Orders> DerivativesUpTo(int order, int axes)
{
  std::vector<Orders> all;
  for (int third = 0; third <= (axes > 2 ? order : 0); ++third)
  {
    for (int second = 0; second <= (axes > 1 ? order - third : 0); ++second)
    {
      for (int first = 0; first <= order - third - second; ++first)
      {
        all.push_back({ { first, second, third } });
      }
    }
  }
  return all;
}

Index PlaceOf(const std::vector<Orders>& all, const Orders& one)
{
  return std::find(all.begin(), all.end(), one) - all.begin();
}

/// Where a row of the mesh along the first axis holds weight.
std::vector<RowRange> Occupied(const MeshPlan& plan, const Mesh& mesh, const Execution& execution)
{
  const Index length = plan.Axes[0].Size;
  std::vector<RowRange> rows(static_cast<std::size_t>(plan.Axes[1].Size * plan.Axes[2].Size));
  execution.For(static_cast<Index>(rows.size()),
    [&](Index begin, Index end)
    {
      for (Index row = begin; row < end; ++row)
      {
        const double* const values = mesh.Values.Data() + row * length;
        RowRange range{ 0, length };
        while (range.Begin < length && values[range.Begin] == 0.0)
        {
          ++range.Begin;
        }
        while (range.End > range.Begin && values[range.End - 1] == 0.0)
        {
          --range.End;
        }
        rows[static_cast<std::size_t>(row)] = range;
      }
    });
  return rows;
}

/// What all slabs of one evaluation share.
struct Shared
{
  const ProductPlan& Plan;
  const Mesh& Samples;
  const ProductTask& Task;
  unsigned char* Wanted;
  int Dimension;
  int Highest; ///< derivative
  std::vector<ProductTable> Tables;
  std::vector<RowRange> Rows;
  std::array<Index, 3> Sizes; ///< of the mesh
  std::array<double, 3> Bandwidths{ { 1.0, 1.0, 1.0 } };
  double LeastSum = 0.0; ///< of a node that is served
  /// Terms along an axis up to this are left out: all of them together are a small share of the
  /// tolerance at the nodes that are served.
  std::array<double, 3> Least{ { 0.0, 0.0, 0.0 } };
  PanelFactors Factors{};
  std::array<std::vector<Orders>, 3> Sums{}; ///< after each axis
  /// Places of the derivatives along one and along two mesh axes among the last sums; 0: not
  /// wanted.
  std::array<Index, 3> Slopes{ { 0, 0, 0 } };
  std::array<std::array<Index, 3>, 3> Bends{};
};

void SetPlaces(Shared& shared)
{
  const auto axes = static_cast<std::size_t>(shared.Dimension);
  const std::vector<Orders>& last = shared.Sums[axes - 1];
  for (std::size_t a = 0; a < axes && shared.Highest > 0; ++a)
  {
    Orders first{ { 0, 0, 0 } };
    ++first[a];
    shared.Slopes[a] = PlaceOf(last, first);
    shared.Factors.PerBandwidth[shared.Plan.Mesh.Axes[a].Axis] = 1.0 / shared.Bandwidths[a];
    for (std::size_t b = a; b < axes && shared.Highest > 1; ++b)
    {
      Orders second = first;
      ++second[b];
      shared.Bends[a][b] = PlaceOf(last, second);
    }
  }
}

/// Works on eight nodes of the grid along the first axis and all nodes along the others; one to a
/// thread.
class Slab
{
public:
  explicit Slab(const Shared& shared)
    : All(shared)
    , Partial(
        static_cast<Index>(shared.Sums[0].size()) * shared.Sizes[1] * shared.Sizes[2] * PanelWidth)
    , Plane(shared.Dimension > 2
          ? static_cast<Index>(shared.Sums[1].size()) * PanelWidth * shared.Sizes[2] * PanelWidth
          : 0)
    , Results(10 * PanelWidth * PanelWidth)
    , Blocks((shared.Sizes[1] + PanelWidth - 1) / PanelWidth)
    , LineMaxima(Blocks * shared.Sizes[2])
    , Maxima((shared.Sizes[2] + PanelWidth - 1) / PanelWidth)
  {
  }

  /// @param panel  of the first axis.
  void Evaluate(Index panel)
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

private:
  /// Lines of mesh nodes with the first sums: sum k, node z2, third node z3.
  double* FirstSums(Index k, Index z3)
  {
    return this->Partial.Data() + (k * this->All.Sizes[2] + z3) * this->All.Sizes[1] * PanelWidth;
  }
  double* SecondSums(Index k, Index row)
  {
    return this->Plane.Data() + (k * PanelWidth + row) * this->All.Sizes[2] * PanelWidth;
  }
  double* Result(Index k) { return this->Results.Data() + k * PanelWidth * PanelWidth; }

  /// Whether a node of the lines [begin, end) of the block along the first axis is.
  bool IsWanted(Index begin, Index end) const
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

  double* FirstMaxima(Index z3) { return this->LineMaxima.Data() + z3 * this->Blocks; }

  /// The nodes of the mesh between the first and the last whose terms exceed `least` anywhere in a
  /// panel.
  static RowRange RangeOf(
    const ProductTable& table, Index panel, const double* maxima, double least)
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

  void SumAlongFirst();
  void EmitLine();
  void EmitPlane(Index panel);
  void EmitSpace(Index panel);
  /// Writes the results of some lines of nodes: number `first` and on, a step apart.
  void Write(Index first, Index step, Index begin, Index end);
  void WriteRow(Index line, Index row);
  void WriteHessian(Index row, Index lane, double* hessian) const;

  const Shared& All;
  FftBuffer<double> Partial;
  FftBuffer<double> Plane;
  FftBuffer<double> Results;
  Index Blocks; ///< of PanelWidth nodes along the second axis of the mesh
  FftBuffer<double> LineMaxima;
  FftBuffer<double> Maxima;
  PanelFields Finished;
  Index Number = 0;
  Index Entry = 0; ///< of the first lane along the first axis of the block; may be negative
  Index LaneBegin = 0;
  Index LaneEnd = PanelWidth;
};

// 1. Eight lines of the mesh at a time, each a row of the first matrix.
void Slab::SumAlongFirst()
{
  const ProductTable& table = this->All.Tables[0];
  const ProductTable::Panel& reach = table.At(this->Number);
  const Index lines = this->All.Sizes[1];
  const Index length = this->All.Sizes[0];
  for (Index z3 = 0; z3 < this->All.Sizes[2]; ++z3)
  {
    for (Index z2 = 0; z2 < lines; z2 += PanelWidth)
    {
      // The last eight lines overlap those before them.
      const Index start = std::max<Index>(0, std::min(z2, lines - PanelWidth));
      const Index first = z3 * lines + start;
      RowRange range{ reach.End, reach.Begin };
      for (Index r = first; r < std::min(first + PanelWidth, (z3 + 1) * lines); ++r)
      {
        const RowRange& row = this->All.Rows[static_cast<std::size_t>(r)];
        range.Begin = std::min(range.Begin, row.Begin < row.End ? row.Begin : range.Begin);
        range.End = std::max(range.End, row.End > row.Begin ? row.End : range.End);
      }
      range.Begin = std::max(range.Begin, reach.Begin);
      range.End = std::max(range.Begin, std::min(range.End, reach.End));
      const bool few = lines < PanelWidth;
      const PanelRows rows{ this->All.Samples.Values.Data() + first * length + range.Begin,
        few ? 0 : length, 1 };
      for (Index k = 0; k < static_cast<Index>(this->All.Sums[0].size()); ++k)
      {
        const int order = this->All.Sums[0][static_cast<std::size_t>(k)][0];
        const double* const columns =
          range.End > range.Begin ? table.Values(order, this->Number, range.Begin) : nullptr;
        if (!few)
        {
          MultiplyPanel(rows, columns, range.End - range.Begin,
            this->FirstSums(k, z3) + start * PanelWidth, PanelWidth);
          continue;
        }
        for (Index r = 0; r < lines; ++r) // each line eight times, for so few
        {
          const PanelRows same{ rows.Values + r * length, 0, 1 };
          MultiplyPanel(same, columns, range.End - range.Begin, this->Result(0), PanelWidth);
          std::copy_n(this->Result(0), PanelWidth, this->FirstSums(k, z3) + r * PanelWidth);
        }
      }
    }
    BlockMaxima(this->FirstSums(0, z3), lines, this->FirstMaxima(z3));
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
  const ProductTable& second = this->All.Tables[1];
  const ProductTable& third = this->All.Tables[2];
  const auto& axes = this->All.Plan.Mesh.Axes;
  const NodeBlock& block = this->All.Task.Block;
  const Index rows = block.Dimensions[axes[1].Axis];
  const Index layers = block.Dimensions[axes[2].Axis];
  const Index first = (second.FirstPanel() + panel) * PanelWidth - block.First[axes[1].Axis];
  const Index begin = std::max<Index>(0, -first);
  const Index end = std::min<Index>(PanelWidth, rows - first);
  bool any = false;
  for (Index layer = 0; layer < layers && !any; ++layer)
  {
    any = this->IsWanted(layer * rows + first + begin, layer * rows + first + end);
  }
  if (!any)
  {
    return;
  }
  for (Index z3 = 0; z3 < this->All.Sizes[2]; ++z3)
  {
    const RowRange range = RangeOf(second, panel, this->FirstMaxima(z3), this->All.Least[1]);
    const Index low = range.Begin;
    const Index high = range.End;
    for (std::size_t k = 0; k < this->All.Sums[1].size(); ++k)
    {
      const Orders& orders = this->All.Sums[1][k];
      const Index before = PlaceOf(this->All.Sums[0], { { orders[0], 0, 0 } });
      MultiplyPanel({ high > low ? second.Values(orders[1], panel, low) : nullptr, 1, PanelWidth },
        this->FirstSums(before, z3) + low * PanelWidth, high - low,
        this->SecondSums(static_cast<Index>(k), 0) + z3 * PanelWidth,
        this->All.Sizes[2] * PanelWidth);
    }
  }
  for (Index row = begin; row < end; ++row)
  {
    BlockMaxima(this->SecondSums(0, row), this->All.Sizes[2], this->Maxima.Data());
    for (Index p = 0; p < third.PanelCount(); ++p)
    {
      const Index layer = (third.FirstPanel() + p) * PanelWidth - block.First[axes[2].Axis];
      const Index from = std::max<Index>(0, -layer);
      const Index to = std::min<Index>(PanelWidth, layers - layer);
      bool wanted = false;
      for (Index l = from; l < to && !wanted; ++l)
      {
        wanted =
          this->IsWanted((layer + l) * rows + first + row, (layer + l) * rows + first + row + 1);
      }
      if (!wanted)
      {
        continue;
      }
      const RowRange range = RangeOf(third, p, this->Maxima.Data(), this->All.Least[2]);
      const Index low = range.Begin;
      const Index high = range.End;
      if (high == low)
      {
        continue;
      }
      for (std::size_t k = 0; k < this->All.Sums[2].size(); ++k)
      {
        const Orders& orders = this->All.Sums[2][k];
        const Index before = PlaceOf(this->All.Sums[1], { { orders[0], orders[1], 0 } });
        MultiplyPanel({ high > low ? third.Values(orders[2], p, low) : nullptr, 1, PanelWidth },
          this->SecondSums(before, row) + low * PanelWidth, high - low,
          this->Result(static_cast<Index>(k)), PanelWidth);
      }
      this->Write(layer * rows + first + row, rows, from, to);
    }
  }
}

void Slab::Write(Index first, Index step, Index begin, Index end)
{
  for (Index row = begin; row < end; ++row)
  {
    this->WriteRow(first + row * step, row);
  }
}

void Slab::WriteRow(Index line, Index row)
{
  const FieldView& fields = this->All.Task.Fields;
  const Index length = this->All.Task.Block.Dimensions[this->All.Plan.Mesh.Axes[0].Axis];
  const Index entry = line * length + this->Entry;
  const double* const sums = this->Result(0) + row * PanelWidth;
  unsigned char* const wanted = this->All.Wanted + entry;
  bool served[PanelWidth];
  bool all = true;
  bool any = false;
  for (Index i = 0; i < PanelWidth; ++i)
  {
    served[i] =
      i >= this->LaneBegin && i < this->LaneEnd && wanted[i] != 0 && sums[i] >= this->All.LeastSum;
    all = all && served[i];
    any = any || served[i];
  }
  if (!any)
  {
    return;
  }
  const double* slopes[3] = { nullptr, nullptr, nullptr };
  for (std::size_t a = 0; a < 3; ++a)
  {
    if (this->All.Slopes[a] > 0)
    {
      slopes[this->All.Plan.Mesh.Axes[a].Axis] =
        this->Result(this->All.Slopes[a]) + row * PanelWidth;
    }
  }
  FinishPanel(sums, slopes, this->All.Factors, this->Finished);
  const auto write = [&](const double* values, Index components, double* target)
  {
    if (target && all)
    {
      std::copy_n(values, PanelWidth * components, target + entry * components);
    }
    for (Index i = 0; i < PanelWidth && target && !all; ++i)
    {
      if (served[i])
      {
        std::copy_n(values + i * components, components, target + (entry + i) * components);
      }
    }
  };
  write(this->Finished.Density, 1, fields.Density);
  write(this->Finished.LogDensity, 1, fields.LogDensity);
  write(this->Finished.SampleSize, 1, fields.EffectiveSampleSize);
  write(this->Finished.Score, 3, fields.Score);
  for (Index i = 0; i < PanelWidth; ++i)
  {
    if (served[i])
    {
      wanted[i] = 0;
      if (fields.Hessian)
      {
        this->WriteHessian(row, i, fields.Hessian + 6 * (entry + i));
      }
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

void SumProducts(const ProductPlan& plan, const Mesh& mesh, const ProductTask& task,
  unsigned char* wanted, const Execution& execution)
{
  const int dimension = plan.Mesh.Dimension;
  const int highest = task.Fields.Hessian ? 2 : (task.Fields.Score ? 1 : 0);
  const double leastShare = plan.Images * std::exp(-0.5 * plan.Reach * plan.Reach);
  Shared shared{ plan, mesh, task, wanted, dimension, highest, {},
    Occupied(plan.Mesh, mesh, execution),
    { { plan.Mesh.Axes[0].Size, plan.Mesh.Axes[1].Size, plan.Mesh.Axes[2].Size } } };
  for (int a = 0; a < dimension; ++a)
  {
    const auto i = static_cast<std::size_t>(a);
    const int axis = plan.Mesh.Axes[i].Axis;
    shared.Bandwidths[i] = task.Kernel.AxisBandwidths()[axis];
    shared.Tables.emplace_back(plan, a, task.Nodes, shared.Bandwidths[i], highest,
      task.Block.First[axis], task.Block.Dimensions[axis]);
    shared.Sums[i] = DerivativesUpTo(highest, a + 1);
  }
  shared.LeastSum = leastShare * task.TotalWeight;
  double terms = Amplification(highest, plan.Reach, plan.Mesh.Order);
  for (std::size_t a = 3; a-- > 0;)
  {
    terms *= static_cast<double>(shared.Sizes[a]);
    shared.Least[a] = LeftOutShare * plan.Tolerance * shared.LeastSum / terms;
  }
  shared.Factors.Density = std::exp(task.Kernel.LogPeak()) / task.TotalWeight;
  shared.Factors.LogDensity = task.Kernel.LogPeak() - std::log(task.TotalWeight);
  shared.Factors.SampleSize = task.SampleCount / task.TotalWeight;
  SetPlaces(shared);
  const double products = 100.0 * static_cast<double>(task.Block.Dimensions.prod());
  exact::RunPieces(shared.Tables[0].PanelCount(), products, execution,
    [&shared](Index begin, Index end, const std::function<Index(Index)>& order)
    {
      Slab slab(shared);
      for (Index k = begin; k < end; ++k)
      {
        slab.Evaluate(order(k));
      }
    });
}
}
