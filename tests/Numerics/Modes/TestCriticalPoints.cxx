// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Modes/CriticalPoints.h"

#include "Numerics/Flow/MixtureFamily.h"
#include "Numerics/Mixture/MixturePresets.h"
#include "support/CriticalCases.h"
#include "support/Numbers.h"
#include "support/Reference.h"

#include <gtest/gtest.h>

#include <string>

namespace scorefields
{
namespace
{
CriticalType TypeNamed(const std::string& kind)
{
  return kind == "mode" ? CriticalType::Mode
                        : (kind == "saddle" ? CriticalType::Saddle : CriticalType::Minimum);
}
}

// Oracle: critical points with 50 digits, at 12 bandwidths. Newton's method ends where the score is
// below 1e-10 of a unit, at a distance of that over the least curvature in units, which is above
// 0.05 here; the log density there is off by its own rounding, 4 eps (|log p| + 1).
TEST(CriticalPoints, OfTheStudyEqualTheReference)
{
  const Mixture study = MakeMixture(MixturePreset::Study);
  const auto& cases =
    reference::All()["seed_mixture"]["critical_points_of_smoothed_density"]["by_h"];
  ASSERT_GE(cases.size(), 10u);
  for (const auto& item : cases.items())
  {
    const double h = std::stod(item.key());
    const double unit = std::sqrt(0.2 + h * h);
    const support::CriticalCase given(std::make_shared<MixtureDensity>(study.Smoothed(h)),
      support::GridBetween({ -4.0, -4.0, 0.0 }, { 4.0, 4.0, 0.0 }, 65),
      StepMetric(Axes::First(2), unit * unit * Eigen::Matrix3d::Identity()));
    const CriticalSet found = given.Find();
    ASSERT_EQ(found.Points.size(), item.value().size()) << item.key();
    for (const auto& point : item.value())
    {
      const Eigen::Vector3d place = reference::Vector(point["x"]);
      const double logDensity = reference::Number(point["log_p"]);
      const bool there = std::any_of(found.Points.begin(), found.Points.end(),
        [&](const CriticalPoint& other)
        {
          return other.Type == TypeNamed(point["kind"]) &&
            (other.Position - place).norm() < 2e-9 * unit &&
            std::abs(other.LogDensity - logDensity) < 8.0 * Eps * (std::abs(logDensity) + 1.0);
        });
      EXPECT_TRUE(there) << item.key() << " at " << place.transpose();
    }
  }
}

// Oracle: closed form. A sum of cosines has a critical point wherever all coordinates are 0 or pi;
// at each the curvatures are -+ the amplitudes. On the torus the alternating sum of the types'
// counts is 0, in every dimension. The seam, on the mode itself, counts once.
TEST(CriticalPoints, OfWavesOnATorus)
{
  const Eigen::Vector3d amplitudes(1.0, 0.5, 0.25);
  const std::vector<Index> expected[3] = { { 1, 0, 0, 1 }, { 1, 2, 0, 1 }, { 1, 3, 3, 1 } };
  for (int d = 1; d <= 3; ++d)
  {
    Eigen::Vector3d upper = Eigen::Vector3d::Zero();
    upper.head(d).setConstant(2.0 * Pi);
    Eigen::Vector3d some = amplitudes;
    some.tail(3 - d).setZero();
    const Grid grid = support::GridBetween(Eigen::Vector3d::Zero(), upper, 18);
    const Domain torus =
      Domain::Of(grid, { Boundary::Periodic, Boundary::Periodic, Boundary::Periodic });
    const support::CriticalCase given(std::make_shared<support::WaveDensity>(some), grid,
      StepMetric(Axes::First(d), Eigen::Matrix3d::Identity()), torus);
    const CriticalSet found = given.Find();
    for (const CriticalType type : ValuesOf<CriticalType>())
    {
      EXPECT_EQ(found.Count(type), expected[d - 1][static_cast<std::size_t>(type)])
        << d << NameOf(type);
    }
    for (const CriticalPoint& point : found.Points)
    {
      Eigen::VectorXd curvatures = (-some.array() * point.Position.array().cos()).head(d).matrix();
      std::sort(curvatures.data(), curvatures.data() + d);
      EXPECT_LT((point.Eigenvalues.head(d) - curvatures).norm(), 1e-12);
      EXPECT_LT((2.0 * point.Position.head(d)).array().sin().abs().maxCoeff(), 1e-9);
      EXPECT_TRUE(point.Eigenvalues.tail(3 - d).isZero(0.0));
    }
  }
}

// Oracle: closed form. cos(x) / 2 on [0, 2 pi] with reflecting walls has modes on both walls, and a
// minimum between them.
TEST(CriticalPoints, LieOnReflectingWalls)
{
  const Grid grid = support::GridBetween(Eigen::Vector3d::Zero(), { 2.0 * Pi, 0.0, 0.0 }, 20);
  const Domain box = Domain::Of(grid, { Boundary::Reflecting, Boundary::Open, Boundary::Open });
  const support::CriticalCase given(
    std::make_shared<support::WaveDensity>(Eigen::Vector3d(0.5, 0.0, 0.0)), grid,
    StepMetric(Axes::First(1), Eigen::Matrix3d::Identity()), box);
  const CriticalSet found = given.Find();
  ASSERT_EQ(found.Points.size(), 3u);
  EXPECT_NEAR(found.Points[0].Position[0] + found.Points[1].Position[0], 2.0 * Pi, 1e-9);
  EXPECT_NEAR(found.Points[2].Position[0], Pi, 1e-9);
  EXPECT_EQ(found.Points[2].Type, CriticalType::Minimum);
  EXPECT_NEAR(found.Persistence(1), 1.0, 1e-12);
}

// Contract: a place outside of the box is none of its critical points.
TEST(CriticalPoints, OutsideOfTheBoxAreLeftOut)
{
  const support::CriticalCase given(
    std::make_shared<MixtureDensity>(MakeMixture(MixturePreset::SeparatedClusters)),
    support::GridBetween({ 0.0, 0.0, 0.0 }, { 3.0, 3.0, 0.0 }, 41),
    StepMetric(Axes::First(2), 0.01 * Eigen::Matrix3d::Identity()));
  const CriticalSet all = given.Find();
  EXPECT_EQ(all.Count(CriticalType::Mode), 1);
  for (const CriticalPoint& point : all.Points)
  {
    EXPECT_TRUE(LiesInBox(given.Problem.LogDensity.Nodes, point.Position));
  }
}
}
