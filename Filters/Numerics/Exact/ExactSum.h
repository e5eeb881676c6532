// SPDX-License-Identifier: BSD-3-Clause
#ifndef Exact_ExactSum_h
#define Exact_ExactSum_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Base/Types.h"
#include "Numerics/Exact/Normalization.h"

#include <memory>
#include <optional>
#include <vector>

/// The exact engine: the Gaussian kernel density estimate and its derivatives to a stated relative
/// error at every node or query point x, however far in the tail, at a cost that follows the
/// samples that matter there.
///
/// With weights w_i, W = Samples::TotalWeight, the kernel's covariance H, P = H^-1,
/// v_i = P (x_i - x) and q_i = log w_i - (x_i - x)' P (x_i - x) / 2, m = max_i q_i,
/// Z = sum_i exp(q_i - m), r_i = exp(q_i - m) / Z (the responsibilities, which sum to 1):
///   log f   = m + log Z + log K(0) - log W
///   score   = sum_i r_i v_i                                      (the gradient of log f)
///   Hessian = sum_i r_i (v_i - score)(v_i - score)' - P          (of log f)
///   effective sample size = sum_i w_i exp(-(x_i - x)' P (x_i - x) / 2) / mean weight
///   Kish sample size      = 1 / sum_i r_i^2
/// The mean weight is that of the samples whose weight is positive. Z lies in [1, n], so nothing
/// under- or overflows. Rounding: 4 eps (|log f| + 1) in log f, 16 eps max_i |v_i| in the score.
/// Without any sample: density and sample sizes 0, log density -infinity, score and Hessian 0.
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
  ///@{
  /// Of LeaveOneOut where the samples are images: those that they are images of, and for each image
  /// the number of its original. Query i is original i and leaves out all of its images. Null: each
  /// sample is its own.
  const Samples* Originals = nullptr;
  const std::vector<Index>* Owner = nullptr;
  ///@}
  /// One flag per node or query; entries of those with 0 are left as they are. Null: all are
  /// wanted.
  const unsigned char* Wanted = nullptr;
  /// Of the cloud that the samples are a part of, so that results are those of the whole cloud
  /// wherever the rest does not count. Nothing: the samples are the whole cloud.
  std::optional<Normalization> Whole = std::nullopt;
  /// Where the tree of these samples is kept for other bandwidths of kernels
  /// of one shape; built if it points to nothing yet. Null: built and given up.
  std::shared_ptr<const SampleTree>* Tree = nullptr;
};

/// The numbers of the places with a flag that is not 0; of all if there are no flags.
std::vector<Index> WantedEntries(Index count, const unsigned char* wanted);

namespace exact
{
/// Evaluates the estimate and what else `fields` asks for at the nodes of a grid.
///
/// Nodes are taken at Origin + index * Spacing without rounding of that sum, which matters to the
/// last digits where coordinates are large against the bandwidth. One entry per node, in the order
/// of Grid.
///
/// @throws std::invalid_argument if Tolerance or the samples' weights are out of range.
/// @throws Aborted if execution asks for it; the fields are then incomplete.
/// The result does not depend on the number of threads, to the bit.
void EvaluateOnGrid(const Samples& samples, const GaussianKernel& kernel, const Grid& grid,
  const FieldView& fields, const ExactOptions& options, const Execution& execution);

/// The same at scattered points.
/// @param queries  3 by m, finite; with LeaveOneOut m <= n, query i being sample i, or original i.
void EvaluateAtPoints(const Samples& samples, const GaussianKernel& kernel,
  const PointsRef& queries, const FieldView& fields, const ExactOptions& options,
  const Execution& execution);
}
}

#endif
