// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Regions/MassCurve.h"

#include "support/RegionCases.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>
#include <thread>

namespace scorefields
{
namespace
{
/// P(chi2_d > r^2): the mass of a Gaussian outside of the ellipsoid of radius r.
double Outside(int dimension, double r)
{
  const double line = std::erfc(r / std::sqrt(2.0));
  switch (dimension)
  {
    case 1:
      return line;
    case 2:
      return std::exp(-0.5 * r * r);
    default:
      return line + std::sqrt(2.0 / Pi) * r * std::exp(-0.5 * r * r);
  }
}

/// Largest error of the mass of a Gaussian's regions, and of the volume of listed ones.
struct Errors
{
  double Mass = 0.0;
  double Tail = 0.0; ///< relative
  double Nominal = 0.0;
  double Measure = 0.0; ///< relative
};

Errors ErrorsOfGaussian(int dimension, double spacing)
{
  const support::RegionCase given(support::RegionGrid(dimension, spacing, 9.0),
    [](const Eigen::Vector3d& x) { return -0.5 * x.squaredNorm(); });
  const RegionField field = given.Field();
  const Exchange parts;
  const Execution machine;
  const MassCurve curve(field, parts, machine);
  Errors errors;
  for (int step = 5; step <= 65; ++step)
  {
    const double r = 0.1 * step;
    const double level = std::exp(-0.5 * r * r - given.Largest);
    const double outside = Outside(dimension, r);
    errors.Mass = std::max(errors.Mass, std::abs(curve.ShareAbove(level) - 1.0 + outside));
    errors.Tail = std::max(errors.Tail, std::abs(curve.ShareBelow(level) / outside - 1.0));
  }
  for (const RegionLevel& level : curve.Find({ 0.5, 0.25, 0.75, 0.95, 0.999 }))
  {
    const double r = std::sqrt(-2.0 * (std::log(level.Density) + given.Largest));
    const double ball = std::pow(Pi, 0.5 * dimension) / std::tgamma(0.5 * dimension + 1.0);
    errors.Nominal = std::max(errors.Nominal, std::abs(1.0 - Outside(dimension, r) - level.Share));
    errors.Measure =
      std::max(errors.Measure, std::abs(level.Measure / (ball * std::pow(r, dimension)) - 1.0));
  }
  return errors;
}
}

// Oracle: closed form, P(chi2_d <= r^2), with spacings of a quarter and an eighth of the standard
// deviation. The error of the interpolant averages out over cells, which leaves h^4 in the bulk
// (0.25^4 = 4e-3, 0.125^4 = 2e-4, times derivatives that are below 1). On a line no cells are
// averaged over: the two points of a level are off by h^2 / 5 times f'' / f' at most, here 0.01.
TEST(MassCurve, HoldsTheNominalMassOfAGaussian)
{
  for (const int dimension : { 1, 2, 3 })
  {
    const Errors coarse = ErrorsOfGaussian(dimension, 0.25);
    const Errors fine = ErrorsOfGaussian(dimension, 0.125);
    EXPECT_LT(fine.Mass, dimension == 1 ? 1e-2 : 2e-4) << dimension;
    EXPECT_LT(fine.Nominal, dimension == 1 ? 1e-2 : 1e-4) << dimension;
    EXPECT_LT(fine.Measure, dimension == 1 ? 1e-2 : 2e-4) << dimension;
    EXPECT_LT(fine.Tail, dimension == 1 ? 5e-2 : 5e-3) << dimension << ": to 6.5 deviations";
    EXPECT_LT(coarse.Nominal, dimension == 1 ? 4e-2 : 1e-3) << dimension;
    if (dimension > 1)
    {
      EXPECT_LT(4.0 * fine.Nominal, coarse.Nominal) << dimension << ": better than order 2";
    }
  }
}

// Oracle: numerical integration. Of two Gaussians side by side the region is |y| <= Y(x), with Y in
// closed form, so its mass is an integral along x, by 2e5 midpoints (1e-7 at the ends, where Y has
// a root).
TEST(MassCurve, HoldsTheNominalMassOfAMixture)
{
  const auto along = [](double x)
  {
    return 0.7 * std::exp(-0.5 * x * x) / std::sqrt(2.0 * Pi) +
      0.3 * std::exp(-0.5 * (x - 3.5) * (x - 3.5)) / std::sqrt(2.0 * Pi);
  };
  const support::RegionCase given(support::RegionGrid(2, 0.2, 10.0),
    [&along](const Eigen::Vector3d& x)
    { return std::log(along(x[0])) - 0.5 * x[1] * x[1] - 0.5 * std::log(2.0 * Pi); });
  const RegionField field = given.Field();
  const Exchange parts;
  const Execution machine;
  const MassCurve curve(field, parts, machine);
  EXPECT_NEAR(curve.Total() * std::exp(given.Largest), 1.0, 1e-9);
  for (const RegionLevel& level : curve.Find({ 0.25, 0.5, 0.75, 0.95 }))
  {
    const double density = level.Density * std::exp(given.Largest);
    double mass = 0.0;
    double area = 0.0;
    const int points = 200000;
    const double width = 24.0 / points;
    for (int i = 0; i < points; ++i)
    {
      const double x = -10.0 + (i + 0.5) * width;
      const double square = 2.0 * std::log(along(x) / (density * std::sqrt(2.0 * Pi)));
      const double y = std::sqrt(std::max(square, 0.0));
      mass += width * along(x) * std::erf(y / std::sqrt(2.0));
      area += width * 2.0 * y;
    }
    EXPECT_NEAR(level.Share, mass, 1e-3);
    EXPECT_NEAR(level.Measure, area, 2e-3 * area);
  }
}

// Oracle: closed form. Where the density is the same everywhere, a region is all or nothing; where
// it has two steps, the regions are the steps.
TEST(MassCurve, GivesAPlateauAsAWhole)
{
  const Exchange parts;
  const Execution machine;
  const support::RegionCase flat(
    support::RegionGrid(2, 1.0, 4.0), [](const Eigen::Vector3d&) { return -3.0; });
  const RegionField flatField = flat.Field();
  const MassCurve flatCurve(flatField, parts, machine);
  const RegionLevel level = flatCurve.Find({ 0.25 })[0];
  EXPECT_NEAR(level.Share, 1.0, 1e-12);
  EXPECT_NEAR(level.Measure, 64.0, 1e-12);
  EXPECT_NEAR(flatCurve.ShareAbove(1.0), 1.0, 1e-12);

  const support::RegionCase steps(support::RegionGrid(1, 0.01, 1.0),
    [](const Eigen::Vector3d& x) { return x[0] < 0.0 ? 0.0 : std::log(0.25); });
  const RegionField stepField = steps.Field();
  const MassCurve stepCurve(stepField, parts, machine);
  const std::vector<RegionLevel> found = stepCurve.Find({ 0.5, 0.95 });
  EXPECT_NEAR(found[0].Share, 0.8, 0.01) << "one step, to a cell";
  EXPECT_NEAR(found[1].Share, 1.0, 0.01) << "both steps, to a cell";
}

// Oracle: invariant. A factor of the density, the order of the shares and threads change nothing.
TEST(MassCurve, DoesNotDependOnUnitsAndThreads)
{
  const auto density = [](const Eigen::Vector3d& x) { return -0.5 * x.squaredNorm() + 0.2 * x[0]; };
  const support::RegionCase given(support::RegionGrid(2, 0.25, 7.0), density);
  const support::RegionCase scaled(support::RegionGrid(2, 0.25, 7.0),
    [&density](const Eigen::Vector3d& x) { return density(x) - 500.0; });
  const RegionField field = given.Field();
  const RegionField other = scaled.Field(OnThreads(3));
  const Exchange parts;
  const Execution machine;
  const Execution threads = OnThreads(3);
  const std::vector<RegionLevel> found = MassCurve(field, parts, machine).Find({ 0.9, 0.1, 0.5 });
  const std::vector<RegionLevel> again = MassCurve(other, parts, threads).Find({ 0.1, 0.5, 0.9 });
  for (std::size_t i = 0; i < 3; ++i)
  {
    EXPECT_NEAR(found[i].Density, again[(i + 2) % 3].Density, 1e-12);
  }
}

// Oracle: invariant. The parts of a grid have the curve of the whole, whichever each has: here each
// of two threads has one, and sums wait for both. The order of the sums is another one: 1e-12.
TEST(MassCurve, DoesNotDependOnParts)
{
  const support::RegionCase given(support::RegionGrid(2, 0.25, 6.0),
    [](const Eigen::Vector3d& x) { return -0.5 * x.squaredNorm() + 0.2 * x[0] * std::sin(x[1]); });
  const RegionField field = given.Field();
  const Exchange whole;
  const Execution machine;
  const MassCurve expected(field, whole, machine);
  const std::vector<RegionLevel> levels = expected.Find({ 0.3, 0.9 });
  support::Meeting meeting(2);
  std::vector<std::thread> threads;
  for (const int number : { 0, 1 })
  {
    threads.emplace_back(
      [&, number]
      {
        const Index last = given.Nodes.Whole.Dimensions[1] - 1;
        const support::RegionPart part(given, 1, number == 0 ? 0 : 20, number == 0 ? 20 : last);
        const RegionField own(part.Nodes, given.Largest, machine);
        Exchange exchange;
        exchange.Sum = [&meeting](double* values, Index n) { meeting.Sum(values, n); };
        const MassCurve curve(own, exchange, machine);
        for (const double density : { 1e-9, 1e-3, 0.1, 0.5, 0.99 })
        {
          EXPECT_NEAR(curve.ShareAbove(density), expected.ShareAbove(density), 1e-12);
          EXPECT_NEAR(curve.ShareBelow(density) / expected.ShareBelow(density), 1.0, 1e-10);
        }
        const std::vector<RegionLevel> found = curve.Find({ 0.3, 0.9 });
        EXPECT_NEAR(found[0].Density, levels[0].Density, 1e-12);
        EXPECT_NEAR(found[1].Measure, levels[1].Measure, 1e-10);
      });
  }
  for (std::thread& thread : threads)
  {
    thread.join();
  }
}

// Contract: a density of 0 is refused.
TEST(MassCurve, RefusesNothing)
{
  const support::RegionCase nothing(
    support::RegionGrid(2, 1.0, 4.0), [](const Eigen::Vector3d&) { return -INFINITY; });
  const RegionField field(nothing.Nodes, 0.0, Execution());
  EXPECT_THROW(MassCurve(field, Exchange(), Execution()), std::invalid_argument);
}
}
