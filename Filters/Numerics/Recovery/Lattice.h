// SPDX-License-Identifier: BSD-3-Clause
#ifndef Recovery_Lattice_h
#define Recovery_Lattice_h

#include "Numerics/Base/Boundary.h"
#include "Numerics/Base/Types.h"

#include <array>

namespace scorefields
{
using Boundaries = std::array<Boundary, 3>;

/// The nodes of a grid that have a value of their own: all, but for the last layer of a periodic
/// axis, which is the first layer again. They are numbered like the nodes of a grid, x fastest; a
/// row is the nodes along x, and rows are numbered alike.
///
/// Neighbours are one node apart along an axis. Along a periodic axis the last node and the first
/// one are neighbours as well.
class Lattice
{
public:
  Lattice() = default;
  /// @throws std::invalid_argument if an axis with several nodes has no finite spacing other than
  ///         0.
  Lattice(const Grid& nodes, const Boundaries& boundaries);

  const Index3& Dimensions() const { return this->Count; }
  Index Size() const { return this->Count.prod(); }
  Index Rows() const { return this->Count[1] * this->Count[2]; }
  Index Stride(int axis) const;
  /// 1 along axes with one node; else that of the grid, which may be negative.
  double Spacing(int axis) const { return this->Step[axis]; }
  Boundary BoundaryAlong(int axis) const { return this->Borders[static_cast<std::size_t>(axis)]; }
  /// Whether nodes have neighbours along the axis.
  bool HasEdges(int axis) const { return this->Count[axis] > 1; }
  bool IsPeriodic(int axis) const
  {
    return this->HasEdges(axis) && this->BoundaryAlong(axis) == Boundary::Periodic;
  }
  /// The number along y or z (axis 1 or 2) of a row.
  Index PlaceOfRow(int axis, Index row) const
  {
    return axis == 1 ? row % this->Count[1] : row / this->Count[1];
  }
  /// The place `step` nodes from `place` along an axis, wrapped along a periodic one; -1 beyond the
  /// box.
  Index Beside(int axis, Index place, Index step) const;
  /// The row beside a row along y or z; -1 beyond the box.
  Index RowBeside(int axis, Index row, Index step) const;
  Index3 PlaceOf(Index node) const;
  /// The lattice's node at a node of the grid.
  Index NodeAt(const Index3& gridNode) const;
  /// Length, area or volume that a node stands for: half of it, or less, on the faces of axes that
  /// are not periodic (trapezoidal rule).
  double Measure(const Index3& place) const;

private:
  Index3 Count = Index3::Ones();
  Eigen::Vector3d Step = Eigen::Vector3d::Ones();
  Boundaries Borders{ Boundary::Open, Boundary::Open, Boundary::Open };
};
}

#endif
