// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/ReliabilityMask.h"

#include "support/Threads.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <vector>

namespace scorefields
{
namespace
{
std::size_t Of(Reliability reliability)
{
  return static_cast<std::size_t>(reliability);
}
}

// Contract: every rule keeps what is reliable and nothing whose number is doubtful; they differ in
// what they make of too few samples and of scores that are not significant.
TEST(ReliabilityMask, RulesKeepWhatTheySay)
{
  const auto numerical = MaskTable(MaskRule::Numerical);
  const auto samples = MaskTable(MaskRule::NumericalAndSamples);
  const auto significant = MaskTable(MaskRule::NumericalAndSignificant);
  for (const auto& table : { numerical, samples, significant })
  {
    EXPECT_EQ(table[Of(Reliability::Reliable)], 1);
    for (const Reliability doubt : { Reliability::RoundOff, Reliability::Truncation,
           Reliability::WrapAround, Reliability::NoData, Reliability::GridTooCoarse })
    {
      EXPECT_EQ(table[Of(doubt)], 0);
    }
  }
  EXPECT_EQ(numerical[Of(Reliability::TooFewSamples)], 1);
  EXPECT_EQ(samples[Of(Reliability::TooFewSamples)], 0);
  EXPECT_EQ(significant[Of(Reliability::TooFewSamples)], 0);
  EXPECT_EQ(numerical[Of(Reliability::NotSignificant)], 1);
  EXPECT_EQ(samples[Of(Reliability::NotSignificant)], 1);
  EXPECT_EQ(significant[Of(Reliability::NotSignificant)], 0);
}

// Oracle: definition, node by node: only Reliable and NotSignificant change places, by their
// p-values.
TEST(ReliabilityMask, SignificanceIsDecidedAgain)
{
  const std::vector<double> p{ 0.001, 0.2, 0.2, 0.001, 0.01, 0.001 };
  const auto reliable = static_cast<unsigned char>(Reliability::Reliable);
  const auto doubtful = static_cast<unsigned char>(Reliability::NotSignificant);
  const auto noise = static_cast<unsigned char>(Reliability::RoundOff);
  std::vector<unsigned char> classes{ reliable, reliable, doubtful, doubtful, reliable, noise };
  std::vector<unsigned char> mask{ 1, 1, 0, 0, 1, 0 };
  ApplySignificance(
    6, p.data(), 0.01, MaskRule::NumericalAndSignificant, classes.data(), mask.data(), Execution());
  EXPECT_EQ(classes,
    (std::vector<unsigned char>{ reliable, doubtful, doubtful, reliable, reliable, noise }));
  EXPECT_EQ(mask, (std::vector<unsigned char>{ 1, 0, 0, 1, 1, 0 }));
}

// Oracle: definition, by std::count, for any number of threads; nodes of other parts do not count.
TEST(ReliabilityMask, CountsClasses)
{
  constexpr Index count = 200003;
  std::vector<unsigned char> classes(count), mask(count), skip(count);
  for (std::size_t i = 0; i < classes.size(); ++i)
  {
    classes[i] = static_cast<unsigned char>(i * i % ReliabilityClasses);
    mask[i] = static_cast<unsigned char>(i % 3 == 0);
    skip[i] = static_cast<unsigned char>(i % 7 == 0);
  }
  for (const Execution& execution : { Execution(), OnThreads(3) })
  {
    const ClassCounts all = CountClasses(count, classes.data(), mask.data(), nullptr, execution);
    const ClassCounts own =
      CountClasses(count, classes.data(), mask.data(), skip.data(), execution);
    double stable = 0.0;
    for (std::size_t c = 0; c < all.Nodes.size(); ++c)
    {
      const auto value = static_cast<unsigned char>(c);
      EXPECT_EQ(
        all.Nodes[c], static_cast<double>(std::count(classes.begin(), classes.end(), value)));
    }
    for (std::size_t i = 0; i < classes.size(); ++i)
    {
      stable += mask[i] != 0 && skip[i] == 0 ? 1.0 : 0.0;
    }
    EXPECT_EQ(own.Stable, stable);
    EXPECT_EQ(std::accumulate(own.Nodes.begin(), own.Nodes.end(), 0.0),
      static_cast<double>(std::count(skip.begin(), skip.end(), 0)));
  }
}
}
