// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/ExactEstimate.h"

#include "Numerics/Density/EstimateReuse.h"
#include "Numerics/Density/Routes.h"
#include "Numerics/Exact/BoundaryImages.h"
#include "Numerics/Tails/RelevantSamples.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace
{
/// Of the whole cloud: images and relevant samples do not tell how many samples there are in all,
/// nor what they weigh.
Normalization WholeOf(const EstimateProblem& problem, const Samples& some)
{
  Normalization whole = Normalization::Of(some, problem.Kernel);
  whole.LogMeanWeight = std::log(problem.Moments.TotalWeight) - std::log(problem.Moments.Count);
  return whole;
}
}

void FillWithoutSamples(const FieldView& fields, Index count)
{
  const auto fill = [count](double* values, Index components, double value)
  {
    if (values)
    {
      std::fill(values, values + count * components, value);
    }
  };
  fill(fields.Density, 1, 0.0);
  fill(fields.LogDensity, 1, LowestLogDensity());
  fill(fields.Score, 3, 0.0);
  fill(fields.Hessian, 6, 0.0);
  fill(fields.EffectiveSampleSize, 1, 0.0);
  fill(fields.KishSampleSize, 1, 0.0);
  MarkRoute(fields, count, Route::ExactSums);
}

ExactOptions OptionsOfExact(double tolerance)
{
  ExactOptions options;
  options.Tolerance = std::min(tolerance, options.Tolerance);
  return options;
}

void SumExactly(const EstimateProblem& problem, const FieldView& fields, ExactOptions options,
  const Execution& execution)
{
  MarkRoute(fields, problem.Block.Dimensions.prod(), Route::ExactSums, options.Wanted);
  Samples gathered;
  Samples images;
  const auto& boundaries = problem.Settings.Fft.Boundaries;
  const Samples* sources = &AllSamples(problem, gathered);
  if (HasClosedAxis(problem.Nodes, boundaries))
  {
    images = WithImages(*sources, problem.Kernel, problem.Nodes, boundaries);
    sources = &images;
  }
  if (problem.Settings.Profile != KernelProfile::Gaussian)
  {
    EvaluateCompactOnGrid(
      *sources, problem.Kernel, problem.Settings.Profile, problem.BlockNodes(), fields, execution);
    if (fields.EffectiveSampleSize)
    {
      Eigen::Map<Eigen::VectorXd>(fields.EffectiveSampleSize, problem.Block.Dimensions.prod()) *=
        problem.Moments.Count / static_cast<double>(sources->Count());
    }
    return;
  }
  options.Whole = WholeOf(problem, *sources);
  EstimateReuse* const reuse = ReuseOf(problem);
  if (reuse && sources != &images)
  {
    options.Tree = &reuse->Tree;
  }
  exact::EvaluateOnGrid(*sources, problem.Kernel, problem.BlockNodes(), fields, options, execution);
}

Samples SamplesThatCount(const EstimateProblem& problem, const unsigned char* wanted,
  double tolerance, const Execution& execution)
{
  const ImagedSamples images(
    problem.Cloud, problem.Moments, problem.Kernel, problem.Nodes, problem.Settings.Fft.Boundaries);
  const bool closed = HasClosedAxis(problem.Nodes, problem.Settings.Fft.Boundaries);
  if (closed)
  {
    images.RequireFew();
  }
  const SampleSource& source = closed ? static_cast<const SampleSource&>(images) : problem.Cloud;
  Samples relevant = RelevantSamples(source, images.Moments(), problem.Kernel,
    WantedBoxes::OfNodes(problem.Kernel, problem.Nodes, problem.Block, wanted), tolerance,
    problem.Parts, execution);
  if (problem.Parts.Distributed)
  {
    relevant = problem.Parts.Gather(relevant);
  }
  relevant.TotalWeight = problem.Moments.TotalWeight;
  return relevant;
}

void SumRelevant(const EstimateProblem& problem, const FieldView& fields,
  const ExactOptions& options, const Execution& execution)
{
  if (ReuseOf(problem) && !HasClosedAxis(problem.Nodes, problem.Settings.Fft.Boundaries))
  {
    SumExactly(problem, fields, options,
      execution); // with a tree of all samples that serves the next bandwidth
    return;
  }
  ExactOptions half = options;
  half.Tolerance = 0.5 * options.Tolerance;
  const Samples relevant = SamplesThatCount(problem, options.Wanted, half.Tolerance, execution);
  SumExactlyOver(relevant, problem, fields, half, execution);
}

void SumExactlyOver(const Samples& relevant, const EstimateProblem& problem,
  const FieldView& fields, ExactOptions options, const Execution& execution)
{
  MarkRoute(fields, problem.Block.Dimensions.prod(), Route::ExactSums, options.Wanted);
  options.Whole = WholeOf(problem, relevant);
  exact::EvaluateOnGrid(relevant, problem.Kernel, problem.BlockNodes(), fields, options, execution);
}
}
