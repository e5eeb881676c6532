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

/// Sums over all samples and, along closed axes, their images.
void SumExactly(const EstimateProblem& problem, const FieldView& fields, ExactOptions options,
  const Execution& execution);

/// The samples of all parts and their images along closed axes that can count at wanted nodes:
/// those left out hold at most the share `tolerance` of the estimate there (RelevantSamples.h).
/// @param wanted  one flag per node of this part.
Samples SamplesThatCount(const EstimateProblem& problem, const unsigned char* wanted,
  double tolerance, const Execution& execution);

/// Sums over such samples at the nodes that options.Wanted flags.
void SumExactlyOver(const Samples& relevant, const EstimateProblem& problem,
  const FieldView& fields, ExactOptions options, const Execution& execution);

/// Both: the estimate at the nodes that options.Wanted flags, from the samples that can count
/// there: half of options.Tolerance is for those left out (RelevantSamples.h), the other half for
/// the sums.
void SumRelevant(const EstimateProblem& problem, const FieldView& fields,
  const ExactOptions& options, const Execution& execution);
}

#endif
