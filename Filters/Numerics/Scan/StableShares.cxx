// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Scan/StableShares.h"

#include "Numerics/Base/FieldStorage.h"
#include "Numerics/Density/DensityEstimate.h"
#include "Numerics/Score/ScoreField.h"

#include <limits>
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
  const Execution& Executor;
};

struct Estimate
{
  FieldStorage Fields;
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
  facts.SampleCount = problem.Moments.EffectiveCount();
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
  FieldChoice wanted;
  wanted.Density = wanted.LogDensity = true;
  wanted.Score = recipe != Recipe::Classical;
  FieldStorage fields(problem.Nodes.Size(), wanted);
  const StoredSamples cloud(problem.Points);
  EstimateProblem asked{ cloud, problem.Moments, problem.Kernel, problem.Nodes };
  asked.Settings = SettingsOf(recipe);
  const EstimateReport report = EstimateDensity(asked, fields.View(), problem.Executor);
  if (recipe == Recipe::Classical)
  {
    constexpr double none = -std::numeric_limits<double>::infinity();
    fields.LogDensity = (fields.Density.array() > 0.0).select(fields.LogDensity, none);
  }
  return { std::move(fields), FactsOf(problem, recipe, report) };
}

ScoreOptions OptionsOf(const StabilityRequest& request)
{
  ScoreOptions options;
  options.MinimumSampleSize = request.MinimumSampleSize;
  options.SignificanceLevel = request.SignificanceLevel;
  options.CountDifferenceError = false;
  return options;
}

/// The share of the nodes that the mask keeps.
double ShareOf(const Problem& problem, const Estimate& estimate, MaskRule mask)
{
  const Grid& grid = problem.Nodes;
  const DensityScan scan = ScanLogDensity(
    grid, estimate.Fields.LogDensity.data(), Index3::Zero(), grid.Dimensions, problem.Executor);
  const ErrorModel errors(
    grid, estimate.Facts, scan, Eigen::Vector3d::Zero(), problem.Request.Tolerance);
  const bool analytic = estimate.Fields.Score.size() > 0;
  const SignificanceTest test =
    analytic ? SignificanceTest(problem.Kernel, estimate.Facts.SampleCount) : SignificanceTest();
  ScoreOptions options = OptionsOf(problem.Request);
  options.Method = analytic ? ScoreMethod::Analytic : ScoreMethod::CentralDifference;
  options.Mask = mask;
  ScoreInput input;
  input.Nodes = grid;
  input.LogDensity = estimate.Fields.LogDensity.data();
  input.Density = estimate.Fields.Density.data();
  input.Score = analytic ? estimate.Fields.Score.data() : nullptr;
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
  ComputeScoreField(input, errors, test, options, view, problem.Executor);
  const ClassCounts counts =
    CountClasses(grid.Size(), classes.data(), kept.data(), nullptr, problem.Executor);
  return counts.Stable / static_cast<double>(grid.Size());
}
}

void Require(const StabilityRequest& request)
{
  Require(request.Tolerance, OptionsOf(request));
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
