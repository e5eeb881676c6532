// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/Machine.h"

#include "Pipeline/Communicator.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <thread>

namespace vtkscorefields
{
// Oracle: definition. Ranks of other machines do not take this one's cores.
TEST(Machine, CountsTheRanksOnIt)
{
  EXPECT_EQ(RanksOn(7.0, { 7.0, 3.0, 7.0, 7.0, 5.0 }), 3);
  EXPECT_EQ(RanksOn(3.0, { 7.0, 3.0, 7.0, 7.0, 5.0 }), 1);
}

// Contract: one rank alone has all cores, and memory that is neither nothing nor endless.
TEST(Machine, IsThatOfOneRank)
{
  LearnNeighbours(Communicator(nullptr));
  EXPECT_EQ(RanksOnMachine(), 1);
  const char* limit = std::getenv("VTK_SMP_MAX_THREADS");
  EXPECT_EQ(ThreadsForRank(),
    limit ? std::atoi(limit) : static_cast<int>(std::thread::hardware_concurrency()));
  EXPECT_GT(MemoryForRank(), 1e8);
  EXPECT_LT(MemoryForRank(), 1e15);
}
}
