// SPDX-License-Identifier: BSD-3-Clause
#ifndef Base_Enumerations_h
#define Base_Enumerations_h

#include <array>
#include <cstddef>
#include <optional>
#include <string>

namespace scorefields
{
/// Enumerations whose texts users see, in panels, in field data and in messages.
///
/// Such an enumeration counts from 0 without gaps. Its texts stand once, beside it, in
///   constexpr const char* NameOf(Enum value)
/// whose switch has no default, so that a value without a text does not compile. NameOf returns
/// nullptr for a number that is no value. Everything below follows from that function.
/// tests/Filters/TestEnumerations.cxx holds the texts against the XML.

/// How many values an enumeration has.
template <class Enum>
constexpr std::size_t CountOf()
{
  std::size_t count = 0;
  while (NameOf(static_cast<Enum>(count)) != nullptr)
  {
    ++count;
  }
  return count;
}

/// All values, in their order.
template <class Enum>
constexpr std::array<Enum, CountOf<Enum>()> ValuesOf()
{
  std::array<Enum, CountOf<Enum>()> values{};
  for (std::size_t i = 0; i < values.size(); ++i)
  {
    values[i] = static_cast<Enum>(i);
  }
  return values;
}

/// The texts of all values, in their order.
template <class Enum>
constexpr std::array<const char*, CountOf<Enum>()> NamesOf()
{
  std::array<const char*, CountOf<Enum>()> names{};
  for (std::size_t i = 0; i < names.size(); ++i)
  {
    names[i] = NameOf(static_cast<Enum>(i));
  }
  return names;
}

/// @throws std::invalid_argument "<property> is <number>; it must be 0 (<name>), 1 (<name>) or
/// ...".
[[noreturn]] void RefuseNumber(
  const char* property, int number, const char* const* names, std::size_t count);

/// The value that a property has as a number.
/// @param offered  how many values the property offers, the first ones.
/// @throws std::invalid_argument naming the property if the number is none of these.
template <class Enum>
Enum FromNumber(const char* property, int number, std::size_t offered = CountOf<Enum>())
{
  if (number < 0 || static_cast<std::size_t>(number) >= offered)
  {
    constexpr auto names = NamesOf<Enum>();
    RefuseNumber(property, number, names.data(), offered);
  }
  return static_cast<Enum>(number);
}

/// The value with this text, if there is one.
template <class Enum>
std::optional<Enum> FromName(const std::string& name)
{
  for (const Enum value : ValuesOf<Enum>())
  {
    if (name == NameOf(value))
    {
      return value;
    }
  }
  return std::nullopt;
}
}

#endif
