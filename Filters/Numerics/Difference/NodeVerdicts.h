// SPDX-License-Identifier: BSD-3-Clause
#ifndef Difference_NodeVerdicts_h
#define Difference_NodeVerdicts_h

#include "Numerics/Base/Enumerations.h"
#include "Numerics/Base/Execution.h"

#include <array>
#include <vector>

/// What is said of each node, once it is known how many nodes are asked.
namespace scorefields
{
enum class DifferenceClass
{
  NoDifference,
  MoreInA,
  MoreInB,
  TooFewSamples ///< in both clouds: not tested
};

constexpr const char* NameOf(DifferenceClass value)
{
  switch (value)
  {
    case DifferenceClass::NoDifference:
      return "no difference";
    case DifferenceClass::MoreInA:
      return "more in A";
    case DifferenceClass::MoreInB:
      return "more in B";
    case DifferenceClass::TooFewSamples:
      return "too few samples";
  }
  return nullptr;
}

constexpr std::size_t DifferenceClasses = CountOf<DifferenceClass>();

/// The p-values of the nodes that were tested.
struct DifferenceTests
{
  double Count = 0.0;
  std::vector<double> Small = {}; ///< those that are at most the level
};

/// @param classes  TooFewSamples where a node was not tested.
/// @param skip     null, or one entry per node, not 0 where another part counts it.
DifferenceTests FindTests(Index count, const double* pValues, const unsigned char* classes,
  const unsigned char* skip, double level);

/// Gives each node that was tested its class: a difference where the p-value is at most the
/// threshold and the standardised difference is not 0.
void DecideClasses(Index count, const double* pValues, const double* standardised, double threshold,
  unsigned char* classes, const Execution& execution);

/// How many nodes have each class.
std::array<double, DifferenceClasses> CountDifferenceClasses(
  Index count, const unsigned char* classes, const unsigned char* skip);
}

#endif
