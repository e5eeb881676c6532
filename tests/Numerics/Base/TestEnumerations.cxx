// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Base/Enumerations.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace scorefields
{
namespace
{
enum class Season
{
  Spring,
  Summer,
  Autumn
};

constexpr const char* NameOf(Season value)
{
  switch (value)
  {
    case Season::Spring:
      return "Spring";
    case Season::Summer:
      return "Summer";
    case Season::Autumn:
      return "Early autumn";
  }
  return nullptr;
}

std::string MessageOf(int number, std::size_t offered)
{
  try
  {
    FromNumber<Season>("Holiday", number, offered);
  }
  catch (const std::invalid_argument& error)
  {
    return error.what();
  }
  return "";
}
}

static_assert(CountOf<Season>() == 3);
static_assert(ValuesOf<Season>()[2] == Season::Autumn);

// Oracle: the enumeration above.
TEST(Enumerations, TextsAndNumbersStandForValues)
{
  EXPECT_STREQ(NamesOf<Season>()[2], "Early autumn");
  EXPECT_EQ(FromNumber<Season>("Holiday", 1), Season::Summer);
  EXPECT_EQ(FromName<Season>("Early autumn"), Season::Autumn);
  EXPECT_EQ(FromName<Season>("autumn"), std::nullopt);
}

// Contract: the message names the property, the number and what it may be.
TEST(Enumerations, OtherNumbersAreRefused)
{
  const char* const all = "; it must be 0 (Spring), 1 (Summer) or 2 (Early autumn)";
  EXPECT_EQ(MessageOf(3, 3), std::string("Holiday is 3") + all);
  EXPECT_EQ(MessageOf(-1, 3), std::string("Holiday is -1") + all);
  EXPECT_EQ(MessageOf(2, 2), "Holiday is 2; it must be 0 (Spring) or 1 (Summer)");
  EXPECT_EQ(MessageOf(1, 2), "");
}
}
