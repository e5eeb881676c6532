// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Comparison/NodeInterpolation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace scorefields
{
namespace
{
/// Two components: x + 2 y + 3 z, and x y.
std::vector<double> ValuesOn(const Index3& nodes)
{
  std::vector<double> values;
  for (Index k = 0; k < nodes[2]; ++k)
  {
    for (Index j = 0; j < nodes[1]; ++j)
    {
      for (Index i = 0; i < nodes[0]; ++i)
      {
        values.push_back(static_cast<double>(i + 2 * j + 3 * k));
        values.push_back(static_cast<double>(i * j));
      }
    }
  }
  return values;
}
}

// Oracle: closed form. A field that is linear along each axis is met at every place.
TEST(NodeInterpolation, MeetsFieldsThatAreLinearAlongEachAxis)
{
  const Index3 nodes(4, 5, 3);
  const std::vector<double> values = ValuesOn(nodes);
  const NodeInterpolation field(nodes, values.data(), 2);
  for (const Eigen::Vector3d& place : { Eigen::Vector3d(0.0, 0.0, 0.0),
         Eigen::Vector3d(3.0, 4.0, 2.0), Eigen::Vector3d(1.25, 2.5, 0.75) })
  {
    double found[2];
    ASSERT_TRUE(field.At(place, found));
    EXPECT_NEAR(found[0], place[0] + 2.0 * place[1] + 3.0 * place[2], 1e-14);
    EXPECT_NEAR(found[1], place[0] * place[1], 1e-14);
  }
}

// Contract: on a node its neighbours do not count, be they no numbers; outside there is nothing,
// but for rounding; an axis with one node holds places on it alone.
TEST(NodeInterpolation, TakesNodesAsTheyAre)
{
  const Index3 nodes(3, 1, 1);
  const std::vector<double> values{ 1.0, 2.0, std::numeric_limits<double>::quiet_NaN() };
  const NodeInterpolation field(nodes, values.data(), 1);
  double found = 0.0;
  ASSERT_TRUE(field.At(Eigen::Vector3d(1.0 + 1e-9, 1e-9, 0.0), &found));
  EXPECT_EQ(found, 2.0);
  ASSERT_TRUE(field.At(Eigen::Vector3d(1.5, 0.0, 0.0), &found));
  EXPECT_TRUE(std::isnan(found));
  ASSERT_TRUE(field.At(Eigen::Vector3d(-1e-9, 0.0, 0.0), &found));
  EXPECT_EQ(found, 1.0);
  EXPECT_FALSE(field.At(Eigen::Vector3d(-0.01, 0.0, 0.0), &found));
  EXPECT_FALSE(field.At(Eigen::Vector3d(2.01, 0.0, 0.0), &found));
  EXPECT_FALSE(field.At(Eigen::Vector3d(1.0, 0.5, 0.0), &found));
}
}
