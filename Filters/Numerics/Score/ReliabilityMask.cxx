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

namespace
{
bool WasTested(unsigned char reliability)
{
  return reliability == static_cast<unsigned char>(Reliability::Reliable) ||
    reliability == static_cast<unsigned char>(Reliability::NotSignificant);
}
}

TestedNodes FindTested(Index count, const double* pValues, const unsigned char* classes,
  const unsigned char* skip, double level)
{
  TestedNodes tested;
  for (Index i = 0; pValues && i < count; ++i)
  {
    if (WasTested(classes[i]) && !(skip && skip[i]))
    {
      tested.Count += 1.0;
      if (pValues[i] <= level)
      {
        tested.Small.push_back(pValues[i]);
      }
    }
  }
  return tested;
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
        if (WasTested(classes[i]))
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
