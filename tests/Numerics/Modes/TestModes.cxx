// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/Ascent.h"
#include "Numerics/Flow/MixtureFamily.h"
#include "Numerics/Mixture/MixturePresets.h"
#include "Numerics/Modes/LocalMaxima.h"
#include "Numerics/Modes/MixtureModes.h"
#include "Numerics/Modes/ModeTree.h"
#include "support/FlowCases.h"
#include "support/RandomPoints.h"
#include "support/Reference.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace scorefields
{
namespace
{
const nlohmann::json& Study()
{
  return reference::All()["seed_mixture"];
}

/// The modes of the study's mixture smoothed by a bandwidth, from the reference.
std::vector<Mode> ExpectedModes(const nlohmann::json& points)
{
  std::vector<Mode> modes;
  for (const auto& point : points)
  {
    if (point["kind"] == "mode")
    {
      modes.push_back({ reference::Vector(point["x"]), reference::Number(point["log_p"]) });
    }
  }
  return modes;
}
}

// Oracle: critical points with 50 digits, at 12 bandwidths. Newton's last step leaves rounding of
// the score over the curvature; 1e-9 is allowed.
TEST(Modes, OfTheStudyEqualTheReference)
{
  const Mixture study = MakeMixture(MixturePreset::Study);
  const auto& cases = Study()["critical_points_of_smoothed_density"]["by_h"];
  ASSERT_GE(cases.size(), 10u);
  for (const auto& item : cases.items())
  {
    const std::vector<Mode> expected = ExpectedModes(item.value());
    const std::vector<Mode> found = ModesOf(study.Smoothed(std::stod(item.key())));
    ASSERT_EQ(found.size(), expected.size()) << item.key();
    for (const Mode& mode : expected)
    {
      const bool there = std::any_of(found.begin(), found.end(),
        [&mode](const Mode& other)
        {
          return (other.Position - mode.Position).norm() < 1e-9 &&
            std::abs(other.LogDensity - mode.LogDensity) < 1e-12;
        });
      EXPECT_TRUE(there) << item.key() << " at " << mode.Position.transpose();
    }
  }
}

// Oracle: the fold point with 25 digits. Where the two modes vanish, the count falls from 3 to 1.
// At a distance e from it the gradient left is of the order of e, the rounding of the score 1e-15.
TEST(Modes, CriticalBandwidthOfTheStudy)
{
  const double expected = reference::Number(Study()["critical_bandwidth"]["h"]);
  const Mixture study = MakeMixture(MixturePreset::Study);
  const auto shape = GaussianKernel::Isotropic(Axes::First(2), 1.0);
  EXPECT_NEAR(*CriticalBandwidth(study, shape, 1, { 0.05, 1.0 }), expected, 1e-9);
  EXPECT_EQ(ModesOf(study.Smoothed(expected * (1.0 - 1e-8))).size(), 3u);
  EXPECT_EQ(ModesOf(study.Smoothed(expected * (1.0 + 1e-8))).size(), 1u);
  EXPECT_EQ(CriticalBandwidth(study, shape, 1, { 0.3, 1.0 }), std::nullopt) << "above it";
  EXPECT_EQ(CriticalBandwidth(study, shape, 1, { 0.01, 0.1 }), std::nullopt) << "below it";
}

// Oracle: closed form. Two equal Gaussians of variance 1 at a distance 2 a have two modes exactly
// while a^2 > 1 + h^2, in one, two and three dimensions and whatever the unit.
TEST(Modes, CriticalBandwidthOfTwoGaussians)
{
  for (int dimension = 1; dimension <= 3; ++dimension)
  {
    for (const double unit : { 1e-9, 1.0, 1e9 })
    {
      std::vector<MixtureComponent> components(2);
      for (int k = 0; k < 2; ++k)
      {
        components[static_cast<std::size_t>(k)].Mean[0] = (k == 0 ? -1.25 : 1.25) * unit;
        components[static_cast<std::size_t>(k)].Covariance *= unit * unit;
      }
      const Mixture mixture(Axes::First(dimension), components);
      const auto round = GaussianKernel::Isotropic(Axes::First(dimension), unit);
      const BandwidthBracket bracket{ 0.1 * unit, 2.0 * unit };
      EXPECT_NEAR(*CriticalBandwidth(mixture, round, 1, bracket) / unit, 0.75, 1e-6);
      // A kernel with the deviations (q, 1, 1) times a length has q h along the line of the means.
      if (dimension == 2)
      {
        const auto wide = GaussianKernel::PerAxis(round.ActiveAxes(), { 2.0 * unit, unit, unit });
        EXPECT_NEAR(
          *CriticalBandwidth(mixture, wide, 1, bracket) / unit, 0.75 / std::sqrt(2.0), 1e-6);
      }
    }
  }
}

// Oracle: invariant. Far from the origin there are the same modes, to rounding of the coordinates.
TEST(Modes, AreTheSameFarAway)
{
  const Samples samples = Samples::Unweighted(RandomPoints(60, 3, 2));
  const GaussianKernel shape = GaussianKernel::Isotropic(Axes::First(2), 1.0);
  const std::vector<double> bandwidths{ 0.05, 0.08, 0.2 };
  const ModeTree tree = FollowModes(samples, MomentsOf(samples), shape, bandwidths, {});
  EXPECT_GT(tree.Counts[0], 5.0);
  const Mixture study = MakeMixture(MixturePreset::Study).Smoothed(0.1);
  for (const double offset : { 1e6, 1e8 })
  {
    const Eigen::Vector3d away(offset, -offset, 0.0);
    const Samples far = Samples::Unweighted(samples.Points.colwise() + away);
    const ModeTree other = FollowModes(far, MomentsOf(far), shape, bandwidths, {});
    EXPECT_EQ(other.Counts, tree.Counts) << offset;
    ASSERT_EQ(other.Tracks.size(), tree.Tracks.size());
    for (std::size_t i = 0; i < tree.Tracks.size(); ++i)
    {
      const Eigen::Vector3d moved = other.Tracks[i].Modes[0].Position - away;
      EXPECT_LT((moved - tree.Tracks[i].Modes[0].Position).norm(), 1e-14 * offset);
    }
    std::vector<MixtureComponent> components;
    for (Index k = 0; k < study.Count(); ++k)
    {
      components.push_back(study.Component(k));
      components.back().Mean += away;
    }
    EXPECT_EQ(ModesOf(Mixture(study.ActiveAxes(), components)).size(), ModesOf(study).size());
  }
}

// Half way between two equal Gaussians lies a saddle. It is no mode, though the score vanishes
// there: the way goes on from it to one of the two.
TEST(Modes, ASaddleIsNone)
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
  EXPECT_EQ(ModesOf(mixture).size(), 2u);
}

// Oracle: fixed points of the mean shift with 50 digits, for samples in place of a mixture.
TEST(Modes, OfSamplesEqualTheReference)
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
    const std::vector<Mode> found = DistinctModes(ModesAt(ends), unit, 1e-6);
    ASSERT_FALSE(found.empty());
    for (const auto& limit : item.value())
    {
      const Eigen::Vector3d expected = reference::Vector(limit["mode"]);
      const bool there = std::any_of(found.begin(), found.end(),
        [&expected](const Mode& mode) { return (mode.Position - expected).norm() < 1e-8; });
      EXPECT_TRUE(there) << item.key() << " " << expected.transpose();
    }
  }
}

// Oracle: closed form. A parabola in the logarithm has its peak where it has it; plateaus count
// once.
TEST(Modes, MaximaOnAGrid)
{
  Grid grid;
  grid.Dimensions = Index3(9, 7, 1);
  grid.Spacing = Eigen::Vector3d(0.5, 0.25, 1.0);
  const Eigen::Vector3d centre(1.6, 0.8, 0.0);
  Eigen::VectorXd values(grid.Size());
  for (Index node = 0; node < grid.Size(); ++node)
  {
    values[node] = std::exp(-(grid.Node(node) - centre).squaredNorm());
  }
  const std::vector<Index> maxima = LocalMaxima(grid, values.data(), 0.0);
  ASSERT_EQ(maxima.size(), 1u);
  EXPECT_EQ(maxima[0], NearestNode(grid, centre));
  EXPECT_LT((ParabolicPeak(grid, values.data(), maxima[0]) - centre).norm(), 1e-13);
  for (Index node = 0; node < grid.Size(); ++node)
  {
    EXPECT_EQ(ClimbOnGrid(grid, values.data(), node), maxima[0]);
  }
  EXPECT_TRUE(LocalMaxima(grid, values.data(), 1.0).empty());
  values.setOnes();
  EXPECT_EQ(LocalMaxima(grid, values.data(), 0.0), std::vector<Index>{ grid.Size() - 1 });
}
}
