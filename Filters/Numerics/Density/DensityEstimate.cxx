// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/DensityEstimate.h"

#include "Numerics/Density/EstimateClaims.h"
#include "Numerics/Density/EstimateReuse.h"
#include "Numerics/Density/ExactEstimate.h"
#include "Numerics/Density/ProductEstimate.h"
#include "Numerics/Density/Sharpen.h"
#include "Numerics/Density/SumCost.h"
#include "Numerics/Density/TransformEstimate.h"
#include "Numerics/Exact/BoundaryImages.h"
#include "Numerics/Exact/ExactSum.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <utility>
#include <vector>

// The estimate (EstimateDensity):
//   1. Choose the engine. Auto is Exact where exact sums take a moment, or less time than what
//   comes next.
//   2. Move the samples uphill first, if the settings ask for it (Sharpen).
//   3. Compute, by one of Auto's routes or by what was asked for:
//      a. exact sums over all samples (SumExactly)
//      b. sums over a mesh, axis by axis, for kernels without correlation (ProductEstimate.h)
//      c. a transform, and exact sums where its error does not do (TransformEstimate.h)
namespace scorefields
{
namespace
{
/// Exact sums are taken alone if they take no longer than this, or than the next route.
constexpr double ShortTime = 0.05; // seconds on one core

bool SumsPay(const EstimateProblem& problem, const FieldView& fields)
{
  const double pairs = problem.Moments.Count * static_cast<double>(problem.Nodes.Size());
  if (pairs > problem.Settings.AffordablePairs)
  {
    return false;
  }
  const double seconds = SecondsOfSums(problem);
  return seconds <= ShortTime ||
    seconds <= SecondsByProducts(problem, fields).value_or(SecondsShared(problem));
}

// Step 1.
Engine Choose(const EstimateProblem& problem, const FieldView& fields)
{
  const EngineSettings& settings = problem.Settings;
  const bool sumsOnly = settings.Profile != KernelProfile::Gaussian ||
    (fields.KishSampleSize && settings.Engine == Engine::Auto);
  if (sumsOnly)
  {
    return Engine::Exact;
  }
  const bool sumsDo = settings.Engine == Engine::Auto && SumsPay(problem, fields);
  return sumsDo ? Engine::Exact : settings.Engine;
}

// Step 2. A sample that is off by e bandwidths, at most r bandwidths from a node, changes the log
// density there by e r and the score by e (1 + 2 r^2) / bandwidth at most. A tenth of the tolerance
// goes to that. Along closed axes samples see each other's images, as the density does.
Samples SharpenedCloud(const EstimateProblem& problem, const Execution& execution)
{
  const double farthest = std::max(1.0, FarthestSample(problem));
  EngineSettings settings = problem.Settings;
  settings.RelativeTolerance = std::max(LeastRelativeTolerance,
    0.2 * problem.Settings.RelativeTolerance / (1.0 + 2.0 * farthest * farthest));
  const auto& boundaries = problem.Settings.Fft.Boundaries;
  Samples own;
  Samples gathered;
  const Samples& part = InMemory(problem.Cloud, own);
  const Samples& whole = AllSamples(problem, gathered);
  if (!HasClosedAxis(problem.Nodes, boundaries))
  {
    return Sharpen(part, whole, problem.Kernel, settings, execution);
  }
  return Sharpen(FoldedIntoBox(part, problem.Kernel, problem.Nodes, boundaries),
    WithImages(whole, problem.Kernel, problem.Nodes, boundaries), problem.Kernel, settings,
    execution);
}

// Step 3 a.
void EstimateExactly(const EstimateProblem& problem, const FieldView& fields,
  EstimateReport& report, const Execution& execution)
{
  const ExactOptions options = OptionsOfExact(problem.Settings.Fft.Tolerance);
  SumExactly(problem, fields, options, execution);
  report.Claims =
    ExactClaims(problem.Kernel, problem.Moments.Count, FarthestSample(problem), options.Tolerance);
}

void EstimateBy(Engine engine, const EstimateProblem& problem, const FieldView& fields,
  EstimateReport& report, const Execution& execution)
{
  switch (engine)
  {
    case Engine::Exact:
      EstimateExactly(problem, fields, report, execution);
      break;
    case Engine::Auto:
      if (!EstimateByProducts(problem, fields, report, execution)) // step 3 b
      {
        EstimateShared(problem, fields, report, execution); // step 3 c
      }
      break;
    case Engine::Fft:
      EstimateByTransform(problem, fields, report, execution);
      break;
  }
}
}

void Require(const EngineSettings& settings, const FieldView& fields)
{
  if (!(settings.RelativeTolerance >= LeastRelativeTolerance && settings.RelativeTolerance <= 0.1))
  {
    std::ostringstream message;
    message << "RelativeTolerance is " << settings.RelativeTolerance << "; it must be from "
            << LeastRelativeTolerance << ", below which rounding does not reach, to 0.1";
    throw std::invalid_argument(message.str());
  }
  if (!(settings.Fft.Tolerance > 0.0 && settings.Fft.Tolerance <= 0.1))
  {
    std::ostringstream message;
    message << "Tolerance is " << settings.Fft.Tolerance << "; it must be above 0 and at most 0.1";
    throw std::invalid_argument(message.str());
  }
  if (fields.KishSampleSize && settings.Engine == Engine::Fft)
  {
    throw std::invalid_argument(
      "ComputeKishSampleSize is on, but Engine is FFT, which cannot give it; set Engine to Auto");
  }
  if (settings.Profile == KernelProfile::Gaussian)
  {
    return;
  }
  if (fields.Score || fields.Hessian)
  {
    throw std::invalid_argument(
      "ComputeScore and ComputeHessian need the Gaussian kernel; Kernel is"
      " another one");
  }
  if (settings.Sharpen)
  {
    throw std::invalid_argument("Sharpen needs the Gaussian kernel; Kernel is another one");
  }
}

double LowestLogDensity()
{
  return std::log(std::numeric_limits<double>::min());
}

EstimateReport EstimateDensity(
  const EstimateProblem& problem, const FieldView& fields, const Execution& execution)
{
  EstimateReport report;
  report.Engine = Choose(problem, fields);
  report.LostWeight = LostWeight(problem, execution);
  if (!(problem.Moments.Count > 0.0))
  {
    FillWithoutSamples(fields, problem.Block.Dimensions.prod());
    return report;
  }
  Require(problem.Settings, fields);
  if (problem.Settings.Sharpen)
  {
    const Samples sharpened = SharpenedCloud(problem, execution);
    const StoredSamples moved(sharpened);
    EstimateBy(report.Engine,
      { moved, problem.Moments, problem.Kernel, problem.Nodes, problem.Block, problem.Settings,
        problem.Parts },
      fields, report, execution);
  }
  else
  {
    EstimateBy(report.Engine, problem, fields, report, execution);
  }
  return report;
}

EstimateReport EstimateDensity(const Samples& samples, const GaussianKernel& kernel,
  const Grid& grid, const FieldView& fields, const EngineSettings& settings)
{
  const StoredSamples cloud(samples);
  EstimateProblem problem{ cloud, MomentsOf(samples), kernel, grid };
  problem.Settings = settings;
  return EstimateDensity(problem, fields, Execution());
}
}
