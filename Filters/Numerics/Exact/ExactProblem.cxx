// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/ExactProblem.h"

#include "Numerics/Exact/NearbySamples.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <sstream>
#include <stdexcept>

namespace scorefields
{
namespace exact
{
namespace
{
double RequireTolerance(double tolerance)
{
  if (!(tolerance >= 1e-16 && tolerance <= 0.1))
  {
    std::ostringstream message;
    message << "Tolerance is " << tolerance << "; it must lie between 1e-16 and 0.1";
    throw std::invalid_argument(message.str());
  }
  return tolerance;
}

std::shared_ptr<const SampleTree> TreeOf(const Samples& samples, const GaussianKernel& kernel,
  const ExactOptions& options, const Execution& execution)
{
  std::shared_ptr<const SampleTree> tree = options.Tree ? *options.Tree : nullptr;
  if (!tree)
  {
    tree = std::make_shared<const SampleTree>(
      samples, kernel.ActiveAxes(), kernel.AxisBandwidths(), LeafSize, execution);
  }
  if (options.Tree)
  {
    *options.Tree = tree;
  }
  return tree;
}
}

Problem::Problem(const Samples& samples, const GaussianKernel& kernel, const FieldView& fields,
  const ExactOptions& options, const Execution& execution)
  : Kernel(kernel)
  , Fields(fields)
  , Norm(options.Whole ? *options.Whole : Normalization::Of(samples, kernel))
  , Compacted(kernel)
  , Kept(TreeOf(samples, kernel, options, execution))
  , Tree(*this->Kept)
  , Set(kernel.Dimension(), fields)
  , LogTolerance(std::log(RequireTolerance(options.Tolerance)))
{
}

void RunPieces(Index count, double terms, const Execution& execution, const PiecesBody& body)
{
  constexpr double TermsPerBatch = 2e8; // a few tenths of a second
  const auto batches = static_cast<Index>(std::min(std::max(terms / TermsPerBatch, 1.0), 200.0));
  Index stride = std::max<Index>(static_cast<Index>(0.618 * static_cast<double>(count)), 1);
  while (std::gcd(stride, count) > 1) // so that k -> k stride mod count is a permutation
  {
    ++stride;
  }
  const std::function<Index(Index)> order = [stride, count](Index k)
  { return (k * stride) % count; };
  execution.Checkpoint(0.0);
  for (Index batch = 0; batch < batches; ++batch)
  {
    const Index first = count * batch / batches;
    const Index last = count * (batch + 1) / batches;
    execution.For(last - first,
      [first, &body, &order](Index begin, Index end) { body(first + begin, first + end, order); });
    execution.Checkpoint(static_cast<double>(batch + 1) / static_cast<double>(batches));
  }
}
}
}
