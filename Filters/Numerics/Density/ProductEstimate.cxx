// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/ProductEstimate.h"

#include "Numerics/Density/EstimateClaims.h"
#include "Numerics/Density/ExactEstimate.h"
#include "Numerics/Density/Routes.h"
#include "Numerics/Products/AxisKernel.h"
#include "Numerics/Products/ProductSum.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

// The steps of EstimateByProducts; what they are is in the header:
//   1. SumOverAll: the mesh of all samples. SumProducts clears the flags of the nodes it serves.
//   2. SumFarOut: a finer mesh of the samples that count at the nodes left over, with their images.
//   3. SumExactlyOver: exact sums over these.
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
std::optional<ProductPlan> PlanFor(const EstimateProblem& problem, const FieldView& fields,
  const CloudMoments& samples, double leastReach, const MeshKeeper* keeper)
{
  const KeptMesh* const kept = keeper ? keeper->Mesh.get() : nullptr;
  ProductWish wish;
  wish.Spare = kept != nullptr;
  wish.Beyond = kept && keeper->Beyond ? &*keeper->Beyond : nullptr;
  wish.Tolerance = problem.Settings.RelativeTolerance;
  wish.Derivatives = fields.Hessian ? 2 : (fields.Score ? 1 : 0);
  wish.LeastReach = leastReach;
  wish.MaximumMesh =
    std::max(LeastMeshLimit, MeshNodesPerNode * static_cast<double>(problem.Nodes.Size()));
  return PlanProducts(problem.Nodes, problem.Kernel, samples, problem.Moments,
    problem.Settings.Fft.Boundaries, wish, kept ? &kept->Plan : nullptr);
}

/// @param local  this part of the samples. @param parts  how the parts of the mesh add up.
Mesh SpreadTo(const EstimateProblem& problem, const ProductPlan& plan, const SampleSource& local,
  const Exchange& parts, const Execution& execution)
{
  Mesh mesh = SpreadSamples(plan.Mesh, problem.Nodes, local, execution);
  parts.Sum(mesh.Values.Data(), plan.Mesh.Size());
  return mesh;
}

void SumOverMesh(const EstimateProblem& problem, const FieldView& fields, const ProductPlan& plan,
  const Mesh& mesh, NodesLeft& left, const Execution& execution)
{
  const ProductTask task{ problem.Kernel, problem.Nodes, problem.Block, fields,
    problem.Moments.TotalWeight, problem.Moments.Count };
  SumProducts(plan, mesh, task, left.Flags.data(), execution);
}

/// Step 1. With the mesh that is kept, where there is one that does.
void SumOverAll(const EstimateProblem& problem, const FieldView& fields, const ProductPlan& plan,
  MeshKeeper* keeper, NodesLeft& left, const Execution& execution)
{
  std::shared_ptr<const KeptMesh> mesh = keeper && plan.IsKept ? keeper->Mesh : nullptr;
  if (!mesh)
  {
    mesh = std::make_shared<const KeptMesh>(
      KeptMesh{ plan, SpreadTo(problem, plan, problem.Cloud, problem.Parts, execution) });
  }
  SumOverMesh(problem, fields, plan, mesh->Weights, left, execution);
  if (keeper)
  {
    keeper->Mesh = std::move(mesh);
  }
}

/// Counts how far out the nodes of all parts lie, for the plan of the next estimate.
void CountNodes(const EstimateProblem& problem, const FieldView& fields, MeshKeeper& keeper)
{
  const Index count = problem.Block.Dimensions.prod();
  Eigen::VectorXd logarithms;
  if (!fields.LogDensity)
  {
    logarithms = Eigen::Map<const Eigen::ArrayXd>(fields.Density, count).log();
  }
  keeper.Beyond = CountBeyond(
    fields.LogDensity ? fields.LogDensity : logarithms.data(), count, problem.Kernel.LogPeak());
  problem.Parts.Sum(keeper.Beyond->data(), static_cast<Index>(keeper.Beyond->size()));
}

double ToleranceFor(const EstimateProblem& problem, const FieldView& fields, double share)
{
  const double amplified =
    fields.Hessian ? PerDerivative * PerDerivative : (fields.Score ? PerDerivative : 1.0);
  return std::max(1e-15, share * problem.Settings.RelativeTolerance / amplified);
}

ExactOptions ExactOptionsFor(
  const EstimateProblem& problem, const FieldView& fields, const NodesLeft& left)
{
  ExactOptions options;
  options.Tolerance = ToleranceFor(problem, fields, ExactShare);
  options.Wanted = left.Flags.data();
  return options;
}

/// The largest part of K(0) that the aliases of one sample add anywhere: the largest
/// epsilon(r) exp(-r^2 / 2), which falls beyond the reach, of all axes.
double LargestAlias(const ProductPlan& plan)
{
  double largest = 0.0;
  for (int a = 0; a < plan.Mesh.Dimension; ++a)
  {
    const double resolution = plan.Mesh.Axes[static_cast<std::size_t>(a)].Resolution;
    double along = 0.0;
    constexpr int Steps = 100;
    for (int i = 0; i <= Steps; ++i)
    {
      const double r = plan.Reach * i / Steps;
      along = std::max(
        along, std::exp(-0.5 * r * r) * AxisKernel::AliasShare(plan.Mesh.Order, resolution, r));
    }
    largest += along;
  }
  return plan.Images * largest;
}

/// What holds at all nodes. The tolerance is that of the highest derivative; the density, whose
/// error is multiplied by at least 8 for each (Amplification, PerDerivative), is right to a share
/// of it. In absolute terms it is far better: the aliases of near samples are small, and what is
/// summed in other ways has densities below the reach's.
ErrorClaims ClaimsOf(
  const EstimateProblem& problem, const FieldView& fields, const ProductPlan& plan)
{
  constexpr double Tables = 1e-12; // of the kernel (AxisKernel.h)
  const double tolerance = problem.Settings.RelativeTolerance;
  const double share = fields.Hessian ? 0.01 : (fields.Score ? 0.08 : 1.0);
  const ErrorClaims rounding =
    ExactClaims(problem.Kernel, problem.Moments.Count, FarthestSample(problem), 0.0);
  ErrorClaims claims;
  claims.Density = std::max(share * tolerance, rounding.Density);
  claims.LogDensity = -std::log1p(-claims.Density);
  claims.Score = std::max(tolerance, rounding.Score);
  const double beyond = plan.Images * std::exp(-0.5 * plan.Reach * plan.Reach);
  claims.AbsoluteDensity = rounding.AbsoluteDensity +
    std::exp(problem.Kernel.LogPeak()) *
      (1.1 * LargestAlias(plan) + 2.0 * claims.Density * beyond + Tables);
  return claims;
}

/// Steps 2 and 3; returns how many nodes got exact sums. Samples and their images lie in open
/// space.
double SumFarOut(const EstimateProblem& problem, const FieldView& fields, double reach,
  double count, NodesLeft& left, const Execution& execution)
{
  const Samples relevant = SamplesThatCount(
    problem, left.Flags.data(), ToleranceFor(problem, fields, RelevantShare), execution);
  EstimateProblem inSpace = problem;
  inSpace.Settings.Fft.Boundaries.fill(Boundary::Open);
  const bool few = count * static_cast<double>(relevant.Count()) < FewPairs;
  const auto finer =
    few ? std::nullopt : PlanFor(inSpace, fields, MomentsOf(relevant, execution), reach, nullptr);
  if (finer)
  {
    const Mesh mesh =
      SpreadTo(problem, *finer, StoredSamples(relevant), Exchange(), execution); // 2.
    MarkRoute(fields, problem.Block.Dimensions.prod(), Route::FinerMesh, left.Flags.data());
    SumOverMesh(problem, fields, *finer, mesh, left, execution);
  }
  const double rest = finer ? left.Count(problem.Parts) : count;
  if (rest > 0.0)
  {
    SumExactlyOver(
      relevant, problem, fields, ExactOptionsFor(problem, fields, left), execution); // 3.
  }
  return rest;
}

MeshKeeper* KeeperOf(const EstimateProblem& problem)
{
  return problem.Settings.Sharpen ? nullptr : problem.Settings.Mesh;
}

/// Of step 1; none if the mesh would not do.
std::optional<ProductPlan> FirstPlan(const EstimateProblem& problem, const FieldView& fields)
{
  const bool does =
    problem.Kernel.IsDiagonal() && problem.Settings.RelativeTolerance >= LeastProductTolerance;
  return does ? PlanFor(problem, fields, problem.Moments, 0.0, KeeperOf(problem)) : std::nullopt;
}
}

std::optional<double> SecondsByProducts(const EstimateProblem& problem, const FieldView& fields)
{
  const auto plan = FirstPlan(problem, fields);
  return plan ? std::optional<double>(plan->Seconds) : std::nullopt;
}

bool EstimateByProducts(const EstimateProblem& problem, const FieldView& fields,
  EstimateReport& report, const Execution& execution)
{
  MeshKeeper* const keeper = KeeperOf(problem);
  const auto plan = FirstPlan(problem, fields);
  if (!plan)
  {
    return false;
  }
  NodesLeft left(problem);
  const auto nodes = static_cast<Index>(left.Flags.size());
  MarkRoute(fields, nodes, Route::Mesh);
  SumOverAll(problem, fields, *plan, keeper, left, execution); // 1.
  double count = left.Count(problem.Parts);
  if (count > 0.0)
  {
    count = SumFarOut(problem, fields, plan->Reach, count, left, execution);
  }
  if (keeper)
  {
    CountNodes(problem, fields, *keeper);
  }
  auto all = static_cast<double>(nodes);
  problem.Parts.Sum(&all, 1);
  report.Engine = Engine::Auto;
  report.ExactShare = count / std::max(1.0, all);
  report.MeshShare = 1.0 - report.ExactShare;
  report.Claims = ClaimsOf(problem, fields, *plan);
  return true;
}
}
