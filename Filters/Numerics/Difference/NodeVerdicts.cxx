// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Difference/NodeVerdicts.h"

namespace scorefields
{
namespace
{
constexpr auto TooFew = static_cast<unsigned char>(DifferenceClass::TooFewSamples);

DifferenceClass ClassOf(double pValue, double standardised, double threshold)
{
  if (!(pValue <= threshold) || standardised == 0.0)
  {
    return DifferenceClass::NoDifference;
  }
  return standardised > 0.0 ? DifferenceClass::MoreInA : DifferenceClass::MoreInB;
}
}

DifferenceTests FindTests(Index count, const double* pValues, const unsigned char* classes,
  const unsigned char* skip, double level)
{
  DifferenceTests tests;
  for (Index i = 0; i < count; ++i)
  {
    if (classes[i] == TooFew || (skip && skip[i]))
    {
      continue;
    }
    tests.Count += 1.0;
    if (pValues[i] <= level)
    {
      tests.Small.push_back(pValues[i]);
    }
  }
  return tests;
}

void DecideClasses(Index count, const double* pValues, const double* standardised, double threshold,
  unsigned char* classes, const Execution& execution)
{
  execution.For(count,
    [=](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        if (classes[i] != TooFew)
        {
          classes[i] = static_cast<unsigned char>(ClassOf(pValues[i], standardised[i], threshold));
        }
      }
    });
}

std::array<double, DifferenceClasses> CountDifferenceClasses(
  Index count, const unsigned char* classes, const unsigned char* skip)
{
  std::array<double, DifferenceClasses> counts{};
  for (Index i = 0; i < count; ++i)
  {
    counts[classes[i]] += skip && skip[i] ? 0.0 : 1.0;
  }
  return counts;
}
}
