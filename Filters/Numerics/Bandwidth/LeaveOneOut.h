// SPDX-License-Identifier: BSD-3-Clause
#ifndef Bandwidth_LeaveOneOut_h
#define Bandwidth_LeaveOneOut_h

#include "Numerics/Bandwidth/Locations.h"
#include "Numerics/Base/Execution.h"

#include <memory>

namespace scorefields
{
class PairCriterion;
class SampleTree;

/// Means over the locations of what the others say about each, f_-i being the estimate from all
/// locations but i.
struct LeaveOneOut
{
  double LogLikelihood = 0.0; ///< mean of log f_-i(z_i)
  double Hyvarinen = 0.0;     ///< mean of |s_-i|^2 / 2 + lap log f_-i
  /// Standard errors of the means, against those over all locations; 0 if all were asked.
  double LogLikelihoodError = 0.0;
  double HyvarinenError = 0.0;
};

/// The same by sums over pairs with their images, for locations in a closed box (PairCriterion.h).
/// @param pairs  of the locations, with the queries to be asked.
LeaveOneOut EvaluateLeaveOneOut(const Locations& locations, const PairCriterion& pairs,
  double bandwidth, const Execution& execution);

/// At bandwidth h in the coordinates of the locations, which are in no box. The first `queries`
/// locations, a random sample (Locations.h), are asked; each is answered by all others, by exact
/// sums to 1e-9.
///
/// The same values as PairCriterion, with the sign of the likelihood turned.
/// @param queries  at least 1, at most all. @throws std::invalid_argument for fewer than 2
///                 locations, Aborted. Cost: queries times the locations within about 6 h.
/// @param tree  as in ExactOptions, kept for other bandwidths; null: not kept.
LeaveOneOut EvaluateLeaveOneOut(const Locations& locations, double bandwidth, Index queries,
  std::shared_ptr<const SampleTree>* tree, const Execution& execution);
}

#endif
