// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/TruthErrors.h"

#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace scorefields
{
// Oracle: worked by hand. Five nodes of classes 0, 0, 4, 6, 0; the last one belongs to another
// part.
TEST(TruthErrors, SumsByClassAndOverTheMask)
{
  const std::vector<double> score{ 1, 0, 0, 0, 2, 0, 0, 0, 3, 5, 5, 5, 9, 9, 9 };
  const std::vector<double> truth{ 0, 0, 0, 0, 0, 0, 0, 4, 0, 5, 5, 5, 0, 0, 0 };
  const std::vector<double> density{ 0.5, 0.25, 2.0, 1.0, 7.0 };
  const std::vector<unsigned char> classes{ 0, 0, 4, 6, 0 };
  const std::vector<unsigned char> mask{ 1, 1, 1, 0, 1 };
  const std::vector<unsigned char> skip{ 0, 0, 0, 0, 1 };
  const TruthView view{ score.data(), truth.data(), density.data(), classes.data(), mask.data(),
    skip.data() };
  const TruthErrors errors = CompareWithTruth(5, view, Execution());
  EXPECT_EQ(errors.Classes[0].Mass, 0.75);
  EXPECT_EQ(errors.Classes[0].Squared, 0.5 * 1.0 + 0.25 * 4.0);
  EXPECT_EQ(errors.Classes[0].Largest, 2.0);
  EXPECT_EQ(errors.Classes[0].Worst, 1);
  EXPECT_EQ(errors.Classes[4].Largest, 5.0); // 3-4-5
  EXPECT_EQ(errors.Classes[6].Largest, 0.0);
  EXPECT_EQ(errors.Classes[6].Worst, 3);
  EXPECT_EQ(errors.Classes[1].Worst, -1);
  EXPECT_EQ(errors.Stable.Squared, 1.5 + 50.0);
  EXPECT_EQ(errors.Stable.Worst, 2);
  EXPECT_EQ(errors.All.Mass, 3.75);
}

// Oracle: invariant; and nodes without a finite truth are left out.
TEST(TruthErrors, DoNotDependOnThreads)
{
  constexpr Index Count = 200000;
  std::vector<double> score(3 * Count), truth(3 * Count), density(Count);
  std::vector<unsigned char> classes(Count), mask(Count);
  for (Index i = 0; i < Count; ++i)
  {
    const auto at = static_cast<std::size_t>(i);
    score[3 * at] = std::sin(0.1 * static_cast<double>(i));
    density[at] = 1.0 + std::cos(0.3 * static_cast<double>(i));
    classes[at] = static_cast<unsigned char>(i % 8);
    mask[at] = static_cast<unsigned char>(i % 3 == 0);
  }
  truth[7] = std::numeric_limits<double>::quiet_NaN();
  const TruthView view{ score.data(), truth.data(), density.data(), classes.data(), mask.data(),
    nullptr };
  const TruthErrors serial = CompareWithTruth(Count, view, Execution());
  const TruthErrors threaded = CompareWithTruth(Count, view, OnThreads(3));
  EXPECT_EQ(serial.All.Squared, threaded.All.Squared);
  EXPECT_EQ(serial.Stable.Mass, threaded.Stable.Mass);
  EXPECT_EQ(serial.Stable.Worst, threaded.Stable.Worst);
  EXPECT_TRUE(std::isfinite(serial.All.Squared));
}
}
