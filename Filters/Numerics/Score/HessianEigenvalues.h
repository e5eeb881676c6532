// SPDX-License-Identifier: BSD-3-Clause
#ifndef Score_HessianEigenvalues_h
#define Score_HessianEigenvalues_h

#include "Numerics/Base/Execution.h"

#include <vector>

namespace scorefields
{
/// The principal curvatures of the log density: eigenvalues of its Hessian along the active axes,
/// ascending, then 0 for each other axis. All 0 where the Hessian is not finite.
/// @param axes         the active ones, ascending; there may be none.
/// @param hessians     6 per node, as in FieldView.
/// @param eigenvalues  3 per node.
void HessianEigenvalues(const std::vector<int>& axes, const double* hessians, Index count,
  double* eigenvalues, const Execution& execution);
}

#endif
