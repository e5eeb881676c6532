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

/// Engine::Auto for kernels with correlation.
/// 1. The transform is run with a tolerance near rounding.
/// 2. Nodes where its density does not stand the wanted factor above its error, which is absolute,
///    are summed over the samples that count there, to a hundredth of RelativeTolerance.
void EstimateShared(const EstimateProblem& problem, EstimateReport& report);
}

#endif
