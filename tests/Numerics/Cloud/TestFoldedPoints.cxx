// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Cloud/FoldedPoints.h"

#include "support/RandomPoints.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

namespace scorefields
{
namespace
{
/// x periodic, y reflecting, z open; [-1, 1] each.
Domain Box()
{
  Domain box;
  box.Boundaries = { Boundary::Periodic, Boundary::Reflecting, Boundary::Open };
  box.Lower = Eigen::Vector3d::Constant(-1.0);
  box.Length = Eigen::Vector3d::Constant(2.0);
  return box;
}
}

// Oracle: worked by hand. Derivatives along y change their sign at points that an odd number of
// walls lies before, and a tensor's entry as often as it has y.
TEST(FoldedPoints, MirrorsDerivativesOfMirrorImages)
{
  Eigen::Matrix3Xd points(3, 4);
  points << 0.5, 1.5, -1.5, 5.5, 0.5, 1.25, -1.25, 3.5, 7.0, 7.0, 7.0, 7.0;
  const FoldedPoints folded(Box(), points, Execution());
  Eigen::Matrix3Xd expected(3, 4);
  expected << 0.5, -0.5, 0.5, -0.5, 0.5, 0.75, -0.75, -0.5, 7.0, 7.0, 7.0, 7.0;
  EXPECT_EQ((folded.Points() - expected).cwiseAbs().maxCoeff(), 0.0);
  const double signs[] = { 1.0, -1.0, -1.0, 1.0 };
  Eigen::Matrix3Xd score = Eigen::Matrix3Xd::Ones(3, 4);
  Eigen::Matrix<double, 6, Eigen::Dynamic> hessian =
    Eigen::Matrix<double, 6, Eigen::Dynamic>::Ones(6, 4);
  FieldView fields;
  fields.Score = score.data();
  fields.Hessian = hessian.data();
  folded.Unfold(fields, Execution());
  for (Index i = 0; i < 4; ++i)
  {
    EXPECT_TRUE(score.col(i) == Eigen::Vector3d(1.0, signs[i], 1.0));
    const SymmetricTensor tensor = hessian.col(i); // XX, YY, ZZ, XY, YZ, XZ
    EXPECT_TRUE(tensor == (SymmetricTensor() << 1.0, 1.0, 1.0, signs[i], signs[i], 1.0).finished());
  }
}

// Oracle: invariant. In open space the points are those given, not a copy, and nothing changes; the
// number of threads does not matter.
TEST(FoldedPoints, LeaveOpenSpaceAlone)
{
  const Eigen::Matrix3Xd points = 9.0 * RandomPoints(500, 1);
  const FoldedPoints open(Domain(), points, Execution());
  EXPECT_EQ(open.Points().data(), points.data());
  const FoldedPoints one(Box(), points, Execution());
  const FoldedPoints many(Box(), points, OnThreads(3));
  EXPECT_EQ((one.Points() - many.Points()).cwiseAbs().maxCoeff(), 0.0);
  Eigen::Matrix3Xd score[2] = { points, points };
  for (int k = 0; k < 2; ++k)
  {
    FieldView fields;
    fields.Score = score[k].data();
    (k == 0 ? one : many).Unfold(fields, k == 0 ? Execution() : OnThreads(3));
  }
  EXPECT_EQ((score[0] - score[1]).cwiseAbs().maxCoeff(), 0.0);
  EXPECT_GT((score[0] - points).cwiseAbs().maxCoeff(), 0.0);
}
}
