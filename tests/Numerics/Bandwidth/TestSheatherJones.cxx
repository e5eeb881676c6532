// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/SheatherJones.h"

#include "Numerics/Mixture/MixturePresets.h"
#include "Numerics/Mixture/MixtureSampling.h"
#include "support/Reference.h"

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
namespace
{
Locations ReferenceLocations()
{
  return FindLocations(
    Samples::Unweighted(reference::Points(reference::All()["sample200"]["points"])),
    Axes::First(2));
}

const nlohmann::json& Selectors()
{
  return reference::All()["sample200"]["selectors"];
}

/// The bandwidth by the formulas of the method, every sum over the values themselves.
double Plain(const Eigen::ArrayXd& values)
{
  constexpr int most = 400;
  const auto n = static_cast<double>(values.size());
  const double spread = values.maxCoeff() - values.minCoeff();
  const double length = 1.2 * spread;
  const Eigen::ArrayXd places = (values - values.minCoeff() + 0.1 * spread) / length;
  Eigen::ArrayXd squares(most);
  for (int k = 1; k <= most; ++k)
  {
    squares[k - 1] = std::pow((Pi * k * places).cos().mean(), 2);
  }
  const auto norm = [&squares](int s, double t)
  {
    double sum = 0.0;
    for (int k = 1; k <= most; ++k)
    {
      sum += 2.0 * std::pow(Pi * k, 2 * s) * squares[k - 1] * std::exp(-Pi * Pi * k * k * t);
    }
    return sum;
  };
  const auto excess = [&](double t)
  {
    double size = norm(7, t);
    for (int s = 6; s >= 2; --s)
    {
      double odd = 1.0;
      for (int j = 3; j <= 2 * s - 1; j += 2)
      {
        odd *= j;
      }
      const double time =
        (1.0 + std::pow(0.5, s + 0.5)) / 3.0 * odd / (n * std::sqrt(0.5 * Pi) * size);
      size = norm(s, std::pow(time, 2.0 / (3.0 + 2.0 * s)));
    }
    return t - std::pow(2.0 * n * std::sqrt(Pi) * size, -0.4);
  };
  double lower = 1e-4;
  double upper = 0.1;
  for (int i = 0; i < 60; ++i)
  {
    const double middle = 0.5 * (lower + upper);
    (excess(middle) > 0.0 ? upper : lower) = middle;
  }
  return length * std::sqrt(lower);
}
}

// Oracle: the fixed point with 50 digits (reference.json). The cosine sums of 200 values lose k eps
// at the frequency k by their recurrence, and k < 100 counts: 1e-14 of squares, which enter the
// bandwidth with the power 1/5 at most.
TEST(SheatherJones, EqualsTheReference)
{
  const Locations locations = ReferenceLocations();
  const auto& expected = Selectors()["isj_botev_xy"];
  EXPECT_NEAR(SheatherJonesBandwidth(locations, 0), reference::Number(expected[0]), 1e-12);
  EXPECT_NEAR(SheatherJonesBandwidth(locations, 1), reference::Number(expected[1]), 1e-12);
}

// Oracle: the definition with sums over the points themselves. Of 4500 locations the sums are those
// of 2^14 bins with linear binning and its variance taken away, stated to (R / (2^14 h))^2 = 4e-6
// of h.
TEST(SheatherJones, BinsGiveTheBandwidthOfThePoints)
{
  const Locations many = FindLocations(
    Samples::Unweighted(SampleMixture(MakeMixture(MixturePreset::Study), 3, 0, 4500).Points),
    Axes::First(2));
  ASSERT_GT(many.Count(), DirectSheatherJones);
  const double expected = Plain(many.Points.row(0).transpose());
  EXPECT_NEAR(SheatherJonesBandwidth(many, 0), expected, 4e-6 * expected);
}

// Contract: 0 where all values are the same.
TEST(SheatherJones, NoSpreadGivesNone)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 3);
  points.row(1) << 1.0, 2.0, 4.0;
  const Locations line = FindLocations(Samples::Unweighted(points), Axes::First(2));
  EXPECT_EQ(SheatherJonesBandwidth(line, 0), 0.0);
}
}
