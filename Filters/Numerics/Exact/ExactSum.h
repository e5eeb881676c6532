// SPDX-License-Identifier: BSD-3-Clause
#ifndef Exact_ExactSum_h
#define Exact_ExactSum_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Base/Types.h"

#include <memory>

/// The exact engine: the sums of DirectSum.h to a stated relative error at every node or query
/// point, however far in the tail, at a cost that follows the samples that matter there.
namespace scorefields
{
class SampleTree;

struct ExactOptions
{
  /// Samples are left out of a sum where together they hold less than this share of it:
  /// |d log f| <= Tolerance, |d score| <= 2 Tolerance r / h^2 with r the distance of the farthest
  /// sample kept, besides rounding. In [1e-16, 0.1].
  double Tolerance = 1e-13;
  /// Query i leaves out sample i (EvaluateAtPoints only); the estimate is that of the others.
  bool LeaveOneOut = false;
  /// EvaluateOnGrid only: one flag per node; entries of nodes with 0 are left as they are. Null:
  /// all nodes are wanted.
  const unsigned char* Wanted = nullptr;
  /// Where the tree of these samples is kept for other bandwidths of kernels
  /// of one shape; built if it points to nothing yet. Null: built and given up.
  std::shared_ptr<const SampleTree>* Tree = nullptr;
};

namespace exact
{
/// Evaluates the estimate and what else `fields` asks for at the nodes of a grid.
///
/// Nodes are taken at Origin + index * Spacing without rounding of that sum, which matters to the
/// last digits where coordinates are large against the bandwidth. One entry per node, in the order
/// of Grid. Fields as in DirectSum.h, also without samples.
///
/// @throws std::invalid_argument if Tolerance or the samples' weights are out of range.
/// @throws Aborted if execution asks for it; the fields are then incomplete.
/// The result does not depend on the number of threads, to the bit.
void EvaluateOnGrid(const Samples& samples, const GaussianKernel& kernel, const Grid& grid,
  const FieldView& fields, const ExactOptions& options, const Execution& execution);

/// The same at scattered points.
/// @param queries  3 by m, finite; with LeaveOneOut m <= n, query i being sample i.
void EvaluateAtPoints(const Samples& samples, const GaussianKernel& kernel,
  const PointsRef& queries, const FieldView& fields, const ExactOptions& options,
  const Execution& execution);
}
}

#endif
