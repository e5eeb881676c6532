// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Difference/NodeVerdicts.h"

#include <gtest/gtest.h>

#include <vector>

namespace scorefields
{
namespace
{
constexpr auto TooFew = static_cast<unsigned char>(DifferenceClass::TooFewSamples);
}

// Oracle: the definition, on six nodes of which one was not tested and one belongs to another part.
TEST(NodeVerdicts, CountsTheTestsOfThisPartAlone)
{
  const std::vector<double> pValues{ 0.01, 0.2, 0.001, 0.05, 0.04, 0.9 };
  const std::vector<unsigned char> classes{ 0, 0, TooFew, 0, 0, 0 };
  const std::vector<unsigned char> skip{ 0, 0, 0, 0, 1, 0 };
  const auto some = FindTests(6, pValues.data(), classes.data(), skip.data(), 0.05);
  EXPECT_EQ(some.Count, 4.0);
  EXPECT_EQ(some.Small, (std::vector<double>{ 0.01, 0.05 }));
  const auto all = FindTests(6, pValues.data(), classes.data(), nullptr, 0.05);
  EXPECT_EQ(all.Count, 5.0);
  EXPECT_EQ(all.Small, (std::vector<double>{ 0.01, 0.05, 0.04 }));
}

// Oracle: the definition, the sign decides between both clouds, at the threshold itself as well.
TEST(NodeVerdicts, NamesTheCloudThatHasMore)
{
  const std::vector<double> pValues{ 0.01, 0.01, 0.02, 0.03, 0.0, 1.0 };
  const std::vector<double> standardised{ 2.6, -2.6, 2.3, -2.2, 9.0, 0.0 };
  std::vector<unsigned char> classes{ 0, 0, 0, 0, TooFew, 0 };
  DecideClasses(6, pValues.data(), standardised.data(), 0.02, classes.data(), {});
  EXPECT_EQ(classes, (std::vector<unsigned char>{ 1, 2, 1, 0, TooFew, 0 }));
  const std::vector<unsigned char> skip{ 0, 0, 1, 0, 0, 0 };
  EXPECT_EQ(CountDifferenceClasses(6, classes.data(), skip.data()),
    (std::array<double, 4>{ 2.0, 1.0, 1.0, 1.0 }));
  // A level of nearly 1 does not make a difference of nothing.
  DecideClasses(6, pValues.data(), standardised.data(), 1.0, classes.data(), {});
  EXPECT_EQ(classes, (std::vector<unsigned char>{ 1, 2, 1, 2, TooFew, 0 }));
}
}
