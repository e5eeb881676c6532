// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/ExactSum.h"

#include "Numerics/DirectSum.h"

namespace scorefields
{
namespace exact
{
void EvaluateOnGrid(const Samples& samples, const GaussianKernel& kernel, const Grid& grid,
  const FieldView& fields, const ExactOptions& options, const Execution& execution)
{
  Eigen::Matrix3Xd nodes(3, grid.Size());
  for (Index i = 0; i < grid.Size(); ++i)
  {
    nodes.col(i) = grid.Node(i);
  }
  EvaluateAtPoints(samples, kernel, nodes, fields, options, execution);
}

void EvaluateAtPoints(const Samples& samples, const GaussianKernel& kernel,
  const PointsRef& queries, const FieldView& fields, const ExactOptions& options,
  const Execution& execution)
{
  execution.Checkpoint(0.0);
  direct::EvaluateAtPoints(samples, kernel, queries, fields,
    options.LeaveOneOut ? direct::OwnSample::LeaveOut : direct::OwnSample::Keep);
}
}
}
