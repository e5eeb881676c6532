// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/HessianEigenvalues.h"

#include "Numerics/Base/Types.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace scorefields
{
namespace
{
std::vector<double> EigenvaluesOf(const std::vector<int>& axes, const SymmetricTensor& hessian)
{
  std::vector<double> eigenvalues(3, -9.0);
  HessianEigenvalues(axes, hessian.data(), 1, eigenvalues.data(), Execution());
  return eigenvalues;
}
}

// Oracle: closed form. In the plane (x, z) the matrix [[a, b], [b, c]] has the eigenvalues
// (a + c) / 2 -+ sqrt(((a - c) / 2)^2 + b^2); entries of y do not count.
TEST(HessianEigenvalues, AreThoseOfTheActiveAxes)
{
  Eigen::Matrix3d matrix = Eigen::Matrix3d::Constant(7.0);
  matrix(0, 0) = -3.0;
  matrix(2, 2) = 1.0;
  matrix(0, 2) = matrix(2, 0) = 1.5;
  const std::vector<double> found = EigenvaluesOf({ 0, 2 }, ToTensor(matrix));
  EXPECT_NEAR(found[0], -3.5, 1e-15 * 10.0);
  EXPECT_NEAR(found[1], 1.5, 1e-15 * 10.0);
  EXPECT_EQ(found[2], 0.0);
}

// Contract: no axis, or a Hessian that is not finite, gives zeros.
TEST(HessianEigenvalues, AreZeroWhereThereAreNone)
{
  SymmetricTensor hessian = ToTensor(Eigen::Matrix3d::Identity());
  EXPECT_EQ(EigenvaluesOf({}, hessian), (std::vector<double>{ 0.0, 0.0, 0.0 }));
  hessian[0] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(EigenvaluesOf({ 0, 1 }, hessian), (std::vector<double>{ 0.0, 0.0, 0.0 }));
  EXPECT_EQ(EigenvaluesOf({ 1, 2 }, hessian)[1], 1.0) << "the entry is of another axis";
}
}
