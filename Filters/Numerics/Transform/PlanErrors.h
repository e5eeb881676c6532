// SPDX-License-Identifier: BSD-3-Clause
#ifndef Transform_PlanErrors_h
#define Transform_PlanErrors_h

#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Base/TransformErrors.h"
#include "Numerics/Cloud/CloudMoments.h"
#include "Numerics/Transform/FftOptions.h"
#include "Numerics/Transform/MeshPlan.h"

namespace scorefields
{
/// What the density of a kernel is worth at any node, computed as planned.
/// @param supremum  bound of the density everywhere.
/// @param dropped   share of the weight that was not spread.
TransformErrors ErrorsOf(const MeshPlan& plan, const FftOptions& options, const CloudMoments& cloud,
  const GaussianKernel& kernel, double supremum, double dropped);
}

#endif
