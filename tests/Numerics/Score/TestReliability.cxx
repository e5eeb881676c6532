// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/Reliability.h"

#include "support/ReliabilityTable.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace scorefields
{
namespace
{
using support::Box;
using support::Source;

Eigen::ArrayXd LogDensities(const support::ReliabilityCase& problem)
{
  Eigen::ArrayXd logDensity(problem.Nodes.Size());
  FieldView view;
  view.LogDensity = logDensity.data();
  exact::EvaluateOnGrid(problem.Points, problem.Kernel, problem.Nodes, view, {}, {});
  return logDensity;
}

/// The share of nodes that may be called unreliable though they are right, for the analytic score
/// of a transform. The claimed error is 1.2e-14 of the maximum (tolerance and rounding), times h
/// |s| + 6 = 12.5 in the score; the real one is noise of 0.6 u sqrt(log2 N) rms(f) = 5e-17 of the
/// maximum, times h |s| + 1.5 = 8: 400 times less. So these nodes lie where the density is between
/// the level at which the claim exceeds the tolerance and a 400th of that, or, by chance, a third
/// below.
double MostTransformRejects(const support::ReliabilityCase& problem, double tolerance)
{
  const Eigen::ArrayXd logDensity = LogDensities(problem);
  const double level = logDensity.maxCoeff() + std::log(1.2e-14 * 12.5 / tolerance);
  const auto shell = (logDensity < level && logDensity > level - std::log(400.0 * 3.0)).count();
  return static_cast<double>(shell) / static_cast<double>(problem.Nodes.Size());
}

/// The same of differences and of the spectral method, whose estimated error is above the error by
/// a factor that nothing bounds; it is some 10 beside the ridges between clusters, where the error
/// is made. On either side of a ridge it falls like exp(-D x / h^2), D = 2 the distance of the
/// study's clusters, and stencils see the ridge from 3 nodes away: a strip of h^2 log(10) / D + 3
/// delta. Three ridges of length 10 have a quarter of the box in their strips at h = 0.8 on 64
/// nodes.
constexpr double MostDifferenceRejects = 0.25;

/// Differences of Auto: also all nodes so far out that what it states of its tables, up to 1e-12
/// K(0), is more of them than the tolerance, times 4 |h / delta|. There Auto is right all the same,
/// by exact sums.
double MostAutoDifferenceRejects(const support::ReliabilityCase& problem, double tolerance)
{
  const GaussianKernel& kernel = problem.Kernel;
  const double weight = std::sqrt(kernel.Dimension()) * kernel.EquivalentBandwidth() /
    problem.Nodes.Spacing[kernel.ActiveAxes().Axis[0]];
  const double level = kernel.LogPeak() + std::log(1e-12 * 4.0 * weight / tolerance);
  const Eigen::ArrayXd logDensity = LogDensities(problem);
  return MostDifferenceRejects + (logDensity < level).cast<double>().mean();
}

/// The bound on periodic copies knows the bounding box of the samples only, and a step around it.
constexpr double MostWrappedRejects = 0.3;

/// What is allowed of one table of verdicts.
double MostRejects(
  const support::ReliabilityCase& problem, const support::Verdicts& verdicts, double tolerance)
{
  if (support::IsClassical(verdicts.From))
  {
    return MostWrappedRejects;
  }
  const bool transform = verdicts.From == support::Engine::Fft;
  if (verdicts.By == Source::Analytic)
  {
    return transform ? MostTransformRejects(problem, tolerance) : 0.0;
  }
  return verdicts.From == support::Engine::Auto ? MostAutoDifferenceRejects(problem, tolerance)
                                                : MostDifferenceRejects;
}

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
        EXPECT_EQ(tally.FalseAccepts, 0.0) << where << ": off by " << tally.Worst << " tolerances";
        const bool bound = boundDifferences ||
          (verdicts.By == Source::Analytic && !support::IsClassical(verdicts.From));
        const double most = bound ? MostRejects(problem, verdicts, support::Tolerances[t]) : 1.0;
        EXPECT_LE(tally.FalseRejects, most) << where;
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

// Oracle: as above.
TEST(Reliability, VerdictsAreRightForOtherClouds)
{
  ExpectSound(support::OtherCases(), true);
}

// Oracle: as above. Nothing wrong is accepted in boxes that are too narrow for differences to tell
// all that is right.
TEST(Reliability, AcceptsNothingWrongInHardCases)
{
  ExpectSound(support::HardCases(), false);
}

// Oracle: exact sums. Nothing wrong is accepted with kernels that are narrower between the axes
// than along them, or along one axis than along the other, nor with weights that span ten decades.
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

// Oracle: the density of one sample, K(0) exp(-r^2 / 2h^2), against its rounding. A central
// difference over 2 delta is within tau where both neighbours stand h / (tau delta) above an error
// of C eps K(0): r = h sqrt(2 log(tau delta / (C eps h))), less delta for the farther neighbour.
// The transforms' noise is not above C = 4, and what is claimed not above C = 40; the difference
// itself is exact.
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
    const double step = grid.Spacing[0] / bandwidth;
    const double eps = std::numeric_limits<double>::epsilon();
    EXPECT_GE(
      nearest, std::sqrt(2.0 * std::log(1e-3 * step / (40.0 * eps))) - std::sqrt(2.0) * step)
      << bandwidth;
    EXPECT_LE(farthest, std::sqrt(2.0 * std::log(1e-3 * step / (4.0 * eps)))) << bandwidth;
  }
}

// Oracle: the causes where they rule, in frames of the study's animation of partial derivatives. At
// h = 0.06, 0.8 of the spacing, the cut spectrum rings with erfc(pi h / (sqrt(2) delta)) = 1.6e-2
// of a kernel's peak, so that nothing is sound to 1e-3; at 0.31 it rings below rounding, and all is
// sound within 7 h of the cloud, whose radius is 3: 0.17 of the box. At 1.51 images come in at the
// borders.
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
  EXPECT_GT(share(0.31, Reliability::RoundOff), 1.0 - Pi * 5.2 * 5.2 / 400.0 - 0.1);
  EXPECT_EQ(share(0.31, Reliability::Truncation), 0.0);
  EXPECT_GT(share(1.51, Reliability::WrapAround), 0.05);
  // The region called stable grows with the bandwidth until images reach in.
  EXPECT_LT(share(0.06, Reliability::Reliable), share(0.31, Reliability::Reliable));
  EXPECT_LT(share(0.31, Reliability::Reliable), share(0.81, Reliability::Reliable));
}
}
