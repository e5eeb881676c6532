// SPDX-License-Identifier: BSD-3-Clause
#ifndef Input_PointQueries_h
#define Input_PointQueries_h

#include "Numerics/Base/Types.h"

#include <string>
#include <vector>

class vtkDataSet;

namespace vtkscorefields
{
/// The points of all blocks that get an estimate, and where each belongs.
struct PointQueries
{
  Eigen::Matrix3Xd Points;
  /// Per block and point: column of Points, or -1. Points at one place may share a column.
  std::vector<std::vector<scorefields::Index>> Columns;
  /// The first columns, so many, are the first samples of the cloud, which are left out of their
  /// own estimates.
  scorefields::Index LeftOut = 0;
};

/// All points that are finite, each with the estimate of the whole cloud.
PointQueries QueriesOf(const std::vector<vtkDataSet*>& blocks);

/// The points of the cloud itself, each with the estimate of the others. A point that another part
/// counts (a ghost, a node of a seam) is the sample at its place. A hidden point is no sample: it
/// has the estimate of the whole cloud, as have ghosts of which no part has the sample.
/// @param blocks   those that the cloud was read from, with the ghosts that it skipped.
/// @param own      samples that the blocks count.
/// @param samples  the whole cloud, those of the blocks first; put in another order.
PointQueries LeaveOneOutQueries(const std::vector<vtkDataSet*>& blocks,
  const std::string& weightArray, scorefields::Index own, scorefields::Samples& samples);
}

#endif
