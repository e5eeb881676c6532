// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/DomainImages.h"

#include <gtest/gtest.h>

namespace scorefields
{
namespace
{
/// x is periodic on [0, 10], the others are open.
Domain MixedBox()
{
  Domain box;
  box.Boundaries = { Boundary::Periodic, Boundary::Open, Boundary::Open };
  box.Length = Eigen::Vector3d(10.0, 0.0, 0.0);
  return box;
}
}

// Oracle: the definition. The box of closed axes is the domain's, of others that of the places.
TEST(DomainImages, TakeTheBoxOfClosedAxes)
{
  const Grid nodes =
    NodesOf(MixedBox(), { Eigen::Vector3d(3.0, -4.0, 5.0), Eigen::Vector3d(4.0, 4.0, 5.0) });
  EXPECT_TRUE(nodes.Origin == Eigen::Vector3d(0.0, -4.0, 5.0));
  EXPECT_TRUE(nodes.Spacing == Eigen::Vector3d(10.0, 8.0, 0.0));
  EXPECT_TRUE(nodes.Dimensions == Index3::Constant(2));
}

// Oracle: worked by hand. With h = 0.1 the reach is 0.9 beyond the faces of x, and all of y is
// near; weights go with their samples.
TEST(DomainImages, KeepSamplesNearTheBox)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 4);
  points.row(0) << -0.95, -0.85, 10.85, 10.95;
  points.row(1) << 0.0, 99.0, -99.0, 0.0;
  const Samples near = NearDomain(Samples::Weighted(points, Eigen::Vector4d(1.0, 2.0, 4.0, 8.0)),
    MixedBox(), GaussianKernel::Isotropic(Axes::First(2), 0.1));
  ASSERT_EQ(near.Count(), 2);
  EXPECT_TRUE(near.Points.col(0) == points.col(1));
  EXPECT_TRUE(near.Weights == Eigen::Vector2d(2.0, 4.0));
  EXPECT_EQ(near.TotalWeight, 15.0);
}
}
