// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_ReliabilityCases_h
#define support_ReliabilityCases_h

#include "Numerics/Density/DensityEstimate.h"
#include "Numerics/Exact/ExactSum.h"
#include "Numerics/Score/DensityScan.h"
#include "Numerics/Score/ScoreField.h"
#include "Numerics/Transform/FftDensity.h"
#include "support/Fields.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

/// Scores of three engines and two sources against exact sums: the evidence for the classes.
namespace support
{
using scorefields::Index;

enum class Engine
{
  Exact,
  Auto,    ///< the nodes shared out, whatever their number
  Fft,     ///< deconvolved, padded
  Aliased, ///< linear binning, spectrum of the sampled kernel, no padding, clamped
  Study    ///< linear binning, characteristic function, no padding, clamped
};

enum class Source
{
  Analytic,
  Central,
  Fourth,
  Ratio,
  Spectral
};

/// What the engine gave at the nodes, and the truth that it stands for.
struct Estimate
{
  Fields Given;
  Eigen::Matrix3Xd Truth; ///< exact score of the samples; for Aliased and Study of the binned ones
  scorefields::DensityFacts Facts;
};

/// Linear binning: every sample's weight goes to the corners of its cell.
inline scorefields::Samples Binned(
  const scorefields::Samples& samples, const scorefields::Grid& grid)
{
  Eigen::VectorXd mass = Eigen::VectorXd::Zero(grid.Size());
  for (Index i = 0; i < samples.Count(); ++i)
  {
    const Eigen::Vector3d place = (samples.Points.col(i) - grid.Origin).cwiseQuotient(grid.Spacing);
    for (int corner = 0; corner < 8; ++corner)
    {
      double weight = samples.Weight(i);
      Index node = 0;
      Index stride = 1;
      for (int axis = 0; axis < 3; ++axis)
      {
        const bool flat = grid.Dimensions[axis] == 1;
        const double cell = flat ? 0.0 : std::floor(place[axis]);
        const double share = flat ? 0.0 : place[axis] - cell;
        const int up = (corner >> axis) & 1;
        weight *= up ? share : 1.0 - share;
        node += stride * (static_cast<Index>(cell) + (weight > 0.0 ? up : 0));
        stride *= grid.Dimensions[axis];
      }
      mass[node] += weight;
    }
  }
  const Index count = (mass.array() > 0.0).count();
  Eigen::Matrix3Xd points(3, count);
  Eigen::VectorXd weights(count);
  Index next = 0;
  for (Index node = 0; node < grid.Size(); ++node)
  {
    if (mass[node] > 0.0)
    {
      points.col(next) = grid.Node(node);
      weights[next++] = mass[node];
    }
  }
  return scorefields::Samples::Weighted(points, weights);
}

/// Whether the density is that of the binned samples.
inline bool IsClassical(Engine engine)
{
  return engine == Engine::Aliased || engine == Engine::Study;
}

inline scorefields::EngineSettings SettingsOf(Engine engine)
{
  scorefields::EngineSettings settings;
  settings.Engine = engine == Engine::Exact ? scorefields::Engine::Exact
    : engine == Engine::Auto                ? scorefields::Engine::Auto
                                            : scorefields::Engine::Fft;
  settings.AffordablePairs = 0.0;
  settings.Fft.Tolerance = engine == Engine::Fft ? 1e-14 : settings.Fft.Tolerance;
  if (IsClassical(engine))
  {
    settings.Fft = scorefields::FftOptions::Study();
    settings.Fft.Spectrum = engine == Engine::Aliased
      ? scorefields::FftSpectrum::Aliased
      : scorefields::FftSpectrum::CharacteristicFunction;
  }
  return settings;
}

/// What the filters' field data would say.
inline scorefields::DensityFacts FactsOf(const scorefields::CloudMoments& moments,
  const scorefields::GaussianKernel& kernel, const scorefields::EstimateReport& report,
  Engine engine)
{
  using scorefields::DensitySource;
  scorefields::DensityFacts facts;
  facts.Source = engine == Engine::Study ? DensitySource::TruncatedTransform
    : engine == Engine::Aliased          ? DensitySource::AliasedTransform
    : engine == Engine::Fft              ? DensitySource::Transform
                                         : DensitySource::Exact;
  facts.Kernel = kernel;
  facts.SampleCount = moments.Count;
  facts.DensityFloor = report.DensityFloor;
  facts.Claims = report.Claims;
  if (report.Engine == scorefields::Engine::Fft)
  {
    facts.Transform = report.Fft.Errors;
  }
  facts.StoredLogarithm = true;
  facts.SampleBounds = std::make_pair(moments.Lower, moments.Upper);
  if (IsClassical(engine))
  {
    facts.WrapPeriod = report.Fft.Period;
  }
  return facts;
}

inline Estimate MakeEstimate(const scorefields::Samples& samples, const scorefields::Grid& grid,
  const scorefields::GaussianKernel& kernel, Engine engine)
{
  Estimate estimate{ Fields(grid.Size()), Eigen::Matrix3Xd(3, grid.Size()), {} };
  scorefields::FieldView view;
  view.Density = estimate.Given.Density.data();
  view.LogDensity = estimate.Given.LogDensity.data();
  view.Score = estimate.Given.Score.data();
  scorefields::FieldView truth;
  truth.Score = estimate.Truth.data();
  const bool binned = IsClassical(engine);
  scorefields::exact::EvaluateOnGrid(binned ? Binned(samples, grid) : samples, kernel, grid, truth,
    scorefields::ExactOptions{ 1e-15 }, {});
  const scorefields::CloudMoments moments = scorefields::MomentsOf(samples);
  const auto report = scorefields::EstimateDensity(samples, kernel, grid, view, SettingsOf(engine));
  estimate.Facts = FactsOf(moments, kernel, report, engine);
  for (Index node = 0; binned && node < grid.Size(); ++node)
  {
    if (estimate.Given.Density[node] == 0.0)
    {
      estimate.Given.LogDensity[node] = -std::numeric_limits<double>::infinity();
    }
  }
  return estimate;
}

/// Classes and scores of a whole grid.
struct Classified
{
  std::vector<unsigned char> Classes;
  Eigen::Matrix3Xd Score;
};

inline Classified Classify(const scorefields::Grid& grid, const Estimate& estimate,
  scorefields::ScoreOptions options, double tolerance)
{
  const double* logDensity = estimate.Given.LogDensity.data();
  const auto scan =
    scorefields::ScanLogDensity(grid, logDensity, scorefields::Index3::Zero(), grid.Dimensions, {});
  const scorefields::ErrorModel errors(
    grid, estimate.Facts, scan, Eigen::Vector3d::Zero(), tolerance);
  Classified result{ std::vector<unsigned char>(static_cast<std::size_t>(grid.Size())),
    Eigen::Matrix3Xd(3, grid.Size()) };
  scorefields::ScoreInput input;
  input.Nodes = grid;
  input.Dimensions = grid.Dimensions;
  input.LogDensity = logDensity;
  const Eigen::VectorXd density = estimate.Given.LogDensity.array().exp();
  input.Density = density.data();
  input.Score = estimate.Given.Score.data();
  for (int axis = 0; axis < 3; ++axis)
  {
    const bool wraps = estimate.Facts.WrapPeriod[axis] > 0.0;
    input.Ends[axis] = wraps ? scorefields::LineEnds::Wrapped : scorefields::LineEnds::Open;
  }
  scorefields::ScoreView output;
  output.Classes = result.Classes.data();
  output.Score = result.Score.data();
  ComputeScoreField(input, errors, {}, options, output, {});
  return result;
}

/// Shares of the nodes of a grid.
struct Tally
{
  double FalseAccepts = 0.0; ///< called reliable, off by more than the tolerance
  double FalseRejects = 0.0; ///< not called reliable, within the tolerance
  double Right = 0.0;        ///< within the tolerance
  double Worst = 0.0;        ///< largest error of a node called reliable, in tolerances
};

inline Tally Compare(
  const scorefields::Grid& grid, const Estimate& estimate, Source source, double tolerance)
{
  scorefields::ScoreOptions options;
  options.Method = source == Source::Analytic ? scorefields::ScoreMethod::Analytic
    : source == Source::Central               ? scorefields::ScoreMethod::CentralDifference
    : source == Source::Fourth                ? scorefields::ScoreMethod::FourthOrder
    : source == Source::Ratio                 ? scorefields::ScoreMethod::DensityRatio
                                              : scorefields::ScoreMethod::Spectral;
  const Classified result = Classify(grid, estimate, options, tolerance);
  const Eigen::Matrix3d& covariance = estimate.Facts.Kernel->Covariance();
  Tally tally;
  const double one = 1.0 / static_cast<double>(grid.Size());
  for (Index node = 0; node < grid.Size(); ++node)
  {
    const Eigen::Vector3d difference = result.Score.col(node) - estimate.Truth.col(node);
    const double error = std::sqrt(difference.dot(covariance * difference)) / tolerance;
    const bool reliable = result.Classes[static_cast<std::size_t>(node)] == 0;
    tally.FalseAccepts += reliable && error > 1.0 ? one : 0.0;
    tally.FalseRejects += !reliable && error <= 1.0 ? one : 0.0;
    tally.Right += error <= 1.0 ? one : 0.0;
    tally.Worst = reliable ? std::max(tally.Worst, error) : tally.Worst;
  }
  return tally;
}
}

#endif
