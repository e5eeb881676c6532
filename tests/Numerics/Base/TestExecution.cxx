// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Base/Execution.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace scorefields
{
// Contract: by default all work is one range, on the calling thread, and goes on.
TEST(Execution, RunsOnTheCallingThreadByDefault)
{
  const Execution execution;
  std::vector<std::pair<Index, Index>> ranges;
  execution.For(7, [&ranges](Index begin, Index end) { ranges.emplace_back(begin, end); });
  EXPECT_EQ(ranges, (std::vector<std::pair<Index, Index>>{ { 0, 7 } }));
  EXPECT_NO_THROW(execution.Checkpoint(0.5));
}

// Contract: a checkpoint tells the share, and throws if the work should stop.
TEST(Execution, StopsWhenToldTo)
{
  Execution execution;
  double told = -1.0;
  execution.Continue = [&told](double share)
  {
    told = share;
    return share < 0.5;
  };
  EXPECT_NO_THROW(execution.Checkpoint(0.25));
  EXPECT_EQ(told, 0.25);
  EXPECT_THROW(execution.Checkpoint(0.75), Aborted);
}

// Contract: by default there is one part of a cloud, which is the whole.
TEST(Execution, ExchangeHasOnePartByDefault)
{
  const Exchange exchange;
  EXPECT_FALSE(exchange.Distributed);
  double value = 3.0;
  exchange.Sum(&value, 1);
  EXPECT_EQ(value, 3.0);
  const Samples local = Samples::Unweighted(Eigen::Matrix3Xd::Ones(3, 4));
  EXPECT_EQ(exchange.Gather(local).Points, local.Points);
}
}
