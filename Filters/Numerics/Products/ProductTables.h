// SPDX-License-Identifier: BSD-3-Clause
#ifndef Products_ProductTables_h
#define Products_ProductTables_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/Fft.h"
#include "Numerics/Products/PanelProducts.h"
#include "Numerics/Products/ProductPlan.h"

#include <array>
#include <vector>

namespace scorefields
{
class AxisKernel;

/// The values k_a(x - z) of one axis and of their derivatives, in bandwidths, for the nodes x of a
/// grid and z of a mesh, in panels of PanelWidth nodes x. Panel P has the nodes from PanelWidth P
/// on of the whole grid, whatever part of it is asked for, so that sums do not depend on that part.
class ProductTable
{
public:
  /// @param axis         of the mesh.
  /// @param derivatives  how many, at most 2.
  /// @param first, count  the nodes of the grid that are asked for.
  ProductTable(const ProductPlan& plan, int axis, const Grid& grid, double bandwidth,
    int derivatives, Index first, Index count, const Execution& execution);

  /// A panel: the nodes of the mesh that it reaches, and where its values begin.
  struct Panel
  {
    Index Begin = 0;
    Index End = 0;
    Index Offset = 0;
  };
  Index FirstPanel() const { return this->Start; }
  Index PanelCount() const { return static_cast<Index>(this->Panels.size()); }
  /// @param panel  counted from FirstPanel().
  const Panel& At(Index panel) const { return this->Panels[static_cast<std::size_t>(panel)]; }
  /// The values of a derivative from node z of the mesh on, PanelWidth to a node.
  const double* Values(int derivative, Index panel, Index z) const
  {
    const Panel& at = this->At(panel);
    return this->Derivatives[static_cast<std::size_t>(derivative)].Data() + at.Offset +
      (z - at.Begin) * PanelWidth;
  }

  /// The largest value of a panel and each block of PanelWidth nodes of the mesh.
  const double* Maxima(Index panel) const { return this->Largest.data() + panel * this->Blocks; }

private:
  /// Of the table, in bandwidths.
  struct Lengths
  {
    double MeshSpacing;
    double NodeSpacing;
    double Period; ///< 0: open
    double Band;
  };
  /// @param first  where the panel's first node lies, in bandwidths from the mesh's first one.
  void Fill(Index panel, double first, const Lengths& lengths, const AxisKernel& kernel);

  Index Blocks = 0; ///< of the mesh
  std::vector<double> Largest;
  Index Start = 0;
  std::vector<Panel> Panels;
  std::array<FftBuffer<double>, 3> Derivatives;
};
}

#endif
