// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_Targets_h
#define support_Targets_h

#include "Numerics/Base/Simd.h"

#include <string>

namespace support
{
/// While it lives the hot loops run on one target; then on the one before.
class OnTarget
{
public:
  explicit OnTarget(const std::string& name)
    : Before(scorefields::SimdTarget())
  {
    scorefields::UseSimdTarget(name);
  }
  OnTarget(const OnTarget&) = delete;
  OnTarget& operator=(const OnTarget&) = delete;
  ~OnTarget() { scorefields::UseSimdTarget(this->Before); }

private:
  std::string Before;
};
}

#endif
