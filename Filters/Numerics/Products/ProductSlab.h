// SPDX-License-Identifier: BSD-3-Clause
#ifndef Products_ProductSlab_h
#define Products_ProductSlab_h

#include "Numerics/Products/PanelProducts.h"
#include "Numerics/Products/ProductSum.h"
#include "Numerics/Products/ProductTables.h"

#include <array>
#include <vector>

namespace scorefields
{
/// A derivative of the density: how often along each mesh axis.
using Orders = std::array<int, 3>;

/// What all slabs of one evaluation share.
struct SlabSetting
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

/// Where one of several derivatives stands.
Index PlaceOf(const std::vector<Orders>& all, const Orders& one);

/// Works on eight nodes of the grid along the first axis and all nodes along the others; one to a
/// thread.
class Slab
{
public:
  explicit Slab(const SlabSetting& setting);

  /// @param panel  of the first axis.
  void Evaluate(Index panel);

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
  bool IsWanted(Index begin, Index end) const;

  double* FirstMaxima(Index z3) { return this->LineMaxima.Data() + z3 * this->Blocks; }

  void SumAlongFirst();
  /// Where some lines of the mesh hold weight, within reach of the panel.
  RowRange RangeOfLines(Index begin, Index end) const;
  /// Eight lines of the mesh from number `start` of layer z3 on; all there are, if fewer.
  void SumLines(Index z3, Index start, const RowRange& range);
  void EmitLine();
  void EmitPlane(Index panel);
  void EmitSpace(Index panel);
  /// Of eight planes of nodes, through the layers of the mesh.
  void SumPlanes(Index panel);
  /// The nodes of one of the planes' rows; `line` is its line of nodes in the block's first layer.
  void EmitRow(Index row, Index line);
  /// Whether a node is, of some lines of nodes in all layers of the block.
  bool IsAnyLayerWanted(Index begin, Index end, Index from, Index to) const;
  /// Writes the results of some lines of nodes: number `first` and on, a step apart.
  void Write(Index first, Index step, Index begin, Index end);
  void WriteRow(Index line, Index row);
  /// Which nodes of a row are wanted and have sums that are large enough; returns how many.
  Index FindServed(const double* sums, const unsigned char* wanted);
  /// Values of the served nodes, `count` of them, to entries of the block.
  void Copy(const double* values, Index components, Index count, Index entry, double* target) const;
  void WriteHessian(Index row, Index lane, double* hessian) const;

  const SlabSetting& All;
  FftBuffer<double> Partial;
  FftBuffer<double> Plane;
  FftBuffer<double> Results;
  Index Blocks; ///< of PanelWidth nodes along the second axis of the mesh
  FftBuffer<double> LineMaxima;
  FftBuffer<double> Maxima;
  PanelFields Finished;
  std::array<bool, PanelWidth> Served{};
  Index Number = 0;
  Index Entry = 0; ///< of the first lane along the first axis of the block; may be negative
  Index LaneBegin = 0;
  Index LaneEnd = PanelWidth;
};
}

#endif
