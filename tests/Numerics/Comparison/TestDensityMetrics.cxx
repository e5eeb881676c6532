// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Comparison/DensityMetrics.h"

#include "Numerics/Mixture/MixtureField.h"
#include "Numerics/Mixture/MixturePresets.h"
#include "support/Reference.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace scorefields
{
namespace
{
/// Two Gaussians with variances s2 and t2 along each axis, a distance apart along x, on [-14,
/// 14]^d.
struct Gaussians
{
  int Dimension;
  double Variance;
  double OtherVariance;
  double Distance;

  std::vector<double> Log, OtherLog, Measure;
  std::vector<double> Score, OtherScore;

  Gaussians(int dimension, double variance, double otherVariance, double distance)
    : Dimension(dimension)
    , Variance(variance)
    , OtherVariance(otherVariance)
    , Distance(distance)
  {
    const int nodes = dimension == 1 ? 561 : 225;
    const double spacing = 28.0 / (nodes - 1);
    for (int j = 0; j < (dimension == 1 ? 1 : nodes); ++j)
    {
      for (int i = 0; i < nodes; ++i)
      {
        const double x = -14.0 + i * spacing;
        const double y = dimension == 1 ? 0.0 : -14.0 + j * spacing;
        this->Measure.push_back(std::pow(spacing, dimension));
        this->AddNode(x, y);
      }
    }
  }
  void AddNode(double x, double y)
  {
    const auto logarithm = [this](double variance, double u, double v)
    {
      return -0.5 * (u * u + v * v) / variance -
        0.5 * this->Dimension * std::log(2.0 * Pi * variance);
    };
    const double shifted = x - this->Distance;
    this->Log.push_back(logarithm(this->Variance, x, y));
    this->OtherLog.push_back(logarithm(this->OtherVariance, shifted, y));
    this->Score.insert(this->Score.end(), { -x / this->Variance, -y / this->Variance, 0.0 });
    this->OtherScore.insert(
      this->OtherScore.end(), { -shifted / this->OtherVariance, -y / this->OtherVariance, 0.0 });
  }
  ComparedNodes View() const
  {
    ComparedNodes nodes;
    nodes.Count = static_cast<Index>(this->Log.size());
    nodes.Measure = this->Measure.data();
    nodes.LogDensity = this->Log.data();
    nodes.LogReference = this->OtherLog.data();
    nodes.Score = this->Score.data();
    nodes.ReferenceScore = this->OtherScore.data();
    return nodes;
  }
  DensityMetrics Compare() const
  {
    ComparisonSums sums;
    sums.Add(this->View());
    return sums.Metrics();
  }
};

double KullbackLeibler(double d, double s2, double t2, double squared)
{
  return 0.5 * (d * (s2 / t2 - 1.0 - std::log(s2 / t2)) + squared / t2);
}

constexpr double Quadrature = 1e-12; // trapezoid sums of Gaussians, and rounding
}

// Oracle: closed forms of two Gaussians. Trapezoid sums of Gaussians are right to rounding.
TEST(DensityMetrics, EqualTheClosedFormsOfGaussians)
{
  for (const int d : { 1, 2 })
  {
    const double s2 = 1.3;
    const double t2 = 0.8;
    const double m = 0.7;
    const DensityMetrics found = Gaussians(d, s2, t2, m).Compare();
    EXPECT_NEAR(found.Mass, 1.0, Quadrature);
    EXPECT_NEAR(found.ReferenceMass, 1.0, Quadrature);
    EXPECT_NEAR(found.KullbackLeibler, KullbackLeibler(d, s2, t2, m * m), Quadrature);
    EXPECT_NEAR(found.KullbackLeiblerReverse, KullbackLeibler(d, t2, s2, m * m), Quadrature);
    const double affinity =
      std::pow(2.0 * std::sqrt(s2 * t2) / (s2 + t2), 0.5 * d) * std::exp(-0.25 * m * m / (s2 + t2));
    EXPECT_NEAR(found.Hellinger, std::sqrt(1.0 - affinity), Quadrature);
    const auto product = [d](double variance, double squared)
    { return std::pow(2.0 * Pi * variance, -0.5 * d) * std::exp(-0.5 * squared / variance); };
    EXPECT_NEAR(found.L2,
      std::sqrt(product(2.0 * s2, 0.0) + product(2.0 * t2, 0.0) - 2.0 * product(s2 + t2, m * m)),
      Quadrature);
    const double difference = 1.0 / s2 - 1.0 / t2;
    EXPECT_TRUE(found.HasScores);
    EXPECT_NEAR(found.Fisher, d * s2 * difference * difference + m * m / (t2 * t2), Quadrature);
    const double reverse = d * t2 * difference * difference + m * m / (s2 * s2);
    EXPECT_NEAR(found.FisherReverse, reverse, Quadrature);
    EXPECT_NEAR(found.ScoreRmse, std::sqrt(reverse), Quadrature);
    EXPECT_NEAR(found.RelativeScoreRmse, std::sqrt(reverse * t2 / d), Quadrature);
  }
}

// Oracle: closed form. Equal variances: half the integral of |p - q| is erf(m / (2 sqrt(2) s)). The
// integrand has a corner, so that the sum is right to the spacing squared times its slope.
TEST(DensityMetrics, TotalVariationOfShiftedGaussians)
{
  const double m = 1.4;
  const DensityMetrics found = Gaussians(1, 1.0, 1.0, m).Compare();
  EXPECT_NEAR(found.TotalVariation, std::erf(m / (2.0 * std::sqrt(2.0))), 0.05 * 0.05);
}

// Oracle: invariants. Jensen-Shannon is half the two divergences from the mean of the densities, is
// symmetric and bounded by log 2, which densities that do not overlap reach.
TEST(DensityMetrics, JensenShannonIsBetweenNothingAndLogTwo)
{
  const double apart = Gaussians(1, 0.1, 0.1, 12.0).Compare().JensenShannon;
  EXPECT_NEAR(apart, std::log(2.0), 1e-9);
  EXPECT_NEAR(Gaussians(1, 1.0, 1.0, 0.0).Compare().JensenShannon, 0.0, Quadrature);
  const double one = Gaussians(1, 1.0, 0.5, 0.4).Compare().JensenShannon;
  Gaussians other(1, 1.0, 0.5, 0.4);
  std::swap(other.Log, other.OtherLog);
  EXPECT_NEAR(other.Compare().JensenShannon, one, 1e-14);
  const double forward = KullbackLeibler(1, 1.0, 0.5, 0.16);
  EXPECT_LT(one, 0.25 * (forward + KullbackLeibler(1, 0.5, 1.0, 0.16)));
}

// Oracle: 50-digit sums (reference.json): the study's mixture and itself smoothed.
TEST(DensityMetrics, EqualTheReferenceForTheStudysMixture)
{
  const auto& values = reference::All()["metrics"]["values"];
  const Mixture truth = MakeMixture(MixturePreset::Study);
  const int nodes = 193; // steps of 1/8 on [-12, 12]
  Eigen::Matrix3Xd places = Eigen::Matrix3Xd::Zero(3, nodes * nodes);
  for (int k = 0; k < nodes * nodes; ++k)
  {
    places.col(k) << -12.0 + 0.125 * (k % nodes), -12.0 + 0.125 * (k / nodes), 0.0;
  }
  const std::vector<double> measure(static_cast<std::size_t>(nodes * nodes), 1.0 / 64.0);
  for (const char* h : { "0.3", "1.01" })
  {
    const Mixture smooth = truth.Smoothed(std::stod(h));
    Eigen::VectorXd log(places.cols());
    Eigen::VectorXd smoothLog(places.cols());
    Eigen::Matrix3Xd score(3, places.cols());
    Eigen::Matrix3Xd smoothScore(3, places.cols());
    FieldView fields;
    fields.LogDensity = log.data();
    fields.Score = score.data();
    EvaluateMixture(truth, places, fields, {});
    fields.LogDensity = smoothLog.data();
    fields.Score = smoothScore.data();
    EvaluateMixture(smooth, places, fields, {});
    ComparedNodes compared;
    compared.Count = places.cols();
    compared.Measure = measure.data();
    compared.LogDensity = log.data();
    compared.LogReference = smoothLog.data();
    compared.Score = score.data();
    compared.ReferenceScore = smoothScore.data();
    ComparisonSums sums;
    sums.Add(compared);
    const DensityMetrics found = sums.Metrics();
    const auto number = [&](const char* name) { return reference::Number(values[h][name]); };
    EXPECT_NEAR(found.KullbackLeibler, number("KL_p_to_ph"), 1e-11) << h;
    EXPECT_NEAR(found.Fisher, number("FisherDivergence_p_to_ph"), 1e-11) << h;
  }
}

// Contract: nodes without measure, and scores that are not finite, do not count; a density of 0
// where the other is positive makes one divergence infinite and spoils no other sum; classes share
// all out.
TEST(DensityMetrics, LeaveOutWhatCannotBeCompared)
{
  Gaussians given(1, 1.0, 0.8, 0.3);
  const DensityMetrics whole = given.Compare();
  given.Measure.push_back(0.0);
  given.AddNode(0.0, 0.0);
  given.Log.back() = std::numeric_limits<double>::quiet_NaN();
  const DensityMetrics found = given.Compare();
  EXPECT_EQ(found.KullbackLeibler, whole.KullbackLeibler);
  EXPECT_EQ(found.ScoreRmse, whole.ScoreRmse);
  given.Score[3] = std::numeric_limits<double>::infinity();
  EXPECT_NEAR(given.Compare().ScoreRmse, whole.ScoreRmse, 1e-12); // far out
  given.OtherLog[280] = -std::numeric_limits<double>::infinity();
  const DensityMetrics zero = given.Compare();
  EXPECT_EQ(zero.KullbackLeibler, std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isfinite(zero.KullbackLeiblerReverse));
  EXPECT_TRUE(std::isfinite(zero.JensenShannon));
  EXPECT_LE(zero.TotalVariation, 1.0);
  std::vector<unsigned char> classes(given.Log.size(), 0);
  std::fill(classes.begin(), classes.begin() + 280, static_cast<unsigned char>(4));
  ComparedNodes nodes = given.View();
  nodes.Class = classes.data();
  ComparisonSums sums;
  sums.Add(nodes);
  const auto of = sums.OfClasses();
  EXPECT_NEAR(of[0].Share + of[4].Share, 1.0, 1e-14);
  EXPECT_NEAR(of[0].Mass + of[4].Mass, 1.0, 1e-14);
  EXPECT_GT(of[4].LargestScoreError, 0.0);
  EXPECT_EQ(of[1].Share, 0.0);
}

// Oracle: invariant. Parts add up to the whole.
TEST(DensityMetrics, PartsAddUp)
{
  const Gaussians given(2, 1.0, 0.8, 0.3);
  const ComparedNodes all = given.View();
  ComparedNodes first = all;
  first.Count = 20000;
  ComparedNodes second = all;
  second.Count = all.Count - 20000;
  second.Measure += 20000;
  second.LogDensity += 20000;
  second.LogReference += 20000;
  second.Score += 60000;
  second.ReferenceScore += 60000;
  ComparisonSums one;
  one.Add(first);
  ComparisonSums other;
  other.Add(second);
  one.Totals() += other.Totals();
  one.Maxima() = one.Maxima().cwiseMax(other.Maxima());
  const DensityMetrics whole = given.Compare();
  EXPECT_NEAR(one.Metrics().KullbackLeibler, whole.KullbackLeibler, 1e-14);
  EXPECT_EQ(one.Metrics().LargestLogError, whole.LargestLogError);
}
}
