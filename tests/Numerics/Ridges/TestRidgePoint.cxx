// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Ridges/RidgePoint.h"

#include <gtest/gtest.h>

#include <Eigen/Geometry>

namespace scorefields
{
// Oracle: a Hessian made of chosen eigenvalues and an orthogonal matrix. In units of h = 2 the
// eigenvalues are four times as large and the gradient twice; the step is -Hess^-1 grad without its
// part along e_1. Rounding: a few eps times the condition number 25.
TEST(RidgePoint, GeometryIsThatOfTheEigenvectors)
{
  const Eigen::Matrix3d turn =
    (Eigen::AngleAxisd(0.7, Eigen::Vector3d(1.0, 2.0, 3.0).normalized())).toRotationMatrix();
  const Eigen::Vector3d eigenvalues(0.1, -1.0, -2.5);
  const Eigen::Matrix3d hessian = turn * eigenvalues.asDiagonal() * turn.transpose();
  const Eigen::Vector3d score = turn * Eigen::Vector3d(3.0, 0.2, -0.5);
  const RidgeGeometry geometry({ Axes(), 2.0 }, score, ToTensor(hessian));
  EXPECT_LT((geometry.Curvatures - 4.0 * eigenvalues).norm(), 1e-13);
  const Eigen::Vector3d along =
    turn.col(0) * (turn.col(0).maxCoeff() > -turn.col(0).minCoeff() ? 1.0 : -1.0);
  EXPECT_LT((geometry.Along - along).norm(), 1e-13);
  const Eigen::Vector3d step = turn * Eigen::Vector3d(0.0, 0.2 / 1.0, -0.5 / 2.5);
  EXPECT_LT((2.0 * geometry.Step - step).norm(), 1e-13);
}

// Oracle: the same plane turned into the plane of x and z; nothing happens along y.
TEST(RidgePoint, GeometryIsThatOfTheActiveAxes)
{
  Eigen::Matrix3d hessian = Eigen::Matrix3d::Zero();
  hessian(0, 0) = -3.0;
  hessian(2, 2) = -1.0;
  const RidgeGeometry geometry(
    { Axes::FromFlags(true, false, true), 1.0 }, Eigen::Vector3d(0.6, 9.0, 5.0), ToTensor(hessian));
  EXPECT_EQ(geometry.Curvatures, Eigen::Vector3d(-1.0, -3.0, 0.0));
  EXPECT_EQ(geometry.Along, Eigen::Vector3d::UnitZ());
  EXPECT_LT((geometry.Step - Eigen::Vector3d(0.2, 0.0, 0.0)).norm(), 1e-15);
}

// Oracle: H with the eigenvalues 4 and 0.25 along the diagonals of the plane.
TEST(RidgePoint, UnitIsTheLeastBandwidthOfTheKernel)
{
  Eigen::Matrix3d covariance = Eigen::Matrix3d::Identity();
  covariance.topLeftCorner<2, 2>() << 2.125, 1.875, 1.875, 2.125;
  EXPECT_NEAR(RidgeUnit::Of(GaussianKernel(Axes::First(2), covariance)).Length, 0.5, 1e-15);
}
}
