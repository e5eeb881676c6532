// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/SheatherJones.h"

#include "Numerics/Mixture/MixturePresets.h"
#include "Numerics/Mixture/MixtureSampling.h"
#include "support/RandomPoints.h"
#include "support/Reference.h"
#include "support/StudySamples.h"

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
namespace
{
/// The equation of the method, every sum over the values themselves.
class PlainEquation
{
public:
  PlainEquation(const Eigen::ArrayXd& values, const Eigen::ArrayXd& weights)
    : Count(std::pow(weights.sum(), 2) / weights.square().sum())
    , Squares(400)
  {
    const double spread = values.maxCoeff() - values.minCoeff();
    this->Length = 1.2 * spread;
    const Eigen::ArrayXd places = (values - values.minCoeff() + 0.1 * spread) / this->Length;
    for (int k = 1; k <= this->Squares.size(); ++k)
    {
      const double sum = (weights * (Pi * k * places).cos()).sum() / weights.sum();
      this->Squares[k - 1] = sum * sum;
    }
  }

  /// In a closed box of this length, from 0 on.
  PlainEquation(const Eigen::ArrayXd& values, Boundary boundary, double length)
    : Count(static_cast<double>(values.size()))
    , Length(length)
    , Unit(boundary == Boundary::Periodic ? 2.0 * Pi : Pi)
    , Squares(400)
  {
    for (int k = 1; k <= this->Squares.size(); ++k)
    {
      const Eigen::ArrayXd angles = this->Unit * k * values / length;
      const double sines = boundary == Boundary::Periodic ? angles.sin().mean() : 0.0;
      this->Squares[k - 1] = std::pow(angles.cos().mean(), 2) + sines * sines;
    }
  }

  /// t - xi gamma^[5](t) for the bandwidth R sqrt(t).
  double operator()(double bandwidth) const
  {
    const double t = std::pow(bandwidth / this->Length, 2);
    double size = this->Norm(7, t);
    for (int s = 6; s >= 2; --s)
    {
      double odd = 1.0;
      for (int j = 3; j <= 2 * s - 1; j += 2)
      {
        odd *= j;
      }
      const double time =
        (1.0 + std::pow(0.5, s + 0.5)) / 3.0 * odd / (this->Count * std::sqrt(0.5 * Pi) * size);
      size = this->Norm(s, std::pow(time, 2.0 / (3.0 + 2.0 * s)));
    }
    return t - std::pow(2.0 * this->Count * std::sqrt(Pi) * size, -0.4);
  }

  /// Whether a solution lies within a relative error of a bandwidth.
  bool IsSolvedBy(double bandwidth, double error) const
  {
    return (*this)(bandwidth * (1.0 - error)) < 0.0 && (*this)(bandwidth * (1.0 + error)) > 0.0;
  }

private:
  double Norm(int s, double t) const
  {
    double sum = 0.0;
    for (int k = 1; k <= this->Squares.size(); ++k)
    {
      const double squared = std::pow(this->Unit * k, 2);
      sum += 2.0 * std::pow(squared, s) * this->Squares[k - 1] * std::exp(-squared * t);
    }
    return sum;
  }

  double Count;
  double Length = 0.0;
  double Unit = Pi; // the frequency for k = 1
  Eigen::ArrayXd Squares;
};

PlainEquation EquationOf(const Eigen::ArrayXd& values)
{
  return PlainEquation(values, Eigen::ArrayXd::Ones(values.size()));
}

/// Normal values with mean 0 and deviation 1.
Eigen::ArrayXd NormalValues(Index n, unsigned int seed)
{
  const Eigen::ArrayXXd uniform = RandomPoints(n, seed, 2).array() + 0.5;
  return ((-2.0 * (1.0 - uniform.row(0)).log()).sqrt() * (2.0 * Pi * uniform.row(1)).cos())
    .transpose();
}

Locations OnLine(const Eigen::ArrayXd& values, const Eigen::ArrayXd& weights)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, values.size());
  points.row(0) = values;
  return FindLocations(Samples::Weighted(points, weights), Axes::First(1));
}

PlugInBandwidth BandwidthOf(const Eigen::ArrayXd& values)
{
  return SheatherJonesBandwidth(OnLine(values, Eigen::ArrayXd::Ones(values.size())), 0);
}

/// Three clusters on a line, the means -2, 0 and 1.5 with deviation 0.3, in turns.
Eigen::ArrayXd ThreeClusters(Index n, unsigned int seed)
{
  Eigen::ArrayXd values = 0.3 * NormalValues(n, seed);
  for (Index i = 0; i < n; ++i)
  {
    values[i] += i % 3 == 0 ? -2.0 : i % 3 == 1 ? 0.0 : 1.5;
  }
  return values;
}
}

// Oracle: the fixed point with 50 digits (reference.json). The cosine sums of 200 values lose k eps
// at the frequency k by their recurrence, and k < 100 counts: 1e-14 of squares, which enter the
// bandwidth with the power 1/5 at most.
TEST(SheatherJones, EqualsTheReference)
{
  const Locations locations = ReferenceLocations();
  const auto& expected = Selectors()["isj_botev_xy"];
  EXPECT_NEAR(
    SheatherJonesBandwidth(locations, 0).Bandwidth, reference::Number(expected[0]), 1e-12);
  EXPECT_NEAR(
    SheatherJonesBandwidth(locations, 1).Bandwidth, reference::Number(expected[1]), 1e-12);
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
  const double bandwidth = SheatherJonesBandwidth(many, 0).Bandwidth;
  EXPECT_TRUE(EquationOf(many.Points.row(0).transpose()).IsSolvedBy(bandwidth, 4e-6));
}

// Oracle: the definition, with sums over the points themselves and n = (sum w)^2 / sum w^2. The
// weights spread as -log of uniform numbers, cubed: an effective number near a twentieth.
TEST(SheatherJones, WeightsSetTheNumberOfPoints)
{
  const Eigen::ArrayXd values = NormalValues(1000, 5);
  const Eigen::ArrayXd uniform = RandomPoints(1000, 6, 1).row(0).transpose().array() + 0.5;
  const Eigen::ArrayXd weights = (-(1.0 - uniform).log()).cube() + 1e-6;
  const double bandwidth = SheatherJonesBandwidth(OnLine(values, weights), 0).Bandwidth;
  EXPECT_TRUE(PlainEquation(values, weights).IsSolvedBy(bandwidth, 1e-9));
  // The normal scale bandwidth of as many points: the data are normal, and it is its target.
  const double count = std::pow(weights.sum(), 2) / weights.square().sum();
  EXPECT_NEAR(bandwidth / (1.06 * std::pow(count, -0.2)), 1.0, 0.4);
}

// Oracle: limit. 1960 points of weight 1e-6 between 40 of weight 1 move shares of the weight by
// 5e-5 in all, and with them the cosine sums, near 40^(-1/2) where they count, by 3e-4 of their
// size; the bandwidth follows a fifth of their squares.
TEST(SheatherJones, PointsOfLittleWeightDoNotCount)
{
  const Eigen::ArrayXd few = NormalValues(40, 7);
  Eigen::ArrayXd values(2000);
  values << few, NormalValues(1960, 8).max(few.minCoeff()).min(few.maxCoeff());
  Eigen::ArrayXd weights = Eigen::ArrayXd::Constant(2000, 1e-6);
  weights.head(40).setOnes();
  const double alone = BandwidthOf(few).Bandwidth;
  EXPECT_NEAR(SheatherJonesBandwidth(OnLine(values, weights), 0).Bandwidth, alone, 1e-3 * alone);
}

// Oracle: the definition. Three narrow clusters of 100 points, for which the equation also falls
// again beyond the largest bandwidth; the solution is near that of each cluster alone, below its
// own deviation.
TEST(SheatherJones, FindsTheSolutionForSeparateClusters)
{
  for (unsigned int seed = 1; seed <= 20; ++seed)
  {
    const Eigen::ArrayXd values = ThreeClusters(100, seed);
    const double bandwidth = BandwidthOf(values).Bandwidth;
    EXPECT_GT(bandwidth, 0.05) << seed;
    EXPECT_LT(bandwidth, 0.3) << seed;
    EXPECT_TRUE(EquationOf(values).IsSolvedBy(bandwidth, 1e-9)) << seed;
  }
}

// Oracle: the definition, with n the number of points, and the values before they were rounded:
// whole numbers of deviation 300, and steps up to the bandwidth itself. The stated share bounds
// what rounding changes; 4e-6 as above.
TEST(SheatherJones, RoundedValuesGiveTheBandwidthOfThePoints)
{
  const Eigen::ArrayXd values = 300.0 * NormalValues(20000, 9) + 1024.0;
  const double before = BandwidthOf(values).Bandwidth;
  for (const double step : { 0.01, 1.0, 10.0, 40.0 })
  {
    const Eigen::ArrayXd rounded = (values / step).round() * step;
    const PlugInBandwidth found = BandwidthOf(rounded);
    EXPECT_TRUE(EquationOf(rounded).IsSolvedBy(found.Bandwidth, 4e-6)) << step;
    EXPECT_FALSE(found.TracesTies());
    EXPECT_NEAR(found.TiedShare, step / (2.0 * std::sqrt(Pi) * found.Bandwidth), 0.01) << step;
    EXPECT_NEAR(found.Bandwidth, before, (found.TiedShare + 1e-3) * before) << step;
  }
}

// Contract: where the step is far wider than the bandwidth of the points, there is no solution, or
// only one that follows the ties and says so.
TEST(SheatherJones, SaysThatItTracesTies)
{
  const PlugInBandwidth coarse = BandwidthOf((2.0 * NormalValues(20000, 9)).round());
  EXPECT_TRUE(!(coarse.Bandwidth > 0.0) || coarse.TracesTies());
  const PlugInBandwidth clusters = BandwidthOf((5.0 * ThreeClusters(3000, 4)).round() / 5.0);
  EXPECT_GT(clusters.Bandwidth, 0.0);
  EXPECT_TRUE(clusters.TracesTies());
}

// Oracle: the definition, with waves of the period along a periodic axis and cosines of the box
// along a reflecting one, by sums over the values and, of more, by bins (4e-6 as above).
TEST(SheatherJones, ClosedBoxesHaveTheirOwnHarmonics)
{
  for (const Boundary boundary : { Boundary::Periodic, Boundary::Reflecting })
  {
    for (const Index n : { 1000, 5000 })
    {
      const double length = 7.0;
      Domain box;
      box.Boundaries[0] = boundary;
      box.Length[0] = length;
      // Beyond 0 the points come in at the other end, or are mirrored at the wall.
      Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, n);
      points.row(0) = 0.5 * NormalValues(n, 10) + 0.2;
      const Locations locations = FindLocations(Samples::Unweighted(points), Axes::First(1), box);
      const PlainEquation equation(locations.Points.row(0).transpose(), boundary, length);
      const double bandwidth = SheatherJonesBandwidth(locations, 0).Bandwidth;
      EXPECT_TRUE(equation.IsSolvedBy(bandwidth, n > DirectSheatherJones ? 4e-6 : 1e-9))
        << NameOf(boundary) << n;
      EXPECT_NEAR(bandwidth / (0.53 * std::pow(n, -0.2)), 1.0, 0.3); // that of the normal density
    }
  }
}

// Contract: 0 where all values are the same.
TEST(SheatherJones, NoSpreadGivesNone)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 3);
  points.row(1) << 1.0, 2.0, 4.0;
  const Locations line = FindLocations(Samples::Unweighted(points), Axes::First(2));
  EXPECT_EQ(SheatherJonesBandwidth(line, 0).Bandwidth, 0.0);
}
}
