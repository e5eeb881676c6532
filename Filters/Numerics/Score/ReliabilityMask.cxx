// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/ReliabilityMask.h"

#include <algorithm>
#include <vector>

namespace scorefields
{
namespace
{
bool IsKept(Reliability reliability, MaskRule rule)
{
  switch (reliability)
  {
    case Reliability::Reliable:
      return true;
    case Reliability::TooFewSamples:
      return rule == MaskRule::Numerical;
    case Reliability::NotSignificant:
      return rule != MaskRule::NumericalAndSignificant;
    case Reliability::RoundOff:
    case Reliability::Truncation:
    case Reliability::WrapAround:
    case Reliability::NoData:
    case Reliability::GridTooCoarse:
      return false;
  }
  return false;
}
}

std::array<unsigned char, ReliabilityClasses> MaskTable(MaskRule rule)
{
  std::array<unsigned char, ReliabilityClasses> table{};
  for (const Reliability reliability : ValuesOf<Reliability>())
  {
    table[static_cast<std::size_t>(reliability)] = IsKept(reliability, rule);
  }
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

namespace
{
ClassCounts CountPiece(
  const unsigned char* classes, const unsigned char* mask, const unsigned char* skip, Index count)
{
  // Neighbours, mostly of one class, count in different tables: none waits for the one before.
  constexpr Index Tables = 4;
  std::array<std::array<Index, ReliabilityClasses>, Tables> nodes{};
  Index stable = 0;
  for (Index i = 0; i < count; ++i)
  {
    const Index one = skip && skip[i] ? 0 : 1;
    nodes[static_cast<std::size_t>(i % Tables)][classes[i]] += one;
    stable += mask[i] ? one : 0;
  }
  ClassCounts counts;
  counts.Stable = static_cast<double>(stable);
  for (const auto& table : nodes)
  {
    for (std::size_t c = 0; c < table.size(); ++c)
    {
      counts.Nodes[c] += static_cast<double>(table[c]);
    }
  }
  return counts;
}
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
        const Index first = piece * PieceSize;
        parts[static_cast<std::size_t>(piece)] = CountPiece(classes + first, mask + first,
          skip ? skip + first : nullptr, std::min(count - first, PieceSize));
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
