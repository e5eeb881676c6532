// SPDX-License-Identifier: BSD-3-Clause
#ifndef Recovery_Potential_h
#define Recovery_Potential_h

#include "Numerics/Recovery/ConjugateGradients.h"
#include "Numerics/Recovery/Edges.h"

namespace scorefields
{
/// Solves D'WD u = D'W g, as DensityFromScore.h says in step 3.
/// @param nodes  those that the edges were made of.
SolverReport SolvePotential(const Edges& edges, const VectorNodes& nodes,
  const SolverLimits& limits, Eigen::VectorXd& potential, const Execution& execution);
}

#endif
