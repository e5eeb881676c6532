// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/Significance.h"

#include "support/DirectSum.h"
#include "support/Numbers.h"
#include "support/Reference.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace scorefields
{
namespace
{
/// Standard normal numbers that are the same everywhere (Box and Muller).
class Normal
{
public:
  explicit Normal(unsigned int seed)
    : Generator(seed)
  {
  }
  double operator()()
  {
    const double u = (static_cast<double>(this->Generator()) + 0.5) / 4294967296.0;
    const double v = static_cast<double>(this->Generator()) / 4294967296.0;
    return std::sqrt(-2.0 * std::log(u)) * std::cos(2.0 * Pi * v);
  }

private:
  std::mt19937 Generator;
};
}

// Oracle: the quantiles at 5 % with 50 digits (reference.json), whose rounding moves the tail by
// eps w / 2 times it, and erfc adds a few eps; and the leading term of the far tail.
TEST(Significance, TailIsThatOfChiSquare)
{
  const auto& quantiles = reference::All()["draws"]["chi_square_quantiles"];
  for (int d = 1; d <= 3; ++d)
  {
    const double quantile = reference::Number(quantiles[static_cast<std::size_t>(d - 1)]);
    EXPECT_NEAR(ChiSquareTail(quantile, d), 0.05, 0.05 * 8.0 * Eps) << d;
    EXPECT_EQ(ChiSquareTail(0.0, d), 1.0);
    // Far tail: w^(d/2 - 1) exp(-w/2) / (2^(d/2 - 1) Gamma(d/2)), next term below d / w.
    const double w = 600.0;
    const double gamma = std::tgamma(0.5 * d);
    const double leading = std::pow(0.5 * w, 0.5 * d - 1.0) * std::exp(-0.5 * w) / gamma;
    EXPECT_NEAR(ChiSquareTail(w, d) / leading, 1.0, 3.0 / w);
  }
}

// Oracle: definition. In two dimensions W = 4 ESS h^2 |s|^2, and the standard error of a component
// is 1 / (h sqrt(4 ESS)).
TEST(Significance, StatisticIsThatOfTheIsotropicCase)
{
  const SignificanceTest test(GaussianKernel::Isotropic(Axes::First(2), 0.5), 200.0);
  const Eigen::Vector3d score(0.3, -0.4, 0.0);
  const double w = 4.0 * 7.0 * 0.25 * 0.25;
  EXPECT_NEAR(test.PValue(7.0, score), std::exp(-0.5 * w), 8.0 * Eps);
  EXPECT_NEAR(test.StandardError(7.0), 1.0 / (0.5 * std::sqrt(28.0)), 8.0 * Eps);
  // n samples at the node itself: f = K(0), so that ESS = n.
  const double logPeak = GaussianKernel::Isotropic(Axes::First(2), 0.5).LogPeak();
  EXPECT_NEAR(std::exp(logPeak + test.LogSizeFactor), 200.0, 200.0 * 16.0 * Eps); // logs below 8
}

// Oracle: calibration. The smoothed score of a normal density p = N(0, I) is 0 at its centre for
// every bandwidth h. There n times the variance of a slope of f is int (d_a K_h)^2 p, while the
// test puts the expectation of f, 1 / (2 pi (1 + h^2)), in the place of p under the integral: its W
// is chi-square times 4 (1 + h^2) / (2 + h^2)^2, so that a level of 5 % in two dimensions becomes
// 0.05 to the inverse of that. Within four standard errors of 4000 repetitions.
TEST(Significance, RejectsATrueZeroAsOftenAsItSays)
{
  constexpr int Repetitions = 4000;
  constexpr Index Count = 200;
  Normal normal(2024);
  const std::vector<double> bandwidths{ 0.3, 0.4, 0.5, 0.7, 1.0 };
  std::vector<int> rejected(bandwidths.size(), 0);
  const Eigen::Matrix3Xd centre = Eigen::Matrix3Xd::Zero(3, 1);
  for (int repetition = 0; repetition < Repetitions; ++repetition)
  {
    Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, Count);
    for (Index i = 0; i < Count; ++i)
    {
      points(0, i) = normal();
      points(1, i) = normal();
    }
    const Samples samples = Samples::Unweighted(points);
    for (std::size_t b = 0; b < bandwidths.size(); ++b)
    {
      const auto kernel = GaussianKernel::Isotropic(Axes::First(2), bandwidths[b]);
      double size = 0.0;
      Eigen::Vector3d score;
      FieldView fields;
      fields.EffectiveSampleSize = &size;
      fields.Score = score.data();
      direct::EvaluateAtPoints(samples, kernel, centre, fields);
      const SignificanceTest test(kernel, static_cast<double>(Count));
      rejected[b] += test.PValue(size, score) < 0.05 ? 1 : 0;
    }
  }
  for (std::size_t b = 0; b < bandwidths.size(); ++b)
  {
    const double share = rejected[b] / static_cast<double>(Repetitions);
    const double square = bandwidths[b] * bandwidths[b];
    const double expected =
      std::pow(0.05, (2.0 + square) * (2.0 + square) / (4.0 * (1.0 + square)));
    EXPECT_NEAR(share, expected, 4.0 * std::sqrt(expected * (1.0 - expected) / Repetitions))
      << "bandwidth " << bandwidths[b];
  }
}

// Oracle: worked by hand. Of m = 5 tests at 5 %: Bonferroni 0.01; Hochberg compares the k-th
// smallest with 0.05 / (6 - k): 0.01, 0.0125, 0.0167, 0.025, 0.05.
TEST(Significance, LevelsAreSharedAmongTests)
{
  std::vector<double> values{ 0.04, 0.001, 0.014, 0.012 };
  EXPECT_EQ(SignificanceThreshold(MultipleTesting::Pointwise, 0.05, values, 5.0), 0.05);
  EXPECT_NEAR(SignificanceThreshold(MultipleTesting::Bonferroni, 0.05, values, 5.0), 0.01, Eps);
  EXPECT_EQ(SignificanceThreshold(MultipleTesting::Hochberg, 0.05, values, 5.0), 0.014);
  std::vector<double> none{ 0.04, 0.03 };
  EXPECT_NEAR(SignificanceThreshold(MultipleTesting::Hochberg, 0.05, none, 5.0), 0.01, Eps);
  std::vector<double> empty;
  EXPECT_EQ(SignificanceThreshold(MultipleTesting::Hochberg, 0.05, empty, 0.0), 0.05);
}
}
