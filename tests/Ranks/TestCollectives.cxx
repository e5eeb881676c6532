// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/Communicator.h"

#include "support/RandomPoints.h"

#include <vtkMultiProcessController.h>

#include <gtest/gtest.h>

#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

namespace vtkscorefields
{
namespace
{
vtkMultiProcessController* World()
{
  return vtkMultiProcessController::GetGlobalController();
}

/// Rank r has 7 r values that tell rank and place; rank 0 has none.
std::vector<double> ValuesOfRank(int rank)
{
  std::vector<double> values(static_cast<std::size_t>(7 * rank));
  std::iota(values.begin(), values.end(), 1000.0 * rank);
  return values;
}

scorefields::Samples SamplesOfRank(int rank)
{
  scorefields::Samples samples;
  samples.Points = RandomPoints(3 + 5 * rank, rank + 1);
  samples.Weights = Eigen::VectorXd::LinSpaced(3 + 5 * rank, 1.0 + rank, 2.0 + rank);
  samples.TotalWeight = samples.Weights.sum();
  return samples;
}
}

// Oracle: definition. Messages hold fewer values than there are, and all in one.
TEST(Collectives, AreTheSameInManyMessages)
{
  for (const vtkIdType length : { 1, 2, 5, 1000 })
  {
    const Communicator ranks(World(), length);
    std::vector<double> values = ValuesOfRank(ranks.Rank());
    ranks.Gather(values);
    std::vector<double> expected;
    for (int rank = 0; rank < ranks.Size(); ++rank)
    {
      const std::vector<double> some = ValuesOfRank(rank);
      expected.insert(expected.end(), some.begin(), some.end());
    }
    EXPECT_EQ(values, expected);
    std::vector<double> sums(11, ranks.Rank() + 1.0);
    ranks.Sum(sums.data(), 11);
    const double sum = 0.5 * ranks.Size() * (ranks.Size() + 1.0);
    EXPECT_EQ(sums, std::vector<double>(11, sum));
    std::vector<double> maxima(11, ranks.Rank());
    ranks.Maximum(maxima.data(), 11);
    EXPECT_EQ(maxima, std::vector<double>(11, ranks.Size() - 1.0));
  }
}

// Oracle: definition. Samples with their weights in the order of the ranks, and own ones first.
TEST(Collectives, GatherSamples)
{
  for (const vtkIdType length : { 4, 1000 })
  {
    const Communicator ranks(World(), length);
    const scorefields::Samples own = SamplesOfRank(ranks.Rank());
    const scorefields::Samples all = ranks.Gather(own);
    const scorefields::Samples ownFirst = ranks.GatherOwnFirst(own);
    EXPECT_EQ(ownFirst.Points.leftCols(own.Count()), own.Points);
    EXPECT_EQ(ownFirst.Weights.head(own.Count()), own.Weights);
    scorefields::Index first = 0;
    for (int rank = 0; rank < ranks.Size(); ++rank)
    {
      const scorefields::Samples some = SamplesOfRank(rank);
      EXPECT_EQ(all.Points.middleCols(first, some.Count()), some.Points);
      EXPECT_EQ(all.Weights.segment(first, some.Count()), some.Weights);
      first += some.Count();
    }
    EXPECT_EQ(all.Count(), first);
    EXPECT_EQ(ownFirst.Count(), first);
    // Sums of the same numbers in another order.
    EXPECT_NEAR(ownFirst.Weights.sum(), all.Weights.sum(), 1e-13 * all.Weights.sum());
  }
}

// Contract: a rank that fails between two collectives ends them on all ranks with its text, and
// what comes after works.
TEST(Collectives, EndWithTheTextOfTheRankThatFails)
{
  const Communicator ranks(World());
  const int last = ranks.Size() - 1;
  std::optional<Failure> failure;
  try
  {
    EXPECT_EQ(ranks.Sum(1.0), ranks.Size());
    if (ranks.Rank() == last)
    {
      throw std::runtime_error("the disk is full");
    }
    std::vector<double> values{ 1.0 };
    ranks.Gather(values);
    ADD_FAILURE() << "went on without a rank";
  }
  catch (const RankFailed& error)
  {
    failure = Failure{ error.what(), error.Silent };
  }
  catch (const std::exception& error)
  {
    failure = ranks.Settle(Failure{ error.what() });
  }
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->Text,
    "the disk is full (on rank " + std::to_string(last) + " of " + std::to_string(ranks.Size()) +
      ", counted from 0)");
  EXPECT_FALSE(failure->Silent);
  EXPECT_EQ(ranks.Sum(1.0), ranks.Size());
}

// Contract: of several failures the first that is no silent one is told; the same on all ranks has
// no rank.
TEST(Collectives, SettleOnOneFailure)
{
  const Communicator ranks(World());
  EXPECT_FALSE(ranks.Settle(std::nullopt));
  const auto same = ranks.Settle(Failure{ "Bandwidth is -1" });
  ASSERT_TRUE(same);
  EXPECT_EQ(same->Text, "Bandwidth is -1");
  const auto stopped = ranks.Settle(Failure{ "stopped " + std::to_string(ranks.Rank()), true });
  ASSERT_TRUE(stopped);
  EXPECT_TRUE(stopped->Silent);
  EXPECT_EQ(stopped->Text, "stopped 0");
  const auto mixed =
    ranks.Settle(Failure{ "rank " + std::to_string(ranks.Rank()), ranks.Rank() == 0 });
  ASSERT_TRUE(mixed);
  EXPECT_FALSE(mixed->Silent);
  EXPECT_EQ(mixed->Text.substr(0, 6), "rank 1");
  try
  {
    ranks.Agree(ranks.Rank() == 1 ? "no such array" : "");
    ADD_FAILURE() << "a problem was passed over";
  }
  catch (const RankFailed& error)
  {
    EXPECT_EQ(std::string(error.what()).substr(0, 13), "no such array");
  }
}
}
