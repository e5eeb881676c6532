// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Base/Simd.h"

#include "support/Targets.h"

#include <gtest/gtest.h>

#include <hwy/targets.h>

#include <cstdlib>
#include <stdexcept>

namespace scorefields
{
// Oracle: definition. Each target that there is can be chosen, and stays until the next choice.
TEST(Simd, UsesTheTargetThatIsNamed)
{
  ASSERT_FALSE(SimdTargets().empty());
  for (const std::string& name : SimdTargets())
  {
    const support::OnTarget target(name);
    EXPECT_EQ(SimdTarget(), name);
  }
}

// Oracle: definition. A name that there is not is told with those that there are, and changes
// nothing.
TEST(Simd, RefusesOtherNames)
{
  const std::string before = SimdTarget();
  try
  {
    UseSimdTarget("avx1024");
    FAIL() << "should have been refused";
  }
  catch (const std::invalid_argument& error)
  {
    const std::string text = error.what();
    EXPECT_NE(text.find("avx1024"), std::string::npos) << text;
    EXPECT_NE(text.find(SimdTargets().back()), std::string::npos) << text;
  }
  EXPECT_EQ(SimdTarget(), before);
}

// Oracle: definition. On a processor that Highway does not know, the last of the targets is used:
// what the compiler was told that every processor has.
TEST(Simd, UnknownProcessorsHaveTheLastTarget)
{
  const support::OnTarget target(SimdTarget());
  hwy::DisableTargets(~0LL);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  EXPECT_EQ(SimdTarget(), SimdTargets().back());
}

// Oracle: definition. A wrong name is not obeyed, none means the best.
TEST(Simd, ObeysTheEnvironment)
{
  const support::OnTarget target(SimdTarget());
  ::setenv("SCOREFIELDS_SIMD", SimdTargets().back().c_str(), 1);
  EXPECT_TRUE(ObeySimdEnvironment());
  EXPECT_EQ(SimdTarget(), SimdTargets().back());
  ::setenv("SCOREFIELDS_SIMD", "abacus", 1);
  EXPECT_TRUE(ObeySimdEnvironment());
  EXPECT_EQ(SimdTarget(), SimdTargets().back());
  ::unsetenv("SCOREFIELDS_SIMD");
}
}
