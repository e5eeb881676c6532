// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/DensityEstimate.h"

#include "Numerics/EstimateReuse.h"
#include "Numerics/ExactEstimate.h"
#include "Numerics/ExactSum.h"
#include "Numerics/FftDensity.h"
#include "Numerics/Sharpen.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <utility>
#include <vector>

namespace scorefields
{
namespace
{
/// Auto takes the transform's error down to where rounding rules, so that few nodes are left over.
constexpr double AutoTransformTolerance = 1e-14;

/// How much larger than the error F of the density f the errors of its derivatives are, in units
/// of f's own: |h grad f| is off by at most (w h) F with w the highest frequency that matters,
/// where the kernel's spectrum has fallen to rounding, exp(-(w h)^2 / 2) = 1e-16, w h = 8.6; the
/// product |h score| F adds about as much. Second derivatives: the square.
constexpr double ScoreFactor = 16.0;
constexpr double HessianFactor = 128.0;

/// The transform's floor in units of its rounding error up to which the nodes left over lie in the
/// tails, with densities of at most 1e-4 of the largest for tolerances from 1e-6 on.
constexpr double MostFloorOfTails = 100.0;

Engine Choose(const EngineSettings& settings, const CloudMoments& moments, const Grid& grid,
  const FieldView& fields)
{
  const bool sumsOnly = settings.Profile != KernelProfile::Gaussian ||
    (fields.KishSampleSize && settings.Engine == Engine::Auto);
  if (sumsOnly)
  {
    return Engine::Exact;
  }
  const bool few = moments.Count * static_cast<double>(grid.Size()) <= settings.AffordablePairs;
  return settings.Engine == Engine::Auto && few ? Engine::Exact : settings.Engine;
}

void FillWithoutSamples(const FieldView& fields, Index nodes)
{
  const auto fill = [nodes](double* values, Index components, double value)
  {
    if (values)
    {
      std::fill(values, values + nodes * components, value);
    }
  };
  fill(fields.Density, 1, 0.0);
  fill(fields.LogDensity, 1, LowestLogDensity());
  fill(fields.Score, 3, 0.0);
  fill(fields.Hessian, 6, 0.0);
  fill(fields.EffectiveSampleSize, 1, 0.0);
  fill(fields.KishSampleSize, 1, 0.0);
}

ExactOptions ExactOptionsFor(double tolerance)
{
  ExactOptions options;
  options.Tolerance = std::min(tolerance, options.Tolerance);
  return options;
}

void Require(const EngineSettings& settings, const FieldView& fields)
{
  if (!(settings.RelativeTolerance > 0.0 && settings.RelativeTolerance <= 0.1))
  {
    std::ostringstream message;
    message << "RelativeTolerance is " << settings.RelativeTolerance
            << "; it must be above 0 and at most 0.1";
    throw std::invalid_argument(message.str());
  }
  if (fields.KishSampleSize && settings.Engine == Engine::Fft)
  {
    throw std::invalid_argument(
      "ComputeKishSampleSize is on, but Engine is FFT, which cannot give it; set Engine to Auto");
  }
  if (settings.Profile == KernelProfile::Gaussian)
  {
    return;
  }
  if (fields.Score || fields.Hessian)
  {
    throw std::invalid_argument(
      "ComputeScore and ComputeHessian need the Gaussian kernel; Kernel is"
      " another one");
  }
  if (settings.Sharpen)
  {
    throw std::invalid_argument("Sharpen needs the Gaussian kernel; Kernel is another one");
  }
}

void RunExact(const EstimateProblem& problem, EstimateReport& report)
{
  const ExactOptions options = ExactOptionsFor(problem.Settings.Fft.Tolerance);
  SumExactly(problem, options);
  report.RelativeErrorBound = options.Tolerance;
}

/// The transform of the samples for the given kernels.
std::shared_ptr<FftDensity> Transformed(const EstimateProblem& problem,
  const std::vector<GaussianKernel>& kernels, const FftOptions& options)
{
  const CloudMoments& moments = problem.Moments;
  const CloudSummary cloud{ moments.Lower, moments.Upper, static_cast<Index>(moments.Count),
    moments.TotalWeight };
  auto engine = std::make_shared<FftDensity>(problem.Nodes, kernels, cloud, options);
  Mesh mesh = engine->Spread(problem.Local, problem.Run);
  problem.Parts.Sum(mesh.Values.Data(), engine->Plan().Size());
  problem.Parts.Sum(mesh.Totals.data(), 2);
  engine->Transform(std::move(mesh), problem.Run);
  return engine;
}

void RunFft(const EstimateProblem& problem, const FftOptions& options, EstimateReport& report)
{
  EstimateReuse* const reuse = ReuseOf(problem);
  std::shared_ptr<FftDensity> engine = reuse ? reuse->Transform : nullptr;
  if (!engine)
  {
    engine = reuse ? Transformed(problem, reuse->Kernels, options)
                   : Transformed(problem, { problem.Kernel }, options);
  }
  if (reuse)
  {
    reuse->Transform = engine;
  }
  report.Fft = engine->Evaluate(
    problem.Kernel, problem.Block.First, problem.Block.Dimensions, problem.Fields, problem.Run);
  report.DensityFloor = report.Fft.Floor();
  report.ExactShare = 0.0;
}

/// The density below which a transform with this floor does not meet the tolerance.
double ThresholdOf(double floor, const FieldView& fields, double tolerance)
{
  const double factor = fields.Hessian ? HessianFactor : (fields.Score ? ScoreFactor : 1.0);
  return factor * floor / tolerance;
}

/// Share of the sums in the tails that may be left out: a hundredth of what the node may be off.
/// Where the transform fell short of its tolerance, sums are taken near the maximum too, and must
/// meet the tolerance that holds there.
double TailTolerance(const EngineSettings& settings, const FftReport& transform)
{
  const bool tailsOnly = transform.Floor() <= MostFloorOfTails * transform.RoundOff;
  const double share = 0.01 * settings.RelativeTolerance;
  return std::max(1e-13, tailsOnly ? share : std::min(share, settings.Fft.Tolerance));
}

void RunAuto(const EstimateProblem& problem, EstimateReport& report)
{
  FftOptions options = problem.Settings.Fft;
  options.Spectrum = FftSpectrum::Deconvolved;
  options.ZeroPadding = true;
  options.ClampNegative = true;
  options.Tolerance = std::min(options.Tolerance, AutoTransformTolerance);
  RunFft(problem, options, report);

  const double tolerance = problem.Settings.RelativeTolerance;
  const double threshold = ThresholdOf(report.DensityFloor, problem.Fields, tolerance);
  const Index nodes = problem.Block.Dimensions.prod();
  std::vector<unsigned char> wanted(static_cast<std::size_t>(nodes));
  std::transform(problem.Fields.Density, problem.Fields.Density + nodes, wanted.begin(),
    [threshold](double density) { return static_cast<unsigned char>(!(density >= threshold)); });
  double counts[] = { static_cast<double>(std::count(wanted.begin(), wanted.end(), 1)),
    static_cast<double>(nodes) };
  problem.Parts.Sum(counts, 2);
  if (counts[0] > 0.0)
  {
    ExactOptions exactOptions;
    exactOptions.Tolerance = TailTolerance(problem.Settings, report.Fft);
    exactOptions.Wanted = wanted.data();
    SumRelevant(problem, exactOptions);
  }
  report.Engine = Engine::Auto;
  report.ExactShare = counts[0] / std::max(1.0, counts[1]);
  report.DensityFloor = 0.0;
  report.RelativeErrorBound = tolerance;
}
}

double LowestLogDensity()
{
  return std::log(std::numeric_limits<double>::min());
}

EstimateReport EstimateDensity(const SampleSource& local, const CloudMoments& moments,
  const GaussianKernel& kernel, const Grid& grid, const NodeBlock& block, const FieldView& fields,
  const EngineSettings& settings, const Exchange& exchange, const Execution& execution)
{
  EstimateReport report;
  report.Engine = Choose(settings, moments, grid, fields);
  report.LostWeight =
    LostWeight(local, moments, grid, kernel.ActiveAxes(), exchange, settings.Reuse, execution);
  if (!(moments.Count > 0.0))
  {
    FillWithoutSamples(fields, block.Dimensions.prod());
    return report;
  }
  Require(settings, fields);
  Samples sharpened;
  if (settings.Sharpen)
  {
    Samples own;
    Samples gathered;
    sharpened = Sharpen(InMemory(local, own), AllSamples(local, exchange, nullptr, gathered),
      kernel, ExactOptionsFor(settings.Fft.Tolerance), execution);
  }
  const StoredSamples moved(sharpened);
  const SampleSource& source = settings.Sharpen ? moved : local;
  const EstimateProblem problem{ source, moments, kernel, grid, block, fields, settings, exchange,
    execution };
  switch (report.Engine)
  {
    case Engine::Exact:
      RunExact(problem, report);
      break;
    case Engine::Auto:
      RunAuto(problem, report);
      break;
    case Engine::Fft:
      RunFft(problem, settings.Fft, report);
      break;
  }
  return report;
}

EstimateReport EstimateDensityAtPoints(const Samples& samples, const GaussianKernel& kernel,
  const PointsRef& queries, bool leaveOneOut, const FieldView& fields, double tolerance,
  const Execution& execution)
{
  EstimateReport report;
  if (samples.Count() == 0)
  {
    FillWithoutSamples(fields, queries.cols());
    return report;
  }
  ExactOptions options = ExactOptionsFor(tolerance);
  options.LeaveOneOut = leaveOneOut;
  exact::EvaluateAtPoints(samples, kernel, queries, fields, options, execution);
  if (leaveOneOut && fields.LogDensity)
  {
    // Without any other sample of positive weight.
    Eigen::Map<Eigen::ArrayXd> logDensity(fields.LogDensity, queries.cols());
    logDensity = logDensity.isFinite().select(logDensity, LowestLogDensity());
  }
  report.RelativeErrorBound = options.Tolerance;
  return report;
}
}
