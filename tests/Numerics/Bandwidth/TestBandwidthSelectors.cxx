// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/BandwidthSelectors.h"
#include "support/Numbers.h"
#include "support/Reference.h"
#include "support/StudySamples.h"

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
// Oracle: minima with 50 digits (reference.json), and the criterion there. Rounding of the
// criterion: sums of 200 terms, each at most 2 / h^2, the Laplacian of the logarithm of one kernel.
// The place of the minimum is stated to 1e-9 (LogMinimum.h). Its Newton steps take the derivative
// in log h by five values 3e-3 apart: truncation (3e-3)^4 / 30 times the fifth derivative, which is
// at most 100 times the curvature here, so 3e-10; rounding 1e-14 / 3e-3 over a curvature of 0.03 at
// least, so 1e-10.
TEST(BandwidthSelectors, MinimaEqualTheReference)
{
  const Locations locations = ReferenceLocations();
  const auto expect = [&locations](Criterion criterion, const char* key, double sign)
  {
    const double h = reference::Number(Selectors()[key]["h"]);
    const double value = reference::Number(Selectors()[key]["value_at_h"]);
    const Execution serial;
    const PairCriterion pairs(locations, serial);
    EXPECT_NEAR(sign * pairs(criterion, h, serial), value, 200.0 * Eps * 2.0 / (h * h)) << key;
    const SelectedBandwidth selected = MinimizeCriterion(criterion, locations, serial);
    ASSERT_TRUE(selected.Found) << key;
    EXPECT_NEAR(selected.Bandwidth, h, 1e-9 * h) << key;
  };
  expect(Criterion::Likelihood, "likelihood_cv_max", -1.0);
  expect(Criterion::LeastSquaresDensity, "lscv_density", 1.0);
  expect(Criterion::LeastSquaresGradient, "lscv_gradient", 1.0);
  expect(Criterion::Hyvarinen, "loo_hyvarinen", 1.0);
}
}
