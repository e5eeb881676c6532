// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Modes/Separatrices.h"

#include "Numerics/Flow/MixtureFamily.h"
#include "Numerics/Mixture/MixturePresets.h"
#include "support/CriticalCases.h"

#include <gtest/gtest.h>

namespace scorefields
{
// Oracle: closed form. On a torus with log density cos x + cos y / 2 the ways from a saddle are
// straight: with y = 0 or pi, or x = 0 or pi. Downhill they end at the minimum, uphill at the mode,
// half a period off, also across the seam.
TEST(Separatrices, OfWavesAreStraight)
{
  const Grid grid = support::GridBetween(Eigen::Vector3d::Zero(), { 2.0 * Pi, 2.0 * Pi, 0.0 }, 24);
  const Domain torus = Domain::Of(grid, { Boundary::Periodic, Boundary::Periodic, Boundary::Open });
  const support::CriticalCase given(
    std::make_shared<support::WaveDensity>(Eigen::Vector3d(1.0, 0.5, 0.0)), grid,
    StepMetric(Axes::First(2), Eigen::Matrix3d::Identity()), torus);
  const CriticalSet set = given.Find();
  const std::vector<CriticalWay> ways = WaysFromSaddles(given.Problem, set, Execution());
  ASSERT_EQ(ways.size(), 8u);
  for (const CriticalWay& way : ways)
  {
    const auto end = static_cast<std::size_t>(way.To);
    EXPECT_EQ(set.Points[end].Type, way.Uphill ? CriticalType::Mode : CriticalType::Minimum);
    const Eigen::Vector3d offset = way.Places.col(way.Places.cols() - 1) - way.Places.col(0);
    EXPECT_NEAR(offset.norm(), Pi, 1e-6);
    EXPECT_NEAR(std::min(std::abs(offset[0]), std::abs(offset[1])), 0.0, 1e-6);
    const Eigen::Vector3d along = offset.normalized();
    for (Index i = 0; i < way.Places.cols(); ++i)
    {
      const Eigen::Vector3d place = way.Places.col(i) - way.Places.col(0);
      EXPECT_LT((place - along * along.dot(place)).norm(), 1e-6);
    }
  }
}

// Oracle: the definition. Uphill from each saddle of the study lie the two modes whose islands meet
// there, and the log density rises on the way; downhill it falls until the box ends.
TEST(Separatrices, OfTheStudyJoinItsModes)
{
  const support::CriticalCase given(
    std::make_shared<MixtureDensity>(MakeMixture(MixturePreset::Study)),
    support::GridBetween({ -4.0, -4.0, 0.0 }, { 4.0, 4.0, 0.0 }, 65),
    StepMetric(Axes::First(2), 0.2 * Eigen::Matrix3d::Identity()));
  const CriticalSet set = given.Find();
  const std::vector<CriticalWay> ways = WaysFromSaddles(given.Problem, set, Execution());
  ASSERT_EQ(ways.size(), 8u);
  for (const CriticalWay& way : ways)
  {
    Eigen::VectorXd logDensity(way.Places.cols());
    FieldView fields;
    fields.LogDensity = logDensity.data();
    given.Source->Evaluate(way.Places, fields, Execution());
    const double sign = way.Uphill ? 1.0 : -1.0;
    for (Index i = 1; i < logDensity.size(); ++i)
    {
      EXPECT_GT(sign * (logDensity[i] - logDensity[i - 1]), -1e-12);
    }
    EXPECT_EQ(way.To == NoPoint, !way.Uphill);
    EXPECT_GT(way.Places.cols(), 10);
  }
  for (Index mode = 1; mode < 3; ++mode)
  {
    const ModePair& pair = set.Pairs[static_cast<std::size_t>(mode)];
    std::vector<Index> joined;
    for (const CriticalWay& way : ways)
    {
      if (way.From == pair.Saddle && way.Uphill)
      {
        joined.push_back(way.To);
      }
    }
    std::sort(joined.begin(), joined.end());
    EXPECT_EQ(joined, (std::vector<Index>{ 0, mode }));
  }
}

// Oracle: closed form. On a line the ways from a minimum lead to the modes on both sides.
TEST(Separatrices, OnALine)
{
  const Grid grid = support::GridBetween({ -7.0, 0.0, 0.0 }, { 7.0, 0.0, 0.0 }, 60);
  const support::CriticalCase given(
    std::make_shared<support::WaveDensity>(Eigen::Vector3d(1.0, 0.0, 0.0)), grid,
    StepMetric(Axes::First(1), Eigen::Matrix3d::Identity()));
  const CriticalSet set = given.Find();
  const std::vector<CriticalWay> ways = WaysFromSaddles(given.Problem, set, Execution());
  ASSERT_EQ(ways.size(), 4u);
  for (const CriticalWay& way : ways)
  {
    EXPECT_TRUE(way.Uphill);
    const double length = way.Places(0, way.Places.cols() - 1) - way.Places(0, 0);
    EXPECT_NEAR(std::abs(length), Pi, 1e-9);
  }
}
}
