// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/Communicator.h"

#include "support/RandomPoints.h"

#include <vtkDummyController.h>
#include <vtkNew.h>

#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

// One rank; Plugin.Parallel has two.
namespace vtkscorefields
{
// Contract: with one rank, or without a controller, collectives return their argument.
TEST(Communicator, OneRankIsTheWhole)
{
  vtkNew<vtkDummyController> dummy;
  for (vtkMultiProcessController* controller : { static_cast<vtkMultiProcessController*>(nullptr),
         static_cast<vtkMultiProcessController*>(dummy) })
  {
    const Communicator ranks(controller);
    EXPECT_EQ(ranks.Rank(), 0);
    EXPECT_EQ(ranks.Size(), 1);
    EXPECT_EQ(ranks.Sum(3.0), 3.0);
    double value = -2.0;
    ranks.Maximum(&value, 1);
    EXPECT_EQ(value, -2.0);
    EXPECT_TRUE(ranks.Any(true));
    EXPECT_FALSE(ranks.Any(false));
    const auto samples = scorefields::Samples::Unweighted(RandomPoints(5, 3));
    EXPECT_EQ(ranks.Gather(samples).Points, samples.Points);
    EXPECT_EQ(ranks.GatherOwnFirst(samples).Points, samples.Points);
    EXPECT_EQ(ranks.Merge(scorefields::MomentsOf(samples)).Count, 5.0);
    std::vector<double> values{ 1.0, 2.0 };
    ranks.Gather(values);
    EXPECT_EQ(values, (std::vector<double>{ 1.0, 2.0 }));
    EXPECT_FALSE(ranks.MakeExchange().Distributed);
  }
}

// Contract: ranks agree on a problem with its text, or on none.
TEST(Communicator, AgreesOnProblems)
{
  const Communicator ranks(nullptr);
  EXPECT_NO_THROW(ranks.Agree(""));
  try
  {
    ranks.Agree("Bandwidth is 0");
    FAIL() << "a problem was passed over";
  }
  catch (const std::invalid_argument& error)
  {
    EXPECT_STREQ(error.what(), "Bandwidth is 0");
  }
}
}
