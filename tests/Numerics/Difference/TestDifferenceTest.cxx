// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Difference/DifferenceTest.h"

#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace scorefields
{
namespace
{
constexpr double Eps = std::numeric_limits<double>::epsilon();

CloudMoments Counted(double count)
{
  CloudMoments moments;
  moments.Count = moments.TotalWeight = moments.SquaredWeights = count;
  return moments;
}

/// One place and samples of equal weight: the values of the kernel there are all that counts.
struct Deals
{
  GaussianKernel Kernel = GaussianKernel::Isotropic(Axes::FromFlags(true, true, false), 0.8);
  std::vector<double> Values;

  explicit Deals(Index count)
  {
    const Eigen::Matrix3Xd points = 3.0 * RandomPoints(count, 11, 2);
    for (Index i = 0; i < count; ++i)
    {
      this->Values.push_back(
        std::exp(this->Kernel.LogPeak() - 0.5 * this->Kernel.SquaredDistance(points.col(i))));
    }
  }
  double Mean(const std::vector<bool>& isA, bool a) const
  {
    double sum = 0.0;
    for (std::size_t i = 0; i < isA.size(); ++i)
    {
      sum += isA[i] == a ? this->Values[i] : 0.0;
    }
    return sum / static_cast<double>(std::count(isA.begin(), isA.end(), a));
  }
  double Standardised(const std::vector<bool>& isA) const
  {
    NodeSums sums;
    sums.A = sums.SquaresA = std::log(this->Mean(isA, true));
    sums.B = sums.SquaresB = std::log(this->Mean(isA, false));
    double squares = 0.0;
    for (const double value : this->Values)
    {
      squares += value * value / static_cast<double>(this->Values.size());
    }
    // K^2 = K(0) 2^(-d/2) times the kernel with half the covariance.
    sums.Narrow = std::log(squares) - this->Kernel.LogPeak() + std::log(2.0);
    const auto a = static_cast<double>(std::count(isA.begin(), isA.end(), true));
    const auto n = static_cast<double>(isA.size());
    return DifferenceTest(this->Kernel, Counted(a), Counted(n - a), DifferenceStatistic::Pooled)
      .At(sums)
      .Standardised;
  }
};

/// log of the number of ways to choose k of n.
double LogChoices(int n, int k)
{
  return std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0);
}
}

// Oracle: all ways to deal eight samples, whose mean squared difference is the variance that Pooled
// divides by. With equal sizes the score is always the smaller of both statistics (Pinsker), and
// with unequal ones where the smaller cloud has less than its share.
TEST(DifferenceTest, PooledVarianceIsThatOfAllDeals)
{
  const Deals deals(8);
  for (const int sizeOfA : { 4, 3 })
  {
    std::vector<std::vector<bool>> all;
    std::vector<bool> isA(8, false);
    std::fill(isA.end() - sizeOfA, isA.end(), true);
    double variance = 0.0;
    do
    {
      all.push_back(isA);
      variance += std::pow(deals.Mean(isA, true) - deals.Mean(isA, false), 2);
    } while (std::next_permutation(isA.begin(), isA.end()));
    variance /= static_cast<double>(all.size());
    ASSERT_GT(all.size(), 50U);
    for (const auto& deal : all)
    {
      const double difference = deals.Mean(deal, true) - deals.Mean(deal, false);
      const double expected = difference / std::sqrt(variance);
      const double found = deals.Standardised(deal);
      // Sums of eight terms, a logarithm and an exponential.
      const double rounding = 64.0 * Eps * (std::abs(expected) + 1.0);
      if (sizeOfA == 4 || difference < 0.0)
      {
        EXPECT_NEAR(found, expected, rounding);
      }
      else
      {
        EXPECT_LE(found, expected + rounding);
        EXPECT_GE(found, 0.0);
      }
    }
  }
}

// Oracle: the hypergeometric probability of j or more of the k samples at one place among all,
// which the likelihood ratio bounds (Hoeffding 1963, theorem 4 with Chernoff's bound); the factor
// (N - k) / (N - 1) is the part of the variance that dealing without return leaves. The score alone
// breaks the bound a hundredfold.
TEST(DifferenceTest, BoundsTheProbabilityOfASurplusInASmallCloud)
{
  const auto kernel = GaussianKernel::Isotropic(Axes::FromFlags(true, false, false), 1.0);
  const int all = 2000;
  const int ofA = 100;
  const int here = 30;
  const DifferenceTest test(kernel, Counted(ofA), Counted(all - ofA), DifferenceStatistic::Pooled);
  double tail = 0.0;
  double worstOfScore = 0.0;
  for (int j = here; j > here * ofA / all; --j)
  {
    tail += std::exp(LogChoices(ofA, j) + LogChoices(all - ofA, here - j) - LogChoices(all, here));
    NodeSums sums;
    sums.A = sums.SquaresA = std::log(static_cast<double>(j) / ofA) + kernel.LogPeak();
    sums.B = sums.SquaresB =
      j == here ? -700.0 : std::log(static_cast<double>(here - j) / (all - ofA)) + kernel.LogPeak();
    sums.Narrow =
      std::log(static_cast<double>(here) / all) + kernel.LogPeak() + 0.5 * std::log(2.0);
    const double z = test.At(sums).Standardised;
    const double left = static_cast<double>(all - here) / (all - 1);
    EXPECT_LE(tail, std::exp(-0.5 * z * z * left)) << j;
    EXPECT_GT(z, 0.0) << j;
    const double share = static_cast<double>(j) / here;
    const double expected = static_cast<double>(ofA) / all;
    const double score = here * std::pow(share - expected, 2) / (expected * (1.0 - expected));
    worstOfScore = std::max(worstOfScore, tail / std::exp(-0.5 * score));
  }
  EXPECT_GT(worstOfScore, 100.0);
}

// Oracle: an invariant. who is called A only changes the sign, for clouds with unequal weights as
// well.
TEST(DifferenceTest, ChangesSignWithTheClouds)
{
  const auto kernel = GaussianKernel::Isotropic(Axes::FromFlags(true, true, true), 0.5);
  const NodeSums sums{ -2.0, -1.2, -2.1, -0.9, -1.4, 1.5 };
  const NodeSums swapped{ -1.2, -2.0, -0.9, -2.1, -1.4, 1.5 };
  for (const auto statistic : ValuesOf<DifferenceStatistic>())
  {
    const DifferenceTest test(kernel, Counted(40.0), Counted(300.0), statistic);
    const DifferenceTest other(kernel, Counted(300.0), Counted(40.0), statistic);
    const NodeTest found = test.At(sums);
    const NodeTest back = other.At(swapped);
    EXPECT_LT(found.Standardised, 0.0);
    EXPECT_NEAR(found.Standardised, -back.Standardised, 64.0 * Eps * back.Standardised);
    EXPECT_EQ(found.SampleSizeA, back.SampleSizeB);
  }
}

// Oracle: limits of the unit weight. Where A has hardly a sample, what that one weighs says
// nothing, and the mean weight of the cloud counts; where it has many, their own weights do.
TEST(DifferenceTest, TakesTheMeanWeightWhereSamplesAreFew)
{
  const auto kernel = GaussianKernel::Isotropic(Axes::FromFlags(true, false, false), 1.0);
  const DifferenceTest test(kernel, Counted(100.0), Counted(2000.0), DifferenceStatistic::Pooled);
  const auto standardised = [&](double logA, double logWeight)
  {
    const double logB = std::log(60.0 / 2000.0) + kernel.LogPeak();
    const double logOfBoth = std::log(60.0 / 2100.0) + kernel.LogPeak() + 0.5 * std::log(2.0);
    return test.At({ logA, logB, logA + logWeight, logB, logOfBoth }).Standardised;
  };
  const double few = std::log(1e-4 / 100.0) + kernel.LogPeak();
  const double light = std::log(0.01);
  // Of the unit weight 1e-4 / 0.01 samples are left against SteadySamples.
  EXPECT_NEAR(
    standardised(few, light), standardised(few, 0.0), 0.01 * std::abs(standardised(few, 0.0)));
  const double many = std::log(20.0 / 100.0) + kernel.LogPeak();
  EXPECT_GT(standardised(many, light), 1.2 * standardised(many, 0.0));
}

// Oracle: the definition, f / (u K(0)) is the sum of the kernels relative to the peak for equal
// weights.
TEST(DifferenceTest, CountsTheSamplesWithinABandwidth)
{
  const auto kernel = GaussianKernel::Isotropic(Axes::FromFlags(true, true, false), 2.0);
  const DifferenceTest test(kernel, Counted(50.0), Counted(70.0), DifferenceStatistic::Pooled);
  NodeSums sums;
  sums.A = sums.SquaresA = std::log(7.0 / 50.0) + kernel.LogPeak();
  sums.B = sums.SquaresB = std::log(9.0 / 70.0) + kernel.LogPeak();
  sums.Narrow = std::log(16.0 / 120.0) + kernel.LogPeak() + std::log(2.0);
  EXPECT_NEAR(test.At(sums).SampleSizeA, 7.0, 7.0 * 32.0 * Eps);
  EXPECT_NEAR(test.At(sums).SampleSizeB, 9.0, 9.0 * 32.0 * Eps);
}

// Oracle: a limit, far from all samples, and where both densities are the same.
TEST(DifferenceTest, StaysFiniteFarOut)
{
  const auto kernel = GaussianKernel::Isotropic(Axes::FromFlags(true, true, false), 1.0);
  for (const auto statistic : ValuesOf<DifferenceStatistic>())
  {
    const DifferenceTest test(kernel, Counted(50.0), Counted(50.0), statistic);
    for (const double depth : { 1e2, 1e4, 1e8 })
    {
      // The nearest sample alone counts, and its square with the narrow kernel.
      const NodeTest far = test.At(
        { -depth, -1.5 * depth, -depth, -1.5 * depth, -2.0 * depth + std::log(100.0), 1.0 });
      EXPECT_TRUE(std::isfinite(far.Standardised));
      EXPECT_GE(far.Standardised, 0.0);
      EXPECT_LT(far.SampleSizeA, 1e-30);
    }
    EXPECT_EQ(test.At({ -3.0, -3.0, -3.0, -3.0, -2.5, 1.0 }).Standardised, 0.0);
  }
}

// Oracle: closed form, quantiles of the normal distribution.
TEST(DifferenceTest, PValueIsThatOfBothTails)
{
  const auto separate = [](double z) { return DifferencePValue(z, DifferenceStatistic::Separate); };
  const auto pooled = [](double z) { return DifferencePValue(z, DifferenceStatistic::Pooled); };
  EXPECT_NEAR(separate(1.959963984540054), 0.05, 1e-15);
  EXPECT_NEAR(separate(-1.959963984540054), 0.05, 1e-15);
  EXPECT_NEAR(pooled(1.959963984540054), 0.05 * SignFactor, 1e-15);
  EXPECT_EQ(separate(0.0), 1.0);
  EXPECT_EQ(pooled(0.0), 1.0);
}

// Oracle: enumeration of all signs. However few samples count and whatever their kernels, a sum of
// +-c_i is beyond any z no more often than the p-value of Pooled says. The normal tail alone is too
// small: of five equal ones, and of two.
TEST(DifferenceTest, PValueBoundsSumsOfSigns)
{
  int tooSmall = 0;
  for (const int count : { 1, 2, 3, 5, 8, 12 })
  {
    for (const double slope : { 0.0, 0.1, 0.7 }) // from equal ones to one that outweighs the others
    {
      Eigen::VectorXd parts(count);
      for (int i = 0; i < count; ++i)
      {
        parts[i] = std::exp(-slope * i);
      }
      parts.normalize();
      std::vector<double> sums;
      for (int signs = 0; signs < 1 << count; ++signs)
      {
        double sum = 0.0;
        for (int i = 0; i < count; ++i)
        {
          sum += ((signs >> i) & 1) != 0 ? parts[i] : -parts[i];
        }
        sums.push_back(std::abs(sum));
      }
      for (const double z : sums)
      {
        constexpr double rounding = 1e-12; // of sums that are the same
        const auto beyond = std::count_if(
          sums.begin(), sums.end(), [z](double other) { return other >= z - rounding; });
        const double probability = static_cast<double>(beyond) / static_cast<double>(sums.size());
        EXPECT_LE(probability, DifferencePValue(z, DifferenceStatistic::Pooled) + rounding);
        tooSmall += probability > DifferencePValue(z, DifferenceStatistic::Separate) ? 1 : 0;
      }
    }
  }
  EXPECT_GT(tooSmall, 0);
}
}
