// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Base/Random.h"
#include "support/Numbers.h"

#include "support/Reference.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace scorefields
{
namespace
{
using Words = std::array<std::uint32_t, 4>;
}

// Oracle: the known-answer vectors published with Random123 (philox4x32, 10 rounds).
TEST(Random, PhiloxGivesThePublishedWords)
{
  EXPECT_EQ(Philox({ 0U, 0U, 0U, 0U }, { 0U, 0U }),
    (Words{ 0x6627e8d5U, 0xe169c58dU, 0xbc57ac4cU, 0x9b00dbd8U }));
  EXPECT_EQ(Philox({ ~0U, ~0U, ~0U, ~0U }, { ~0U, ~0U }),
    (Words{ 0x408f276dU, 0x41c83b0eU, 0xa20bc7c6U, 0x6d5451fdU }));
  EXPECT_EQ(
    Philox({ 0x243f6a88U, 0x85a308d3U, 0x13198a2eU, 0x03707344U }, { 0xa4093822U, 0x299f31d0U }),
    (Words{ 0xd16cfe09U, 0x94fdcceb, 0x5001e420U, 0x24126ea1U }));
}

// Oracle: the root of erfc(-x / sqrt(2)) / 2 = p with 50 digits (reference.json). The approximation
// claims 1e-16 relative; its tails lose a few ulp in sqrt(log).
TEST(Random, QuantilesOfTheNormalDistribution)
{
  for (const auto& row : reference::All()["draws"]["normal_quantiles"])
  {
    const double probability = reference::Number(row["p"]);
    const double quantile = reference::Number(row["x"]);
    EXPECT_NEAR(NormalQuantile(probability), quantile, 8.0 * Eps * std::abs(quantile))
      << probability;
  }
}

// Oracle: definition. A draw depends on (seed, particle, step, draw) and on each of them.
TEST(Random, DrawsAreAFunctionOfTheirKey)
{
  std::set<double> seen;
  for (std::uint64_t seed : { 0ULL, 1ULL, 1ULL << 32 })
  {
    for (std::uint64_t particle : { 0ULL, 1ULL, 1ULL << 32 })
    {
      for (std::uint32_t step : { 0U, 1U, RandomStream::ExactSamplingStep })
      {
        RandomStream stream(seed, particle, step);
        RandomStream again(seed, particle, step);
        for (int draw = 0; draw < 5; ++draw)
        {
          const double value = stream.Uniform();
          EXPECT_EQ(value, again.Uniform());
          EXPECT_TRUE(value > 0.0 && value < 1.0);
          EXPECT_TRUE(seen.insert(value).second) << "a draw came twice";
        }
      }
    }
  }
}

// Oracle: definition. Normal draws are the quantiles of the same uniform draws.
TEST(Random, NormalDrawsFollowUniformDraws)
{
  RandomStream uniform(7, 8, 9);
  RandomStream normal(7, 8, 9);
  for (int draw = 0; draw < 10; ++draw)
  {
    EXPECT_EQ(normal.Normal(), NormalQuantile(uniform.Uniform()));
  }
}

// Oracle: moments of N(0, 1): mean 0 +- 1/sqrt(n), variance 1 +- sqrt(2/n), fourth moment
// 3 +- sqrt(96/n), and products of neighbouring particles, steps and draws 0 +- 1/sqrt(n).
TEST(Random, NormalDrawsHaveTheRightMoments)
{
  constexpr int Count = 200000;
  double sum = 0.0;
  double square = 0.0;
  double fourth = 0.0;
  double nextDraw = 0.0;
  double nextParticle = 0.0;
  double nextStep = 0.0;
  for (int i = 0; i < Count; ++i)
  {
    const auto particle = static_cast<std::uint64_t>(2 * i);
    RandomStream stream(42, particle, 3);
    const double value = stream.Normal();
    sum += value;
    square += value * value;
    fourth += value * value * value * value;
    nextDraw += value * stream.Normal();
    nextParticle += value * RandomStream(42, particle + 1, 3).Normal();
    nextStep += value * RandomStream(42, particle, 4).Normal();
  }
  const double error = FiveSigma / std::sqrt(Count);
  EXPECT_NEAR(sum / Count, 0.0, error);
  EXPECT_NEAR(square / Count, 1.0, std::sqrt(2.0) * error);
  EXPECT_NEAR(fourth / Count, 3.0, std::sqrt(96.0) * error);
  EXPECT_NEAR(nextDraw / Count, 0.0, error);
  EXPECT_NEAR(nextParticle / Count, 0.0, error);
  EXPECT_NEAR(nextStep / Count, 0.0, error);
}
}
