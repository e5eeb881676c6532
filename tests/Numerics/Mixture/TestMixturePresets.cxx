// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Mixture/MixturePresets.h"

#include "Numerics/Mixture/MixtureSampling.h"
#include "Numerics/Mixture/MixtureTable.h"
#include "support/Reference.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <string>

namespace scorefields
{
// Oracle: the study's parameters as published; its weights are sums to 1, rounded once.
TEST(MixturePresets, StudyHasThePublishedParameters)
{
  const Mixture mixture = MakeMixture(MixturePreset::Study);
  const auto& seed = reference::All()["seed_mixture"];
  ASSERT_EQ(mixture.Count(), 3);
  for (Index k = 0; k < 3; ++k)
  {
    const auto row = static_cast<std::size_t>(k);
    EXPECT_NEAR(mixture.Component(k).Weight, reference::Number(seed["weights"][row]), 1e-16);
    EXPECT_EQ(mixture.Component(k).Mean, reference::Vector(seed["means"][row]));
    for (int a = 0; a < 2; ++a)
    {
      EXPECT_EQ(Eigen::Vector3d(mixture.Component(k).Covariance.row(a)),
        reference::Vector(seed["covariances"][row][static_cast<std::size_t>(a)]));
    }
  }
}

// Contract: presets have their dimension and fit the default box: of 20000 points at most 1.5 % lie
// outside, and their extremes lie beyond half of it.
TEST(MixturePresets, LieInTheDefaultBox)
{
  for (const MixturePreset preset : ValuesOf<MixturePreset>())
  {
    if (preset == MixturePreset::Custom)
    {
      continue;
    }
    const Mixture mixture = MakeMixture(preset);
    const bool solid = preset == MixturePreset::Clusters3D || preset == MixturePreset::SwissRoll;
    EXPECT_EQ(mixture.Dimension(), solid ? 3 : 2);
    constexpr Index Count = 20000;
    const MixtureCloud cloud = SampleMixture(mixture, 0, 0, Count);
    const auto inside = (cloud.Points.cwiseAbs().colwise().maxCoeff().array() <= 3.0).count();
    EXPECT_GT(static_cast<double>(inside), 0.985 * Count) << NameOf(preset);
    // They fill the box, too: each axis is used from end to end.
    for (int a = 0; a < mixture.Dimension(); ++a)
    {
      EXPECT_GT(cloud.Points.row(a).maxCoeff(), 1.5) << NameOf(preset);
      EXPECT_LT(cloud.Points.row(a).minCoeff(), -1.5) << NameOf(preset);
    }
  }
}

// Oracle: symmetry of the shapes; rounding of means of up to 64 components below 3.
TEST(MixturePresets, SymmetricPresetsAreCentred)
{
  for (const MixturePreset preset : { MixturePreset::RingOfEight, MixturePreset::TwoMoons,
         MixturePreset::Pinwheel, MixturePreset::Checkerboard })
  {
    EXPECT_LE(MakeMixture(preset).Mean().norm(), 1e-14);
  }
}

// Contract: the message names it.
TEST(MixturePresets, RefusesTheCustomMixture)
{
  try
  {
    MakeMixture(MixturePreset::Custom);
    FAIL() << "accepted";
  }
  catch (const std::invalid_argument& error)
  {
    EXPECT_NE(std::string(error.what()).find("Mixture is Custom"), std::string::npos);
  }
}
}
