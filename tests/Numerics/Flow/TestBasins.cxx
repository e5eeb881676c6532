// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/Basins.h"

#include "Numerics/Flow/Ascent.h"
#include "Numerics/Flow/MixtureFamily.h"
#include "support/FlowCases.h"
#include "support/Reference.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace scorefields
{
namespace
{
/// Ends at x = 0, 0.01, 1, 5 and 7, of which the fourth has not settled and the last is in a gap.
FlowState Ends()
{
  FlowState ends;
  ends.Positions = Eigen::Matrix3Xd::Zero(3, 5);
  ends.Positions.row(0) << 0.0, 0.01, 1.0, 5.0, 7.0;
  ends.LogDensity.resize(5);
  ends.LogDensity << -2.0, -2.1, -1.0, -0.5, std::nan("");
  ends.Settled = { 1, 1, 1, 0, 1 };
  return ends;
}

StepMetric Unit(double length)
{
  return StepMetric(Axes::First(2), length * length * Eigen::Matrix3d::Identity());
}
}

// Oracle: definition, worked by hand. The unit is 1, so 0.05 merges: modes at 1 and at 0, the
// higher one first; ends that have not settled or where the density is not known are none.
TEST(Basins, MergeEndsWithinTheDistance)
{
  const std::vector<Mode> modes = DistinctModes(ModesAt(Ends()), Unit(1.0));
  ASSERT_EQ(modes.size(), 2u);
  EXPECT_EQ(modes[0].Position[0], 1.0);
  EXPECT_EQ(modes[0].LogDensity, -1.0);
  EXPECT_EQ(modes[1].Position[0], 0.0);
  EXPECT_EQ(BasinsOf(Ends(), modes, Unit(1.0)), (std::vector<int>{ 1, 1, 0, NoBasin, NoBasin }));
}

// Oracle: definition. The distance is in units of the metric: with a tenth of it the two ends 0.01
// apart are two modes, with 30 all are one.
TEST(Basins, MeasureInUnitsOfTheMetric)
{
  EXPECT_EQ(DistinctModes(ModesAt(Ends()), Unit(0.1)).size(), 3u);
  EXPECT_EQ(DistinctModes(ModesAt(Ends()), Unit(30.0)).size(), 1u);
}

// Oracle: worked by hand. On the circle [0, 10) ends at -0.01 and 10.02, which is 0.02, and at 9.99
// again are one mode, the highest of them; one at 9.9 is another. A wall at 0 folds -0.01 to 0.01.
TEST(Basins, MeetAcrossAPeriodicSeam)
{
  Domain circle;
  circle.Boundaries[0] = Boundary::Periodic;
  circle.Length[0] = 10.0;
  FlowState ends;
  ends.Positions = Eigen::Matrix3Xd::Zero(3, 4);
  ends.Positions.row(0) << -0.01, 10.02, 19.99, 9.9;
  ends.LogDensity.resize(4);
  ends.LogDensity << -1.0, -0.5, -2.0, -3.0;
  ends.Settled = { 1, 1, 1, 1 };
  const FlowBasins basins = FindBasins(
    ends, Unit(1.0), [](std::vector<double>&) {}, circle);
  ASSERT_EQ(basins.Modes.size(), 2u);
  EXPECT_NEAR(basins.Modes[0].Position[0], 0.02, 1e-14); // 10.02 has an eps of 2e-15
  EXPECT_EQ(basins.Modes[1].Position[0], 9.9);
  EXPECT_EQ(basins.OfParticle, (std::vector<int>{ 0, 0, 0, 1 }));
  EXPECT_EQ(FindBasins(ends, Unit(1.0), [](std::vector<double>&) {}).Modes.size(), 4u);
  circle.Boundaries[0] = Boundary::Reflecting;
  const std::vector<Mode> mirrored = ModesAt(ends, circle);
  EXPECT_NEAR(mirrored[0].Position[0], 0.01, 1e-14); // folding rounds by an eps of 20
}

// Oracle: invariant. Modes of two processes in any order are those of one.
TEST(Basins, OfSeveralProcessesComeTogether)
{
  std::vector<Mode> found(4);
  for (std::size_t k = 0; k < 4; ++k)
  {
    found[k].Position[0] = std::vector<double>{ 0.0, 1.0, 1.0, 0.001 }[k];
    found[k].LogDensity = std::vector<double>{ -2.0, -1.0, -1.0, -2.0 }[k];
  }
  const std::vector<Mode> merged = DistinctModes(found, Unit(1.0));
  ASSERT_EQ(merged.size(), 2u);
  std::reverse(found.begin(), found.end());
  const std::vector<Mode> other = DistinctModes(found, Unit(1.0));
  ASSERT_EQ(other.size(), 2u);
  EXPECT_EQ(other[0].Position, merged[0].Position);
  EXPECT_EQ(other[1].Position, merged[1].Position);
}

// Oracle: closed form. Half way between two equal Gaussians lies a saddle, where the score
// vanishes. It is no mode: the way goes on from it to one of the two.
TEST(Basins, ASaddleIsNone)
{
  std::vector<MixtureComponent> components(2);
  components[0].Mean[0] = -2.0;
  components[1].Mean[0] = 2.0;
  const Mixture mixture(Axes::First(2), components);
  const StepMetric unit(mixture.ActiveAxes(), Eigen::Matrix3d::Identity());
  Eigen::Matrix3Xd starts = Eigen::Matrix3Xd::Zero(3, 2);
  starts(0, 1) = 0.1;
  const FlowState ends =
    AscendFrom(MixtureDensity(mixture), unit, AscentOptions::ToModes(), 500, starts, Execution());
  EXPECT_GT(std::abs(ends.Positions(0, 0)), 1.9);
  EXPECT_GT(ends.Positions(0, 1), 1.9);
}

// Oracle: fixed points of the mean shift with 50 digits. Sums that leave out 1e-13 move the score
// by 2e-13 r / h^2, r < 3, and so the mode by 6e-13 over h^2 times the curvature, 0.1 and more; the
// search ends within 1e-10 h over h^2 times the curvature.
TEST(Basins, HaveTheModesOfSamples)
{
  const auto& kde = reference::All()["kde5"];
  const auto samples =
    std::make_shared<const Samples>(Samples::Unweighted(reference::Points(kde["points"])));
  for (const auto& item : kde["mean_shift_limits"].items())
  {
    const double h = std::stod(item.key());
    const auto density = flow::ExactScores(samples, h);
    const StepMetric unit(Axes::First(2), density->StepUnitAt(h));
    const FlowState ends = AscendFrom(*density->At(h, Execution()), unit, AscentOptions::ToModes(),
      500, samples->Points, Execution());
    const std::vector<Mode> found = DistinctModes(ModesAt(ends), unit);
    ASSERT_FALSE(found.empty());
    for (const auto& limit : item.value())
    {
      const Eigen::Vector3d expected = reference::Vector(limit["mode"]);
      const bool there = std::any_of(found.begin(), found.end(),
        [&](const Mode& mode) { return (mode.Position - expected).norm() < 6e-12 + 1e-9 * h; });
      EXPECT_TRUE(there) << item.key() << " " << expected.transpose();
    }
  }
}
}
