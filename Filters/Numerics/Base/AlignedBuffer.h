// SPDX-License-Identifier: BSD-3-Clause
#ifndef Base_AlignedBuffer_h
#define Base_AlignedBuffer_h

#include "Numerics/Base/Types.h"

#include <vector>

namespace scorefields
{
/// Memory for doubles that begins at a multiple of 64 bytes, as registers are loaded from; its size
/// is a multiple of 64 bytes too. It grows and does not shrink; new values are 0.
class AlignedBuffer
{
public:
  /// Room for at least so many doubles. What was there stays, but may move.
  double* Resize(Index doubles)
  {
    const auto lines = static_cast<std::size_t>((doubles + LineSize - 1) / LineSize);
    if (this->Lines.size() < lines)
    {
      this->Lines.resize(lines);
    }
    return this->Data();
  }
  double* Data() { return this->Lines.empty() ? nullptr : this->Lines.front().Value; }
  const double* Data() const { return this->Lines.empty() ? nullptr : this->Lines.front().Value; }

private:
  static constexpr Index LineSize = 8;
  struct alignas(64) Line
  {
    double Value[LineSize] = {};
  };
  std::vector<Line> Lines;
};
}

#endif
