// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Modes/ModeDensity.h"

#include "Numerics/Flow/Ascent.h"
#include "Numerics/Flow/KernelFamily.h"

#include <utility>

namespace scorefields
{
namespace
{
constexpr Index MostSteps = 5000;
}

ModeDensity ModeDensity::Of(std::shared_ptr<const Samples> samples, const GaussianKernel& kernel,
  const Domain& box, double evaluations, const Execution& execution)
{
  const double bandwidth = kernel.EquivalentBandwidth();
  ScoreAccuracy sums;
  sums.ExactOnly = true;
  ScoreAccuracy splines;
  splines.Evaluations = evaluations * static_cast<double>(samples->Count());
  std::shared_ptr<const SmoothDensity> squares;
  double unit = 1.0 / static_cast<double>(samples->Count());
  if (samples->Weights.size() > 0)
  {
    const double total = samples->Weights.sum();
    unit = samples->Weights.squaredNorm() / (total * total);
    const auto squared = std::make_shared<const Samples>(
      Samples::Weighted(samples->Points, samples->Weights.cwiseAbs2()));
    squares = KernelFamily(squared, kernel, splines, box).At(bandwidth, execution);
  }
  const KernelFamily fast(samples, kernel, splines, box);
  return { KernelFamily(samples, kernel, sums, box).At(bandwidth, execution),
    fast.At(bandwidth, execution), StepMetric(kernel.ActiveAxes(), kernel.Covariance()),
    SampleCounts(kernel, box, std::move(squares), unit) };
}

double SampleEnds::PlacesOf(Index samples) const
{
  return DifferentPlaces({ this->Counts.begin(), this->Counts.begin() + samples });
}

SampleEnds ClimbFrom(
  const ModeDensity& density, const PointsRef& points, const Execution& execution)
{
  SampleEnds found;
  found.Ends.Positions = points;
  EvaluateState(*density.ForSamples, true, found.Ends, execution.Part(0.0, 0.1));
  found.Counts = density.Counts.At(points, found.Ends.LogDensity, execution.Part(0.1, 0.2));
  AscendToEnd(*density.ForSamples, density.Unit, AscentOptions(), MostSteps, found.Ends,
    execution.Part(0.2, 1.0));
  return found;
}
}
