// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Base/Partition.h"

#include <gtest/gtest.h>

namespace scorefields
{
// Oracle: worked by hand. Sets are named by their least members, whatever the order of the unions,
// and new members are sets of their own.
TEST(Partition, NamesSetsByTheirLeastMembers)
{
  Partition sets(4);
  EXPECT_TRUE(sets.Unite(3, 2));
  EXPECT_TRUE(sets.Unite(3, 1));
  EXPECT_FALSE(sets.Unite(1, 2));
  sets.Grow(3);
  EXPECT_TRUE(sets.Unite(6, 4));
  const Index expected[] = { 0, 1, 1, 1, 4, 5, 4 };
  for (Index member = 0; member < 7; ++member)
  {
    EXPECT_EQ(sets.Find(member), expected[member]) << member;
  }
  EXPECT_TRUE(sets.Unite(2, 6));
  EXPECT_EQ(sets.Find(4), 1);
}
}
