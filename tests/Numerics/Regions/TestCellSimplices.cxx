// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Regions/CellSimplices.h"

#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace
{
/// The same by truncated powers (Curry and Schoenberg 1966: the values of a linear function on a
/// simplex are distributed like a B-spline with its corner values as knots). Exact where no two
/// values are close.
template <int Dimension>
PartAbove ByPowers(const SimplexValues<Dimension>& values, double level)
{
  PartAbove part;
  double integral = 0.0; // of the measure above, from the level on
  for (const double value : values)
  {
    double product = 1.0;
    for (const double other : values)
    {
      product *= other == value ? 1.0 : value - other;
    }
    const double excess = std::max(value - level, 0.0);
    part.Measure += std::pow(excess, Dimension) / product;
    integral += std::pow(excess, Dimension + 1) / ((Dimension + 1) * product);
  }
  part.Mass = level * part.Measure + integral;
  return part;
}

/// Values at least 0.05 apart, so that the truncated powers lose no more than 20^3 times rounding.
template <int Dimension>
SimplexValues<Dimension> Values(Eigen::Index draw)
{
  const Eigen::Matrix3Xd points = RandomPoints(2, static_cast<unsigned int>(draw));
  SimplexValues<Dimension> values;
  double sum = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i)
  {
    sum += 0.55 + points(static_cast<Eigen::Index>(i % 3), static_cast<Eigen::Index>(i / 3));
    values[i] = sum;
  }
  return values;
}

template <int Dimension>
void CompareWithPowers()
{
  for (int draw = 1; draw <= 50; ++draw)
  {
    const SimplexValues<Dimension> values = Values<Dimension>(draw);
    for (int step = 1; step <= 20; ++step)
    {
      const double level = values[0] + (values[Dimension] - values[0]) * step / 20.0;
      const PartAbove found = AboveLevel<Dimension>(values, level);
      const PartAbove expected = ByPowers<Dimension>(values, level);
      EXPECT_NEAR(found.Measure, expected.Measure, 1e-11);
      EXPECT_NEAR(found.Mass, expected.Mass, 1e-11);
    }
  }
}

template <int Dimension>
void TestPartition()
{
  constexpr auto& all = CellSimplices<Dimension>::Corners;
  double sum = 0.0;
  for (const auto& simplex : all)
  {
    Eigen::Matrix<double, Dimension, Dimension> edges;
    for (std::size_t i = 1; i < simplex.size(); ++i)
    {
      EXPECT_EQ(simplex[i - 1] & simplex[i], simplex[i - 1]) << "one axis after the other";
      for (int axis = 0; axis < Dimension; ++axis)
      {
        edges(axis, static_cast<Eigen::Index>(i - 1)) =
          static_cast<double>((simplex[i] >> axis) & 1) -
          static_cast<double>((simplex[0] >> axis) & 1);
      }
    }
    const double measure = std::abs(edges.determinant()) / std::tgamma(Dimension + 1.0);
    EXPECT_NEAR(measure, 1.0 / static_cast<double>(all.size()), 1e-15);
    sum += measure;
  }
  EXPECT_NEAR(sum, 1.0, 1e-15);
}
}

// Oracle: the distribution of a linear function by truncated powers; rounding of those (1e-12).
TEST(CellSimplices, HaveThePartsOfALinearFunction)
{
  CompareWithPowers<1>();
  CompareWithPowers<2>();
  CompareWithPowers<3>();
}

// Oracle: closed forms where corners have the same value, and no power can be taken.
TEST(CellSimplices, TakeEqualValues)
{
  EXPECT_DOUBLE_EQ(AboveLevel<2>({ { 0.0, 0.0, 1.0 } }, 0.5).Measure, 0.25);
  EXPECT_DOUBLE_EQ(AboveLevel<2>({ { 0.0, 1.0, 1.0 } }, 0.5).Measure, 0.75);
  EXPECT_DOUBLE_EQ(AboveLevel<3>({ { 0.0, 0.0, 0.0, 1.0 } }, 0.5).Measure, 0.125);
  EXPECT_DOUBLE_EQ(AboveLevel<3>({ { 0.0, 0.0, 1.0, 1.0 } }, 0.5).Measure, 0.5);
  EXPECT_DOUBLE_EQ(AboveLevel<3>({ { 0.0, 1.0, 1.0, 1.0 } }, 0.5).Measure, 0.875);
  EXPECT_DOUBLE_EQ(AboveLevel<3>({ { 0.0, 0.0, 1.0, 1.0 } }, 1.0).Measure, 0.0);
}

// Oracle: determinants. The simplices of a cell have equal measures that sum to that of the cell.
TEST(CellSimplices, FillTheCell)
{
  TestPartition<1>();
  TestPartition<2>();
  TestPartition<3>();
}
}
