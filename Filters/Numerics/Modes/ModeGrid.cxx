// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Modes/ModeGrid.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace
{
constexpr double NodesPerBandwidth = 3.0;
constexpr double FewestNodesPerBandwidth = 1.5;
constexpr double MostNodes = 4194304.0;
}

ModeGrid ModeGrid::Of(const CloudMoments& moments, const GaussianKernel& shape, double least)
{
  const GaussianKernel kernel = shape.WithBandwidth(least);
  const Axes& axes = kernel.ActiveAxes();
  // Along each axis the kernel is at least this wide in any cut.
  const Eigen::Vector3d lengths = kernel.Precision().diagonal().cwiseSqrt().cwiseInverse();
  double cells = 1.0;
  for (int a = 0; a < axes.Count; ++a)
  {
    const int axis = axes.Axis[a];
    cells *= NodesPerBandwidth * (moments.Upper[axis] - moments.Lower[axis]) / lengths[axis] + 2.0;
  }
  const double coarser = std::max(1.0, std::pow(cells / MostNodes, 1.0 / axes.Count));
  ModeGrid octave;
  octave.Least = least;
  octave.LargestSpacing = coarser / NodesPerBandwidth;
  octave.Reuse.Kernels = { kernel, shape.WithBandwidth(2.0 * least) };
  octave.Nodes.Origin = moments.Lower;
  if (octave.LargestSpacing > 2.0 / FewestNodesPerBandwidth)
  {
    return octave; // too coarse for all of it
  }
  for (int a = 0; a < axes.Count; ++a)
  {
    const int axis = axes.Axis[a];
    const double spacing = octave.LargestSpacing * lengths[axis];
    const double extent = moments.Upper[axis] - moments.Lower[axis];
    octave.Nodes.Origin[axis] -= spacing;
    octave.Nodes.Spacing[axis] = spacing;
    octave.Nodes.Dimensions[axis] = static_cast<Index>(std::ceil(extent / spacing)) + 3;
  }
  return octave;
}

bool ModeGrid::Shows(double bandwidth) const
{
  return this->LargestSpacing * this->Least * FewestNodesPerBandwidth <= bandwidth;
}
}
