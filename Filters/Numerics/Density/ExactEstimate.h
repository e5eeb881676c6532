// SPDX-License-Identifier: BSD-3-Clause
#ifndef Density_ExactEstimate_h
#define Density_ExactEstimate_h

#include "Numerics/Density/DensityEstimate.h"
#include "Numerics/Exact/ExactSum.h"

/// The exact sums of an estimate whose cloud and grid may be parts of something distributed.
namespace scorefields
{
/// What an estimate is asked to do, as EstimateDensity was told.
struct EstimateProblem
{
  const SampleSource& Local;
  const CloudMoments& Moments;
  const GaussianKernel& Kernel;
  const Grid& Nodes;
  const NodeBlock& Block;
  const FieldView& Fields;
  const EngineSettings& Settings;
  const Exchange& Parts;
  const Execution& Run;

  Grid BlockNodes() const { return this->Nodes.Block(this->Block.First, this->Block.Dimensions); }
};

/// What an estimate may keep and use again; none if its samples follow the bandwidth.
EstimateReuse* ReuseOf(const EstimateProblem& problem);

/// Density times the number of samples over the kernel's peak, of the wanted nodes: the relevant
/// samples do not tell how many there are in all.
void FillSampleSize(const EstimateProblem& problem, const unsigned char* wanted);

/// Sums over all samples and, along closed axes, their images.
void SumExactly(const EstimateProblem& problem, ExactOptions options);

/// The same at the nodes that options.Wanted flags, from the samples that can count there: half of
/// options.Tolerance is for those left out (RelevantSamples.h), the other half for the sums.
void SumRelevant(const EstimateProblem& problem, const ExactOptions& options);
}

#endif
