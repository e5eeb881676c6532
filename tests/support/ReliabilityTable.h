// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_ReliabilityTable_h
#define support_ReliabilityTable_h

#include "Numerics/Mixture/MixturePresets.h"
#include "Numerics/Mixture/MixtureSampling.h"
#include "support/Reference.h"
#include "support/ReliabilityCases.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <string>
#include <vector>

/// The clouds, bandwidths and grids on which the verdicts of Score Field are counted.
namespace support
{
constexpr std::array<double, 3> Tolerances{ { 1e-3, 1e-2, 1e-1 } };

struct ReliabilityCase
{
  std::string Cloud;
  scorefields::Samples Points;
  scorefields::Grid Nodes;
  scorefields::GaussianKernel Kernel;
  std::string Shape; ///< of the kernel
};

/// The narrowest length of the case's kernel, 1 / sqrt((H^-1)_aa), over the spacing.
inline double ResolutionOf(const ReliabilityCase& problem)
{
  double least = std::numeric_limits<double>::infinity();
  for (int a = 0; a < problem.Kernel.Dimension(); ++a)
  {
    const int axis = problem.Kernel.ActiveAxes().Axis[a];
    const double narrow = 1.0 / std::sqrt(problem.Kernel.Precision()(axis, axis));
    least = std::min(least, narrow / problem.Nodes.Spacing[axis]);
  }
  return least;
}

/// With an isotropic kernel.
inline ReliabilityCase IsotropicCase(const std::string& cloud, const scorefields::Samples& points,
  const scorefields::Grid& nodes, double bandwidth, int dimension)
{
  std::array<char, 16> shape{};
  std::snprintf(shape.data(), shape.size(), "%g", bandwidth);
  return { cloud, points, nodes,
    scorefields::GaussianKernel::Isotropic(scorefields::Axes::First(dimension), bandwidth),
    shape.data() };
}

/// The kernel in the plane with equal bandwidths, this correlation, and 1 / sqrt((H^-1)_aa) given.
inline scorefields::GaussianKernel Correlated(double correlation, double narrow)
{
  const double square = narrow * narrow / (1.0 - correlation * correlation);
  Eigen::Matrix3d covariance = Eigen::Matrix3d::Zero();
  covariance(0, 0) = covariance(1, 1) = square;
  covariance(0, 1) = covariance(1, 0) = correlation * square;
  return scorefields::GaussianKernel(scorefields::Axes::First(2), covariance);
}

inline scorefields::Grid Box(double half, Index nodes, int dimension)
{
  const double delta = 2.0 * half / static_cast<double>(nodes - 1);
  return { Eigen::Vector3d(-half, -half, dimension == 3 ? -half : 0.0),
    Eigen::Vector3d::Constant(delta),
    scorefields::Index3(nodes, nodes, dimension == 3 ? nodes : 1) };
}

/// A fixed sample of the study's mixture.
inline scorefields::Samples StudySample()
{
  const auto& sample = reference::All()["sample200"];
  return scorefields::Samples::Unweighted(reference::Points(sample["points"]));
}

inline scorefields::Samples Drawn(scorefields::MixturePreset preset, Index count)
{
  const auto mixture = scorefields::MakeMixture(preset);
  return scorefields::Samples::Unweighted(scorefields::SampleMixture(mixture, 1, 0, count).Points);
}

/// The study's sample at five bandwidths of its animations, on grids over its box.
inline std::vector<ReliabilityCase> StudyCases(const std::vector<Index>& nodes)
{
  std::vector<ReliabilityCase> cases;
  for (const double bandwidth : { 0.16, 0.31, 0.51, 0.81, 1.31 })
  {
    for (const Index count : nodes)
    {
      cases.push_back(IsotropicCase("Study", StudySample(), Box(10.0, count, 2), bandwidth, 2));
    }
  }
  return cases;
}

/// Three other mixtures, each at two bandwidths.
inline std::vector<ReliabilityCase> OtherCases()
{
  using scorefields::MixturePreset;
  const auto separated = Drawn(MixturePreset::SeparatedClusters, 400);
  const auto spiral = Drawn(MixturePreset::Spiral, 400);
  const auto clusters = Drawn(MixturePreset::Clusters3D, 200);
  return { IsotropicCase("Separated clusters", separated, Box(6.0, 128, 2), 0.24, 2),
    IsotropicCase("Separated clusters", separated, Box(6.0, 128, 2), 0.4, 2),
    IsotropicCase("Spiral", spiral, Box(6.0, 160, 2), 0.16, 2),
    IsotropicCase("Spiral", spiral, Box(6.0, 160, 2), 0.4, 2),
    IsotropicCase("Clusters 3D", clusters, Box(8.0, 64, 3), 0.5, 3),
    IsotropicCase("Clusters 3D", clusters, Box(8.0, 64, 3), 0.6, 3) };
}

/// The study's sample with weights from 1e-5 to 1e5, each as often as any other.
inline scorefields::Samples TenDecades()
{
  const scorefields::Samples sample = StudySample();
  const Index count = sample.Count();
  Eigen::VectorXd weights(count);
  for (Index i = 0; i < count; ++i)
  {
    // A step that shares no factor with the number mixes heavy and light ones.
    weights[i] =
      std::pow(10.0, 10.0 * static_cast<double>(77 * i % count) / static_cast<double>(count) - 5.0);
  }
  return scorefields::Samples::Weighted(sample.Points, weights);
}

/// Kernels with correlation and with unequal bandwidths, and unequal weights.
inline std::vector<ReliabilityCase> KernelCases()
{
  const scorefields::Grid grid = Box(6.0, 121, 2); // spacing 0.1
  std::vector<ReliabilityCase> cases;
  for (const double correlation : { 0.5, 0.9, 0.99 })
  {
    for (const double narrow : { 0.09, 0.15, 0.3 })
    {
      cases.push_back({ "Study", StudySample(), grid, Correlated(correlation, narrow),
        "correlation " + std::to_string(correlation).substr(0, 4) });
    }
  }
  // A bandwidth of three spacings, and an even number of nodes: the highest frequency is both
  // positive and negative.
  const scorefields::Grid even = Box(6.0, 72, 2);
  cases.push_back({ "Study", StudySample(), even,
    Correlated(0.9, 3.0 * even.Spacing[0] * std::sqrt(1.0 - 0.81)), "correlation 0.90" });
  for (const double narrow : { 0.1, 0.25 })
  {
    const Eigen::Vector3d bandwidths(narrow, 20.0 * narrow, 0.0);
    cases.push_back({ "Study", StudySample(), grid,
      scorefields::GaussianKernel::PerAxis(scorefields::Axes::First(2), bandwidths), "1:20" });
  }
  for (const double bandwidth : { 0.15, 0.3 })
  {
    cases.push_back(
      IsotropicCase("Study, weights over ten decades", TenDecades(), grid, bandwidth, 2));
  }
  cases.push_back({ "Study, weights over ten decades", TenDecades(), grid, Correlated(0.9, 0.3),
    "correlation 0.90" });
  return cases;
}

/// Boxes so narrow that a transform without padding wraps around nearly everywhere, and grids so
/// small that half of the nodes lie near a border: nothing wrong may be accepted here either, but
/// much that is right is not.
inline std::vector<ReliabilityCase> HardCases()
{
  const auto clusters = Drawn(scorefields::MixturePreset::Clusters3D, 200);
  return { IsotropicCase("Clusters 3D", clusters, Box(4.0, 32, 3), 0.4, 3),
    IsotropicCase("Clusters 3D", clusters, Box(4.0, 32, 3), 0.8, 3) };
}

/// An engine and a way to its score, with the verdicts at each tolerance.
struct Verdicts
{
  Engine From;
  Source By;
  std::array<Tally, Tolerances.size()> At;
};

constexpr std::array<Engine, 5> Engines{ { Engine::Exact, Engine::Auto, Engine::Fft,
  Engine::Aliased, Engine::Study } };
constexpr std::array<Source, 5> Sources{ { Source::Analytic, Source::Central, Source::Fourth,
  Source::Ratio, Source::Spectral } };

/// All engines with every way to a score.
inline std::vector<Verdicts> Judge(const ReliabilityCase& problem)
{
  std::vector<Verdicts> all;
  for (const Engine engine : Engines)
  {
    const Estimate estimate = MakeEstimate(problem.Points, problem.Nodes, problem.Kernel, engine);
    for (const Source source : Sources)
    {
      Verdicts verdicts{ engine, source, {} };
      for (std::size_t t = 0; t < Tolerances.size(); ++t)
      {
        verdicts.At[t] = Compare(problem.Nodes, estimate, source, Tolerances[t]);
      }
      all.push_back(verdicts);
    }
  }
  return all;
}

inline const char* NameOf(Engine engine)
{
  constexpr std::array<const char*, 5> names{ { "Exact", "Auto", "FFT", "FFT, aliased",
    "FFT, study mode" } };
  return names[static_cast<std::size_t>(engine)];
}

inline const char* NameOf(Source source)
{
  constexpr std::array<const char*, 5> names{ { "analytic", "central difference", "fourth order",
    "density ratio", "spectral" } };
  return names[static_cast<std::size_t>(source)];
}
}

#endif
