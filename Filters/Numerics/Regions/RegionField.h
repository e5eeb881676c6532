// SPDX-License-Identifier: BSD-3-Clause
#ifndef Regions_RegionField_h
#define Regions_RegionField_h

#include "Numerics/Base/Boundary.h"
#include "Numerics/Base/Execution.h"

#include <array>
#include <vector>

namespace scorefields
{
/// A density at the nodes of a part of a grid, or of all of it.
struct RegionNodes
{
  Grid Whole;
  std::array<Boundary, 3> Borders{ { Boundary::Open, Boundary::Open, Boundary::Open } };
  /// The nodes that are known here.
  NodeBlock Known;
  /// The nodes whose cells count here, as a part of those known. Parts share the nodes between
  /// them, and no cell. A layer of nodes more is known on each side where there is one.
  NodeBlock Owned;
  /// Of each known node, x fastest: finite, -infinity for 0, NaN where there is no value.
  const double* LogDensity = nullptr;
};

/// The density as it is integrated: linear on the simplices of each cell (CellSimplices.h).
///
/// The interpolant of a curved density f is off by h^2, always to the same side, and so would be
/// the mass of a region. So its values at the nodes are not f but
///
///   g = f - sum over the edges e of a simplex of D_e f / (2 (d+1) (d+2)),
///
/// where D_e f is the second difference along the edge. That is f less the mean over a cell by
/// which the interpolant of a quadratic function is too large, so that masses and measures of
/// regions are right to a power of h above the second. No node is changed by more than half of its
/// value, which matters only where a grid does not resolve the density.
class RegionField
{
public:
  /// @param logLargest  of all parts; densities are relative to it.
  RegionField(const RegionNodes& nodes, double logLargest, const Execution& execution);

  const RegionNodes& Nodes() const { return this->Given; }
  /// How many axes have more than one node, and which.
  const Axes& ActiveAxes() const { return this->Active; }
  /// f, from 0 to 1; NaN where there is no value. One for each known node.
  const std::vector<double>& Density() const { return this->Values; }
  /// g. One for each known node, of which those not owned may be less exact.
  const std::vector<double>& Balanced() const { return this->Corrected; }
  /// Length, area or volume of a cell.
  double CellMeasure() const { return this->Measure; }
  /// Cells along an axis, 1 along a flat one.
  Index CellsAlong(int axis) const;
  /// Rows of cells that count here, along the first active axis.
  Index Rows() const;
  Index CellsInRow() const { return this->CellsAlong(this->Active.Axis[0]); }
  /// The known node at the first corner of a row's first cell. The next cell is Stride(first axis)
  /// further.
  Index FirstOfRow(Index row) const;
  /// Nodes from one to the next along an axis.
  Index Stride(int axis) const;
  /// Nodes from a cell's first corner to its corner of that number (CellSimplices.h).
  Index CornerOffset(std::size_t corner) const;
  /// The place in the whole grid of a known node.
  Index3 PlaceOf(Index node) const;
  /// The nodes that count here, as a part of those known: the first layer of a part is the last one
  /// of the part before, which counts it.
  NodeBlock Counted() const;

private:
  void Balance(Index node);
  /// The second difference around a node at a place in the known nodes along a sum of axes, bit by
  /// bit; at the ends of what is known that of the node next to it.
  double SecondDifference(Index node, const Index3& place, std::size_t direction) const;

  RegionNodes Given;
  Axes Active;
  double Measure = 1.0;
  std::vector<double> Values;
  std::vector<double> Corrected;
};
}

#endif
