// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_ReliabilityTable_h
#define support_ReliabilityTable_h

#include "Numerics/Mixture/MixturePresets.h"
#include "Numerics/Mixture/MixtureSampling.h"
#include "support/Reference.h"
#include "support/ReliabilityCases.h"

#include <array>
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
  double Bandwidth = 0.0;
  int Dimension = 2;
};

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
      cases.push_back({ "Study", StudySample(), Box(10.0, count, 2), bandwidth, 2 });
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
  return { { "Separated clusters", separated, Box(6.0, 128, 2), 0.24, 2 },
    { "Separated clusters", separated, Box(6.0, 128, 2), 0.4, 2 },
    { "Spiral", spiral, Box(6.0, 160, 2), 0.16, 2 }, { "Spiral", spiral, Box(6.0, 160, 2), 0.4, 2 },
    { "Clusters 3D", clusters, Box(8.0, 64, 3), 0.5, 3 },
    { "Clusters 3D", clusters, Box(8.0, 64, 3), 0.6, 3 } };
}

/// Boxes so narrow that a transform without padding wraps around nearly everywhere, and grids so
/// small that half of the nodes lie near a border: nothing wrong may be accepted here either, but
/// much that is right is not.
inline std::vector<ReliabilityCase> HardCases()
{
  const auto clusters = Drawn(scorefields::MixturePreset::Clusters3D, 200);
  return { { "Clusters 3D", clusters, Box(4.0, 32, 3), 0.4, 3 },
    { "Clusters 3D", clusters, Box(4.0, 32, 3), 0.8, 3 } };
}

/// An engine and a way to its score, with the verdicts at each tolerance.
struct Verdicts
{
  Engine From;
  Source By;
  std::array<Tally, Tolerances.size()> At;
};

/// All engines with every way to a score that they allow.
inline std::vector<Verdicts> Judge(const ReliabilityCase& problem)
{
  const auto kernel = scorefields::GaussianKernel::Isotropic(
    scorefields::Axes::First(problem.Dimension), problem.Bandwidth);
  std::vector<Verdicts> all;
  for (const Engine engine : { Engine::Exact, Engine::Auto, Engine::Fft, Engine::Study })
  {
    const Estimate estimate = MakeEstimate(problem.Points, problem.Nodes, kernel, engine);
    for (const Source source :
      { Source::Analytic, Source::Central, Source::Fourth, Source::Spectral })
    {
      if (engine == Engine::Study && source == Source::Analytic)
      {
        continue; // the study has no analytic score
      }
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
  constexpr std::array<const char*, 4> names{ { "Exact", "Auto", "FFT", "FFT, study mode" } };
  return names[static_cast<std::size_t>(engine)];
}

inline const char* NameOf(Source source)
{
  constexpr std::array<const char*, 4> names{ { "analytic", "central difference", "fourth order",
    "spectral" } };
  return names[static_cast<std::size_t>(source)];
}
}

#endif
