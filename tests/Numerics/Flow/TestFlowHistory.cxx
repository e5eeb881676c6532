// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/FlowHistory.h"

#include "support/FlowCases.h"

#include <gtest/gtest.h>

namespace scorefields
{
namespace
{
FlowHistory History(double budget, Index steps, std::vector<Index> tracked = {})
{
  const auto samples = flow::StudySamples(30);
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), 0.3);
  FlowRequest request;
  request.Mode = FlowMode::Langevin;
  request.Steps = steps;
  Flow motion(flow::ExactScores(samples, 0.3), FlowSchedule(request, kernel, MomentsOf(*samples)),
    flow::Numbers(30));
  return FlowHistory(std::move(motion), samples->Points, std::move(tracked), budget, Execution());
}
}

// Oracle: definition. A state of 30 particles takes 30 * 8 * (3 + 1 + 3 + 1) = 1920 bytes; a budget
// of seven of them keeps every third of 20 steps, and never more than that, the start and the last.
TEST(FlowHistory, KeepsWhatFitsIntoTheBudget)
{
  constexpr double state = 1920.0;
  FlowHistory all = History(1e6, 20);
  EXPECT_EQ(all.Interval(), 1);
  FlowHistory some = History(7.0 * state, 20);
  EXPECT_EQ(some.Interval(), 3);
  EXPECT_DOUBLE_EQ(some.Bytes(), state);
  for (const Index step : { 20, 5, 6, 7, 0, 19, 18 })
  {
    const Eigen::Matrix3Xd expected = all.At(step, Execution()).Positions;
    const FlowState& actual = some.At(step, Execution());
    EXPECT_EQ(actual.Step, step);
    EXPECT_TRUE((actual.Positions.array() == expected.array()).all());
    EXPECT_LE(some.Bytes(), (7.0 + 2.0) * state);
  }
  EXPECT_EQ(History(0.0, 20).Interval(), 20);
}

// Oracle: definition. Trails are complete although states in between are not kept.
TEST(FlowHistory, TrailsAreComplete)
{
  FlowHistory history = History(0.0, 10, { 3, 17 });
  FlowHistory all = History(1e6, 10);
  history.At(4, Execution());
  EXPECT_EQ(history.Trail().Steps(), 4);
  history.At(9, Execution());
  history.At(2, Execution());
  ASSERT_EQ(history.Trail().Steps(), 9);
  for (Index step = 0; step <= 9; ++step)
  {
    const FlowState& state = all.At(step, Execution());
    const Eigen::Matrix3Xd& trail = history.Trail().Positions[static_cast<std::size_t>(step)];
    EXPECT_TRUE((trail.col(1).array() == state.Positions.col(17).array()).all());
    EXPECT_EQ(history.Trail().Speed[static_cast<std::size_t>(step)][0], state.Speed[3]);
  }
}

// Oracle: progress goes from 0 to 1 over all steps asked for; an abort loses nothing.
TEST(FlowHistory, TellsProgressAndCanBeAborted)
{
  FlowHistory history = History(1e6, 10);
  Execution execution;
  double before = 0.0;
  execution.Continue = [&before](double share)
  {
    EXPECT_GE(share, before - 1e-12);
    EXPECT_LE(share, 1.0 + 1e-12);
    before = share;
    return true;
  };
  history.At(6, execution);
  EXPECT_NEAR(before, 1.0, 1e-12);
  execution.Continue = [](double share) { return share < 0.5; };
  EXPECT_THROW(history.At(10, execution), Aborted);
  FlowHistory other = History(1e6, 10);
  EXPECT_TRUE(
    (history.At(10, Execution()).Positions.array() == other.At(10, Execution()).Positions.array())
      .all());
}
}
