// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Reliability.h"

#include "Numerics/MixturePresets.h"
#include "Numerics/MixtureSampling.h"
#include "support/Reference.h"
#include "support/ReliabilityCases.h"

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
namespace
{
Grid Box(double half, Index nodes, int dimension)
{
  const double delta = 2.0 * half / static_cast<double>(nodes - 1);
  return Grid{ Eigen::Vector3d(-half, -half, dimension == 3 ? -half : 0.0),
    Eigen::Vector3d::Constant(delta), Index3(nodes, nodes, dimension == 3 ? nodes : 1) };
}

Samples Study()
{
  return Samples::Unweighted(reference::Points(reference::All()["sample200"]["points"]));
}

Samples Drawn(MixturePreset preset, Index count)
{
  return Samples::Unweighted(SampleMixture(MakeMixture(preset), 1, 0, count).Points);
}

/// Every engine and source at three tolerances; the shares of wrong verdicts.
void ExpectSound(const Samples& samples, const Grid& grid, double bandwidth, int dimension)
{
  const auto kernel = GaussianKernel::Isotropic(Axes::First(dimension), bandwidth);
  for (const auto engine : { support::Engine::Exact, support::Engine::Fft, support::Engine::Study })
  {
    const support::Estimate estimate = support::MakeEstimate(samples, grid, kernel, engine);
    for (const auto source :
      { support::Source::Analytic, support::Source::Central, support::Source::Fourth })
    {
      if (engine == support::Engine::Study && source == support::Source::Analytic)
      {
        continue; // the study has no analytic score
      }
      for (const double tolerance : { 1e-3, 1e-2, 1e-1 })
      {
        const support::Tally tally = support::Compare(grid, estimate, source, tolerance);
        EXPECT_EQ(tally.FalseAccepts, 0.0)
          << "engine " << static_cast<int>(engine) << " source " << static_cast<int>(source)
          << " bandwidth " << bandwidth << " tolerance " << tolerance << ": off by " << tally.Worst
          << " tolerances";
        if (engine == support::Engine::Exact && source == support::Source::Analytic)
        {
          EXPECT_EQ(tally.FalseRejects, 0.0);
        }
      }
    }
  }
}
}

// Oracle: exact sums. No node that is called reliable is off by more than the tolerance; the exact
// engine's own score is reliable everywhere. More cases: docs/evidence/reliability.md.
TEST(Reliability, AcceptsNoWrongScoreOfTheStudy)
{
  for (const double bandwidth : { 0.16, 0.31, 0.51, 0.81, 1.31 })
  {
    ExpectSound(Study(), Box(10.0, 96, 2), bandwidth, 2);
  }
}

TEST(Reliability, AcceptsNoWrongScoreOfOtherClouds)
{
  ExpectSound(Drawn(MixturePreset::SeparatedClusters, 400), Box(6.0, 96, 2), 0.24, 2);
  ExpectSound(Drawn(MixturePreset::Spiral, 400), Box(6.0, 96, 2), 0.16, 2);
  ExpectSound(Drawn(MixturePreset::Clusters3D, 200), Box(4.0, 32, 3), 0.4, 3);
}

// Oracle: method, section 3d. Around one sample the transform's score can be trusted to 6 to 7.2
// bandwidths at a tolerance of 1e-3 (the density there stands 1e9 to 1e11 above the rounding).
TEST(Reliability, TrustsATransformSevenBandwidthsFar)
{
  Eigen::Matrix3Xd point = Eigen::Matrix3Xd::Zero(3, 1);
  for (const double bandwidth : { 0.3, 0.6 })
  {
    const Grid grid = Box(10.0, 257, 2);
    const auto kernel = GaussianKernel::Isotropic(Axes::First(2), bandwidth);
    const support::Estimate estimate =
      support::MakeEstimate(Samples::Unweighted(point), grid, kernel, support::Engine::Study);
    ScoreOptions options;
    options.Method = ScoreMethod::CentralDifference;
    const support::Classified result = support::Classify(grid, estimate, options, 1e-3);
    double farthest = 0.0;
    double nearest = 1e9;
    for (Index node = 0; node < grid.Size(); ++node)
    {
      const double distance = grid.Node(node).norm() / bandwidth;
      if (result.Classes[static_cast<std::size_t>(node)] == 0)
      {
        farthest = std::max(farthest, distance);
      }
      else
      {
        EXPECT_EQ(result.Classes[static_cast<std::size_t>(node)], 1) << distance;
        nearest = std::min(nearest, distance);
      }
    }
    EXPECT_GE(nearest, 6.0) << bandwidth;
    EXPECT_LE(farthest, 7.2) << bandwidth;
  }
}

// Oracle: the causes of method, section 3d, in the frames of animation B where they rule.
TEST(Reliability, NamesTheCause)
{
  const Grid grid = Box(10.0, 256, 2);
  const auto share = [&](double bandwidth, Reliability cause)
  {
    const auto kernel = GaussianKernel::Isotropic(Axes::First(2), bandwidth);
    const auto estimate = support::MakeEstimate(Study(), grid, kernel, support::Engine::Study);
    ScoreOptions options;
    options.Method = ScoreMethod::CentralDifference;
    options.CountDifferenceError = false;
    const auto result = support::Classify(grid, estimate, options, 1e-3);
    double count = 0.0;
    for (const unsigned char c : result.Classes)
    {
      count += c == static_cast<unsigned char>(cause) ? 1.0 : 0.0;
    }
    return count / static_cast<double>(grid.Size());
  };
  EXPECT_GT(share(0.06, Reliability::Truncation), 0.95);
  EXPECT_GT(share(0.31, Reliability::RoundOff), 0.6);
  EXPECT_EQ(share(0.31, Reliability::Truncation), 0.0);
  EXPECT_GT(share(1.51, Reliability::WrapAround), 0.05);
  // The region called stable grows with the bandwidth until images reach in.
  EXPECT_LT(share(0.06, Reliability::Reliable), share(0.31, Reliability::Reliable));
  EXPECT_LT(share(0.31, Reliability::Reliable), share(0.81, Reliability::Reliable));
}
}
