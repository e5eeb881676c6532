// SPDX-License-Identifier: BSD-3-Clause
#ifndef Modes_ModeGrid_h
#define Modes_ModeGrid_h

#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Cloud/CloudMoments.h"
#include "Numerics/Density/EstimateReuse.h"

namespace scorefields
{
/// The grid on which modes of the estimates of an octave of bandwidths are looked for, and the
/// transform that these share. One node lies beyond the cloud on each side.
struct ModeGrid
{
  double Least = 0.0; ///< the octave's least bandwidth
  Grid Nodes;         ///< not set if too coarse for the whole octave
  EstimateReuse Reuse;
  double LargestSpacing = 0.0; ///< in the least bandwidths

  /// 1/3 of the least bandwidth between nodes, or as much as 2^22 nodes allow.
  static ModeGrid Of(const CloudMoments& moments, const GaussianKernel& shape, double least);

  /// Whether the grid has the 1.5 nodes to this bandwidth that show its modes.
  bool Shows(double bandwidth) const;
};
}

#endif
