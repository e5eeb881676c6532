// SPDX-License-Identifier: BSD-3-Clause
#ifndef Score_ReliabilityMask_h
#define Score_ReliabilityMask_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Score/Reliability.h"

#include <array>
#include <vector>

namespace scorefields
{
/// Which doubts switch the stability mask off; numerical ones always do.
enum class MaskRule
{
  Numerical,
  NumericalAndSamples,     ///< also TooFewSamples
  NumericalAndSignificant, ///< also TooFewSamples and NotSignificant
};

constexpr const char* NameOf(MaskRule value)
{
  switch (value)
  {
    case MaskRule::Numerical:
      return "Numerical";
    case MaskRule::NumericalAndSamples:
      return "Numerical and sample size";
    case MaskRule::NumericalAndSignificant:
      return "Numerical and significance";
  }
  return nullptr;
}

/// By class: 1 where the mask keeps its nodes, else 0.
std::array<unsigned char, ReliabilityClasses> MaskTable(MaskRule rule);

/// What the tests of some nodes tell of all together.
struct TestedNodes
{
  double Count = 0.0;             ///< nodes that are numerically sound and rest on enough samples
  std::vector<double> Small = {}; ///< p-values of at most the level
};

/// @param pValues  null: none was tested. @param skip  as for CountClasses.
TestedNodes FindTested(Index count, const double* pValues, const unsigned char* classes,
  const unsigned char* skip, double level);

/// Decides NotSignificant again with another threshold: nodes that were Reliable or NotSignificant
/// are NotSignificant where the p-value is above it. Updates the mask.
void ApplySignificance(Index count, const double* pValues, double threshold, MaskRule rule,
  unsigned char* classes, unsigned char* mask, const Execution& execution);

/// How many nodes fall in each class, and how many the mask keeps.
struct ClassCounts
{
  std::array<double, ReliabilityClasses> Nodes{};
  double Stable = 0.0;
};

/// @param skip  null, or one entry per node: those that are not 0 belong to another part of a
///              distributed grid and are not counted.
ClassCounts CountClasses(Index count, const unsigned char* classes, const unsigned char* mask,
  const unsigned char* skip, const Execution& execution);
}

#endif
