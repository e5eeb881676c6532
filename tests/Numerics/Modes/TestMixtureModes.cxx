// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Mixture/MixturePresets.h"
#include "Numerics/Modes/MixtureModes.h"
#include "support/Numbers.h"
#include "support/Reference.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <optional>
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

// Oracle: critical points with 50 digits, at 12 bandwidths. Newton's last step is below 1e-10 of
// the shortest length, the root of the least variance 0.2 + h^2, and its error below that; the log
// density there is off by its own rounding, 4 eps (|log p| + 1), and by as much for means moved to
// the centre.
TEST(MixtureModes, OfTheStudyEqualTheReference)
{
  const Mixture study = MakeMixture(MixturePreset::Study);
  const auto& cases = Study()["critical_points_of_smoothed_density"]["by_h"];
  ASSERT_GE(cases.size(), 10u);
  for (const auto& item : cases.items())
  {
    const std::vector<Mode> expected = ExpectedModes(item.value());
    const double h = std::stod(item.key());
    const std::vector<Mode> found = ModesOf(study.Smoothed(h));
    ASSERT_EQ(found.size(), expected.size()) << item.key();
    for (const Mode& mode : expected)
    {
      const bool there = std::any_of(found.begin(), found.end(),
        [&](const Mode& other)
        {
          return (other.Position - mode.Position).norm() < 1e-10 * std::sqrt(0.2 + h * h) &&
            std::abs(other.LogDensity - mode.LogDensity) <
            8.0 * Eps * (std::abs(mode.LogDensity) + 1.0);
        });
      EXPECT_TRUE(there) << item.key() << " at " << mode.Position.transpose();
    }
  }
}

// Oracle: the fold with 50 digits. Where the two modes vanish, the count falls from 3 to 1. At a
// relative distance of 1e-8 the gradient left between is of that order, far above the rounding of
// the score, 1e-15; the bisection ends at 1e-9.
TEST(MixtureModes, CriticalBandwidthOfTheStudy)
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
// while a^2 > 1 + h^2, in one, two and three dimensions and whatever the unit. On the line between
// them the curvature at the modes is 2 e at a bandwidth e below. Newton's steps there are right to
// the score's rounding over it, 1e-16 / 2 e, and must be below 1e-10 to settle: e is above 5e-7.
TEST(MixtureModes, CriticalBandwidthOfTwoGaussians)
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

// Oracle: invariant. Far from the origin there are as many modes.
TEST(MixtureModes, AreTheSameFarAway)
{
  const Mixture study = MakeMixture(MixturePreset::Study).Smoothed(0.1);
  for (const double offset : { 1e6, 1e8 })
  {
    const Eigen::Vector3d away(offset, -offset, 0.0);
    std::vector<MixtureComponent> components;
    for (Index k = 0; k < study.Count(); ++k)
    {
      components.push_back(study.Component(k));
      components.back().Mean += away;
    }
    EXPECT_EQ(ModesOf(Mixture(study.ActiveAxes(), components)).size(), ModesOf(study).size());
  }
}
}
