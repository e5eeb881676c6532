// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/BandwidthSelectors.h"
#include "Numerics/Bandwidth/KernelChoice.h"
#include "Numerics/Mixture/MixturePresets.h"
#include "support/DataFile.h"
#include "support/RandomPoints.h"
#include "support/Reference.h"
#include "support/StudySamples.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace scorefields
{
namespace
{
std::vector<BandwidthRule> RulesThatNeedSamples()
{
  std::vector<BandwidthRule> rules;
  for (const BandwidthRule rule : ValuesOf<BandwidthRule>())
  {
    if (NeedsSamples(rule))
    {
      rules.push_back(rule);
    }
  }
  return rules;
}

KernelChoice Choose(BandwidthRule rule, BandwidthShape shape, const Samples& samples, int dimension)
{
  KernelRequest request;
  request.Rule = rule;
  request.Shape = shape;
  return ChooseKernel(request, StoredSamples(samples), MomentsOf(samples), Axes::First(dimension),
    Exchange(), Execution());
}

double Isotropic(BandwidthRule rule, const Samples& samples, int dimension = 2)
{
  return Choose(rule, BandwidthShape::Isotropic, samples, dimension).Kernel.EquivalentBandwidth();
}

std::string MessageOf(BandwidthRule rule, const Samples& samples, BandwidthShape shape)
{
  try
  {
    Choose(rule, shape, samples, 2);
  }
  catch (const std::invalid_argument& error)
  {
    return error.what();
  }
  return "";
}
}

// Oracle: minima with 50 digits (reference.json). The isotropic shape is the criterion in the
// points' own unit, though it is minimised in units of the standard deviation; 1e-9 as in
// TestBandwidthSelectors.cxx.
TEST(KernelChoice, IsotropicShapeEqualsTheReferenceInTheUnitOfThePoints)
{
  const auto& selectors = reference::All()["sample200"]["selectors"];
  const auto expect = [&selectors](BandwidthRule rule, const char* key)
  {
    const double expected = reference::Number(selectors[key]["h"]);
    EXPECT_NEAR(Isotropic(rule, ReferenceSamples()), expected, 1e-9 * expected);
    for (const double unit : { 1e-9, 1e9 })
    {
      Samples scaled = ReferenceSamples();
      scaled.Points *= unit;
      EXPECT_NEAR(Isotropic(rule, scaled) / unit, expected, 1e-9 * expected) << unit;
    }
  };
  expect(BandwidthRule::Likelihood, "likelihood_cv_max");
  expect(BandwidthRule::LeastSquaresDensity, "lscv_density");
  expect(BandwidthRule::LeastSquaresGradient, "lscv_gradient");
  expect(BandwidthRule::Hyvarinen, "loo_hyvarinen");
}

// Oracle: the fixed points with 50 digits; the tolerance as in TestBandwidthSelectors.cxx.
TEST(KernelChoice, SheatherJonesPerAxisEqualsTheReference)
{
  const auto choice =
    Choose(BandwidthRule::SheatherJones, BandwidthShape::PerAxis, ReferenceSamples(), 2);
  const Eigen::Vector3d expected =
    reference::Vector(reference::All()["sample200"]["selectors"]["isj_botev_xy"]);
  EXPECT_LT((choice.Kernel.AxisBandwidths() - expected).cwiseAbs().maxCoeff(), 1e-12);
}

// Oracle: the minimum with 50 digits, along the first axis alone; 1e-9 as in
// TestBandwidthSelectors.cxx.
TEST(KernelChoice, LeastSquaresInOneDimensionEqualsTheReference)
{
  Samples samples = ReferenceSamples();
  samples.Points.row(1).setZero();
  const double expected =
    reference::Number(reference::All()["sample200"]["selectors"]["lscv_density_x"]["h"]);
  EXPECT_NEAR(Isotropic(BandwidthRule::LeastSquaresDensity, samples, 1), expected, 1e-9 * expected);
}

// Oracle: invariants. The shape is that of the cloud; normalised data have the same bandwidth in
// every linear frame. Two minima to 1e-9 each, squared: 4e-9 of the covariance.
TEST(KernelChoice, CovarianceShapeFollowsLinearMaps)
{
  Samples mapped = ReferenceSamples();
  Eigen::Matrix3d map;
  map << 3.0, 1.0, 0.0, -2.0, 0.5, 0.0, 0.0, 0.0, 1.0;
  mapped.Points = map * mapped.Points;
  for (const BandwidthRule rule : { BandwidthRule::Likelihood, BandwidthRule::Hyvarinen })
  {
    const auto before = Choose(rule, BandwidthShape::Covariance, ReferenceSamples(), 2).Kernel;
    const auto after = Choose(rule, BandwidthShape::Covariance, mapped, 2).Kernel;
    const Eigen::Matrix3d expected = map * before.Covariance() * map.transpose();
    EXPECT_TRUE(after.Covariance().isApprox(expected, 4e-9));
  }
}

// Oracle: exact optimum of the mean integrated squared error. Cross-validation scatters about it
// (by 2 % for the density and 8 % for the gradient at this size); the normal scale rules, made for
// one Gaussian, lie well above for a mixture.
TEST(KernelChoice, ExactOptimaLieBetweenCrossValidationAndNormalScale)
{
  const Samples samples = StudySamples(100000, 1);
  const auto& optimum = reference::All()["exact_mise_seed_mixture"]["optimum"]["100000"];
  const double density = reference::Number(optimum["h_density"]);
  const double gradient = reference::Number(optimum["h_gradient"]);
  EXPECT_NEAR(Isotropic(BandwidthRule::LeastSquaresDensity, samples), density, 0.06 * density);
  EXPECT_NEAR(Isotropic(BandwidthRule::LeastSquaresGradient, samples), gradient, 0.2 * gradient);
  EXPECT_GT(Isotropic(BandwidthRule::Silverman, samples), 1.2 * density);
  EXPECT_GT(Isotropic(BandwidthRule::NormalGradient, samples), 1.2 * gradient);
}

// Oracle: invariants. A weight is a number of coincident points, for the rules that look at pairs;
// the order of the points does not matter to the bit, nor does it for samples of a large cloud. Two
// minima are known to 1e-9 each.
TEST(KernelChoice, DependsOnThePointsAlone)
{
  const Samples whole = StudySamples(4000, 2);
  Samples reversed = whole;
  reversed.Points = whole.Points.rowwise().reverse().eval();
  for (const BandwidthRule rule : RulesThatNeedSamples())
  {
    EXPECT_EQ(Isotropic(rule, reversed), Isotropic(rule, whole)) << NameOf(rule);
  }
  Samples doubled = ReferenceSamples();
  doubled.Points.conservativeResize(3, 220);
  doubled.Points.rightCols(20) = doubled.Points.leftCols(20);
  Samples weighted = ReferenceSamples();
  weighted.Weights = Eigen::VectorXd::Ones(200);
  weighted.Weights.head(20).setConstant(2.0);
  doubled = Samples::Unweighted(doubled.Points);
  weighted = Samples::Weighted(weighted.Points, weighted.Weights);
  for (const BandwidthRule rule : { BandwidthRule::Likelihood, BandwidthRule::LeastSquaresDensity,
         BandwidthRule::LeastSquaresGradient, BandwidthRule::Hyvarinen })
  {
    const double expected = Isotropic(rule, doubled);
    EXPECT_NEAR(Isotropic(rule, weighted), expected, 2e-9 * expected) << NameOf(rule);
  }
}

// Oracle: the stated error. Samples of a large cloud give the minimum of all pairs within three
// times the error they claim, which is no more than a third.
TEST(KernelChoice, SamplingKeepsToItsStatedError)
{
  const Samples samples = StudySamples(6000, 7);
  const Locations locations = FindLocations(samples, Axes::First(2));
  const Execution serial;
  for (const Criterion criterion : { Criterion::Likelihood, Criterion::Hyvarinen })
  {
    const SelectedBandwidth selected = MinimizeCriterion(criterion, locations, serial);
    const PairCriterion pairs(locations, serial);
    ASSERT_TRUE(selected.Found);
    EXPECT_GT(selected.Error, 0.0);
    EXPECT_LT(selected.Error, 0.34);
    const double reach = std::exp(3.0 * selected.Error);
    const double least = pairs(criterion, selected.Bandwidth, serial);
    EXPECT_LT(least, pairs(criterion, selected.Bandwidth * reach, serial));
    EXPECT_LT(least, pairs(criterion, selected.Bandwidth / reach, serial));
  }
}

// Contract: without joining coincident points every criterion would fall without end towards 0. A
// bandwidth is found that does not show the lattice of the ties, or none, and the message says why.
TEST(KernelChoice, HeavyTiesDoNotPullTheBandwidthToZero)
{
  Samples samples = ReferenceSamples();
  samples.Points = (samples.Points * 5.0).array().round() / 5.0;
  samples.Points.leftCols(60).setConstant(0.0);
  for (const BandwidthRule rule : RulesThatNeedSamples())
  {
    const std::string message = MessageOf(rule, samples, BandwidthShape::Isotropic);
    if (message.empty())
    {
      // A tenth of the grid's spacing would show its nodes one by one.
      EXPECT_GT(Isotropic(rule, samples), 0.02) << NameOf(rule);
    }
    else
    {
      EXPECT_TRUE(message.find("coincide") != std::string::npos ||
        message.find("different values") != std::string::npos)
        << message;
      EXPECT_NE(message.find("Manual"), std::string::npos) << message;
    }
  }
}

// Oracle: the points before they were rounded, and the stated error. Every rule, dimension, with
// weights and without, for the steps of pixels, of centimetres and of hundredths of a degree: a
// hundredth to a twentieth of the deviation.
TEST(KernelChoice, RoundedPointsGiveTheBandwidthOfThePoints)
{
  for (int dimension = 1; dimension <= 3; ++dimension)
  {
    Eigen::Matrix3Xd points = StudySamples(1500, 3).Points;
    points.row(2) = StudySamples(1500, 4).Points.row(0);
    points.bottomRows(3 - dimension).setZero();
    for (const bool weighted : { false, true })
    {
      const Eigen::VectorXd weights = weighted
        ? Eigen::VectorXd(RandomPoints(1500, 5).row(0).array() + 0.7)
        : Eigen::VectorXd::Ones(1500);
      for (const BandwidthRule rule : RulesThatNeedSamples())
      {
        const auto chosen = [&](const Eigen::Matrix3Xd& cloud) {
          return Choose(
            rule, BandwidthShape::Isotropic, Samples::Weighted(cloud, weights), dimension);
        };
        const double before = chosen(points).Kernel.EquivalentBandwidth();
        for (const double step : { 0.01, 0.02, 0.05 })
        {
          const KernelChoice after = chosen((points / step).array().round() * step);
          EXPECT_NEAR(after.Kernel.EquivalentBandwidth() / before, 1.0, after.RelativeError)
            << NameOf(rule) << " " << dimension << " " << weighted << " " << step;
          EXPECT_LT(after.RelativeError, 0.4);
        }
      }
    }
  }
}

// Oracle: the points before x was rounded; no two points coincide. A step of a third of the
// deviation would be seen as lines. A rule that finds a bandwidth finds one that does not show
// them, half a step and more.
TEST(KernelChoice, OneRoundedCoordinateIsNotSeenAsLines)
{
  Samples samples = StudySamples(2500, 6);
  for (const double step : { 0.1, 0.4 })
  {
    Samples rounded = samples;
    rounded.Points.row(0) = (samples.Points.row(0) / step).array().round() * step;
    for (const BandwidthRule rule : RulesThatNeedSamples())
    {
      if (MessageOf(rule, rounded, BandwidthShape::Isotropic).empty())
      {
        EXPECT_GT(Isotropic(rule, rounded), 0.5 * step) << NameOf(rule) << " " << step;
        EXPECT_NEAR(Isotropic(rule, rounded) / Isotropic(rule, samples), 1.0, 0.5)
          << NameOf(rule) << " " << step;
      }
      else
      {
        EXPECT_GT(step, 0.2) << NameOf(rule);
      }
    }
  }
}

// Contract: rounded data with thousands of zeros (flow cytometry, whole numbers to 1023) get a
// bandwidth that shows the cells, half of the step between values and more, or a refusal that says
// why: thousands of equal points are no rounding, and a rule that follows them finds no end.
TEST(KernelChoice, RoundedDataWithThousandsOfZeros)
{
  for (int dimension = 1; dimension <= 2; ++dimension)
  {
    const Samples samples = Samples::Unweighted(PointsOfDataFile("cytometry_hsct.csv", dimension));
    ASSERT_EQ(samples.Count(), 39128);
    for (const BandwidthRule rule : RulesThatNeedSamples())
    {
      try
      {
        const KernelChoice choice = Choose(rule, BandwidthShape::Isotropic, samples, dimension);
        const double h = choice.Kernel.EquivalentBandwidth();
        EXPECT_GT(h, 0.5) << NameOf(rule) << " in " << dimension << "-D";
        EXPECT_LT(h, 100.0) << NameOf(rule) << " in " << dimension << "-D";
      }
      catch (const std::invalid_argument& error)
      {
        const std::string message = error.what();
        EXPECT_TRUE(message.find("different values") != std::string::npos ||
          message.find("points coincide") != std::string::npos)
          << message;
      }
    }
  }
}

// Contract: the messages name what is wrong with the cloud.
TEST(KernelChoice, RefusesCloudsThatNoRuleCanWorkOn)
{
  const Samples one = Samples::Unweighted(Eigen::Vector3d(1.0, 2.0, 0.0));
  const Samples same = Samples::Unweighted(Eigen::Matrix3Xd::Ones(3, 9));
  Samples flat = ReferenceSamples();
  flat.Points.row(1).setConstant(4.0);
  for (const BandwidthRule rule : RulesThatNeedSamples())
  {
    const auto isotropic = BandwidthShape::Isotropic;
    EXPECT_NE(MessageOf(rule, one, isotropic).find("at least two points"), std::string::npos);
    EXPECT_NE(MessageOf(rule, same, isotropic).find("identical"), std::string::npos);
    EXPECT_NE(MessageOf(rule, flat, BandwidthShape::PerAxis).find("same y"), std::string::npos);
  }
}
}
