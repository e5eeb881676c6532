// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Regions/DensityAtPlaces.h"

#include "support/RegionCases.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace scorefields
{
namespace
{
const Grid Box{ Eigen::Vector3d::Zero(), Eigen::Vector3d::Ones(), Index3(5, 4, 3) };
}

// Oracle: closed form. A quadratic logarithm is met at every place, in a part of the grid as well.
TEST(DensityAtPlaces, MeetsQuadraticLogarithms)
{
  const auto log = [](const Eigen::Vector3d& x)
  { return x[0] - 2.0 * x[1] + 0.5 * x[0] * x[2] - x[0] * x[0] + 0.3 * x[1] * x[1]; };
  const support::RegionCase given(Box, log);
  const support::RegionPart part(given, 0, 2, 4);
  const RegionField whole = given.Field();
  const RegionField field(part.Nodes, given.Largest, Execution());
  for (const Eigen::Vector3d& place : { Eigen::Vector3d(2.0, 3.0, 2.0),
         Eigen::Vector3d(2.25, 0.5, 1.75), Eigen::Vector3d(4.0, 1.125, 0.0) })
  {
    const double expected = std::exp(log(place) - given.Largest);
    EXPECT_NEAR(DensityAt(whole, place), expected, 1e-14);
    EXPECT_NEAR(DensityAt(field, place), expected, 1e-14);
  }
  EXPECT_TRUE(std::isnan(DensityAt(field, { 1.9, 0.0, 0.0 }))) << "another part has it";
  EXPECT_FALSE(std::isnan(DensityAt(whole, { 1.9, 0.0, 0.0 })));
  EXPECT_TRUE(std::isnan(DensityAt(whole, { 4.1, 0.0, 0.0 }))) << "outside";
  EXPECT_TRUE(std::isnan(DensityAt(whole, { 0.0, -0.1, 0.0 }))) << "outside";
  EXPECT_EQ(DensityAt(whole, { 1.0 - 1e-7, 1.0, 1.0 }), DensityAt(whole, { 1.0, 1.0, 1.0 }));
}

// Oracle: closed form. Beside a node of density 0 the density is linear; where a node has no value,
// there is none, but at the nodes beside it.
TEST(DensityAtPlaces, KnowsZerosAndHoles)
{
  const support::RegionCase given(Box,
    [](const Eigen::Vector3d& x)
    {
      return x[0] == 1.0 ? -std::numeric_limits<double>::infinity()
        : x[0] == 4.0    ? std::numeric_limits<double>::quiet_NaN()
                         : 0.0;
    });
  const RegionField field = given.Field();
  EXPECT_DOUBLE_EQ(DensityAt(field, { 0.75, 0.0, 0.0 }), 0.25);
  EXPECT_DOUBLE_EQ(DensityAt(field, { 1.0, 0.0, 0.0 }), 0.0);
  EXPECT_DOUBLE_EQ(DensityAt(field, { 3.0, 0.5, 0.0 }), 1.0);
  EXPECT_TRUE(std::isnan(DensityAt(field, { 3.5, 0.0, 0.0 })));
}

// Oracle: invariant. Along a periodic axis a place is the same after any number of periods.
TEST(DensityAtPlaces, WrapsPlaces)
{
  support::RegionCase given(
    Box, [](const Eigen::Vector3d& x) { return std::cos(0.5 * Pi * x[0]) + x[1]; });
  given.Nodes.Borders[0] = Boundary::Periodic;
  const RegionField field = given.Field();
  const double expected = DensityAt(field, { 0.3, 1.2, 0.0 });
  for (const double place : { 4.3, -3.7, 8.3, -7.7 })
  {
    EXPECT_NEAR(DensityAt(field, { place, 1.2, 0.0 }), expected, 1e-14);
  }
  EXPECT_FALSE(std::isnan(DensityAt(field, { 4.0, 3.0, 2.0 })));
}
}
