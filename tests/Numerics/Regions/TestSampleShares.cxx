// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Regions/SampleShares.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace scorefields
{
// Oracle: closed form. R's quantile(c(1, 2, 4, 8, 16), 1 - p) of type 7 lies (n - 1) (1 - p)
// samples from the first.
TEST(SampleShares, AreQuantilesOfTypeSeven)
{
  const SampleShares shares(
    { { 4.0, 1.0 }, { 1.0, 1.0 }, { 16.0, 1.0 }, { 8.0, 1.0 }, { 2.0, 1.0 } });
  EXPECT_DOUBLE_EQ(shares.LevelOf(0.0), 16.0);
  EXPECT_DOUBLE_EQ(shares.LevelOf(0.25), 8.0);
  EXPECT_DOUBLE_EQ(shares.LevelOf(0.5), 4.0);
  EXPECT_DOUBLE_EQ(shares.LevelOf(0.9), 1.4);
  EXPECT_DOUBLE_EQ(shares.LevelOf(1.0), 1.0);
  for (const double share : { 0.0, 0.1, 0.33, 0.5, 0.77, 1.0 })
  {
    EXPECT_NEAR(shares.ShareAbove(shares.LevelOf(share)), share, 1e-15);
  }
  EXPECT_EQ(shares.ShareAbove(17.0), 0.0);
  EXPECT_EQ(shares.ShareAbove(0.5), 1.0);
}

// Oracle: definition of the weighted quantile; weights of 0 do not count, and a common factor of
// the weights does not either.
TEST(SampleShares, CountWeights)
{
  const SampleShares shares({ { 3.0, 2.0 }, { 1.0, 6.0 }, { 5.0, 9.0 }, { 9.0, 0.0 } });
  EXPECT_DOUBLE_EQ(shares.LevelOf(0.25), 3.0) << "6 of 8 lie below";
  EXPECT_DOUBLE_EQ(shares.LevelOf(0.0), 5.0);
  EXPECT_DOUBLE_EQ(shares.LevelOf(0.625), 2.0);
  const SampleShares scaled({ { 3.0, 0.2 }, { 1.0, 0.6 }, { 5.0, 0.9 } });
  EXPECT_NEAR(scaled.LevelOf(0.4), shares.LevelOf(0.4), 1e-14);
}

// Contract: no sample is refused; one sample has all shares; equal densities are one level.
TEST(SampleShares, TakeFewSamples)
{
  EXPECT_THROW(SampleShares({ { 1.0, 0.0 } }), std::invalid_argument);
  const SampleShares one({ { 2.0, 1.0 } });
  EXPECT_EQ(one.LevelOf(0.3), 2.0);
  const SampleShares same({ { 2.0, 1.0 }, { 2.0, 1.0 }, { 2.0, 1.0 } });
  EXPECT_EQ(same.LevelOf(0.5), 2.0);
  EXPECT_EQ(same.ShareAbove(2.0), 1.0);
}
}
