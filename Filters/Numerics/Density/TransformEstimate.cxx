// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/TransformEstimate.h"

#include "Numerics/Base/TransformErrors.h"
#include "Numerics/Density/EstimateClaims.h"
#include "Numerics/Density/EstimateReuse.h"
#include "Numerics/Density/Routes.h"
#include "Numerics/Exact/ExactSum.h"
#include "Numerics/Transform/FftDensity.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

namespace scorefields
{
namespace
{
/// Auto takes the transform's error down to where rounding rules, so that few nodes are left over.
constexpr double AutoTransformTolerance = 1e-14;

// Seconds on one core, tails of a kernel that is a tenth as wide as the cloud included.
constexpr double PlanningTime = 0.02;
constexpr double PerNode[3] = { 1e-7, 1.5e-7, 5e-7 };
constexpr double PerSample = 6e-8;

/// Whether the nodes left over lie in the tails, with densities of at most 1e-4 of the largest for
/// tolerances from 1e-6 on: the transform's floor is near its rounding error.
bool LeavesTailsOnly(const FftReport& transform)
{
  return transform.Floor() <= 100.0 * transform.Errors.RoundOff.Density;
}

/// The transform of all parts' samples, planned for some kernels.
std::shared_ptr<FftDensity> TransformOf(const EstimateProblem& problem,
  const std::vector<GaussianKernel>& kernels, const FftOptions& options, const Execution& execution)
{
  auto transform = std::make_shared<FftDensity>(problem.Nodes, kernels, problem.Moments, options);
  Mesh mesh = transform->Spread(problem.Cloud, execution);
  problem.Parts.Sum(mesh.Values.Data(), transform->Plan().Size());
  problem.Parts.Sum(mesh.Totals.data(), 2);
  transform->Transform(std::move(mesh), execution);
  return transform;
}

void Transform(const EstimateProblem& problem, const FieldView& fields, const FftOptions& options,
  EstimateReport& report, const Execution& execution)
{
  EstimateReuse* const reuse = ReuseOf(problem);
  std::shared_ptr<FftDensity> transform = reuse ? reuse->Transform : nullptr;
  if (!transform)
  {
    const std::vector<GaussianKernel> own{ problem.Kernel };
    transform = TransformOf(problem, reuse ? reuse->Kernels : own, options, execution);
  }
  if (reuse)
  {
    reuse->Transform = transform;
  }
  report.Fft = transform->Evaluate(
    problem.Kernel, problem.Block.First, problem.Block.Dimensions, fields, execution);
  MarkRoute(fields, problem.Block.Dimensions.prod(), Route::Transform);
  report.DensityFloor = report.Fft.Floor();
  report.ExactShare = 0.0;
}

/// How many times its error a density must be for its derivatives to be right to 1.
double FactorFor(const FieldView& fields)
{
  return fields.Hessian ? HessianFactor : (fields.Score ? ScoreFactor : 1.0);
}

/// The density below which a transform with this floor does not meet the tolerance.
double ThresholdOf(double floor, const FieldView& fields, double tolerance)
{
  return FactorFor(fields) * floor / tolerance;
}

constexpr double ExactShareOfTolerance = 0.01;
constexpr double LeastTailTolerance = 1e-13;

/// Share of the sums in the tails that may be left out: a hundredth of what the node may be off;
/// less where it may displace the mean of samples that are more than 50 bandwidths away.
/// Where the transform fell short of its tolerance, sums are taken near the maximum too, and must
/// meet the tolerance that holds there.
double TailTolerance(
  const EstimateProblem& problem, const FieldView& fields, const FftReport& transform)
{
  const EngineSettings& settings = problem.Settings;
  double share = ExactShareOfTolerance * settings.RelativeTolerance;
  if (fields.Score)
  {
    share = std::min(share, 0.5 * settings.RelativeTolerance / FarthestSample(problem));
  }
  return std::max(LeastTailTolerance,
    LeavesTailsOnly(transform) ? share : std::min(share, settings.Fft.Tolerance));
}

/// What holds at all nodes, whichever way they were done.
ErrorClaims SharedClaims(
  const EstimateProblem& problem, const FieldView& fields, double floor, double tailTolerance)
{
  const double tolerance = problem.Settings.RelativeTolerance;
  const double factor = FactorFor(fields);
  const ErrorClaims sums =
    ExactClaims(problem.Kernel, problem.Moments.Count, FarthestSample(problem), tailTolerance);
  const double tails = sums.Density;
  ErrorClaims claims;
  claims.Density = std::max(tolerance / factor, tails);
  claims.LogDensity = -std::log1p(-claims.Density);
  claims.Score = std::max(tolerance, sums.Score);
  claims.AbsoluteDensity = floor * std::max(1.0, tails * factor / tolerance);
  return claims;
}

/// Step 2. The nodes at which the transform does not meet the tolerance.
std::vector<unsigned char> NodesLeft(
  const EstimateProblem& problem, const FieldView& fields, double floor, const Execution& execution)
{
  const double threshold = ThresholdOf(floor, fields, problem.Settings.RelativeTolerance);
  std::vector<unsigned char> wanted(static_cast<std::size_t>(problem.Block.Dimensions.prod()));
  const double* const densities = fields.Density;
  execution.For(static_cast<Index>(wanted.size()),
    [&wanted, densities, threshold](Index begin, Index end)
    {
      std::transform(densities + begin, densities + end, wanted.begin() + begin,
        [threshold](double density) // where all values underflow, so does the floor
        { return static_cast<unsigned char>(!(density > 0.0 && density >= threshold)); });
    });
  return wanted;
}

/// How many flags are set, over all parts.
double CountOf(const std::vector<unsigned char>& flags, const Exchange& parts)
{
  auto count = static_cast<double>(std::count(flags.begin(), flags.end(), 1));
  parts.Sum(&count, 1);
  return count;
}
}

void EstimateByTransform(const EstimateProblem& problem, const FieldView& fields,
  EstimateReport& report, const Execution& execution)
{
  Transform(problem, fields, problem.Settings.Fft, report, execution);
  report.Claims.AbsoluteDensity = report.DensityFloor;
}

// 1. The transform gives all nodes, with an absolute error near rounding.
// 2. Find the nodes where the density does not stand far enough above that error.
// 3. Sum over the samples that count at these nodes.
// 4. Report which share of the nodes each way computed.
void EstimateShared(const EstimateProblem& problem, const FieldView& fields, EstimateReport& report,
  const Execution& execution)
{
  FftOptions options = problem.Settings.Fft;
  options.Spectrum = FftSpectrum::Deconvolved;
  options.ZeroPadding = true;
  options.ClampNegative = true;
  options.Tolerance = std::min(options.Tolerance, AutoTransformTolerance);
  Transform(problem, fields, options, report, execution); // step 1
  const std::vector<unsigned char> wanted =
    NodesLeft(problem, fields, report.DensityFloor, execution); // step 2
  const double left = CountOf(wanted, problem.Parts);
  ExactOptions exactOptions;
  exactOptions.Tolerance = TailTolerance(problem, fields, report.Fft);
  exactOptions.Wanted = wanted.data();
  if (left > 0.0)
  {
    SumRelevant(problem, fields, exactOptions, execution); // step 3
  }
  auto all = static_cast<double>(wanted.size()); // step 4
  problem.Parts.Sum(&all, 1);
  report.Engine = Engine::Auto;
  report.ExactShare = left / std::max(1.0, all);
  report.Claims = SharedClaims(problem, fields, report.DensityFloor, exactOptions.Tolerance);
  report.DensityFloor = 0.0;
}

double SecondsShared(const EstimateProblem& problem)
{
  return PlanningTime +
    PerNode[problem.Kernel.Dimension() - 1] * static_cast<double>(problem.Nodes.Size()) +
    PerSample * problem.Moments.Count;
}
}
