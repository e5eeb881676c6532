// SPDX-License-Identifier: BSD-3-Clause
#ifndef Recovery_ScoreNodes_h
#define Recovery_ScoreNodes_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Recovery/Edges.h"
#include "Numerics/Recovery/Lattice.h"

#include <string>

namespace scorefields
{
/// What a density is recovered from: vectors on the nodes of a grid.
struct ScoreNodes
{
  Grid Nodes;
  Boundaries Borders{ Boundary::Open, Boundary::Open, Boundary::Open };
  const double* Score = nullptr;       ///< 3 for each node, 1 / length
  const unsigned char* Mask = nullptr; ///< one for each node, 0: not valid; null: all are valid
  const double* Weights = nullptr;     ///< one for each node; null: all weigh the same
  std::string ScoreName = "Score";     ///< for messages
  std::string WeightName = "Weights";
};

/// Which nodes are valid, and what they weigh: those whose mask is not 0 and whose weight is
/// positive. Weights are divided by the largest; those below 1e-8 of it count as that much, since
/// rounding in the solver's preconditioner grows with their range. Weights that are all alike are
/// left out.
/// @throws std::invalid_argument if no node is valid, a weight is negative or not finite, all are
///         0, or a component of the score along an axis with edges is not finite at a valid node.
VectorNodes ReadNodes(const ScoreNodes& input, const Lattice& lattice, const Execution& execution);
}

#endif
