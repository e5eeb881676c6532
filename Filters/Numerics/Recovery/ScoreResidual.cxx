// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Recovery/ScoreResidual.h"

namespace scorefields
{
namespace
{
/// The edges around one node.
class Surroundings
{
public:
  Surroundings(const Edges& edges, const double* potential, const Index3& place)
    : All(edges)
    , Potential(potential)
  {
    const Lattice& lattice = edges.Nodes;
    for (int axis = 0; axis < 3; ++axis)
    {
      this->Node += place[axis] * lattice.Stride(axis);
      for (int side = 0; side < 2 && lattice.HasEdges(axis); ++side)
      {
        const Index there = lattice.Beside(axis, place[axis], side == 0 ? -1 : 1);
        this->Exists[axis][side] = there >= 0;
        this->Offsets[axis][side] = (there - place[axis]) * lattice.Stride(axis);
      }
    }
  }

  NodeResidual Look() const
  {
    NodeResidual result;
    for (int axis = 0; axis < 3; ++axis)
    {
      this->AddEdges(axis, result);
      result.Curl[axis] = this->MeanCurl((axis + 1) % 3, (axis + 2) % 3);
    }
    return result;
  }

private:
  /// Whether the lattice's edge from a node along an axis is between valid nodes.
  bool IsValid(int axis, Index start) const
  {
    const auto& weights = this->All.Weights[static_cast<std::size_t>(axis)];
    return weights.empty() || weights[static_cast<std::size_t>(start)] > 0.0;
  }
  double Step(int axis, Index start) const
  {
    return this->All.Steps[static_cast<std::size_t>(axis)][static_cast<std::size_t>(start)];
  }
  /// Where the cell on one side of the node begins (end 0) and ends (end 1) along an axis.
  Index EndOf(int axis, int side, int end) const
  {
    return side == end ? this->Offsets[axis][side] : 0;
  }

  void AddEdges(int axis, NodeResidual& result) const
  {
    const double spacing = this->All.Nodes.Spacing(axis);
    double sum = 0.0;
    int count = 0;
    for (int side = 0; side < 2; ++side)
    {
      const Index start = this->Node + this->EndOf(axis, side, 0);
      if (!this->Exists[axis][side] || !this->IsValid(axis, start))
      {
        continue;
      }
      const Index end = this->Node + this->EndOf(axis, side, 1);
      const double rest = this->Step(axis, start) - (this->Potential[end] - this->Potential[start]);
      sum += rest;
      ++count;
      result.Divergence += (side == 0 ? -rest : rest) / (spacing * spacing);
    }
    result.Residual[axis] = count > 0 ? sum / (count * spacing) : 0.0;
  }

  double MeanCurl(int a, int b) const
  {
    double sum = 0.0;
    int count = 0;
    for (int side = 0; side < 4; ++side)
    {
      const int sideA = side / 2;
      const int sideB = side % 2;
      if (!this->Exists[a][sideA] || !this->Exists[b][sideB])
      {
        continue;
      }
      const Index corner = this->Node + this->EndOf(a, sideA, 0) + this->EndOf(b, sideB, 0);
      const Index besideA = this->Node + this->EndOf(a, sideA, 1) + this->EndOf(b, sideB, 0);
      const Index besideB = this->Node + this->EndOf(a, sideA, 0) + this->EndOf(b, sideB, 1);
      if (this->IsValid(a, corner) && this->IsValid(b, besideA) && this->IsValid(a, besideB) &&
        this->IsValid(b, corner))
      {
        sum += this->Step(a, corner) + this->Step(b, besideA) - this->Step(a, besideB) -
          this->Step(b, corner);
        ++count;
      }
    }
    return count > 0 ? sum / (count * this->All.Nodes.Spacing(a) * this->All.Nodes.Spacing(b))
                     : 0.0;
  }

  const Edges& All;
  const double* Potential;
  Index Node = 0;
  bool Exists[3][2] = {};   ///< whether there is a node before and after, per axis
  Index Offsets[3][2] = {}; ///< from the node to it
};
}

NodeResidual ResidualAt(const Edges& edges, const double* potential, const Index3& place)
{
  return Surroundings(edges, potential, place).Look();
}
}
