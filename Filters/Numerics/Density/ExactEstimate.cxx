// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/ExactEstimate.h"

#include "Numerics/Density/EstimateReuse.h"
#include "Numerics/Exact/BoundaryImages.h"
#include "Numerics/Tails/RelevantSamples.h"

#include <cmath>

namespace scorefields
{
EstimateReuse* ReuseOf(const EstimateProblem& problem)
{
  return problem.Settings.Sharpen ? nullptr : problem.Settings.Reuse;
}

void SumExactly(const EstimateProblem& problem, ExactOptions options)
{
  Samples gathered;
  Samples images;
  const auto& boundaries = problem.Settings.Fft.Boundaries;
  const Samples* sources = &AllSamples(problem.Local, problem.Parts, ReuseOf(problem), gathered);
  if (HasClosedAxis(problem.Nodes, boundaries))
  {
    images = WithImages(*sources, problem.Kernel, problem.Nodes, boundaries);
    sources = &images;
  }
  if (problem.Settings.Profile != KernelProfile::Gaussian)
  {
    EvaluateCompactOnGrid(*sources, problem.Kernel, problem.Settings.Profile, problem.BlockNodes(),
      problem.Fields, problem.Run);
    return;
  }
  EstimateReuse* const reuse = ReuseOf(problem);
  if (reuse && sources != &images)
  {
    options.Index = &reuse->Index;
  }
  exact::EvaluateOnGrid(
    *sources, problem.Kernel, problem.BlockNodes(), problem.Fields, options, problem.Run);
}

void FillSampleSize(const EstimateProblem& problem, const unsigned char* wanted)
{
  const double share = problem.Moments.Count * std::exp(-problem.Kernel.LogPeak());
  const Index nodes = problem.Block.Dimensions.prod();
  for (Index node = 0; node < nodes; ++node)
  {
    if (wanted[node])
    {
      problem.Fields.EffectiveSampleSize[node] = share * problem.Fields.Density[node];
    }
  }
}

void SumRelevant(const EstimateProblem& problem, const ExactOptions& options)
{
  if (ReuseOf(problem) || HasClosedAxis(problem.Nodes, problem.Settings.Fft.Boundaries))
  {
    SumExactly(problem, options); // with an index of all samples that serves the next bandwidth
    return;
  }
  ExactOptions half = options;
  half.Tolerance = 0.5 * options.Tolerance;
  Samples relevant = RelevantSamples(problem.Local, problem.Moments, problem.Kernel, problem.Nodes,
    problem.Block, options.Wanted, half.Tolerance, problem.Parts, problem.Run);
  if (problem.Parts.Distributed)
  {
    relevant = problem.Parts.Gather(relevant);
  }
  relevant.TotalWeight = problem.Moments.TotalWeight;
  FieldView fields = problem.Fields;
  fields.EffectiveSampleSize = nullptr;
  exact::EvaluateOnGrid(relevant, problem.Kernel, problem.BlockNodes(), fields, half, problem.Run);
  if (problem.Fields.EffectiveSampleSize)
  {
    FillSampleSize(problem, options.Wanted);
  }
}
}
