// SPDX-License-Identifier: BSD-3-Clause
#ifndef Density_ExactEstimate_h
#define Density_ExactEstimate_h

#include "Numerics/Density/DensityEstimate.h"
#include "Numerics/Exact/ExactSum.h"

/// The exact sums of an estimate whose cloud and grid may be parts of something distributed.
namespace scorefields
{
/// What stands at nodes or points of a cloud without samples: 0, and LowestLogDensity().
void FillWithoutSamples(const FieldView& fields, Index count);

/// Sums to 1e-13, or to a smaller tolerance.
ExactOptions OptionsOfExact(double tolerance);

/// Density times the number of samples over the kernel's peak, of the wanted nodes: the relevant
/// samples do not tell how many there are in all.
void FillSampleSize(
  const EstimateProblem& problem, const FieldView& fields, const unsigned char* wanted);

/// Sums over all samples and, along closed axes, their images.
void SumExactly(const EstimateProblem& problem, const FieldView& fields, ExactOptions options,
  const Execution& execution);

/// The same at the nodes that options.Wanted flags, from the samples that can count there: half of
/// options.Tolerance is for those left out (RelevantSamples.h), the other half for the sums.
void SumRelevant(const EstimateProblem& problem, const FieldView& fields,
  const ExactOptions& options, const Execution& execution);
}

#endif
