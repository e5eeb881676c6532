// SPDX-License-Identifier: BSD-3-Clause
#ifndef Density_TransformEstimate_h
#define Density_TransformEstimate_h

#include "Numerics/Density/ExactEstimate.h"

/// The estimates that start with a transform.
namespace scorefields
{
/// Engine::Fft: at all nodes, with the transform's absolute error.
void EstimateByTransform(const EstimateProblem& problem, const FieldView& fields,
  EstimateReport& report, const Execution& execution);

/// Engine::Auto for kernels with correlation.
/// 1. The transform is run with a tolerance near rounding.
/// 2. Nodes where its density does not stand the wanted factor above its error, which is absolute,
///    are summed over the samples that count there, to a hundredth of RelativeTolerance, or
///    less where samples are so far away that their scores need it.
///
/// So the score is right to RelativeTolerance at every node, in units of 1 / bandwidth. The density
/// is right to a sixteenth of RelativeTolerance where there are scores, and to the transform's
/// error in absolute terms.
void EstimateShared(const EstimateProblem& problem, const FieldView& fields, EstimateReport& report,
  const Execution& execution);

/// Rough time in seconds that this takes on one core with AVX2.
double SecondsShared(const EstimateProblem& problem);
}

#endif
