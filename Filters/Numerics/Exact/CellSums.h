// SPDX-License-Identifier: BSD-3-Clause
#ifndef Exact_CellSums_h
#define Exact_CellSums_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Base/Types.h"
#include "Numerics/Exact/SampleTree.h"

#include <memory>

namespace scorefields
{
/// Exact sums over an index that serves any number of point sets and bandwidths.
///
/// What exact::EvaluateAtPoints does for one set of points, arranged so that the value at a point
/// is a function of that point alone, to the bit: the frames that share the choice of samples
/// (LocalFrame.h) belong to cells of a fixed lattice, half a bandwidth wide, not to groups of
/// points that happen to be near each other. A cell too wide for its samples is halved until it is
/// not. Samples are left out where together they hold less than `tolerance` of a sum:
/// |d log f| <= tolerance, |d score| <= 2 tolerance r / h^2 with r the farthest kept.
/// Cost: that of the samples that count, some n_c per cell and point; to sort m points by cell.
class CellSums
{
public:
  /// @param samples  kept. @param kernel  gives the axes, and lengths to balance the index by.
  CellSums(std::shared_ptr<const Samples> samples, const GaussianKernel& kernel);

  const Samples& AllSamples() const { return *this->Cloud; }

  /// The fields as ExactSum.h defines them, one entry per point.
  /// @param points  3 by m, finite. @throws Aborted. Independent of the number of threads.
  void Evaluate(const GaussianKernel& kernel, const PointsRef& points, double tolerance,
    const FieldView& fields, const Execution& execution) const;

private:
  std::shared_ptr<const Samples> Cloud;
  SampleTree Tree;
};
}

#endif
