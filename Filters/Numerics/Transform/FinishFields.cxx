// SPDX-License-Identifier: BSD-3-Clause
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "Numerics/Transform/FinishFields.cxx"
#include "Numerics/Base/EachTarget.h"

#include "Numerics/Base/Elementary.h"
#include "Numerics/Transform/FinishFields.h"

#include <algorithm>
#include <vector>

HWY_BEFORE_NAMESPACE();
namespace scorefields
{
namespace HWY_NAMESPACE
{
namespace
{
void LogRange(const double* source, double least, double* target, Index begin, Index end)
{
  const Lanes lowest = Lanes::All(least);
  Index i = begin;
  for (; i + LaneCount <= end; i += LaneCount)
  {
    Logarithm(Larger(Lanes::Load(source + i), lowest)).Store(target + i);
  }
  if (i < end)
  {
    double rest[LaneCount];
    for (Index l = 0; l < LaneCount; ++l)
    {
      rest[l] = i + l < end ? source[i + l] : least;
    }
    Logarithm(Larger(Lanes::Load(rest), lowest)).Store(rest);
    std::copy_n(rest, end - i, target + i);
  }
}
}
}
}
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace scorefields
{
namespace
{
constexpr Index ChunkSize = 1 << 14;
}

HWY_EXPORT(LogRange);

void LogOfAtLeast(
  const double* source, double least, double* target, Index n, const Execution& execution)
{
  // Whole chunks, so that how a value is rounded does not depend on how the range was split.
  execution.For((n + ChunkSize - 1) / ChunkSize,
    [&](Index begin, Index end)
    {
      HWY_DYNAMIC_DISPATCH(LogRange)
      (source, least, target, begin * ChunkSize, std::min(n, end * ChunkSize));
    });
}

void DerivativesOfLog(const double* density, double least, double* score, double* hessian, Index n,
  const Execution& execution)
{
  execution.For(n,
    [&](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        const double g = std::max(density[i], least);
        double* const s = score + 3 * i;
        for (int a = 0; a < 3; ++a)
        {
          s[a] /= g;
        }
        if (hessian != nullptr)
        {
          const double squares[6] = { s[0] * s[0], s[1] * s[1], s[2] * s[2], s[0] * s[1],
            s[1] * s[2], s[0] * s[2] };
          for (int c = 0; c < 6; ++c)
          {
            hessian[6 * i + c] = hessian[6 * i + c] / g - squares[c];
          }
        }
      }
    });
}

Extremes FindExtremes(const double* values, Index n, const Execution& execution)
{
  const Index chunks = (n + ChunkSize - 1) / ChunkSize;
  std::vector<Extremes> found(static_cast<std::size_t>(chunks));
  execution.For(chunks,
    [&](Index begin, Index end)
    {
      for (Index chunk = begin; chunk < end; ++chunk)
      {
        double least = values[chunk * ChunkSize];
        double most = least;
        const Index last = std::min(n, (chunk + 1) * ChunkSize);
        for (Index i = chunk * ChunkSize; i < last; ++i)
        {
          least = values[i] < least ? values[i] : least;
          most = values[i] > most ? values[i] : most;
        }
        found[static_cast<std::size_t>(chunk)] = { least, most };
      }
    });
  Extremes all = found.front();
  for (const Extremes& part : found)
  {
    all.Minimum = std::min(all.Minimum, part.Minimum);
    all.Maximum = std::max(all.Maximum, part.Maximum);
  }
  return all;
}
}
#endif
