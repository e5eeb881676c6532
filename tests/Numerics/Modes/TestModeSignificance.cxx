// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Modes/ModeSignificance.h"

#include "Numerics/Base/Random.h"
#include "support/FlowCases.h"
#include "support/Numbers.h"

#include <gtest/gtest.h>

namespace scorefields
{
namespace
{
/// P(a binomial of n and e is at least k).
double BinomialTail(int n, int k, double e)
{
  double tail = 0.0;
  for (int i = k; i <= n; ++i)
  {
    tail += std::exp(std::lgamma(n + 1.0) - std::lgamma(i + 1.0) - std::lgamma(n - i + 1.0) +
      i * std::log(e) + (n - i) * std::log1p(-e));
  }
  return tail;
}

double CountAt(const Samples& samples, double bandwidth, const Domain& box, double x)
{
  const auto shared = std::make_shared<const Samples>(samples);
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(1), bandwidth);
  ScoreAccuracy exact;
  exact.ExactOnly = true;
  const KernelFamily family(shared, kernel, exact, box);
  const Eigen::Matrix3Xd place = Eigen::Vector3d(x, 0.0, 0.0);
  Eigen::VectorXd logDensity(1);
  FieldView fields;
  fields.LogDensity = logDensity.data();
  family.At(bandwidth, Execution())->Evaluate(place, fields, Execution());
  std::shared_ptr<const SmoothDensity> squares;
  double unit = 1.0 / samples.TotalWeight;
  if (samples.Weights.size() > 0)
  {
    const auto squared = std::make_shared<const Samples>(
      Samples::Weighted(samples.Points, samples.Weights.cwiseAbs2()));
    squares = KernelFamily(squared, kernel, exact, box).At(bandwidth, Execution());
    unit = samples.Weights.squaredNorm() / (samples.TotalWeight * samples.TotalWeight);
  }
  return SampleCounts(kernel, box, squares, unit).At(place, logDensity, Execution()).front();
}
}

// Oracle: the exact tail of the binomial. With a variance of 1 the bound is Chernoff's: above the
// tail, and below ten times it for some dozens of samples, whatever the share expected.
TEST(ModeSignificance, BoundsTheBinomialTail)
{
  for (const double expected : { 0.5, 0.2, 0.7 })
  {
    for (const int n : { 1, 5, 20, 60 })
    {
      for (int k = 0; k <= n; ++k)
      {
        const double bound = ModePValue({ 1.0 * k, 1.0 * (n - k), expected, 1.0 }, 1.0);
        const double tail = BinomialTail(n, k, expected);
        EXPECT_GE(bound, (1.0 - 1e-12) * tail) << n << " " << k;
        EXPECT_LE(bound, std::max(12.0 * tail, tail)) << n << " " << k;
      }
    }
  }
  EXPECT_EQ(ModePValue({ 10.0, 0.0 }, 3.0), 3.0 / 1024.0);
  EXPECT_EQ(ModePValue({ 10.0, 0.0 }, 3e5), 1.0);
  EXPECT_EQ(ModePValue({ 5.0, 5.0 }, 1.0), 1.0);
}

// Oracle: draws. Samples are uniform, so that the counts at two places far apart differ by chance;
// the share of 40000 clouds in which they differ by at least so much stays below the bound, to four
// standard errors of the share, and above a thousandth of it.
TEST(ModeSignificance, BoundsTheDifferenceOfCounts)
{
  constexpr int clouds = 40000;
  for (const int d : { 1, 3 })
  {
    const double variance = std::exp2(-0.5 * d);
    int beyond = 0;
    for (int cloud = 0; cloud < clouds; ++cloud)
    {
      RandomStream draws(static_cast<std::uint64_t>(cloud), 0, 0);
      double counts[2] = {};
      for (double& count : counts)
      {
        // Samples come at a rate of 6 or 0.8 a unit in a box of five bandwidths.
        double offset = -std::log(draws.Uniform());
        const double volume = std::pow(5.0, d) * (d == 1 ? 6.0 : 0.8);
        for (; offset < volume; offset -= std::log(draws.Uniform()))
        {
          double squares = 0.0;
          for (int axis = 0; axis < d; ++axis)
          {
            squares += std::pow(5.0 * draws.Uniform() - 2.5, 2.0);
          }
          count += std::exp(-0.5 * squares);
        }
      }
      beyond += ModePValue({ counts[0], counts[1], 0.5, variance }, 1.0) <= 0.05 ? 1 : 0;
    }
    const double share = static_cast<double>(beyond) / clouds;
    EXPECT_LE(share, 0.05 + 4.0 * std::sqrt(0.05 / clouds)) << d;
    EXPECT_GE(share, 5e-5) << d;
  }
}

// Oracle: the definition. Samples at one place count as their number there, whatever their weight,
// on a wall as well, where the kernel is folded onto itself, and in a box as narrow as the kernel.
TEST(ModeSignificance, CountsSamples)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 5);
  points(0, 4) = 100.0;
  const Samples equal = Samples::Unweighted(points);
  EXPECT_NEAR(CountAt(equal, 0.5, {}, 0.0), 4.0, 1e-12);
  EXPECT_NEAR(CountAt(equal, 0.5, {}, 100.0), 1.0, 1e-12);
  EXPECT_NEAR(CountAt(equal, 0.5, {}, 0.5), 4.0 * std::exp(-0.5), 1e-12);
  Eigen::VectorXd weights(5);
  weights << 2.0, 2.0, 2.0, 2.0, 7.0;
  const Samples weighted = Samples::Weighted(points, weights);
  EXPECT_NEAR(CountAt(weighted, 0.5, {}, 0.0), 4.0, 1e-12);
  EXPECT_NEAR(CountAt(weighted, 0.5, {}, 100.0), 1.0, 1e-12);
  Domain box;
  box.Length[0] = 200.0;
  for (const Boundary boundary : { Boundary::Periodic, Boundary::Reflecting })
  {
    box.Boundaries[0] = boundary;
    EXPECT_NEAR(CountAt(equal, 0.5, box, 0.0), 4.0, 1e-12);
  }
  points(0, 4) = 0.0;
  box.Length[0] = 0.6;
  for (const Boundary boundary : { Boundary::Periodic, Boundary::Reflecting })
  {
    box.Boundaries[0] = boundary;
    EXPECT_NEAR(CountAt(Samples::Unweighted(points), 0.5, box, 0.0), 5.0, 1e-11);
  }
}

// Contract: the highest mode is no accident; one that meets no other, or that no node shows, is not
// called significant.
TEST(ModeSignificance, OfSpecialModes)
{
  CriticalSet set;
  set.Points.resize(3);
  set.Pairs.resize(3);
  set.Pairs[0].IsLast = true;
  set.Pairs[1].IsLast = true;
  const SampleCounts counts(
    GaussianKernel::Isotropic(Axes::First(1), 1.0), Domain(), nullptr, 0.01);
  EXPECT_EQ(ModePValues(CountsOfModes(set, counts, Execution()), 1.0),
    (std::vector<double>{ 0.0, 1.0, 1.0 }));
}
}
