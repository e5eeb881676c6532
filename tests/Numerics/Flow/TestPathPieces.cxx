// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/PathPieces.h"

#include "support/RandomPoints.h"

#include <gtest/gtest.h>

namespace scorefields
{
namespace
{
/// [0, 1] along x and y.
Domain SquareOf(Boundary x, Boundary y)
{
  Domain box;
  box.Boundaries = { x, y, Boundary::Open };
  box.Length = Eigen::Vector3d(1.0, 1.0, 0.0);
  return box;
}

Eigen::Matrix3Xd Path(const std::vector<Eigen::Vector3d>& places)
{
  Eigen::Matrix3Xd path(3, static_cast<Index>(places.size()));
  for (std::size_t i = 0; i < places.size(); ++i)
  {
    path.col(static_cast<Index>(i)) = places[i];
  }
  return path;
}
}

// Oracle: worked by hand. From (0.75, 0.5) to (1.25, 0.25) the seam is met half way, at y = 0.375.
TEST(PathPieces, EndAtASeamAndGoOnAcross)
{
  const auto pieces = PiecesInBox(
    Path({ { 0.5, 0.5, 0.0 }, { 0.75, 0.5, 0.0 }, { 1.25, 0.25, 0.0 }, { 1.5, 0.25, 0.0 } }),
    SquareOf(Boundary::Periodic, Boundary::Open));
  ASSERT_EQ(pieces.size(), 2u);
  ASSERT_EQ(pieces[0].size(), 3u);
  ASSERT_EQ(pieces[1].size(), 3u);
  EXPECT_TRUE(pieces[0][1].Place == Eigen::Vector3d(0.75, 0.5, 0.0));
  EXPECT_TRUE(pieces[0][2].Place == Eigen::Vector3d(1.0, 0.375, 0.0));
  EXPECT_EQ(pieces[0][2].Step, 1.5);
  EXPECT_TRUE(pieces[1][0].Place == Eigen::Vector3d(0.0, 0.375, 0.0));
  EXPECT_EQ(pieces[1][0].Step, 1.5);
  EXPECT_TRUE(pieces[1][1].Place == Eigen::Vector3d(0.25, 0.25, 0.0));
  EXPECT_EQ(pieces[1][2].Step, 3.0);
}

// Oracle: worked by hand. One step downwards through the seams of y, x and y again: four pieces.
TEST(PathPieces, CrossSeveralSeamsInOneStep)
{
  const auto pieces = PiecesInBox(Path({ { 0.5, 0.25, 0.0 }, { -0.5, -1.75, 0.0 } }),
    SquareOf(Boundary::Periodic, Boundary::Periodic));
  ASSERT_EQ(pieces.size(), 4u);
  const Eigen::Vector3d ends[][2] = { { { 0.5, 0.25, 0.0 }, { 0.375, 0.0, 0.0 } },
    { { 0.375, 1.0, 0.0 }, { 0.0, 0.25, 0.0 } }, { { 1.0, 0.25, 0.0 }, { 0.875, 0.0, 0.0 } },
    { { 0.875, 1.0, 0.0 }, { 0.5, 0.25, 0.0 } } };
  for (std::size_t k = 0; k < 4; ++k)
  {
    ASSERT_EQ(pieces[k].size(), 2u);
    EXPECT_TRUE(pieces[k][0].Place == ends[k][0]) << k;
    EXPECT_TRUE(pieces[k][1].Place == ends[k][1]) << k;
  }
}

// Oracle: the definition. Along a reflecting axis a step stays one line between the folded places,
// in open space the path is as it is, and a step across more faces than are drawn is left out.
TEST(PathPieces, StayWholeAtWallsAndInOpenSpace)
{
  const Eigen::Matrix3Xd path = Path({ { 0.5, 0.75, 0.0 }, { 0.5, 1.5, 0.0 } });
  const auto folded = PiecesInBox(path, SquareOf(Boundary::Open, Boundary::Reflecting));
  ASSERT_EQ(folded.size(), 1u);
  EXPECT_TRUE(folded[0][1].Place == Eigen::Vector3d(0.5, 0.5, 0.0));
  const auto open = PiecesInBox(path, Domain());
  ASSERT_EQ(open.size(), 1u);
  EXPECT_TRUE(open[0][1].Place == path.col(1));
  const auto far = PiecesInBox(
    Path({ { 0.5, 0.5, 0.0 }, { 40.25, 0.5, 0.0 } }), SquareOf(Boundary::Periodic, Boundary::Open));
  ASSERT_EQ(far.size(), 2u);
  EXPECT_EQ(far[0].size(), 1u);
  EXPECT_EQ(far[1].size(), 1u);
  EXPECT_TRUE(far[1][0].Place == Eigen::Vector3d(0.25, 0.5, 0.0));
}

// Oracle: invariant. All pieces lie in the box, each begins on the face across from the end of the
// last one, and together their lines are as long as the path, but for rounding of 300 steps below
// 3, each of some eps.
TEST(PathPieces, AreAsLongAsThePath)
{
  Eigen::Matrix3Xd path = 2.0 * RandomPoints(300, 4, 2);
  for (Index i = 1; i < path.cols(); ++i)
  {
    path.col(i) += path.col(i - 1);
  }
  double expected = 0.0;
  for (Index i = 1; i < path.cols(); ++i)
  {
    expected += (path.col(i) - path.col(i - 1)).norm();
  }
  const auto pieces = PiecesInBox(path, SquareOf(Boundary::Periodic, Boundary::Periodic));
  EXPECT_GT(pieces.size(), 100u);
  double length = 0.0;
  for (std::size_t k = 0; k < pieces.size(); ++k)
  {
    for (std::size_t i = 0; i < pieces[k].size(); ++i)
    {
      EXPECT_GE(pieces[k][i].Place.minCoeff(), 0.0);
      EXPECT_LE(pieces[k][i].Place.maxCoeff(), 1.0);
      length += i > 0 ? (pieces[k][i].Place - pieces[k][i - 1].Place).norm() : 0.0;
    }
    const double jump = k > 0 ? (pieces[k].front().Place - pieces[k - 1].back().Place).norm() : 1.0;
    EXPECT_EQ(jump, 1.0);
  }
  EXPECT_NEAR(length, expected, 1e-11);
}
}
