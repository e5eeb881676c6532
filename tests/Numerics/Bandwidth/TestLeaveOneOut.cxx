// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/LeaveOneOut.h"

#include "Numerics/Bandwidth/PairCriterion.h"
#include "support/RandomPoints.h"
#include "support/Reference.h"
#include "support/StudySamples.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace scorefields
{
// Oracle: the criteria of the reference sample with 25 digits, and the standard error that a sample
// of the locations states. Sums leave out 1e-9 of f: log f is off by that, |s|^2 / 2 + lap log f by
// two times 1e-9 r^2 / h^4, where samples are kept to r^2 = 2 h^2 ln(200 / 1e-9) = 52 h^2.
TEST(LeaveOneOut, MeansEqualTheReference)
{
  const Locations locations = FindLocations(ReferenceSamples(), Axes::First(2));
  const double likelihood = reference::Number(Selectors()["likelihood_cv_max"]["h"]);
  const double hyvarinen = reference::Number(Selectors()["loo_hyvarinen"]["h"]);
  EXPECT_NEAR(EvaluateLeaveOneOut(locations, likelihood, 200, nullptr, {}).LogLikelihood,
    reference::Number(Selectors()["likelihood_cv_max"]["value_at_h"]), 1e-9);
  const LeaveOneOut all = EvaluateLeaveOneOut(locations, hyvarinen, 200, nullptr, {});
  EXPECT_NEAR(all.Hyvarinen, reference::Number(Selectors()["loo_hyvarinen"]["value_at_h"]),
    1.04e-7 / (hyvarinen * hyvarinen));
  EXPECT_EQ(all.HyvarinenError, 0.0);

  const LeaveOneOut some = EvaluateLeaveOneOut(locations, hyvarinen, 80, nullptr, {});
  EXPECT_NEAR(some.LogLikelihood, all.LogLikelihood, 4.0 * some.LogLikelihoodError);
  EXPECT_NEAR(some.Hyvarinen, all.Hyvarinen, 4.0 * some.HyvarinenError);
  EXPECT_GT(some.LogLikelihoodError, 0.02);
  EXPECT_LT(some.LogLikelihoodError, 0.2);
}

// Oracle: sums over all pairs (PairCriterion.h), for rounded points, of which many coincide and
// count beside each other; tolerances as above, with 400 points. Bandwidths of half a step and
// more.
TEST(LeaveOneOut, RoundedPointsCountBesideEachOther)
{
  for (int dimension = 1; dimension <= 2; ++dimension)
  {
    const Locations locations = FindLocations(
      Samples::Unweighted((RandomPoints(400, 5, dimension).array() * 12.0).round() / 12.0),
      Axes::First(dimension));
    ASSERT_GT(locations.Others.maxCoeff(), 0.0);
    const PairCriterion pairs(locations, {});
    for (const double h : { 0.05, 0.15 })
    {
      const LeaveOneOut means = EvaluateLeaveOneOut(locations, h, locations.Count(), nullptr, {});
      EXPECT_NEAR(means.LogLikelihood, -pairs(Criterion::Likelihood, h, {}), 1e-9);
      EXPECT_NEAR(means.Hyvarinen, pairs(Criterion::Hyvarinen, h, {}), 1.1e-7 / (h * h));
    }
  }
}

// Contract: one location has no others.
TEST(LeaveOneOut, OneLocationHasNoOthers)
{
  const Locations one =
    FindLocations(Samples::Unweighted(Eigen::Matrix3Xd::Ones(3, 4)), Axes::First(2));
  EXPECT_THROW(EvaluateLeaveOneOut(one, 1.0, 1, nullptr, {}), std::invalid_argument);
}
}
