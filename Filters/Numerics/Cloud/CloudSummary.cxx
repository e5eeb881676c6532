// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Cloud/CloudSummary.h"

#include <algorithm>

namespace scorefields
{
CloudSummary CloudSummary::Of(const Samples& samples, const Execution& execution)
{
  constexpr Index pieceSize = 1 << 16;
  CloudSummary cloud;
  cloud.Count = samples.Count();
  cloud.TotalWeight = samples.TotalWeight;
  if (cloud.Count == 0)
  {
    return cloud;
  }
  const Index pieces = (cloud.Count + pieceSize - 1) / pieceSize;
  Eigen::Array3Xd lower(3, pieces);
  Eigen::Array3Xd upper(3, pieces);
  execution.For(pieces,
    [&](Index begin, Index end)
    {
      for (Index piece = begin; piece < end; ++piece)
      {
        Eigen::Array3d least = samples.Points.col(piece * pieceSize);
        Eigen::Array3d most = least;
        const Index last = std::min(cloud.Count, (piece + 1) * pieceSize);
        for (Index i = piece * pieceSize; i < last; ++i)
        {
          least = least.min(samples.Points.col(i).array());
          most = most.max(samples.Points.col(i).array());
        }
        lower.col(piece) = least;
        upper.col(piece) = most;
      }
    });
  cloud.Lower = lower.rowwise().minCoeff();
  cloud.Upper = upper.rowwise().maxCoeff();
  return cloud;
}
}
