// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Recovery/Edges.h"

#include "Numerics/Recovery/Sums.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace scorefields
{
namespace
{
// The nodes in line that a rule may take, from two before the edge to two after it.
constexpr int StencilNodes = 6;
constexpr int EdgeStart = 2; // place of the edge's first node among them

/// The nodes in line of several edges side by side.
struct Stencil
{
  const double* Vectors[StencilNodes] = {}; ///< component along the axis; null beyond the box
  double Signs[StencilNodes] = {};
  const unsigned char* Valid[StencilNodes] = {}; ///< null: valid
  const double* Weights[StencilNodes] = {};      ///< null: 1

  bool Has(int node, Index i) const
  {
    return this->Vectors[node] && (!this->Valid[node] || this->Valid[node][i]);
  }
  double At(int node, Index i) const { return this->Signs[node] * this->Vectors[node][3 * i]; }
};

double MeanAlong(const Stencil& line, Index i)
{
  const double first = line.At(2, i);
  const double last = line.At(3, i);
  const bool before = line.Has(1, i);
  const bool after = line.Has(4, i);
  const bool farBefore = before && line.Has(0, i);
  const bool farAfter = after && line.Has(5, i);
  if (farBefore && farAfter)
  {
    return (802.0 * (first + last) - 93.0 * (line.At(1, i) + line.At(4, i)) +
             11.0 * (line.At(0, i) + line.At(5, i))) /
      1440.0;
  }
  if (before && after)
  {
    return (13.0 * (first + last) - (line.At(1, i) + line.At(4, i))) / 24.0;
  }
  if (farAfter)
  {
    return (9.0 * first + 19.0 * last - 5.0 * line.At(4, i) + line.At(5, i)) / 24.0;
  }
  if (farBefore)
  {
    return (9.0 * last + 19.0 * first - 5.0 * line.At(1, i) + line.At(0, i)) / 24.0;
  }
  return 0.5 * (first + last);
}

double WeightOf(const Stencil& line, Index i)
{
  const double* const first = line.Weights[EdgeStart];
  const double* const last = line.Weights[EdgeStart + 1];
  return first && last ? 2.0 / (1.0 / first[i] + 1.0 / last[i]) : 1.0;
}

/// Makes the edges along one axis.
class AxisEdges
{
public:
  AxisEdges(const Lattice& lattice, const VectorNodes& nodes, int axis, double weight, Edges& edges)
    : Nodes(lattice)
    , Values(nodes)
    , Axis(axis)
    , Weight(weight)
    , Steps(edges.Steps[static_cast<std::size_t>(axis)].data())
    , Weights(edges.Weights[static_cast<std::size_t>(axis)].empty()
          ? nullptr
          : edges.Weights[static_cast<std::size_t>(axis)].data())
  {
  }

  void Run(Index row) const
  {
    const Index nodes = this->Nodes.Dimensions()[0];
    if (this->Axis > 0)
    {
      this->RunPart(row, 0, nodes, this->Nodes.PlaceOfRow(this->Axis, row));
      return;
    }
    // Away from the borders all stencils are alike.
    const Index first = std::min<Index>(2, nodes);
    const Index last = std::max(first, nodes - 3);
    for (Index i = 0; i < first; ++i)
    {
      this->RunPart(row, i, 1, i);
    }
    if (last > first)
    {
      this->RunPart(row, first, last - first, first);
    }
    for (Index i = last; i < nodes; ++i)
    {
      this->RunPart(row, i, 1, i);
    }
  }

private:
  /// The edges that start at `count` nodes of a row, from the one at `begin` on.
  /// @param place  of the first along the axis.
  void RunPart(Index row, Index begin, Index count, Index place) const
  {
    const Index at = row * this->Nodes.Dimensions()[0] + begin;
    double* const steps = this->Steps + at;
    double* const weights = this->Weights ? this->Weights + at : nullptr;
    Stencil line;
    for (int node = 0; node < StencilNodes; ++node)
    {
      this->Look(row, begin, place, node, line);
    }
    const double spacing = this->Nodes.Spacing(this->Axis);
    for (Index i = 0; i < count; ++i)
    {
      const bool edge = this->Nodes.Beside(this->Axis, place, 1) >= 0 && line.Has(EdgeStart, i) &&
        line.Has(EdgeStart + 1, i);
      steps[i] = edge ? spacing * MeanAlong(line, i) : 0.0;
      if (weights)
      {
        weights[i] = edge ? this->Weight * WeightOf(line, i) : 0.0;
      }
    }
  }

  void Look(Index row, Index begin, Index place, int node, Stencil& line) const
  {
    const Index count = this->Nodes.Dimensions()[this->Axis];
    Index there = this->Nodes.Beside(this->Axis, place, node - EdgeStart);
    double sign = 1.0;
    if (there < 0 && this->Nodes.BoundaryAlong(this->Axis) == Boundary::Reflecting)
    {
      const Index beyond = place + node - EdgeStart;
      there = beyond < 0 ? -beyond : 2 * (count - 1) - beyond;
      there = there < 0 || there >= count ? -1 : there;
      sign = -1.0;
    }
    if (there < 0)
    {
      return;
    }
    const Index columns = this->Nodes.Dimensions()[0];
    const Index otherRow = row +
      (this->Axis == 0 ? 0 : there - place) * (this->Axis == 2 ? this->Nodes.Dimensions()[1] : 1);
    const Index column = this->Axis == 0 ? there : begin;
    const Index j = otherRow % this->Nodes.Dimensions()[1];
    const Index k = otherRow / this->Nodes.Dimensions()[1];
    const Index3& grid = this->Values.GridDimensions;
    line.Vectors[node] =
      this->Values.Vectors + 3 * (column + grid[0] * (j + grid[1] * k)) + this->Axis;
    line.Signs[node] = sign;
    const auto at = static_cast<std::size_t>(otherRow * columns + column);
    line.Valid[node] = this->Values.Valid.empty() ? nullptr : this->Values.Valid.data() + at;
    line.Weights[node] = this->Values.Weights.empty() ? nullptr : this->Values.Weights.data() + at;
  }

  const Lattice& Nodes;
  const VectorNodes& Values;
  int Axis;
  double Weight;
  double* Steps;
  double* Weights;
};

/// What the edges of a row do, edge by edge: of those that start in it, and for each neighbour row
/// of those that end in it.
/// @param use  called as use(node, other, edge, sign): the edge that is kept at node `edge` leads
///             from the node to the other (sign 1) or from the other to the node (sign -1).
template <class Use>
void VisitRow(const Lattice& lattice, int axis, Index row, const Use& use)
{
  const Index columns = lattice.Dimensions()[0];
  const Index first = row * columns;
  if (axis == 0)
  {
    for (Index i = 0; i + 1 < columns; ++i)
    {
      use(first + i, first + i + 1, first + i, 1.0);
    }
    for (Index i = 1; i < columns; ++i)
    {
      use(first + i, first + i - 1, first + i - 1, -1.0);
    }
    if (lattice.IsPeriodic(0))
    {
      use(first + columns - 1, first, first + columns - 1, 1.0);
      use(first, first + columns - 1, first + columns - 1, -1.0);
    }
    return;
  }
  const Index next = lattice.RowBeside(axis, row, 1);
  const Index previous = lattice.RowBeside(axis, row, -1);
  for (Index i = 0; next >= 0 && i < columns; ++i)
  {
    use(first + i, next * columns + i, first + i, 1.0);
  }
  for (Index i = 0; previous >= 0 && i < columns; ++i)
  {
    use(first + i, previous * columns + i, previous * columns + i, -1.0);
  }
}

/// Calls body(axis, weightAt) for each axis with edges, weightAt(edge) being the weight.
template <class Body>
void ForEachAxis(const Edges& edges, const Body& body)
{
  for (int axis = 0; axis < 3; ++axis)
  {
    if (!edges.Nodes.HasEdges(axis))
    {
      continue;
    }
    const auto& weights = edges.Weights[static_cast<std::size_t>(axis)];
    if (weights.empty())
    {
      body(axis, [weight = edges.AxisWeight[axis]](Index) { return weight; });
    }
    else
    {
      body(axis, [values = weights.data()](Index edge) { return values[edge]; });
    }
  }
}
}

Edges MakeEdges(const Lattice& lattice, const VectorNodes& nodes, const Execution& execution)
{
  Edges edges;
  edges.Nodes = lattice;
  const auto size = static_cast<std::size_t>(lattice.Size());
  double least = std::numeric_limits<double>::infinity();
  for (int axis = 0; axis < 3; ++axis)
  {
    least = lattice.HasEdges(axis) ? std::min(least, std::abs(lattice.Spacing(axis))) : least;
  }
  for (int axis = 0; axis < 3; ++axis)
  {
    if (!lattice.HasEdges(axis))
    {
      continue;
    }
    const double ratio = least / lattice.Spacing(axis);
    edges.AxisWeight[axis] = ratio * ratio;
    edges.Steps[static_cast<std::size_t>(axis)].resize(size);
    const bool uniform = nodes.Valid.empty() && nodes.Weights.empty();
    edges.Weights[static_cast<std::size_t>(axis)].resize(uniform ? 0 : size);
    const AxisEdges maker(lattice, nodes, axis, edges.AxisWeight[axis], edges);
    execution.For(lattice.Rows(),
      [&maker](Index begin, Index end)
      {
        for (Index row = begin; row < end; ++row)
        {
          maker.Run(row);
        }
      });
  }
  return edges;
}

void ApplyLaplacian(
  const Edges& edges, const double* potential, double* target, const Execution& execution)
{
  const Index columns = edges.Nodes.Dimensions()[0];
  execution.For(edges.Nodes.Rows(),
    [&edges, potential, target, columns](Index begin, Index end)
    {
      std::fill(target + begin * columns, target + end * columns, 0.0);
      for (Index row = begin; row < end; ++row)
      {
        ForEachAxis(edges,
          [&](int axis, const auto& weightAt)
          {
            VisitRow(edges.Nodes, axis, row,
              [&](Index node, Index other, Index edge, double)
              { target[node] += weightAt(edge) * (potential[node] - potential[other]); });
          });
      }
    });
}

void GatherSteps(const Edges& edges, double* target, const Execution& execution)
{
  const Index columns = edges.Nodes.Dimensions()[0];
  execution.For(edges.Nodes.Rows(),
    [&edges, target, columns](Index begin, Index end)
    {
      std::fill(target + begin * columns, target + end * columns, 0.0);
      for (Index row = begin; row < end; ++row)
      {
        ForEachAxis(edges,
          [&](int axis, const auto& weightAt)
          {
            const double* const steps = edges.Steps[static_cast<std::size_t>(axis)].data();
            VisitRow(edges.Nodes, axis, row,
              [&](Index node, Index, Index edge, double sign)
              { target[node] -= sign * weightAt(edge) * steps[edge]; });
          });
      }
    });
}

double MisfitShare(const Edges& edges, const double* potential, const Execution& execution)
{
  const auto sum = [&](bool misfit)
  {
    return SumOfBlocks(edges.Nodes.Rows(), 1, execution,
      [&](Index row, Index)
      {
        double total = 0.0;
        ForEachAxis(edges,
          [&](int axis, const auto& weightAt)
          {
            const double* const steps = edges.Steps[static_cast<std::size_t>(axis)].data();
            VisitRow(edges.Nodes, axis, row,
              [&](Index node, Index other, Index edge, double sign)
              {
                const double rise = misfit ? potential[other] - potential[node] : 0.0;
                const double rest = sign > 0.0 ? steps[edge] - rise : 0.0;
                total += weightAt(edge) * rest * rest;
              });
          });
        return total;
      });
  };
  const double whole = sum(false);
  return whole > 0.0 ? std::sqrt(sum(true) / whole) : 0.0;
}
}
