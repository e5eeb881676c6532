// SPDX-License-Identifier: BSD-3-Clause
#ifndef Density_SumCost_h
#define Density_SumCost_h

#include "Numerics/Density/DensityEstimate.h"

namespace scorefields
{
/// Pairs of a query and a sample, and how many of them lie within 7 bandwidths of each other, where
/// exact sums look.
struct PairCount
{
  double All = 0.0;
  double Near = 0.0;

  double ShareNear() const { return this->All > 0.0 ? this->Near / this->All : 0.0; }
};

/// Counts pairs of a few queries and a few samples, spread over all.
PairCount SomePairs(
  const GaussianKernel& kernel, const SampleSource& samples, const PointsRef& queries);

/// Rough time in seconds, on one core with AVX2, that exact sums over all samples take at all
/// nodes. Collective. Cost: some 10000 pairs.
double SecondsOfSums(const EstimateProblem& problem);
}

#endif
