// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Transform/SampleLocator.h"
#include "support/Numbers.h"

#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>

namespace scorefields
{
namespace
{
/// A mesh along x (open, with limits) and z (closed), on a grid of [-0.5, 0.5] by [-0.4, 0.6].
struct LocatorCase
{
  Grid Nodes;
  MeshPlan Plan;

  explicit LocatorCase(double keepAbove, double keepUpTo)
  {
    this->Nodes.Origin = Eigen::Vector3d(-0.5, 0.0, -0.4);
    this->Nodes.Spacing = Eigen::Vector3d(0.1, 1.0, 0.05);
    this->Nodes.Dimensions = Index3(11, 1, 21);
    this->Plan.Dimension = 2;
    this->Plan.Order = 5;
    for (std::size_t a = 0; a < 2; ++a)
    {
      MeshAxis& axis = this->Plan.Axes[a];
      axis.Axis = a == 0 ? 0 : 2;
      axis.Origin = this->Nodes.Origin[axis.Axis];
      axis.Size = a == 0 ? 40 : 24;
      axis.Period = a == 0 ? 2.0 : 1.0;
      axis.Spacing = axis.Period / static_cast<double>(axis.Size);
      axis.KeepAbove = a == 0 ? keepAbove : -Infinity;
      axis.KeepUpTo = a == 0 ? keepUpTo : Infinity;
    }
  }
};
}

// Oracle: definition. The coordinate of a spline's first node is u + 1 - p / 2 around the period, u
// the place of the sample in spacings: to rounding of numbers up to the size.
TEST(SampleLocator, FindsTheFirstNodeAroundThePeriod)
{
  const LocatorCase made(-Infinity, Infinity);
  const SampleLocator locator(made.Plan, made.Nodes);
  const Eigen::Matrix3Xd points = 3.0 * RandomPoints(LocatedSamples::Capacity, 3);
  const auto located = std::make_unique<LocatedSamples>();
  locator.Locate(points.data(), points.cols(), *located);
  for (Index i = 0; i < points.cols(); ++i)
  {
    for (std::size_t a = 0; a < 2; ++a)
    {
      const MeshAxis& axis = made.Plan.Axes[a];
      const auto size = static_cast<double>(axis.Size);
      const double u =
        (points(axis.Axis, i) - axis.Origin) / axis.Spacing + 1.0 - 0.5 * made.Plan.Order;
      const double found = located->Position[3 * i + axis.Axis];
      EXPECT_GE(found, 0.0);
      EXPECT_LT(found, size);
      const double turns = (found - u) / size;
      EXPECT_NEAR(turns, std::round(turns), 8.0 * Eps * 2.0);
    }
    EXPECT_EQ(located->Position[3 * i + 1], 0.0);
  }
}

// Oracle: definition. Samples are kept above the lower and up to the upper limit, and inside
// between the ends of the grid, along the open axis; a closed axis has neither.
TEST(SampleLocator, SaysWhichSamplesCount)
{
  const LocatorCase made(-0.6, 0.7);
  const SampleLocator locator(made.Plan, made.Nodes);
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 7);
  points.row(0) << -0.6, -0.55, -0.5, 0.5, 0.6, 0.7, 0.71;
  points.row(2).setConstant(40.0);
  const auto located = std::make_unique<LocatedSamples>();
  locator.Locate(points.data(), 7, *located);
  ASSERT_FALSE(located->AllCount);
  const bool kept[7] = { false, true, true, true, true, true, false };
  const bool inside[7] = { false, false, true, true, false, false, false };
  for (int i = 0; i < 7; ++i)
  {
    EXPECT_EQ(located->Kept[i], kept[i]) << i;
    EXPECT_EQ(located->Inside[i], inside[i]) << i;
  }
  points.row(0).setConstant(0.1);
  locator.Locate(points.data(), 7, *located);
  EXPECT_TRUE(located->AllCount);
}
}
