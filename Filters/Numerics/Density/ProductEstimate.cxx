// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/ProductEstimate.h"

#include "Numerics/Exact/BoundaryImages.h"
#include "Numerics/Products/ProductSum.h"
#include "Numerics/Tails/RelevantSamples.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace scorefields
{
namespace
{
/// Shares of the tolerance: for the samples that are not looked at in the tails, and for the exact
/// sums there. Products spend up to 0.6 of it (ProductPlan.h).
constexpr double RelevantShare = 0.1;
constexpr double ExactShare = 0.1;

/// By how much samples that are left out change a derivative more than the density, at most: by
/// their distance from those that count, in bandwidths, which RelevantSamples and the exact sums
/// keep below this where their shares are not far smaller than allowed.
constexpr double PerDerivative = 50.0;

constexpr double MeshNodesPerNode = 4.0;
constexpr double LeastMeshLimit = 8388608.0;

/// Pairs of node and sample below which another mesh is not worth it: some milliseconds.
constexpr double FewPairs = 1e8;

CloudSummary SummaryOf(const CloudMoments& moments)
{
  return { moments.Lower, moments.Upper, static_cast<Index>(moments.Count), moments.TotalWeight };
}

/// Nodes that have no value yet, and over all parts how many there are.
struct NodesLeft
{
  std::vector<unsigned char> Flags;

  explicit NodesLeft(const EstimateProblem& problem)
    : Flags(static_cast<std::size_t>(problem.Block.Dimensions.prod()), 1)
  {
  }
  double Count(const Exchange& parts) const
  {
    auto count = static_cast<double>(std::count(this->Flags.begin(), this->Flags.end(), 1));
    parts.Sum(&count, 1);
    return count;
  }
};

/// A mesh for samples that reaches farther than `leastReach`, which is as far as others did.
std::optional<ProductPlan> PlanFor(
  const EstimateProblem& problem, const CloudSummary& samples, double leastReach)
{
  ProductWish wish;
  wish.Tolerance = problem.Settings.RelativeTolerance;
  wish.Derivatives = problem.Fields.Hessian ? 2 : (problem.Fields.Score ? 1 : 0);
  wish.LeastReach = leastReach;
  wish.MaximumMesh =
    std::max(LeastMeshLimit, MeshNodesPerNode * static_cast<double>(problem.Nodes.Size()));
  return PlanProducts(
    problem.Nodes, problem.Kernel, samples, problem.Moments, problem.Settings.Fft.Boundaries, wish);
}

/// @param local  this part of the samples. @param parts  how the parts of the mesh add up.
void SumOverMesh(const EstimateProblem& problem, const ProductPlan& plan, const SampleSource& local,
  const Exchange& parts, NodesLeft& left)
{
  Mesh mesh = SpreadSamples(plan.Mesh, problem.Nodes, local, problem.Run);
  parts.Sum(mesh.Values.Data(), plan.Mesh.Size());
  const ProductTask task{ problem.Kernel, problem.Nodes, problem.Block, problem.Fields,
    problem.Moments.TotalWeight, problem.Moments.Count };
  SumProducts(plan, mesh, task, left.Flags.data(), problem.Run);
}

double ToleranceFor(const EstimateProblem& problem, double share)
{
  const double amplified = problem.Fields.Hessian ? PerDerivative * PerDerivative
                                                  : (problem.Fields.Score ? PerDerivative : 1.0);
  return std::max(1e-15, share * problem.Settings.RelativeTolerance / amplified);
}

/// The samples of all parts that count at the nodes left over.
Samples SamplesThatCount(const EstimateProblem& problem, const NodesLeft& left)
{
  Samples relevant =
    RelevantSamples(problem.Local, problem.Moments, problem.Kernel, problem.Nodes, problem.Block,
      left.Flags.data(), ToleranceFor(problem, RelevantShare), problem.Parts, problem.Run);
  if (problem.Parts.Distributed)
  {
    relevant = problem.Parts.Gather(relevant);
  }
  relevant.TotalWeight = problem.Moments.TotalWeight;
  return relevant;
}

ExactOptions ExactOptionsFor(const EstimateProblem& problem, const NodesLeft& left)
{
  ExactOptions options;
  options.Tolerance = ToleranceFor(problem, ExactShare);
  options.Wanted = left.Flags.data();
  return options;
}

void SumExactlyOver(const Samples& samples, const EstimateProblem& problem, const NodesLeft& left)
{
  FieldView fields = problem.Fields;
  fields.EffectiveSampleSize = nullptr; // these samples do not tell how many there are in all
  exact::EvaluateOnGrid(samples, problem.Kernel, problem.BlockNodes(), fields,
    ExactOptionsFor(problem, left), problem.Run);
  if (problem.Fields.EffectiveSampleSize)
  {
    FillSampleSize(problem, left.Flags.data());
  }
}
}

bool EstimateByProducts(const EstimateProblem& problem, EstimateReport& report)
{
  if (!problem.Kernel.IsDiagonal() || problem.Settings.RelativeTolerance < LeastProductTolerance)
  {
    return false;
  }
  const auto plan = PlanFor(problem, SummaryOf(problem.Moments), 0.0);
  if (!plan)
  {
    return false;
  }
  // Step 1.
  NodesLeft left(problem);
  SumOverMesh(problem, *plan, problem.Local, problem.Parts, left);
  double count = left.Count(problem.Parts);
  const bool closed = HasClosedAxis(problem.Nodes, problem.Settings.Fft.Boundaries);
  if (count > 0.0 && closed)
  {
    SumExactly(problem, ExactOptionsFor(problem, left));
  }
  else if (count > 0.0)
  {
    // Step 2.
    const Samples relevant = SamplesThatCount(problem, left);
    const bool few = count * static_cast<double>(relevant.Count()) < FewPairs;
    const auto finer =
      few ? std::nullopt : PlanFor(problem, CloudSummary::Of(relevant, problem.Run), plan->Reach);
    if (finer)
    {
      SumOverMesh(problem, *finer, StoredSamples(relevant), Exchange(), left);
      count = left.Count(problem.Parts);
    }
    // Step 3.
    if (count > 0.0)
    {
      SumExactlyOver(relevant, problem, left);
    }
  }
  auto all = static_cast<double>(left.Flags.size());
  problem.Parts.Sum(&all, 1);
  report.Engine = Engine::Auto;
  report.ExactShare = count / std::max(1.0, all);
  report.MeshShare = 1.0 - report.ExactShare;
  report.RelativeErrorBound = problem.Settings.RelativeTolerance;
  return true;
}
}
