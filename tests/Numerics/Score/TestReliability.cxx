// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/Reliability.h"

#include "support/ReliabilityTable.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace scorefields
{
namespace
{
using support::Box;
using support::Source;

constexpr double MostRejects = 0.12; ///< of an analytic score
constexpr double MostDifferenceRejects = 0.25;
/// The bound on periodic copies knows the bounding box of the samples only, and a step around it.
constexpr double MostWrappedRejects = 0.3;
/// Auto states up to 1e-12 K(0) for its tables of the kernel, the others their rounding.
constexpr double MostAutoDifferenceRejects = 0.35;

void ExpectSound(const std::vector<support::ReliabilityCase>& cases, bool boundDifferences)
{
  for (const support::ReliabilityCase& problem : cases)
  {
    for (const support::Verdicts& verdicts : support::Judge(problem))
    {
      for (std::size_t t = 0; t < support::Tolerances.size(); ++t)
      {
        const support::Tally& tally = verdicts.At[t];
        const std::string where = problem.Cloud + ", kernel " + problem.Shape + ", " +
          std::to_string(support::ResolutionOf(problem)) + " spacings, " +
          std::to_string(problem.Nodes.Dimensions[0]) + " nodes, " +
          support::NameOf(verdicts.From) + ", " + support::NameOf(verdicts.By) + ", tolerance " +
          std::to_string(support::Tolerances[t]);
        const bool analytic = verdicts.By == Source::Analytic;
        const bool everywhere =
          verdicts.From == support::Engine::Exact || verdicts.From == support::Engine::Auto;
        const bool exact = everywhere && analytic;
        const bool wraps = support::IsClassical(verdicts.From);
        EXPECT_EQ(tally.FalseAccepts, 0.0) << where << ": off by " << tally.Worst << " tolerances";
        const double ofDifferences = verdicts.From == support::Engine::Auto
          ? MostAutoDifferenceRejects
          : wraps ? MostWrappedRejects
                  : MostDifferenceRejects;
        const double ofScores = wraps ? MostWrappedRejects : MostRejects;
        const double most = exact ? 0.0 : analytic ? ofScores : ofDifferences;
        const bool bounded = boundDifferences || (analytic && !wraps);
        EXPECT_LE(tally.FalseRejects, bounded ? most : 1.0) << where;
      }
    }
  }
}
}

// Oracle: exact sums. No node that is called reliable is off by more than the tolerance, and few
// are called unreliable that are not; the engines Exact and Auto have scores that are reliable
// everywhere. The numbers are in docs/reliability.md.
TEST(Reliability, VerdictsAreRightForTheStudy)
{
  ExpectSound(support::StudyCases({ 64, 96, 160, 256 }), true);
}

TEST(Reliability, VerdictsAreRightForOtherClouds)
{
  ExpectSound(support::OtherCases(), true);
}

// Nothing wrong is accepted in boxes that are too narrow for differences to tell all that is right.
TEST(Reliability, AcceptsNothingWrongInHardCases)
{
  ExpectSound(support::HardCases(), false);
}

// Nothing wrong is accepted with kernels that are narrower between the axes than along them, or
// along one axis than along the other, nor with weights that span ten decades.
TEST(Reliability, AcceptsNothingWrongForOtherKernelsAndWeights)
{
  ExpectSound(support::KernelCases(), false);
}

// Oracle: exact sums. A central difference of f over f is judged by squares of slopes, which
// underflow far from the samples: 60 points in a box of up to 100 bandwidths, and grids too coarse
// for the kernel.
TEST(Reliability, TheRatioIsNotBelievedNearUnderflow)
{
  const Samples samples = Samples::Unweighted(support::StudySample().Points.leftCols(60));
  const auto isotropic = [](double h) { return GaussianKernel::Isotropic(Axes::First(2), h); };
  const Grid grid = Box(5.0, 101, 2);
  const auto uneven = GaussianKernel::PerAxis(Axes::First(2), Eigen::Vector3d(0.07, 3.5, 0.0));
  const std::vector<support::ReliabilityCase> cases{
    { "Far", samples, grid, isotropic(0.1), "0.1" },
    { "Far", samples, grid, isotropic(0.07), "0.07" },
    { "Coarse", samples, grid, uneven, "1:50" },
  };
  for (const support::ReliabilityCase& problem : cases)
  {
    const support::Estimate estimate =
      support::MakeEstimate(problem.Points, problem.Nodes, problem.Kernel, support::Engine::Exact);
    for (const double tolerance : support::Tolerances)
    {
      const support::Tally tally =
        support::Compare(problem.Nodes, estimate, Source::Ratio, tolerance);
      EXPECT_EQ(tally.FalseAccepts, 0.0) << problem.Cloud << ", " << problem.Shape << ", off by "
                                         << tally.Worst << " tolerances of " << tolerance;
    }
  }
}

// Oracle: the sum over the images of the binned sample, of which a tenth lies nearly a step nearer
// to the last node than the sample.
TEST(Reliability, ImagesAreThoseOfBinnedSamples)
{
  Grid grid;
  grid.Dimensions = Index3(40, 1, 1);
  const Eigen::Vector3d sample(10.9, 0.0, 0.0);
  DensityFacts facts;
  facts.Source = DensitySource::AliasedTransform;
  facts.Kernel = GaussianKernel::Isotropic(Axes::First(1), 1.5);
  facts.WrapPeriod = Eigen::Vector3d(40.0, 0.0, 0.0);
  facts.SampleBounds = std::make_pair(sample, sample);
  DensityScan scan;
  scan.Maximum = facts.Kernel->LogPeak();
  const ErrorModel errors(grid, facts, scan, Eigen::Vector3d::Zero(), 1e-3);
  ASSERT_TRUE(errors.HasWrap());
  const auto kernel = [&](double d)
  { return std::exp(facts.Kernel->LogPeak() - 0.5 * std::pow(d / 1.5, 2.0)); };
  for (Index node = 0; node < 40; ++node)
  {
    const auto x = static_cast<double>(node);
    double images = 0.0;
    for (const double period : { -40.0, 40.0 })
    {
      images += 0.1 * kernel(10.0 + period - x) + 0.9 * kernel(11.0 + period - x);
    }
    EXPECT_GE(errors.ImageDensity(node, 0, 0) + 1e-48, images) << node;
  }
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
    const auto estimate =
      support::MakeEstimate(support::StudySample(), grid, kernel, support::Engine::Study);
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
