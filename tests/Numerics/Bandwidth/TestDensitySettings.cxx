// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/DensitySettings.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace scorefields
{
// Oracle: definition. The scale multiplies lengths, so it enters the covariance squared.
TEST(DensitySettings, ManualKernelsHaveTheAskedForCovariance)
{
  KernelRequest request;
  request.Rule = BandwidthRule::Manual;
  request.Bandwidth = 0.5;
  request.AxisBandwidths = Eigen::Vector3d(1.0, 2.0, 3.0);
  request.Matrix << 2.0, 1.0, 1.0, 0.5, 0.0, 0.0;
  request.Scale = 2.0;
  const Axes axes = Axes::First(2);
  const CloudMoments none;
  EXPECT_EQ(ResolveKernel(request, none, axes).Covariance()(0, 0), 1.0);
  request.Shape = BandwidthShape::PerAxis;
  EXPECT_EQ(ResolveKernel(request, none, axes).Covariance()(1, 1), 16.0);
  request.Shape = BandwidthShape::Covariance;
  const GaussianKernel full = ResolveKernel(request, none, axes);
  EXPECT_EQ(full.Covariance()(0, 1), 2.0);
  EXPECT_EQ(full.Covariance()(2, 2), 0.0);
  request.Scale = 0.0;
  EXPECT_THROW(ResolveKernel(request, none, axes), std::invalid_argument);
}

// Oracle: definition. One point differs along no axis; the grid's axes with several nodes count.
TEST(DensitySettings, OnePointTakesTheAxesOfTheGrid)
{
  const auto onePoint = MomentsOf(Samples::Unweighted(Eigen::Vector3d(1.0, 2.0, 3.0)));
  GridRequest request;
  EXPECT_EQ(ResolveAxes(0, request, onePoint).Count, 3);
  request.Dimensions = Index3(8, 1, 8);
  const Axes axes = ResolveAxes(0, request, onePoint);
  EXPECT_EQ(axes.Count, 2);
  EXPECT_FALSE(axes.IsActive(1));
  EXPECT_EQ(ResolveAxes(1, request, onePoint).Count, 1);
  EXPECT_THROW(ResolveAxes(4, request, onePoint), std::invalid_argument);
}
}
