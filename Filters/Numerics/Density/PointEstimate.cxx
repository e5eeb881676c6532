// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/PointEstimate.h"

#include "Numerics/Density/EstimateClaims.h"
#include "Numerics/Density/ExactEstimate.h"
#include "Numerics/Density/LeaveOut.h"
#include "Numerics/Density/Routes.h"
#include "Numerics/Density/SumCost.h"
#include "Numerics/Exact/ExactSum.h"
#include "Numerics/Exact/Normalization.h"
#include "Numerics/Splines/SplineDensity.h"
#include "Numerics/Tails/RelevantSamples.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <mutex>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace scorefields
{
namespace
{
// Nanoseconds on one core with AVX2, for the choice between sums and splines only.
constexpr double PairCost = 1.5;
constexpr double PerSample = 60.0;
constexpr double PerQuery[3] = { 40.0, 60.0, 250.0 };
constexpr double PerSplineNode = 60.0;

/// Nodes per bandwidth of a spline in 3-D: its error is about 1e-9 of the maximum.
constexpr double ResolutionIn3D = 6.0;
constexpr double ExactShareOfTolerance = 0.01;
/// An index of all samples of a large cloud takes longer than to choose those that count.
constexpr Index LargeCloud = 50000;
constexpr double FewQueries = 0.1; ///< share of the samples
constexpr double LeastTailTolerance = 1e-13;

PointBox BoxOf(const PointsRef& points, const Execution& execution)
{
  PointBox box{ points.col(0), points.col(0) };
  std::mutex guard;
  execution.For(points.cols(),
    [&](Index begin, Index end)
    {
      const auto part = points.middleCols(begin, end - begin);
      const Eigen::Vector3d lower = part.rowwise().minCoeff();
      const Eigen::Vector3d upper = part.rowwise().maxCoeff();
      const std::lock_guard<std::mutex> lock(guard);
      box.Lower = box.Lower.cwiseMin(lower);
      box.Upper = box.Upper.cwiseMax(upper);
    });
  return box;
}

double FarthestPair(const ImagedProblem& problem, const Execution& execution)
{
  return FarthestOffset(
    problem.Kernel, BoxOf(problem.Queries, execution), BoxOf(problem.Cloud.Points, execution));
}

int DerivativesOf(const FieldView& fields)
{
  return fields.Hessian ? 2 : (fields.Score ? 1 : 0);
}

/// The density below which a spline does not do; none with the engine FFT.
double ThresholdOf(const ImagedProblem& problem, const SplineDensity& spline, int derivatives)
{
  return problem.Settings.Engine == Engine::Fft
    ? -std::numeric_limits<double>::infinity()
    : spline.Floor(derivatives) / problem.Settings.RelativeTolerance;
}

/// Step 2. Writes what the spline gives. @return flags of the queries that are left.
std::vector<unsigned char> EvaluateSpline(const ImagedProblem& problem, const SplineDensity& spline,
  const LeaveOut& leaveOut, const FieldView& fields, const Execution& execution)
{
  constexpr Index AtOnce = 64;
  const int derivatives = DerivativesOf(fields);
  const double threshold = ThresholdOf(problem, spline, derivatives);
  std::vector<unsigned char> left(static_cast<std::size_t>(problem.Queries.cols()), 1);
  execution.For(problem.Queries.cols(),
    [&](Index begin, Index end)
    {
      SplineValue values[AtOnce];
      for (Index first = begin; first < end; first += AtOnce)
      {
        const Index count = std::min(AtOnce, end - first);
        spline.Evaluate(problem.Queries.data() + 3 * first, count, derivatives == 2, values);
        for (Index i = 0; i < count; ++i)
        {
          const double rest = leaveOut.Rest(first + i);
          const SplineValue value = rest < 1.0 ? leaveOut.Of(values[i], first + i) : values[i];
          // Not a number where no weight is left.
          const bool does =
            value.Inside && rest > LeaveOut::LeastRest && value.Value * rest >= threshold;
          if (does)
          {
            left[static_cast<std::size_t>(first + i)] = 0;
            WriteSmooth(value, first + i, fields);
          }
          if (does && fields.EffectiveSampleSize)
          {
            fields.EffectiveSampleSize[first + i] = leaveOut.SampleSize(value.Value, rest);
          }
        }
      }
    });
  execution.Checkpoint(0.5);
  MarkRoute(fields, problem.Queries.cols(), Route::Spline);
  return left;
}

/// What the exact sums need to know beyond the tolerance.
ExactOptions OptionsOf(const ImagedProblem& problem, double tolerance)
{
  ExactOptions options;
  options.Tolerance = tolerance;
  options.LeaveOneOut = problem.LeaveOneOut;
  options.Originals = problem.Owner ? &problem.Originals : nullptr;
  options.Owner = problem.Owner;
  options.Whole = Normalization::Of(problem.Originals, problem.Kernel);
  return options;
}

/// Step 3. The exact sums at the queries that are left, `count` of them.
void SumExactly(const ImagedProblem& problem, const FieldView& fields, ExactOptions options,
  double count, const Execution& execution)
{
  const Samples& cloud = problem.Cloud;
  const bool few = count < FewQueries * static_cast<double>(cloud.Count());
  if (cloud.Count() < LargeCloud || problem.LeaveOneOut || !few)
  {
    exact::EvaluateAtPoints(cloud, problem.Kernel, problem.Queries, fields, options, execution);
    return;
  }
  options.Tolerance *= 0.5; // half is for the samples left out
  const Samples relevant =
    RelevantSamples(StoredSamples(cloud), MomentsOf(cloud, execution), problem.Kernel,
      WantedBoxes::OfPoints(problem.Kernel, problem.Queries, options.Wanted, execution),
      options.Tolerance, Exchange(), execution);
  exact::EvaluateAtPoints(relevant, problem.Kernel, problem.Queries, fields, options, execution);
}

/// Steps 2 to 4 of Auto.
void EstimateShared(const ImagedProblem& problem, const SplineDensity& spline,
  const FieldView& fields, EstimateReport& report, const Execution& execution)
{
  const LeaveOut leaveOut(problem);
  const std::vector<unsigned char> left =
    EvaluateSpline(problem, spline, leaveOut, fields, execution);
  const double tolerance = problem.Settings.RelativeTolerance;
  const double farthest = FarthestPair(problem, execution);
  const bool derivatives = fields.Score || fields.Hessian;
  ExactOptions options = OptionsOf(problem,
    std::max(LeastTailTolerance,
      std::min(ExactShareOfTolerance, derivatives ? 0.4 / std::max(1.0, farthest) : 1.0) *
        tolerance));
  options.Wanted = left.data();
  const auto count = static_cast<double>(std::count(left.begin(), left.end(), 1));
  if (count > 0.0)
  {
    MarkRoute(fields, problem.Queries.cols(), Route::ExactSums, left.data());
    SumExactly(problem, fields, options, count, execution);
  }
  report.Engine = Engine::Auto; // step 4
  report.ExactShare = count / static_cast<double>(left.size());
  report.MeshShare = 1.0 - report.ExactShare;
  const double share = spline.Floor(0) / spline.Floor(DerivativesOf(fields));
  const ErrorClaims sums = ExactClaims(
    problem.Kernel, static_cast<double>(problem.Cloud.Count()), farthest, options.Tolerance);
  report.Claims.Density = std::max(share * tolerance, sums.Density);
  report.Claims.LogDensity = -std::log1p(-report.Claims.Density);
  report.Claims.Score = std::max(tolerance, sums.Score);
  const double threshold = ThresholdOf(problem, spline, DerivativesOf(fields));
  report.Claims.AbsoluteDensity =
    std::max(spline.Floor(0), sums.Density * threshold) / leaveOut.LeastRestOfAll();
}

void EstimateBySpline(const ImagedProblem& problem, const SplineDensity& spline,
  const FieldView& fields, EstimateReport& report, const Execution& execution)
{
  const LeaveOut leaveOut(problem);
  FillWithoutSamples(fields, problem.Queries.cols());
  EvaluateSpline(problem, spline, leaveOut, fields, execution);
  const double outside =
    std::exp(problem.Kernel.LogPeak() - 0.5 * SplineReach * SplineReach); // at most, and not seen
  report.Engine = Engine::Fft;
  report.ExactShare = 0.0;
  report.DensityFloor = std::max(spline.Floor(0), outside) / leaveOut.LeastRestOfAll();
  report.Claims.AbsoluteDensity = report.DensityFloor;
}

void EstimateExactly(const ImagedProblem& problem, const FieldView& fields, EstimateReport& report,
  const Execution& execution)
{
  MarkRoute(fields, problem.Queries.cols(), Route::ExactSums);
  const ExactOptions options =
    OptionsOf(problem, OptionsOfExact(problem.Settings.Fft.Tolerance).Tolerance);
  exact::EvaluateAtPoints(
    problem.Cloud, problem.Kernel, problem.Queries, fields, options, execution);
  report.Claims = ExactClaims(problem.Kernel, static_cast<double>(problem.Cloud.Count()),
    FarthestPair(problem, execution), options.Tolerance);
}

/// Step 1. Compares the pairs that sums would visit with the work of the spline.
bool SplinePays(const ImagedProblem& problem, const SplinePlan& plan)
{
  const auto samples = static_cast<double>(problem.Cloud.Count());
  const auto queries = static_cast<double>(problem.Queries.cols());
  const auto nodes = static_cast<double>(plan.Nodes.Size());
  const double spline = nodes * PerSplineNode + samples * PerSample +
    queries * PerQuery[problem.Kernel.Dimension() - 1];
  const double share =
    SomePairs(problem.Kernel, StoredSamples(problem.Cloud), problem.Queries).ShareNear();
  return plan.Resolution > 0.0 && spline < (queries * samples * share + queries) * PairCost;
}

void RequireSpline(const SplinePlan& plan)
{
  if (!(plan.Resolution > 0.0))
  {
    std::ostringstream message;
    message << "Engine is FFT, but the box of the samples is so many bandwidths wide that a spline"
            << " needs more than " << MostSplineNodes << " nodes; set Engine to Auto, or Bandwidth"
            << " to more";
    throw std::invalid_argument(message.str());
  }
}

EstimateReport EstimateInSpace(const ImagedProblem& problem, const Samples& near,
  const FieldView& fields, const Execution& execution)
{
  EstimateReport report;
  const Engine engine = problem.Settings.Engine;
  SplinePlan plan;
  if (engine == Engine::Fft || (engine == Engine::Auto && !fields.KishSampleSize))
  {
    const PointBox box = BoxOf(near.Points, execution);
    const double resolution = problem.Kernel.Dimension() < 3 ? SplineResolution : ResolutionIn3D;
    plan = PlanSplines({ box.Lower, box.Upper }, problem.Kernel, resolution, MostSplineNodes);
  }
  if (engine == Engine::Fft)
  {
    RequireSpline(plan);
  }
  if (engine == Engine::Fft || (engine == Engine::Auto && SplinePays(problem, plan)))
  {
    const SplineDensity spline(near, problem.Kernel, plan, execution);
    (engine == Engine::Fft ? EstimateBySpline : EstimateShared)(
      problem, spline, fields, report, execution);
  }
  else
  {
    EstimateExactly(problem, fields, report, execution);
  }
  return report;
}
}

EstimateReport EstimateDensityAtPoints(
  const PointProblem& problem, const FieldView& fields, const Execution& execution)
{
  Require(problem.Settings, fields);
  if (problem.Cloud.Count() == 0 || problem.Queries.cols() == 0)
  {
    FillWithoutSamples(fields, problem.Queries.cols());
    return EstimateReport();
  }
  const PointImages images(problem, execution);
  const ImagedProblem inSpace = images.Problem();
  const bool spline = inSpace.Owner && problem.Settings.Engine != Engine::Exact;
  const Samples near = spline ? images.Near() : Samples();
  const EstimateReport report =
    EstimateInSpace(inSpace, spline ? near : inSpace.Cloud, fields, execution);
  images.Unfold(fields, execution);
  if (problem.LeaveOneOut && fields.LogDensity)
  {
    // Without any other sample of positive weight.
    Eigen::Map<Eigen::ArrayXd> logDensity(fields.LogDensity, problem.Queries.cols());
    logDensity = logDensity.isFinite().select(logDensity, LowestLogDensity());
  }
  return report;
}
}
