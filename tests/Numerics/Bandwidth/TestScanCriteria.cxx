// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/PairCriterion.h"
#include "Numerics/Bandwidth/ScanCriteria.h"
#include "Numerics/Mixture/MixturePresets.h"
#include "support/Numbers.h"
#include "support/StudySamples.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace scorefields
{
// Oracle: PairCriterion, by its own sums, at every bandwidth; the number of threads changes
// nothing. Tolerances of leave-one-out sums as above. The least squares are the same sums of 200
// terms about the points' mean: that rounds places by 2 eps and exponents by 24 eps / h^2, of
// criteria below 1, and 1 / h^2 for the gradient.
TEST(ScanCriteria, EqualThePairsAtEveryBandwidth)
{
  const std::vector<double> bandwidths{ 0.1, 0.3, 0.7, 1.5 };
  const Samples samples = ReferenceSamples();
  const Axes axes = Axes::First(2);
  const auto scan = [&](const Execution& execution)
  {
    return EvaluateCriteria(samples, axes, Eigen::Matrix3d::Identity(), bandwidths, 5e8, execution);
  };
  const ScanCriteria criteria = scan({});
  EXPECT_FALSE(criteria.Sampled);
  const Locations locations = FindLocations(samples, axes);
  const PairCriterion pairs(locations, {});
  for (std::size_t i = 0; i < bandwidths.size(); ++i)
  {
    const double h = bandwidths[i];
    const auto expected = [&](Criterion criterion) { return pairs(criterion, h, {}); };
    EXPECT_NEAR(criteria.LogLikelihood[i], -expected(Criterion::Likelihood), 1e-9);
    EXPECT_NEAR(criteria.Hyvarinen[i], expected(Criterion::Hyvarinen), 1.04e-7 / (h * h));
    const double rounding = Eps * (200.0 + 24.0 / (h * h));
    EXPECT_NEAR(criteria.LeastSquares[i], expected(Criterion::LeastSquaresDensity), rounding);
    EXPECT_NEAR(criteria.LeastSquaresGradient[i], expected(Criterion::LeastSquaresGradient),
      rounding / (h * h));
  }
  EXPECT_EQ(scan(OnThreads(3)).Hyvarinen, criteria.Hyvarinen);
}

// Oracle: all pairs. For many points the spectrum and a sample of locations take over, within what
// they state: four standard errors; and 1e-6 of the density's maximum, below 0.25 here, for each of
// two sums, the second of which counts twice. A Laplacian has two second derivatives, each 1 / h^2
// times as much.
TEST(ScanCriteria, ManyPointsKeepToTheStatedErrors)
{
  const Samples samples = StudySamples(3500, 5);
  const std::vector<double> bandwidths{ 0.2, 0.35, 0.5, 0.8 };
  const ScanCriteria criteria = EvaluateCriteria(
    samples, Axes::First(2), Eigen::Matrix3d::Identity(), bandwidths, 3500.0 * 400.0, {});
  EXPECT_TRUE(criteria.Sampled);
  const Locations locations = FindLocations(samples, Axes::First(2));
  const PairCriterion pairs(locations, {});
  constexpr double claimed = 3.0 * 1e-6 * 0.25;
  for (std::size_t i = 0; i < bandwidths.size(); ++i)
  {
    const double h = bandwidths[i];
    EXPECT_NEAR(criteria.LogLikelihood[i], -pairs(Criterion::Likelihood, h, {}),
      4.0 * criteria.LogLikelihoodError[i]);
    EXPECT_NEAR(
      criteria.Hyvarinen[i], pairs(Criterion::Hyvarinen, h, {}), 4.0 * criteria.HyvarinenError[i]);
    EXPECT_NEAR(criteria.LeastSquares[i], pairs(Criterion::LeastSquaresDensity, h, {}), claimed);
    EXPECT_NEAR(criteria.LeastSquaresGradient[i], pairs(Criterion::LeastSquaresGradient, h, {}),
      claimed * 2.0 / (h * h));
  }
}

// Oracle: PairCriterion in the same box, and the sampling error: all queries are pairs, and a
// sample of them keeps to four standard errors.
TEST(ScanCriteria, KnowClosedBoxes)
{
  Domain box;
  box.Boundaries = { Boundary::Periodic, Boundary::Reflecting, Boundary::Open };
  box.Lower = Eigen::Vector3d(-1.0, -2.0, 0.0);
  box.Length = Eigen::Vector3d(4.0, 5.0, 0.0);
  const Samples samples = StudySamples(600, 5);
  const std::vector<double> bandwidths{ 0.2, 0.5 };
  const Axes axes = Axes::First(2);
  const ScanCriteria criteria =
    EvaluateCriteria(samples, axes, Eigen::Matrix3d::Identity(), bandwidths, 5e8, {}, box);
  const ScanCriteria sampled =
    EvaluateCriteria(samples, axes, Eigen::Matrix3d::Identity(), bandwidths, 1.0, {}, box);
  EXPECT_FALSE(criteria.Sampled);
  EXPECT_TRUE(sampled.Sampled);
  const Locations locations = FindLocations(samples, axes, box);
  const PairCriterion pairs(locations, {});
  for (std::size_t i = 0; i < bandwidths.size(); ++i)
  {
    const double h = bandwidths[i];
    const auto expected = [&](Criterion criterion) { return pairs(criterion, h, {}); };
    // Sums of 600 terms about another origin round as above.
    const double rounding = Eps * (600.0 + 24.0 / (h * h));
    EXPECT_NEAR(criteria.LogLikelihood[i], -expected(Criterion::Likelihood), 8.0 * rounding);
    EXPECT_NEAR(criteria.Hyvarinen[i], expected(Criterion::Hyvarinen), 8.0 * rounding / (h * h));
    EXPECT_NEAR(criteria.LeastSquares[i], expected(Criterion::LeastSquaresDensity), rounding);
    EXPECT_NEAR(criteria.LeastSquaresGradient[i], expected(Criterion::LeastSquaresGradient),
      rounding / (h * h));
    EXPECT_NEAR(
      sampled.LogLikelihood[i], criteria.LogLikelihood[i], 4.0 * sampled.LogLikelihoodError[i]);
    EXPECT_GT(sampled.LogLikelihoodError[i], 0.0);
    EXPECT_NEAR(sampled.Hyvarinen[i], criteria.Hyvarinen[i], 4.0 * sampled.HyvarinenError[i]);
  }
}
}
