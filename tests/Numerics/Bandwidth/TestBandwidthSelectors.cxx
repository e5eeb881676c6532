// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/BandwidthSelectors.h"
#include "Numerics/Bandwidth/KernelChoice.h"
#include "Numerics/Bandwidth/SheatherJones.h"
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
}

// Oracle: reference bandwidths printed with 8 digits, and the criterion there, with 12. The
// bandwidths come from values alone, which are flat to rounding within 2e-8 of the minimum; 3e-8 is
// allowed.
TEST(BandwidthSelectors, MinimaEqualTheReference)
{
  const Locations locations = ReferenceLocations();
  const auto expect = [&locations](Criterion criterion, const char* key, double sign)
  {
    const double h = reference::Number(Selectors()[key]["h"]);
    const double value = reference::Number(Selectors()[key]["value_at_h"]);
    const Execution serial;
    const PairCriterion pairs(locations, serial);
    EXPECT_NEAR(sign * pairs(criterion, h, serial), value, 6e-12) << key;
    const SelectedBandwidth selected = MinimizeCriterion(criterion, locations, serial);
    ASSERT_TRUE(selected.Found) << key;
    EXPECT_NEAR(selected.Bandwidth, h, 3e-8) << key;
  };
  expect(Criterion::Likelihood, "likelihood_cv_max", -1.0);
  expect(Criterion::LeastSquaresDensity, "lscv_density", 1.0);
  expect(Criterion::LeastSquaresGradient, "lscv_gradient", 1.0);
  expect(Criterion::Hyvarinen, "loo_hyvarinen", 1.0);
}

// Oracle: reference values of the fixed point with unbinned cosine sums, 10 digits.
TEST(BandwidthSelectors, SheatherJonesEqualsTheReference)
{
  const Locations locations = ReferenceLocations();
  const auto& expected = Selectors()["isj_botev_xy"];
  EXPECT_NEAR(SheatherJonesBandwidth(locations, 0), reference::Number(expected[0]), 6e-11);
  EXPECT_NEAR(SheatherJonesBandwidth(locations, 1), reference::Number(expected[1]), 6e-11);
}
}
