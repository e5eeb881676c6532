// SPDX-License-Identifier: BSD-3-Clause
// What is claimed of the classes: few false alarms, and where nothing can be said.
#include "Numerics/Difference/DensityDifference.h"

#include "support/DifferenceCases.h"
#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
using support::AxesUpTo;
using support::Cube;
using support::Drawn;
using support::Judge;
using support::Result;
using support::Scene;

// Oracle: the integrals over a sample's place in the box, of the squared sum of its images and of
// the sum of their squares, by the midpoint rule, whose error is 1e-6 or less here.
TEST(DensityDifferenceClaims, OverlapOfImagesIsThatOfTheirSquares)
{
  const double h = 0.3;
  for (const Boundary boundary : { Boundary::Periodic, Boundary::Reflecting })
  {
    const bool mirrors = boundary == Boundary::Reflecting;
    const Domain domain =
      Domain::Of(Cube(1, 11, 0.5), { boundary, Boundary::Open, Boundary::Open });
    for (const double x : { -0.5, -0.3, 0.0, 0.45 })
    {
      double ofSums = 0.0;
      double ofSquares = 0.0;
      for (int i = 0; i < 4000; ++i)
      {
        const double y = -0.5 + (i + 0.5) / 4000.0;
        double sum = 0.0;
        for (int m = -8; m <= 8; ++m)
        {
          const double period = mirrors ? 2.0 : 1.0;
          for (const double image : { y + m * period, -1.0 - y + m * period })
          {
            const bool counts = mirrors || image == y + m * period;
            const double value = counts ? std::exp(-0.5 * std::pow((x - image) / h, 2)) : 0.0;
            sum += value;
            ofSquares += value * value;
          }
        }
        ofSums += sum * sum;
      }
      EXPECT_NEAR(ImageOverlap(domain, 0, h, x), ofSums / ofSquares, 1e-5);
    }
    EXPECT_EQ(ImageOverlap(domain, 1, h, 0.0), 1.0);
  }
}

// Oracle: statistics. at a wall, where the kernel meets its mirror image, Z has the variance 1 over
// 400 pairs of equal clouds, to four standard errors of it, sqrt(2 / 400) each. Without the overlap
// it would be 2.
TEST(DensityDifferenceClaims, KnowsTheVarianceAtAWall)
{
  Scene scene{ GaussianKernel::Isotropic(AxesUpTo(1), 0.05), Cube(1, 2, 0.5) };
  scene.Boundaries[0] = Boundary::Reflecting;
  for (const auto statistic : ValuesOf<DifferenceStatistic>())
  {
    scene.Options.Statistic = statistic;
    double sum = 0.0;
    for (unsigned int pair = 0; pair < 400; ++pair)
    {
      const Samples a = Samples::Unweighted(RandomPoints(300, 2 * pair + 1, 1));
      const Samples b = Samples::Unweighted(RandomPoints(300, 2 * pair + 2, 1));
      sum += std::pow(Judge(a, b, scene).Standardised()[0], 2);
    }
    EXPECT_NEAR(sum / 400.0, 1.0, 4.0 * std::sqrt(2.0 / 400.0));
  }
}

// Oracle: statistics. of 60 pairs of equal clouds of very different size at most 5 % have a false
// alarm somewhere. Eight or more have a probability of 1 % at 5 % each; Separate has over 30.
TEST(DensityDifferenceClaims, RaisesFewFalseAlarms)
{
  const auto alarms = [](DifferenceStatistic statistic)
  {
    int count = 0;
    for (std::uint64_t pair = 0; pair < 60; ++pair)
    {
      Scene scene{ GaussianKernel::Isotropic(AxesUpTo(2), 0.25), Cube(2, 33, 4.0) };
      scene.Options.Statistic = statistic;
      const Result found =
        Judge(Drawn(100, 2 * pair, 0.0, 2), Drawn(2000, 2 * pair + 1, 0.0, 2), scene);
      count += found.Differences() > 0.0 ? 1 : 0;
    }
    return count;
  };
  EXPECT_LT(alarms(DifferenceStatistic::Pooled), 8);
  EXPECT_GT(alarms(DifferenceStatistic::Separate), 30);
}

// Oracle: a limit, clouds far from each other. Each has more where it is, and nothing is said
// between them.
TEST(DensityDifferenceClaims, FindsCloudsApart)
{
  const Scene scene{ GaussianKernel::Isotropic(AxesUpTo(1), 0.4), Cube(1, 201, 15.0) };
  const Result found = Judge(Drawn(200, 1, -10.0, 1), Drawn(50, 2, 10.0, 1), scene);
  for (Index i = 0; i < 201; ++i)
  {
    const double x = -15.0 + 0.15 * static_cast<double>(i);
    const auto one = static_cast<DifferenceClass>(found.Classes[static_cast<std::size_t>(i)]);
    if (std::abs(std::abs(x) - 10.0) < 1.0)
    {
      EXPECT_EQ(one, x < 0.0 ? DifferenceClass::MoreInA : DifferenceClass::MoreInB) << x;
    }
    if (std::abs(x) < 5.0)
    {
      EXPECT_EQ(one, DifferenceClass::TooFewSamples) << x;
    }
    EXPECT_TRUE(std::isfinite(found.LogRatio()[i])) << x;
  }
  EXPECT_LT(found.Tests, 201.0);
}

// Oracle: a limit, one sample against many, and one against one.
TEST(DensityDifferenceClaims, TakesASingleSample)
{
  const Scene scene{ GaussianKernel::Isotropic(AxesUpTo(2), 0.4), Cube(2, 15, 3.0) };
  const Result found = Judge(Drawn(1, 1, 0.0, 2), Drawn(300, 2, 0.0, 2), scene);
  EXPECT_TRUE(found.Values.allFinite());
  EXPECT_EQ(found.Differences(), 0.0);
  EXPECT_GT(found.Tests, 0.0);
  const Result both = Judge(Drawn(1, 1, 0.0, 2), Drawn(1, 2, 0.0, 2), scene);
  EXPECT_TRUE(both.Values.allFinite());
  EXPECT_EQ(both.Tests, 0.0);
}
}
