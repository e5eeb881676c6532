// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Scan/StableShares.h"

#include "Numerics/Density/DensityEstimate.h"
#include "Numerics/Score/ScoreField.h"

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
/// So that only rounding limits the transform.
constexpr double FinestTolerance = 1e-14;

enum class Recipe
{
  Exact,
  Fft,
  Classical,
};

struct Problem
{
  const Samples& Points;
  const CloudMoments& Moments;
  const GaussianKernel& Kernel;
  const Grid& Nodes;
  const StabilityRequest& Request;
  const Execution& Run;
};

struct Estimate
{
  std::vector<double> Density, LogDensity, Score;
  EstimateReport Report;
  DensityFacts Facts;
};

EngineSettings SettingsOf(Recipe recipe)
{
  EngineSettings settings;
  settings.Engine = recipe == Recipe::Exact ? Engine::Exact : Engine::Fft;
  settings.Fft.Tolerance = FinestTolerance;
  if (recipe == Recipe::Classical)
  {
    settings.Fft = FftOptions::Study();
  }
  return settings;
}

DensityFacts FactsOf(const Problem& problem, Recipe recipe, const EstimateReport& report)
{
  DensityFacts facts;
  facts.Source = recipe == Recipe::Exact ? DensitySource::Exact
    : recipe == Recipe::Fft              ? DensitySource::Transform
                                         : DensitySource::TruncatedTransform;
  facts.Kernel = problem.Kernel;
  facts.SampleCount = problem.Moments.Count;
  facts.DensityFloor = report.DensityFloor;
  facts.Claims = report.Claims;
  if (recipe != Recipe::Exact)
  {
    facts.Transform = report.Fft.Errors;
  }
  facts.StoredLogarithm = true;
  facts.SampleBounds = std::make_pair(problem.Moments.Lower, problem.Moments.Upper);
  if (recipe == Recipe::Classical)
  {
    facts.WrapPeriod = report.Fft.Period;
  }
  return facts;
}

Estimate Compute(const Problem& problem, Recipe recipe)
{
  const auto n = static_cast<std::size_t>(problem.Nodes.Size());
  Estimate estimate;
  estimate.Density.resize(n);
  estimate.LogDensity.resize(n);
  FieldView fields;
  fields.Density = estimate.Density.data();
  fields.LogDensity = estimate.LogDensity.data();
  if (recipe != Recipe::Classical)
  {
    estimate.Score.resize(3 * n);
    fields.Score = estimate.Score.data();
  }
  estimate.Report =
    EstimateDensity(StoredSamples(problem.Points), problem.Moments, problem.Kernel, problem.Nodes,
      NodeBlock::Whole(problem.Nodes), fields, SettingsOf(recipe), Exchange(), problem.Run);
  estimate.Facts = FactsOf(problem, recipe, estimate.Report);
  for (std::size_t node = 0; recipe == Recipe::Classical && node < n; ++node)
  {
    if (!(estimate.Density[node] > 0.0))
    {
      estimate.LogDensity[node] = -std::numeric_limits<double>::infinity();
    }
  }
  return estimate;
}

/// The share of the nodes that the mask keeps.
double ShareOf(const Problem& problem, const Estimate& estimate, MaskRule mask)
{
  const Grid& grid = problem.Nodes;
  const DensityScan scan =
    ScanLogDensity(grid, estimate.LogDensity.data(), Index3::Zero(), grid.Dimensions, problem.Run);
  const ErrorModel errors(
    grid, estimate.Facts, scan, Eigen::Vector3d::Zero(), problem.Request.Tolerance);
  const bool analytic = !estimate.Score.empty();
  const SignificanceTest test =
    analytic ? SignificanceTest(problem.Kernel, estimate.Facts.SampleCount) : SignificanceTest();
  ScoreOptions options;
  options.Method = analytic ? ScoreMethod::Analytic : ScoreMethod::CentralDifference;
  options.MinimumSampleSize = problem.Request.MinimumSampleSize;
  options.SignificanceLevel = problem.Request.SignificanceLevel;
  options.Mask = mask;
  options.CountDifferenceError = false;
  ScoreInput input;
  input.Nodes = grid;
  input.LogDensity = estimate.LogDensity.data();
  input.Density = estimate.Density.data();
  input.Score = analytic ? estimate.Score.data() : nullptr;
  input.Dimensions = grid.Dimensions;
  const auto n = static_cast<std::size_t>(grid.Size());
  std::vector<double> score(3 * n);
  std::vector<double> magnitude(n);
  std::vector<unsigned char> classes(n);
  std::vector<unsigned char> kept(n);
  ScoreView view;
  view.Score = score.data();
  view.Magnitude = magnitude.data();
  view.Classes = classes.data();
  view.Mask = kept.data();
  ComputeScoreField(input, errors, test, options, view, problem.Run);
  const ClassCounts counts =
    CountClasses(grid.Size(), classes.data(), kept.data(), nullptr, problem.Run);
  return counts.Stable / static_cast<double>(grid.Size());
}
}

void Require(const StabilityRequest& request)
{
  std::ostringstream message;
  if (!(request.Tolerance > 0.0 && std::isfinite(request.Tolerance)))
  {
    message << "Tolerance is " << request.Tolerance << "; it must be positive and finite";
  }
  else if (!(request.MinimumSampleSize >= 0.0 && std::isfinite(request.MinimumSampleSize)))
  {
    message << "MinimumSampleSize is " << request.MinimumSampleSize
            << "; it must be 0 or more, and finite";
  }
  else if (!(request.SignificanceLevel > 0.0 && request.SignificanceLevel < 1.0))
  {
    message << "SignificanceLevel is " << request.SignificanceLevel
            << "; it must lie between 0 and 1";
  }
  if (!message.str().empty())
  {
    throw std::invalid_argument(message.str());
  }
}

StableShares MeasureStability(const Samples& samples, const CloudMoments& moments,
  const GaussianKernel& kernel, const Grid& grid, const StabilityRequest& request,
  const Execution& execution)
{
  const Problem problem{ samples, moments, kernel, grid, request, execution };
  StableShares shares;
  const Estimate fft = Compute(problem, Recipe::Fft);
  shares.Fft = ShareOf(problem, fft, MaskRule::Numerical);
  shares.Significant = ShareOf(problem, fft, MaskRule::NumericalAndSignificant);
  shares.Classical = ShareOf(problem, Compute(problem, Recipe::Classical), MaskRule::Numerical);
  if (moments.Count * static_cast<double>(grid.Size()) <= EngineSettings().AffordablePairs)
  {
    shares.Exact = ShareOf(problem, Compute(problem, Recipe::Exact), MaskRule::Numerical);
  }
  return shares;
}
}
