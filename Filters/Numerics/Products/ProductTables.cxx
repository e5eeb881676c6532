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
  int derivatives, Index first, Index count, const Execution& execution)
  : Start(first / PanelWidth)
{
  const MeshAxis& mesh = plan.Mesh.Axes[static_cast<std::size_t>(axis)];
  const bool closed = plan.Closed[static_cast<std::size_t>(axis)];
  const double spacing = grid.Spacing[mesh.Axis];
  const Index panels = count > 0 ? (first + count - 1) / PanelWidth + 1 - this->Start : 0;
  Index size = 0;
  for (Index p = 0; p < panels; ++p)
  {
    const double low =
      grid.Origin[mesh.Axis] + static_cast<double>((this->Start + p) * PanelWidth) * spacing;
    const double high = low + static_cast<double>(PanelWidth - 1) * spacing;
    this->Panels.push_back(ReachOf(mesh, closed, low, high, plan.Band * bandwidth));
    this->Panels.back().Offset = size;
    size += (this->Panels.back().End - this->Panels.back().Begin) * PanelWidth;
  }
  for (int k = 0; k <= derivatives; ++k)
  {
    this->Derivatives[static_cast<std::size_t>(k)] = FftBuffer<double>(size);
  }
  this->Blocks = (mesh.Size + PanelWidth - 1) / PanelWidth;
  this->Largest.assign(static_cast<std::size_t>(this->Blocks * panels), 0.0);
  const AxisKernel kernel(plan.Mesh.Order, bandwidth / mesh.Spacing, plan.Band);
  const double period = closed ? mesh.Period / bandwidth : 0.0;
  execution.For(panels,
    [&](Index begin, Index end)
    {
      for (Index p = begin; p < end; ++p)
      {
        const auto node = static_cast<double>((this->Start + p) * PanelWidth);
        const double x = grid.Origin[mesh.Axis] - mesh.Origin + node * spacing;
        this->Fill(p, x / bandwidth,
          { mesh.Spacing / bandwidth, spacing / bandwidth, period, plan.Band }, kernel);
      }
    });
}

void ProductTable::Fill(Index panel, double first, const Lengths& lengths, const AxisKernel& kernel)
{
  const Panel& at = this->At(panel);
  for (Index z = at.Begin; z < at.End; ++z)
  {
    const Index place = at.Offset + (z - at.Begin) * PanelWidth;
    double& largest =
      this->Largest[static_cast<std::size_t>(panel * this->Blocks + z / PanelWidth)];
    for (Index i = 0; i < PanelWidth; ++i)
    {
      const double offset = first + static_cast<double>(i) * lengths.NodeSpacing -
        static_cast<double>(z) * lengths.MeshSpacing;
      const auto values = SumOfImages(kernel, offset, lengths.Period, lengths.Band);
      for (std::size_t k = 0; k < 3; ++k)
      {
        if (this->Derivatives[k].Size() > 0)
        {
          this->Derivatives[k][place + i] = values[k];
        }
      }
      largest = std::max(largest, values[0]);
    }
  }
}
}
