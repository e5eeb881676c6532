// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Modes/ModePairs.h"

#include "Numerics/Flow/KernelFamily.h"
#include "Numerics/Flow/MixtureFamily.h"
#include "Numerics/Mixture/MixturePresets.h"
#include "support/CriticalCases.h"
#include "support/FlowCases.h"
#include "support/RandomPoints.h"
#include "support/Reference.h"

#include <gtest/gtest.h>

namespace scorefields
{
namespace
{
/// The density of some random points with a kernel, on a box seven bandwidths beyond them.
std::unique_ptr<support::CriticalCase> RandomCase(int dimension, Index count, unsigned seed)
{
  constexpr double bandwidth = 0.12;
  const auto samples =
    std::make_shared<const Samples>(Samples::Unweighted(RandomPoints(count, seed, dimension)));
  const auto family = flow::ExactScores(samples, bandwidth, dimension);
  Eigen::Vector3d upper = Eigen::Vector3d::Zero();
  upper.head(dimension).setConstant(0.5 + 3.0 * bandwidth);
  return std::make_unique<support::CriticalCase>(family->At(bandwidth, Execution()),
    support::GridBetween(-upper, upper, dimension == 3 ? 35 : 70),
    StepMetric(Axes::First(dimension), family->StepUnitAt(bandwidth)));
}

/// Beyond the lowest level at which two modes are joined they are in one island: that level is the
/// best of the worst nodes on any way between them, here by relaxation until nothing changes.
std::vector<double> WidestWays(const NodeField& field, Index from)
{
  std::vector<double> best(static_cast<std::size_t>(field.Nodes.Size()), -1e300);
  best[static_cast<std::size_t>(from)] = field.Values[from];
  for (bool changed = true; changed;)
  {
    changed = false;
    for (Index node = 0; node < field.Nodes.Size(); ++node)
    {
      for (int code = 0; code < 27; ++code)
      {
        const Index beside = field.Beside(node, { code % 3 - 1, code / 3 % 3 - 1, code / 9 - 1 });
        const bool exists = beside >= 0;
        const double way =
          exists ? std::min(best[static_cast<std::size_t>(beside)], field.Values[node]) : -1e300;
        changed = changed || way > best[static_cast<std::size_t>(node)];
        best[static_cast<std::size_t>(node)] = std::max(best[static_cast<std::size_t>(node)], way);
      }
    }
  }
  return best;
}
}

// Oracle: Morse theory. Around all samples the density falls to all sides, so that the counts of
// modes, less saddles, plus the next type and so on have the sum 1, for every cloud whose grid
// resolves the kernel: ten clouds in each dimension, of five nodes to a bandwidth in the plane.
TEST(ModePairs, CountsAgreeWithMorseTheory)
{
  for (unsigned seed = 1; seed <= 10; ++seed)
  {
    for (int d = 1; d <= 3; ++d)
    {
      const auto given = RandomCase(d, d == 1 ? 20 : 40, seed);
      const CriticalSet set = given->Find();
      const auto count = [&](CriticalType type) { return set.Count(type); };
      const Index lower = d == 1 ? count(CriticalType::Minimum) : count(CriticalType::Saddle);
      const Index next = d == 2 ? count(CriticalType::Minimum) : count(CriticalType::SecondSaddle);
      const Index rest = d == 3 ? count(CriticalType::Minimum) : 0;
      EXPECT_EQ(count(CriticalType::Mode) - lower + next - rest, 1) << d << " " << seed;
    }
  }
}

// Oracle: critical points with 50 digits. Of the three modes of the study two are equal; each is
// joined to the third at a saddle of its own.
TEST(ModePairs, PersistenceOfTheStudy)
{
  const support::CriticalCase given(
    std::make_shared<MixtureDensity>(MakeMixture(MixturePreset::Study)),
    support::GridBetween({ -4.0, -4.0, 0.0 }, { 4.0, 4.0, 0.0 }, 65),
    StepMetric(Axes::First(2), 0.2 * Eigen::Matrix3d::Identity()));
  const CriticalSet set = given.Find();
  const auto& points =
    reference::All()["seed_mixture"]["critical_points_of_smoothed_density"]["by_h"]["0"];
  const double expected =
    reference::Number(points[0]["log_p"]) - reference::Number(points[3]["log_p"]);
  ASSERT_EQ(set.Modes(), 3);
  EXPECT_TRUE(set.Pairs[0].IsLast);
  for (Index mode = 1; mode < 3; ++mode)
  {
    const ModePair& pair = set.Pairs[static_cast<std::size_t>(mode)];
    EXPECT_NEAR(set.Persistence(mode), expected, 1e-13);
    EXPECT_EQ(pair.Parent, 0);
    EXPECT_EQ(set.Points[static_cast<std::size_t>(pair.Saddle)].Type, CriticalType::Saddle);
    EXPECT_LT((pair.Place - set.Points[static_cast<std::size_t>(mode)].Position).norm(), 0.5);
  }
}

// Oracle: the definition, on ways from node to node. The level at which a mode ends is the highest
// level on which a way leads to a higher mode; nodes know it to half a step, that is to an eighth
// of h^2 times the largest curvature 1 / H, or 0.05 for five nodes to a bandwidth and steps along
// three axes.
TEST(ModePairs, LevelsAreThoseOfTheBestWays)
{
  for (const int d : { 2, 3 })
  {
    const auto given = RandomCase(d, 30, 7);
    const NodeField& field = given->Problem.LogDensity;
    const CriticalSet set = given->Find();
    for (Index mode = 1; mode < set.Modes(); ++mode)
    {
      const auto nodeOf = [&](Index number)
      {
        const Eigen::Vector3d place = set.Points[static_cast<std::size_t>(number)].Position;
        Index best = 0;
        for (Index node = 0; node < field.Nodes.Size(); ++node)
        {
          best = (field.Nodes.Node(node) - place).norm() < (field.Nodes.Node(best) - place).norm()
            ? node
            : best;
        }
        return best;
      };
      const std::vector<double> ways = WidestWays(field, nodeOf(mode));
      double level = -1e300;
      for (Index higher = 0; higher < mode; ++higher)
      {
        level = std::max(level, ways[static_cast<std::size_t>(nodeOf(higher))]);
      }
      EXPECT_NEAR(set.Pairs[static_cast<std::size_t>(mode)].Level, level, d == 2 ? 0.02 : 0.1)
        << d << " " << mode;
    }
  }
}

// Oracle: the definition. Without the modes of least persistence each of them is that of its
// parent.
TEST(ModePairs, RepresentativesAreParents)
{
  CriticalSet set;
  set.Pairs.resize(4);
  set.Pairs[1].Parent = 0;
  set.Pairs[2].Parent = 1;
  set.Pairs[3].Parent = NoPoint;
  EXPECT_EQ(Representatives(set, { true, true, true, true }), (std::vector<Index>{ 0, 1, 2, 3 }));
  EXPECT_EQ(Representatives(set, { true, false, false, true }), (std::vector<Index>{ 0, 0, 0, 3 }));
  EXPECT_EQ(
    Representatives(set, { true, true, false, false }), (std::vector<Index>{ 0, 1, 1, NoPoint }));
}
}
