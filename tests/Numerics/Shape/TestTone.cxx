// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Shape/Tone.h"
#include "support/Numbers.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace scorefields
{
namespace
{
constexpr ToneLevels Bytes{ 0.0, 255.0 };
}

// Oracle: the weights of ITU-R BT.601, which have the sum 1. Three products and two sums round.
TEST(Tone, LuminanceIsThatOfTheStandard)
{
  const std::array<double, 4> colour{ { 10.0, 20.0, 40.0, 7.0 } };
  EXPECT_EQ(Luminance(colour.data(), 1), 10.0);
  EXPECT_EQ(Luminance(colour.data(), 2), 10.0);
  EXPECT_NEAR(Luminance(colour.data(), 3), 2.99 + 11.74 + 4.56, 5.0 * Eps * 20.0);
  EXPECT_EQ(Luminance(colour.data(), 4), Luminance(colour.data(), 3));
  const std::array<double, 3> white{ { 255.0, 255.0, 255.0 } };
  EXPECT_NEAR(Luminance(white.data(), 3), 255.0, 5.0 * Eps * 255.0);
}

// Oracle: definition. Black is 1 and white 0 by dark, the other way round by bright; both together
// are 1.
TEST(Tone, IsTheDistanceFromWhiteOrBlack)
{
  for (const double grey : { 0.0, 51.0, 200.0, 255.0 })
  {
    const double dark = Tone(&grey, 1, Bytes, 255.0, ToneMode::Dark);
    EXPECT_NEAR(dark, 1.0 - grey / 255.0, 2.0 * Eps);
    EXPECT_NEAR(Tone(&grey, 1, Bytes, 255.0, ToneMode::Bright), 1.0 - dark, 2.0 * Eps);
  }
  const double level = -2.0;
  EXPECT_EQ(Tone(&level, 1, { -4.0, 0.0 }, 1.0, ToneMode::Bright), 0.5);
}

// Contract: white by three components is not below 0, whatever it rounds to.
TEST(Tone, IsNeverNegative)
{
  for (int value = 0; value < 256; ++value)
  {
    const std::array<double, 3> grey{ { double(value), double(value), double(value) } };
    for (const ToneMode mode : { ToneMode::Dark, ToneMode::Bright })
    {
      EXPECT_GE(Tone(grey.data(), 3, Bytes, 255.0, mode), 0.0) << value;
    }
    const double level = value;
    EXPECT_GE(Tone(grey.data(), 3, { 0.0, level }, 1.0, ToneMode::Dark), 0.0) << value;
  }
}

// Oracle: definition. A transparent pixel has no points, a half transparent one half of them.
TEST(Tone, FollowsTheOpacity)
{
  const std::array<double, 4> black{ { 0.0, 0.0, 0.0, 127.5 } };
  EXPECT_EQ(Tone(black.data(), 4, Bytes, 255.0, ToneMode::Dark), 0.5);
  const std::array<double, 2> clear{ { 0.0, 0.0 } };
  EXPECT_EQ(Tone(clear.data(), 2, Bytes, 255.0, ToneMode::Dark), 0.0);
}

// Contract: what is no number stays none, so that it can be told; one colour has no tone.
TEST(Tone, KeepsWhatIsNoNumber)
{
  const double nan = std::nan("");
  EXPECT_TRUE(std::isnan(Tone(&nan, 1, Bytes, 255.0, ToneMode::Dark)));
  EXPECT_TRUE(std::isnan(Tone(&nan, 1, { 3.0, 3.0 }, 1.0, ToneMode::Bright)));
  const double three = 3.0;
  EXPECT_EQ(Tone(&three, 1, { 3.0, 3.0 }, 1.0, ToneMode::Bright), 0.0);
}
}
