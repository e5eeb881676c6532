// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_Fields_h
#define support_Fields_h

#include "Numerics/Base/FieldStorage.h"

namespace support
{
/// Storage for everything a FieldView can point to.
struct Fields : scorefields::FieldStorage
{
  explicit Fields(Eigen::Index count)
    : FieldStorage(count, scorefields::FieldChoice::All())
  {
  }
};
}

#endif
