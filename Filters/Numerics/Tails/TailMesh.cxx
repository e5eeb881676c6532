// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Tails/TailMesh.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace scorefields
{
namespace
{
/// The first and the last of the numbers in [0, size) whose flags are set; last < first: none is.
struct Range
{
  Index First;
  Index Last;
};

Range RangeOf(const std::vector<unsigned char>& flags)
{
  const auto first = std::find(flags.begin(), flags.end(), 1);
  const auto last = std::find(flags.rbegin(), flags.rend(), 1);
  return { first - flags.begin(), flags.rend() - last - 1 };
}

/// Where a window of one period begins, in nodes from the grid's origin, with the cloud in its
/// middle.
Index Beginning(const MeshAxis& axis, const CloudSummary& cloud)
{
  const double middle = 0.5 * (cloud.Lower[axis.Axis] + cloud.Upper[axis.Axis]) - axis.Origin;
  return static_cast<Index>(std::floor(middle / axis.Spacing)) - axis.Size / 2;
}

Index Modulo(Index number, Index size)
{
  return (number % size + size) % size;
}

/// Copies a run of a periodic row.
void CopyRun(const double* row, Index size, Index first, Index count, double* target)
{
  for (Index i = 0; i < count;)
  {
    const Index start = Modulo(first + i, size);
    const Index run = std::min(count - i, size - start);
    std::copy(row + start, row + start + run, target + i);
    i += run;
  }
}

/// Flags along each axis the places of the window that hold weight.
std::array<Range, 3> Occupied(
  const MeshPlan& plan, const Index3& begin, const Mesh& mesh, const Execution& execution)
{
  const Index3 size(plan.Axes[0].Size, plan.Axes[1].Size, plan.Axes[2].Size);
  const Index rows = size[1] * size[2];
  std::vector<Range> ofRows(static_cast<std::size_t>(rows));
  execution.For(rows,
    [&](Index first, Index last)
    {
      for (Index row = first; row < last; ++row)
      {
        Range range{ size[0], -1 };
        const double* values = mesh.Values.Data() + row * size[0];
        for (Index i = 0; i < size[0]; ++i)
        {
          if (values[i] != 0.0)
          {
            const Index place = Modulo(i - begin[0], size[0]);
            range = { std::min(range.First, place), std::max(range.Last, place) };
          }
        }
        ofRows[static_cast<std::size_t>(row)] = range;
      }
    });
  Range x{ size[0], -1 };
  std::vector<unsigned char> y(static_cast<std::size_t>(size[1]), 0);
  std::vector<unsigned char> z(static_cast<std::size_t>(size[2]), 0);
  for (Index row = 0; row < rows; ++row)
  {
    const Range& range = ofRows[static_cast<std::size_t>(row)];
    if (range.Last >= range.First)
    {
      x = { std::min(x.First, range.First), std::max(x.Last, range.Last) };
      y[static_cast<std::size_t>(Modulo(row % size[1] - begin[1], size[1]))] = 1;
      z[static_cast<std::size_t>(Modulo(row / size[1] - begin[2], size[2]))] = 1;
    }
  }
  return { { x, RangeOf(y), RangeOf(z) } };
}

bool IsUnique(const MeshPlan& plan, const CloudSummary& cloud, const Mesh& mesh)
{
  bool unique = plan.Deconvolve && mesh.Totals[1] == 0.0;
  for (int a = 0; a < plan.Dimension; ++a)
  {
    const MeshAxis& axis = plan.Axes[static_cast<std::size_t>(a)];
    const double length = cloud.Upper[axis.Axis] - cloud.Lower[axis.Axis];
    unique = unique && std::isfinite(axis.KeepAbove) &&
      length + static_cast<double>(plan.Order + 2) * axis.Spacing < axis.Period;
  }
  return unique;
}

/// Binomial coefficients of the two-scale relation.
std::vector<double> TwoScale(int order)
{
  std::vector<double> weights{ 2.0 };
  for (int k = 0; k < order; ++k)
  {
    weights.push_back(0.0);
    for (std::size_t i = weights.size(); i-- > 0;)
    {
      weights[i] = 0.5 * (weights[i] + (i > 0 ? weights[i - 1] : 0.0));
    }
  }
  return weights;
}

/// target[i] += weight * source[i].
SCOREFIELDS_CLONES
void AddScaled(const double* source, double weight, Index count, double* target)
{
  for (Index i = 0; i < count; ++i)
  {
    target[i] += weight * source[i];
  }
}

/// How the nodes along one axis become half as many: new node J takes the old nodes
/// 2 (J - Shift) - Half + k with Weights[k], k = 0 .. order.
struct Halving
{
  explicit Halving(int order)
    : Weights(TwoScale(order))
    , Half(order / 2)
    , Shift((order / 2 + 1) / 2)
  {
  }

  TailMesh::Line Of(const TailMesh::Line& fine) const
  {
    const bool odd = this->Weights.size() % 2 == 0;
    TailMesh::Line line;
    line.Spacing = 2.0 * fine.Spacing;
    line.First = fine.First - static_cast<double>(this->Shift) * line.Spacing +
      (odd ? 0.5 * fine.Spacing : 0.0);
    line.Size = (fine.Size - 1 + this->Half) / 2 + this->Shift + 1;
    return line;
  }

  Index FirstOf(Index place) const { return 2 * (place - this->Shift) - this->Half; }

  std::vector<double> Weights;
  Index Half;
  Index Shift;
};

/// One row of the first axis. Even and odd nodes are taken apart, so that the sums run along rows.
/// @param parts  room for fine + 2 order + 4 values.
void HalveRow(const Halving& halving, const double* fine, Index fineSize, Index coarseSize,
  std::vector<double>& parts, double* coarse)
{
  const auto order = static_cast<Index>(halving.Weights.size()) - 1;
  const Index length = coarseSize + order / 2 + 1; // of either part
  const Index first = halving.FirstOf(0);
  parts.assign(static_cast<std::size_t>(2 * length), 0.0);
  for (Index i = std::max<Index>(0, first); i < std::min(fineSize, first + 2 * length); ++i)
  {
    parts[static_cast<std::size_t>((i - first) % 2 * length + (i - first) / 2)] = fine[i];
  }
  std::fill_n(coarse, coarseSize, 0.0);
  for (Index k = 0; k <= order; ++k)
  {
    AddScaled(parts.data() + k % 2 * length + k / 2, halving.Weights[static_cast<std::size_t>(k)],
      coarseSize, coarse);
  }
}

TailMesh HalvedAlongFirst(const TailMesh& mesh, const Execution& execution)
{
  const Halving halving(mesh.Order);
  TailMesh coarse;
  coarse.Dimension = mesh.Dimension;
  coarse.Order = mesh.Order;
  coarse.Lines = mesh.Lines;
  coarse.Lines[0] = halving.Of(mesh.Lines[0]);
  coarse.Values = FftBuffer<double>(coarse.Size());
  execution.For(mesh.Lines[1].Size * mesh.Lines[2].Size,
    [&](Index begin, Index end)
    {
      std::vector<double> parts;
      for (Index row = begin; row < end; ++row)
      {
        HalveRow(halving, mesh.Values.Data() + row * mesh.Lines[0].Size, mesh.Lines[0].Size,
          coarse.Lines[0].Size, parts, coarse.Values.Data() + row * coarse.Lines[0].Size);
      }
    });
  return coarse;
}

/// Along the second or third axis: whole rows (planes) are added up.
TailMesh HalvedAlong(const TailMesh& mesh, std::size_t a, const Execution& execution)
{
  const Halving halving(mesh.Order);
  TailMesh coarse;
  coarse.Dimension = mesh.Dimension;
  coarse.Order = mesh.Order;
  coarse.Lines = mesh.Lines;
  coarse.Lines[a] = halving.Of(mesh.Lines[a]);
  coarse.Values = FftBuffer<double>(coarse.Size());
  const Index fineSize = mesh.Lines[a].Size;
  const Index size = coarse.Lines[a].Size;
  const Index inner = mesh.Lines[0].Size * (a > 1 ? mesh.Lines[1].Size : 1);
  execution.For(coarse.Size() / inner,
    [&](Index begin, Index end)
    {
      for (Index number = begin; number < end; ++number)
      {
        const Index first = halving.FirstOf(number % size);
        const double* source = mesh.Values.Data() + number / size * fineSize * inner;
        double* target = coarse.Values.Data() + number * inner;
        std::fill_n(target, inner, 0.0);
        const Index last = std::min<Index>(mesh.Order, fineSize - 1 - first);
        for (Index k = std::max<Index>(0, -first); k <= last; ++k)
        {
          AddScaled(source + (first + k) * inner, halving.Weights[static_cast<std::size_t>(k)],
            inner, target);
        }
      }
    });
  return coarse;
}
}

std::optional<TailMesh> Unwrapped(
  const MeshPlan& plan, const CloudSummary& cloud, const Mesh& mesh, const Execution& execution)
{
  if (!IsUnique(plan, cloud, mesh))
  {
    return std::nullopt;
  }
  Index3 begin = Index3::Zero();
  for (int a = 0; a < plan.Dimension; ++a)
  {
    begin[a] = Beginning(plan.Axes[static_cast<std::size_t>(a)], cloud);
  }
  const std::array<Range, 3> occupied = Occupied(plan, begin, mesh, execution);
  TailMesh own;
  own.Dimension = plan.Dimension;
  own.Order = plan.Order;
  for (std::size_t a = 0; a < 3; ++a)
  {
    if (occupied[a].Last < occupied[a].First)
    {
      return std::nullopt;
    }
    begin[static_cast<Index>(a)] += occupied[a].First;
    own.Lines[a].Size = occupied[a].Last - occupied[a].First + 1;
    own.Lines[a].Spacing = plan.Axes[a].Spacing;
    own.Lines[a].First = static_cast<double>(begin[static_cast<Index>(a)]) * own.Lines[a].Spacing;
  }
  own.Values = FftBuffer<double>(own.Size());
  const Index rows = own.Lines[1].Size * own.Lines[2].Size;
  execution.For(rows,
    [&](Index first, Index last)
    {
      for (Index row = first; row < last; ++row)
      {
        const Index j = Modulo(begin[1] + row % own.Lines[1].Size, plan.Axes[1].Size);
        const Index k = Modulo(begin[2] + row / own.Lines[1].Size, plan.Axes[2].Size);
        CopyRun(mesh.Values.Data() + (k * plan.Axes[1].Size + j) * plan.Axes[0].Size,
          plan.Axes[0].Size, begin[0], own.Lines[0].Size,
          own.Values.Data() + row * own.Lines[0].Size);
      }
    });
  return own;
}

TailMesh Coarsened(const TailMesh& mesh, const Execution& execution)
{
  if (mesh.Dimension == 1)
  {
    return HalvedAlongFirst(mesh, execution);
  }
  TailMesh coarse = HalvedAlong(mesh, 1, execution);
  if (mesh.Dimension == 3)
  {
    coarse = HalvedAlong(coarse, 2, execution);
  }
  return HalvedAlongFirst(coarse, execution);
}
}
