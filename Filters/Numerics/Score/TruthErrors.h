// SPDX-License-Identifier: BSD-3-Clause
#ifndef Score_TruthErrors_h
#define Score_TruthErrors_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Score/Reliability.h"

#include <array>

namespace scorefields
{
/// How far scores s are from true ones s* over a set of nodes, p being the true density.
struct ScoreErrors
{
  double Mass = 0.0;    ///< sum of p
  double Squared = 0.0; ///< sum of p |s - s*|^2
  double Largest = 0.0; ///< of |s - s*|, 0 without nodes
  Index Worst = -1;     ///< the first node that has it, -1 without nodes
};

struct TruthErrors
{
  std::array<ScoreErrors, ReliabilityClasses> Classes; ///< by reliability class
  ScoreErrors Stable;                                  ///< of the nodes that the mask keeps
  ScoreErrors All;
};

/// What a comparison reads, one entry per node.
struct TruthView
{
  const double* Score = nullptr;       ///< 3
  const double* TrueScore = nullptr;   ///< 3
  const double* TrueDensity = nullptr; ///< 1
  const unsigned char* Classes = nullptr;
  const unsigned char* Mask = nullptr;
  const unsigned char* Skip = nullptr; ///< null, or nodes that are not 0 are left out
};

/// Times the measure of a node, Squared is the Fisher divergence of the estimate from the truth,
///   F = int p |grad log p - s|^2,
/// to the error of the trapezoidal rule, which for sums of Gaussians that fall off within the grid
/// is that of rounding. Nodes whose truth is not finite are left out.
/// Cost: one pass. The result does not depend on the number of threads.
TruthErrors CompareWithTruth(Index count, const TruthView& view, const Execution& execution);
}

#endif
