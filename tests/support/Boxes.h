// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_Boxes_h
#define support_Boxes_h

#include "Numerics/Base/Types.h"

namespace support
{
/// The grid with `nodes` per axis whose first and last nodes are the corners of a box.
inline scorefields::Grid GridInBox(
  const Eigen::Vector3d& low, const Eigen::Vector3d& high, const scorefields::Index3& nodes)
{
  scorefields::Grid grid;
  grid.Origin = low;
  grid.Dimensions = nodes;
  for (int a = 0; a < 3; ++a)
  {
    grid.Spacing[a] = nodes[a] > 1 ? (high[a] - low[a]) / static_cast<double>(nodes[a] - 1) : 1.0;
  }
  return grid;
}
}

#endif
