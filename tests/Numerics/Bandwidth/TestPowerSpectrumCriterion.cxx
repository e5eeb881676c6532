// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/PowerSpectrumCriterion.h"

#include "Numerics/Mixture/MixturePresets.h"
#include "Numerics/Mixture/MixtureSampling.h"
#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
namespace
{
Samples StudySamples(Index n, std::uint64_t seed)
{
  return Samples::Unweighted(SampleMixture(MakeMixture(MixturePreset::Study), seed, 0, n).Points);
}
}

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
}
