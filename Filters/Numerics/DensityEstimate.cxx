// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/DensityEstimate.h"

#include "Numerics/BoundaryImages.h"
#include "Numerics/ExactSum.h"
#include "Numerics/FftDensity.h"
#include "Numerics/GridPlacement.h"
#include "Numerics/Sharpen.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

namespace scorefields
{
namespace
{
/// Pairs of node and sample up to which the exact sums are the better bargain: about two seconds.
constexpr double AffordablePairs = 2e10;

Engine Choose(const EngineSettings& settings, const CloudMoments& moments, const Grid& grid)
{
  if (settings.Profile != KernelProfile::Gaussian)
  {
    return Engine::Exact;
  }
  if (settings.Engine != Engine::Auto)
  {
    return settings.Engine;
  }
  return moments.Count * static_cast<double>(grid.Size()) <= AffordablePairs ? Engine::Exact
                                                                             : Engine::Fft;
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
}

ExactOptions ExactOptionsFor(double tolerance)
{
  ExactOptions options;
  options.Tolerance = std::min(tolerance, options.Tolerance);
  return options;
}

void RunExact(const Samples& samples, const GaussianKernel& kernel, const Grid& grid,
  const NodeBlock& block, const FieldView& fields, const EngineSettings& settings,
  const Execution& execution, EstimateReport& report)
{
  const Samples& sources = HasClosedAxis(grid, settings.Fft.Boundaries)
    ? WithImages(samples, kernel, grid, settings.Fft.Boundaries)
    : samples;
  const Grid nodes = grid.Block(block.First, block.Dimensions);
  if (settings.Profile != KernelProfile::Gaussian)
  {
    EvaluateCompactOnGrid(sources, kernel, settings.Profile, nodes, fields, execution);
    return;
  }
  const ExactOptions options = ExactOptionsFor(settings.Fft.Tolerance);
  exact::EvaluateOnGrid(sources, kernel, nodes, fields, options, execution);
  report.RelativeErrorBound = options.Tolerance;
}

void RequireGaussianWhere(const EngineSettings& settings, const FieldView& fields)
{
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

void RunFft(const Samples& local, const CloudMoments& moments, const GaussianKernel& kernel,
  const Grid& grid, const NodeBlock& block, const FieldView& fields, const FftOptions& options,
  const Exchange& exchange, const Execution& execution, EstimateReport& report)
{
  const CloudSummary cloud{ moments.Lower, moments.Upper, static_cast<Index>(moments.Count),
    moments.TotalWeight };
  FftDensity engine(grid, { kernel }, cloud, options);
  Mesh mesh = engine.Spread(local, execution);
  exchange.Sum(mesh.Values.Data(), engine.Plan().Size());
  exchange.Sum(mesh.Totals.data(), 2);
  engine.Transform(std::move(mesh), execution);
  report.Fft = engine.Evaluate(kernel, block.First, block.Dimensions, fields, execution);
  report.DensityFloor = report.Fft.Floor();
}
}

double LowestLogDensity()
{
  return std::log(std::numeric_limits<double>::min());
}

EstimateReport EstimateDensity(const Samples& local, const CloudMoments& moments,
  const GaussianKernel& kernel, const Grid& grid, const NodeBlock& block, const FieldView& fields,
  const EngineSettings& settings, const Exchange& exchange, const Execution& execution)
{
  EstimateReport report;
  report.Engine = Choose(settings, moments, grid);
  report.LostWeight = WeightOutside(local, grid, kernel.ActiveAxes());
  exchange.Sum(&report.LostWeight, 1);
  if (!(moments.Count > 0.0))
  {
    FillWithoutSamples(fields, block.Dimensions.prod());
    return report;
  }
  RequireGaussianWhere(settings, fields);
  const Samples& samples = settings.Sharpen ? Sharpen(local, exchange.Gather(local), kernel,
                                                ExactOptionsFor(settings.Fft.Tolerance), execution)
                                            : local;
  if (report.Engine == Engine::Exact)
  {
    RunExact(exchange.Gather(samples), kernel, grid, block, fields, settings, execution, report);
  }
  else
  {
    RunFft(
      samples, moments, kernel, grid, block, fields, settings.Fft, exchange, execution, report);
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
