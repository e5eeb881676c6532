// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/PowerSpectrumCriterion.h"

#include "Numerics/Mixture/MixturePresets.h"
#include "support/RandomPoints.h"
#include "support/StudySamples.h"

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
// Oracle: slow definition, in three dimensions too. The sums over all pairs by the power spectrum
// claim 1e-6 of the density's maximum, below 1 here, for each of two sums, the second of which
// counts twice. A Laplacian has d second derivatives, each 1 / h^2 times as much.
TEST(PowerSpectrumCriterion, EqualsTheSumOverPairs)
{
  for (int dimension = 1; dimension <= 3; ++dimension)
  {
    Samples samples = StudySamples(1500, 3);
    samples.Points.row(2) = RandomPoints(1500, 5).row(0) * 3.0;
    samples =
      Samples::Weighted(samples.Points, RandomPoints(1500, 4).row(1).transpose().array() + 0.7);
    const Locations locations = FindLocations(samples, Axes::First(dimension));
    const Execution serial;
    const PairCriterion pairs(locations, serial);
    const double least = dimension == 3 ? 0.3 : 0.15; // the mesh of 0.15 would be too large
    PowerSpectrumCriterion spectral(locations, least, 1.0);
    ASSERT_TRUE(spectral.IsAffordable());
    spectral.Transform(serial);
    for (const double h : { least, 0.4, 0.6 })
    {
      const auto density = Criterion::LeastSquaresDensity;
      const auto gradient = Criterion::LeastSquaresGradient;
      EXPECT_NEAR(spectral(density, h), pairs(density, h, serial), 3e-6) << dimension;
      EXPECT_NEAR(spectral(gradient, h), pairs(gradient, h, serial), 3e-6 * dimension / (h * h))
        << dimension;
    }
  }
}

// Oracle: sums over all pairs with their images (PairCriterion.h), for every boundary in the plane;
// tolerances as above, for a density below 2.
TEST(PowerSpectrumCriterion, EqualsTheSumOverPairsInAClosedBox)
{
  const auto choices = ValuesOf<Boundary>();
  for (const Boundary x : choices)
  {
    for (const Boundary y : choices)
    {
      Domain box;
      box.Boundaries = { x, y, Boundary::Open };
      box.Lower = Eigen::Vector3d(-0.5, -0.6, 0.0);
      box.Length = Eigen::Vector3d(1.0, 1.2, 0.0);
      const Locations locations = FindLocations(
        Samples::Weighted(RandomPoints(500, 3, 2), RandomPoints(500, 4).row(1).array() + 0.7),
        Axes::First(2), box);
      const PairCriterion pairs(locations, {});
      PowerSpectrumCriterion spectral(locations, 0.05, 0.4);
      ASSERT_TRUE(spectral.IsAffordable());
      spectral.Transform({});
      for (const double h : { 0.05, 0.1, 0.25 })
      {
        const auto density = Criterion::LeastSquaresDensity;
        const auto gradient = Criterion::LeastSquaresGradient;
        EXPECT_NEAR(spectral(density, h), pairs(density, h, {}), 6e-6) << NameOf(x) << NameOf(y);
        EXPECT_NEAR(spectral(gradient, h), pairs(gradient, h, {}), 12e-6 / (h * h))
          << NameOf(x) << NameOf(y);
      }
    }
  }
}
}
