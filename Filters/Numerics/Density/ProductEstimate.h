// SPDX-License-Identifier: BSD-3-Clause
#ifndef Density_ProductEstimate_h
#define Density_ProductEstimate_h

#include "Numerics/Density/ExactEstimate.h"

#include <optional>

namespace scorefields
{
/// Engine::Auto for kernels without correlation. All fields but KishSampleSize; Settings'
/// RelativeTolerance holds at every node.
///
/// 1. All samples are spread to a mesh. The products over it (ProductSum.h) give the nodes whose
///    density is within its reach.
/// 2. Farther out few samples count (RelevantSamples.h). They alone are spread to a finer mesh,
///    which reaches farther.
/// 3. What is left gets exact sums over those samples.
/// Along closed axes samples have images, which count like samples.
///
/// @return false, and nothing is done: the kernel has correlations, the tolerance is below
///         LeastProductTolerance, or the mesh would be too large.
bool EstimateByProducts(const EstimateProblem& problem, const FieldView& fields,
  EstimateReport& report, const Execution& execution);

/// Rough time in seconds that this takes on one core with AVX2; nothing where it returns false.
std::optional<double> SecondsByProducts(const EstimateProblem& problem, const FieldView& fields);

/// The tables of the kernel are right to 1e-12 (AxisKernel.h).
constexpr double LeastProductTolerance = 1e-10;
}

#endif
