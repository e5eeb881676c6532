// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/DensityScan.h"
#include "support/Numbers.h"

#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace scorefields
{
namespace
{
Grid Nodes(Index x, Index y, Index z)
{
  Grid grid;
  grid.Dimensions = Index3(x, y, z);
  grid.Spacing = Eigen::Vector3d(0.5, 0.25, 2.0);
  return grid;
}
}

// Oracle: worked by hand, over a block of 3 by 2 of 5 by 3 nodes. Beside zeros lie 4, 1 and 2.
TEST(DensityScan, CountsWhatTheBlockHolds)
{
  const std::vector<double> values{ 9.0, 9.0, 9.0, 9.0, 9.0, //
    9.0, 4.0, -Infinity, 1.0, 9.0,                           //
    9.0, NaN, 2.0, -Infinity, 9.0 };
  const DensityScan scan =
    ScanLogDensity(Nodes(5, 3, 1), values.data(), Index3(1, 1, 0), Index3(3, 2, 1), {});
  EXPECT_EQ(scan.Values, 3.0);
  EXPECT_EQ(scan.Zeros, 2.0);
  EXPECT_EQ(scan.Missing, 1.0);
  EXPECT_EQ(scan.Maximum, 4.0);
  EXPECT_EQ(scan.BesideZeros, 2.0); // the median
  const std::vector<double> none(15, NaN);
  const DensityScan empty =
    ScanLogDensity(Nodes(5, 3, 1), none.data(), Index3::Zero(), Index3(5, 3, 1), {});
  EXPECT_EQ(empty.Maximum, -Infinity);
  EXPECT_EQ(empty.BesideZeros, -Infinity);
  EXPECT_EQ(empty.Missing, 15.0);
}

// Oracle: closed form. Second differences of a quadratic are its second derivatives, 3, 0.5 and -1
// (which curves upwards and so counts as 0); where the values are below the threshold nothing
// counts; a flat axis has none.
TEST(DensityScan, CurvatureIsThatOfAQuadratic)
{
  const Grid grid = Nodes(7, 9, 5);
  std::vector<double> values;
  for (Index node = 0; node < grid.Size(); ++node)
  {
    const Eigen::Vector3d x = grid.Node(node);
    values.push_back(-1.5 * x[0] * x[0] - 0.25 * x[1] * x[1] + 0.5 * x[2] * x[2]);
  }
  for (const Execution& execution : { Execution(), OnThreads(3) })
  {
    const Eigen::Vector3d found =
      SharpestCurvature(grid, values.data(), Index3::Zero(), grid.Dimensions, -Infinity, execution);
    EXPECT_NEAR(found[0], 3.0, 1e-12); // values below 50 round by eps, over the squared spacing
    EXPECT_NEAR(found[1], 0.5, 1e-12);
    EXPECT_EQ(found[2], 0.0);
  }
  EXPECT_EQ(SharpestCurvature(grid, values.data(), Index3::Zero(), grid.Dimensions, 1e3, {}),
    Eigen::Vector3d(Eigen::Vector3d::Zero()));
  const Eigen::Vector3d plane =
    SharpestCurvature(Nodes(7, 45, 1), values.data(), Index3::Zero(), Index3(7, 45, 1), -1e9, {});
  EXPECT_EQ(plane[2], 0.0);
}
}
