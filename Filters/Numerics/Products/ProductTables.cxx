// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Products/ProductTables.h"

#include "Numerics/Products/AxisKernel.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace
{
/// The nodes of the mesh within `band` of an interval of coordinates.
ProductTable::Panel ReachOf(const MeshAxis& axis, bool closed, double low, double high, double band)
{
  ProductTable::Panel panel;
  if (closed)
  {
    panel.End = axis.Size;
    return panel;
  }
  const auto size = static_cast<double>(axis.Size);
  const double first = std::ceil((low - band - axis.Origin) / axis.Spacing);
  const double last = std::floor((high + band - axis.Origin) / axis.Spacing);
  panel.Begin = static_cast<Index>(std::clamp(first, 0.0, size));
  panel.End = std::max(panel.Begin, static_cast<Index>(std::clamp(last + 1.0, 0.0, size)));
  return panel;
}

/// The kernel and its derivatives at an offset in bandwidths; the sum over all images within the
/// band if they repeat after a period.
std::array<double, 3> SumOfImages(
  const AxisKernel& kernel, double offset, double period, double band)
{
  if (!(period > 0.0))
  {
    return std::abs(offset) <= band ? kernel.At(offset) : std::array<double, 3>{};
  }
  std::array<double, 3> sum{};
  const double first = offset - period * std::floor((offset + band) / period);
  for (double x = first; x <= band; x += period)
  {
    const std::array<double, 3> one = kernel.At(x);
    for (std::size_t k = 0; k < 3; ++k)
    {
      sum[k] += one[k];
    }
  }
  return sum;
}
}

ProductTable::ProductTable(const ProductPlan& plan, int axis, const Grid& grid, double bandwidth,
  int derivatives, Index first, Index count)
  : Start(first / PanelWidth)
{
  const MeshAxis& mesh = plan.Mesh.Axes[static_cast<std::size_t>(axis)];
  const bool closed = plan.Closed[static_cast<std::size_t>(axis)];
  const double origin = grid.Origin[mesh.Axis];
  const double spacing = grid.Spacing[mesh.Axis];
  const Index panels = count > 0 ? (first + count - 1) / PanelWidth + 1 - this->Start : 0;
  Index size = 0;
  for (Index p = 0; p < panels; ++p)
  {
    const double low = origin + static_cast<double>((this->Start + p) * PanelWidth) * spacing;
    const double high = low + static_cast<double>(PanelWidth - 1) * spacing;
    this->Panels.push_back(ReachOf(mesh, closed, low, high, plan.Band * bandwidth));
    this->Panels.back().Offset = size;
    size += (this->Panels.back().End - this->Panels.back().Begin) * PanelWidth;
  }
  const AxisKernel kernel(plan.Mesh.Order, bandwidth / mesh.Spacing, plan.Band);
  for (int k = 0; k <= derivatives; ++k)
  {
    this->Derivatives[static_cast<std::size_t>(k)] = FftBuffer<double>(size);
  }
  this->Blocks = (mesh.Size + PanelWidth - 1) / PanelWidth;
  this->Largest.assign(static_cast<std::size_t>(this->Blocks * panels), 0.0);
  for (Index p = 0; p < panels; ++p)
  {
    const Panel& panel = this->At(p);
    for (Index z = panel.Begin; z < panel.End; ++z)
    {
      for (Index i = 0; i < PanelWidth; ++i)
      {
        const auto node = static_cast<double>((this->Start + p) * PanelWidth + i);
        const double x = (origin - mesh.Origin) + node * spacing;
        const double offset = (x - static_cast<double>(z) * mesh.Spacing) / bandwidth;
        const auto values =
          SumOfImages(kernel, offset, closed ? mesh.Period / bandwidth : 0.0, plan.Band);
        for (int k = 0; k <= derivatives; ++k)
        {
          const auto order = static_cast<std::size_t>(k);
          this->Derivatives[order][panel.Offset + (z - panel.Begin) * PanelWidth + i] =
            values[order];
        }
      }
      const double* const row = this->Values(0, p, z);
      double& largest = this->Largest[static_cast<std::size_t>(p * this->Blocks + z / PanelWidth)];
      largest = std::max(largest, *std::max_element(row, row + PanelWidth));
    }
  }
}
}
