// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/ReliabilityMask.h"

#include <algorithm>
#include <vector>

namespace scorefields
{
std::array<unsigned char, ReliabilityClasses> MaskTable(MaskRule rule)
{
  std::array<unsigned char, ReliabilityClasses> table{};
  table[static_cast<std::size_t>(Reliability::Reliable)] = 1;
  table[static_cast<std::size_t>(Reliability::TooFewSamples)] = rule == MaskRule::Numerical;
  table[static_cast<std::size_t>(Reliability::NotSignificant)] =
    rule != MaskRule::NumericalAndSignificant;
  return table;
}

void ApplySignificance(Index count, const double* pValues, double threshold, MaskRule rule,
  unsigned char* classes, unsigned char* mask, const Execution& execution)
{
  const auto table = MaskTable(rule);
  execution.For(count,
    [=](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        const auto reliability = static_cast<Reliability>(classes[i]);
        if (reliability == Reliability::Reliable || reliability == Reliability::NotSignificant)
        {
          const auto decided =
            pValues[i] > threshold ? Reliability::NotSignificant : Reliability::Reliable;
          classes[i] = static_cast<unsigned char>(decided);
          mask[i] = table[classes[i]];
        }
      }
    });
}

ClassCounts CountClasses(Index count, const unsigned char* classes, const unsigned char* mask,
  const unsigned char* skip, const Execution& execution)
{
  constexpr Index PieceSize = 1 << 16;
  const Index pieces = (count + PieceSize - 1) / PieceSize;
  // Counts below 2^53 are exact in doubles, so that the order of the sums does not matter.
  std::vector<ClassCounts> parts(static_cast<std::size_t>(pieces));
  execution.For(pieces,
    [&](Index begin, Index end)
    {
      for (Index piece = begin; piece < end; ++piece)
      {
        ClassCounts& part = parts[static_cast<std::size_t>(piece)];
        for (Index i = piece * PieceSize; i < std::min(count, (piece + 1) * PieceSize); ++i)
        {
          const double one = skip && skip[i] ? 0.0 : 1.0;
          part.Nodes[classes[i]] += one;
          part.Stable += mask[i] ? one : 0.0;
        }
      }
    });
  ClassCounts counts;
  for (const ClassCounts& part : parts)
  {
    counts.Stable += part.Stable;
    for (std::size_t c = 0; c < counts.Nodes.size(); ++c)
    {
      counts.Nodes[c] += part.Nodes[c];
    }
  }
  return counts;
}
}
