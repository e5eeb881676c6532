// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Base/Types.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace scorefields
{
// Oracle: definition. VTK's order of tensor components is XX, YY, ZZ, XY, YZ, XZ.
TEST(Types, TensorAndMatrixAreInverse)
{
  SymmetricTensor tensor;
  tensor << 1.0, 2.0, 3.0, 4.0, 5.0, 6.0;
  const Eigen::Matrix3d matrix = ToMatrix(tensor);
  EXPECT_EQ(matrix(0, 1), 4.0);
  EXPECT_EQ(matrix(1, 2), 5.0);
  EXPECT_EQ(matrix(2, 0), 6.0);
  EXPECT_EQ(ToTensor(matrix), tensor);
}

// Oracle: definition. Node order is that of a VTK image: x fastest.
TEST(Types, GridNodesFollowTheOrderOfImages)
{
  const Grid grid{ Eigen::Vector3d(1.0, 2.0, 3.0), Eigen::Vector3d(0.5, 0.25, 1.0),
    Index3(4, 3, 2) };
  EXPECT_EQ(grid.Size(), 24);
  EXPECT_EQ(grid.Node(1), grid.Node(1, 0, 0));
  EXPECT_EQ(grid.Node(4), grid.Node(0, 1, 0));
  EXPECT_EQ(grid.Node(12 + 4 + 2), grid.Node(2, 1, 1));
  const Grid block = grid.Block(Index3(1, 1, 0), Index3(2, 2, 2));
  EXPECT_EQ(block.Node(0), grid.Node(1, 1, 0));
  EXPECT_EQ(block.Node(3), grid.Node(2, 2, 0));
}

// Oracle: definition.
TEST(Types, AxesKnowWhatIsActive)
{
  const Axes xz = Axes::FromFlags(true, false, true);
  EXPECT_EQ(xz.Count, 2);
  EXPECT_TRUE(xz.IsActive(2));
  EXPECT_FALSE(xz.IsActive(1));
  EXPECT_EQ(xz.Axis[1], 2);
  EXPECT_THROW(Axes::FromFlags(false, false, false), std::invalid_argument);
}
}
