// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/ExactSum.h"
#include "Numerics/Transform/FftDensity.h"
#include "support/Fields.h"
#include "support/ReliabilityTable.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

namespace scorefields
{
namespace
{
/// Shares of the nodes of one frame of the study's animation of the partial derivatives.
enum Column
{
  Zeros, ///< density exactly 0 after the clamp
  NotANumber,
  Infinite,
  Wrong, ///< finite, but off by more than 10 % and 0.5
  Right,
  Columns
};
using Shares = std::array<double, Columns>;

/// The study's way to d/dy of the log density: transform, clamp, logarithm, central difference.
/// Along y lies the second transform, of whose rounding the reference's column speaks.
Shares SharesOf(const Samples& samples, double bandwidth)
{
  const Grid grid = support::Box(10.0, 256, 2);
  const auto kernel = GaussianKernel::Isotropic(Axes::First(2), bandwidth);
  support::Fields study(grid.Size());
  support::Fields exact(grid.Size());
  FieldView fields;
  fields.Density = study.Density.data();
  ComputeFftDensity(grid, samples, kernel, FftOptions::Study(), fields);
  FieldView truth;
  truth.Score = exact.Score.data();
  exact::EvaluateOnGrid(samples, kernel, grid, truth, {}, {});
  const Eigen::VectorXd logDensity = study.Density.array().log();
  Shares shares{};
  shares[Zeros] = static_cast<double>((study.Density.array() == 0.0).count()) / (256.0 * 256.0);
  for (Index j = 1; j < 255; ++j)
  {
    for (Index i = 1; i < 255; ++i)
    {
      const Index node = i + 256 * j;
      const double slope =
        (logDensity[node + 256] - logDensity[node - 256]) / (2.0 * grid.Spacing[1]);
      const double score = exact.Score(1, node);
      const bool right = std::abs(slope - score) <= std::max(0.5, 0.1 * std::abs(score));
      const Column column = std::isnan(slope) ? NotANumber
        : std::isinf(slope)                   ? Infinite
        : right                               ? Right
                                              : Wrong;
      shares[column] += 1.0 / (254.0 * 254.0);
    }
  }
  return shares;
}

/// A frame of the table of method.md 1.4.
struct Frame
{
  double Bandwidth;
  Shares Expected;
};

/// Least, mean and largest share over several samples of the mixture.
struct Spread
{
  Shares Least, Mean, Most;
};

Spread OverSamples(double bandwidth, int count)
{
  Spread spread;
  spread.Least.fill(1.0);
  spread.Mean.fill(0.0);
  spread.Most.fill(0.0);
  const Mixture mixture = MakeMixture(MixturePreset::Study);
  for (int seed = 1; seed <= count; ++seed)
  {
    const auto points = SampleMixture(mixture, static_cast<std::uint64_t>(seed), 0, 200).Points;
    const Shares shares = SharesOf(Samples::Unweighted(points), bandwidth);
    for (std::size_t c = 0; c < Columns; ++c)
    {
      spread.Least[c] = std::min(spread.Least[c], shares[c]);
      spread.Mean[c] += shares[c] / count;
      spread.Most[c] = std::max(spread.Most[c], shares[c]);
    }
  }
  return spread;
}

constexpr std::array<const char*, Columns> Names{ { "zeros", "NaN", "infinite", "wrong",
  "right" } };
constexpr double Within = 0.02;
constexpr double BetweenLibraries = 0.03;
constexpr int SampleCount = 12;
}

// Oracle: shares measured on one sample with another implementation of KernelDensity.jl's
// algorithm, to two digits. Where the cut spectrum or the wrap-around rules, and for the share that
// is right at every bandwidth, the mean over samples has them to 0.02.
TEST(StudyRegimes, SharesOfTheFramesAreTheReferences)
{
  const std::vector<Frame> frames{ { 0.01, { { 0.49, 0.42, 0.14, 0.44, 0.000 } } },
    { 0.06, { { 0.48, 0.43, 0.10, 0.47, 0.005 } } }, { 0.11, { { 0.47, 0.43, 0.07, 0.45, 0.05 } } },
    { 0.16, { { 0.46, 0.35, 0.22, 0.34, 0.10 } } }, { 1.31, { { 0.0, 0.0, 0.0, 0.05, 0.95 } } },
    { 1.51, { { 0.0, 0.0, 0.0, 0.05, 0.95 } } } };
  for (const Frame& frame : frames)
  {
    const Spread spread = OverSamples(frame.Bandwidth, SampleCount);
    for (std::size_t c = 0; c < Columns; ++c)
    {
      EXPECT_NEAR(spread.Mean[c], frame.Expected[c], Within + 0.005)
        << Names[c] << " at bandwidth " << frame.Bandwidth;
    }
  }
}

// Oracle: the same table. In the frames of rounding noise, the signs of the noise decide between
// zeros, NaN, infinity and numbers. Those shares differ by up to 0.1 from sample to sample, and by
// 0.03 between FFT libraries (numpy's, run on the same samples): to that the reference lies within
// 0.02 of the range over samples. What is right does not depend on the noise.
TEST(StudyRegimes, NoiseFramesAreTheReferencesButForTheNoise)
{
  const std::vector<Frame> frames{ { 0.21, { { 0.47, 0.29, 0.35, 0.22, 0.14 } } },
    { 0.31, { { 0.39, 0.23, 0.33, 0.24, 0.21 } } }, { 0.51, { { 0.30, 0.18, 0.25, 0.21, 0.37 } } },
    { 0.81, { { 0.16, 0.09, 0.12, 0.11, 0.67 } } },
    { 1.01, { { 0.06, 0.03, 0.05, 0.05, 0.87 } } } };
  for (const Frame& frame : frames)
  {
    const Spread spread = OverSamples(frame.Bandwidth, SampleCount);
    EXPECT_NEAR(spread.Mean[Right], frame.Expected[Right], Within) << frame.Bandwidth;
    for (std::size_t c = 0; c < Columns; ++c)
    {
      const double tolerance = Within + (c == Right ? 0.0 : BetweenLibraries);
      EXPECT_GE(frame.Expected[c], spread.Least[c] - tolerance) << Names[c] << frame.Bandwidth;
      EXPECT_LE(frame.Expected[c], spread.Most[c] + tolerance) << Names[c] << frame.Bandwidth;
    }
  }
}
}
