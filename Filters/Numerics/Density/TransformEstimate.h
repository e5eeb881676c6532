// SPDX-License-Identifier: BSD-3-Clause
#ifndef Density_TransformEstimate_h
#define Density_TransformEstimate_h

#include "Numerics/Density/ExactEstimate.h"

/// The estimates that start with a transform.
namespace scorefields
{
/// Engine::Fft: at all nodes, with the transform's absolute error.
void EstimateByTransform(
  const EstimateProblem& problem, const FftOptions& options, EstimateReport& report);

/// Engine::Auto, where the nodes are shared out. The transform is run with a tolerance near
/// rounding. Nodes where its density does not stand the wanted factor above its error, which is
/// absolute, are summed over the transform's own mesh (TailSum.h), whose error is relative: to a
/// tenth of RelativeTolerance, or a fiftieth if there are scores, whose error grows with the
/// distance of the samples. The rest, where that bound does not hold (samples farther away than the
/// mesh is fine enough for; kernels with correlations; grids with few nodes to a bandwidth;
/// Hessians), are summed over the samples that count there, to a hundredth of RelativeTolerance.
void EstimateShared(const EstimateProblem& problem, EstimateReport& report);
}

#endif
