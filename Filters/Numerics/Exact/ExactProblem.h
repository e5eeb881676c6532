// SPDX-License-Identifier: BSD-3-Clause
#ifndef Exact_ExactProblem_h
#define Exact_ExactProblem_h

#include "Numerics/Exact/ExactSum.h"
#include "Numerics/Exact/LocalFrame.h"
#include "Numerics/Exact/Moments.h"
#include "Numerics/Exact/Normalization.h"
#include "Numerics/Exact/SampleTree.h"

#include <functional>

namespace scorefields
{
namespace exact
{
/// What all pieces of one evaluation share.
struct Problem
{
  const GaussianKernel& Kernel;
  const FieldView& Fields;
  Normalization Norm;
  ActiveKernel Compacted;
  std::shared_ptr<const SampleTree> Kept; ///< shares the ownership of Tree
  const SampleTree& Tree;
  MomentSet Set;
  double LogTolerance; ///< of the samples left out of a sum, together

  /// @throws std::invalid_argument if the tolerance or the samples' weights are out of range.
  Problem(const Samples& samples, const GaussianKernel& kernel, const FieldView& fields,
    const ExactOptions& options, const Execution& execution);

  void WriteEntry(Index entry, const PointValues& values) const
  {
    Write(this->Fields, entry, values, this->Norm.LogDensityFactor, this->Norm.LogMeanWeight);
  }
};

/// Works on the pieces order(k), begin <= k < end.
using PiecesBody =
  std::function<void(Index begin, Index end, const std::function<Index(Index)>& order)>;

/// Runs body on all pieces [0, count), in batches between which execution is asked whether to go
/// on. Neighbouring pieces cost alike and distant ones do not, so order(k) scatters them: every
/// sub-range has its share of all.
/// @param terms  roughly how many terms are summed in all; it sets the number of batches.
void RunPieces(Index count, double terms, const Execution& execution, const PiecesBody& body);
}
}

#endif
