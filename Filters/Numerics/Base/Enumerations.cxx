// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Base/Enumerations.h"

#include <sstream>
#include <stdexcept>

namespace scorefields
{
void RefuseNumber(const char* property, int number, const char* const* names, std::size_t count)
{
  std::ostringstream message;
  message << property << " is " << number << "; it must be ";
  for (std::size_t i = 0; i < count; ++i)
  {
    message << (i == 0 ? "" : i + 1 == count ? " or " : ", ") << i << " (" << names[i] << ")";
  }
  throw std::invalid_argument(message.str());
}
}
