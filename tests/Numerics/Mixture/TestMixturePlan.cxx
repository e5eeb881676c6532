// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Mixture/MixturePlan.h"

#include "Numerics/Mixture/MixturePresets.h"
#include "support/Numbers.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace scorefields
{
// Oracle: definition. A preset, a table, and another dimension than its own.
TEST(MixturePlan, TakesPresetOrTable)
{
  MixtureRequest request;
  EXPECT_EQ(MixturePlan(request).Target.Count(), 3);
  EXPECT_EQ(MixturePlan(request).Target.Dimension(), 2);
  request.Dimension = 3;
  EXPECT_EQ(MixturePlan(request).Target.Dimension(), 3);
  request.Dimension = 0;
  request.Mixture = MixturePreset::Custom;
  request.Components = MixtureTable(MixtureTableRows, 1);
  request.Components.col(0) << 1.0, 1.0, 2.0, 3.0, 0.25, 0.0, 4.0, 0.0, 0.0, 0.0;
  const MixturePlan plan(request);
  EXPECT_EQ(plan.Target.Count(), 1);
  EXPECT_FALSE(plan.Target.ActiveAxes().IsActive(1));
  request.Components = MixtureTable(MixtureTableRows, 0);
  EXPECT_THROW(MixturePlan{ request }, std::invalid_argument) << "no component";
}

// Oracle: definition, worked by hand: the mean and four standard deviations of 0.5 and 2; the flat
// axis has one node, at the mean. Rounding of numbers below 12.
TEST(MixturePlan, PlacesTheBox)
{
  MixtureRequest request;
  request.Mixture = MixturePreset::Custom;
  request.Components = MixtureTable(MixtureTableRows, 1);
  request.Components.col(0) << 1.0, 1.0, 2.0, 3.0, 0.25, 0.0, 4.0, 0.0, 0.0, 0.0;
  request.UseMixtureBounds = true;
  request.Dimensions = Index3(5, 6, 9);
  const MixturePlan plan(request);
  EXPECT_TRUE(plan.Box().min().isApprox(Eigen::Vector3d(-1.0, 2.0, -5.0), 4.0 * Eps));
  EXPECT_TRUE(plan.Box().max().isApprox(Eigen::Vector3d(3.0, 2.0, 11.0), 4.0 * Eps));
  const Grid grid = plan.MakeGrid();
  EXPECT_EQ(grid.Dimensions, Index3(5, 1, 9));
  EXPECT_TRUE(grid.Node(4, 0, 8).isApprox(Eigen::Vector3d(3.0, 2.0, 11.0), 4.0 * Eps));
  request.UseMixtureBounds = false;
  request.Bounds << 0.0, 2.0, 0.0, 9.0, -1.0, 1.0;
  const Grid asked = MixturePlan(request).MakeGrid();
  EXPECT_TRUE(asked.Node(4, 0, 8).isApprox(Eigen::Vector3d(2.0, 2.0, 1.0), 4.0 * Eps));
}
}
