// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/BandwidthSelectors.h"

#include "Numerics/Bandwidth/LogMinimum.h"
#include "Numerics/Bandwidth/PowerSpectrumCriterion.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace scorefields
{
namespace
{
constexpr Index SampleSize = 1500;
constexpr Index SmallSampleSize = SampleSize / 4;
constexpr Index LargestNumberOfSamples = 6;
constexpr double ExactError = 1e-8;
constexpr double SpectralError = 1e-4;
constexpr double LargestBandwidth = 4.0;
constexpr double LargestBoxShare = 0.3;
/// Of a step of rounded points: less shows the steps.
constexpr double LeastBeyondSteps = 0.5;

double LowerQuartile(Eigen::VectorXd values)
{
  double* const quartile = values.data() + values.size() / 4;
  std::nth_element(values.data(), quartile, values.data() + values.size());
  return *quartile;
}

/// In a closed box wider kernels make the estimate flat, and would need very many images.
double LargestOf(const Locations& locations)
{
  double largest = LargestBandwidth;
  for (int a = 0; a < locations.Dimension; ++a)
  {
    if (locations.Box.IsClosed(a))
    {
      largest = std::min(largest, LargestBoxShare * locations.Box.Length[a]);
    }
  }
  return largest;
}

SelectedBandwidth MinimizePairs(Criterion criterion, const Locations& locations,
  MinimumAccuracy accuracy, const Execution& execution)
{
  SelectedBandwidth selected;
  selected.Largest = LargestOf(locations);
  if (locations.Count() < 2)
  {
    return selected;
  }
  const PairCriterion pairs(locations, execution);
  selected.Least = std::clamp(
    0.25 * std::sqrt(LowerQuartile(pairs.SquaredNearest())), 1e-6, 0.1 * selected.Largest);
  selected.Least = std::clamp(
    LeastBeyondSteps * locations.Steps.maxCoeff(), selected.Least, 0.5 * LargestBandwidth);
  const LogMinimum minimum = MinimizeInLog(
    [&](double bandwidth)
    {
      execution.Checkpoint(0.0);
      return pairs(criterion, bandwidth, execution);
    },
    selected.Least, selected.Largest, accuracy,
    [&](double first, double second)
    { return pairs.StandardError(criterion, first, second, execution); });
  selected.Bandwidth = minimum.Position;
  selected.Found = minimum.Found;
  selected.Error = ExactError;
  return selected;
}

/// Mean and standard error of the logarithms of the minima of disjoint samples.
struct LogMean
{
  double Mean = 0.0;
  double StandardError = 0.0;
  Index Count = 0;
};

LogMean MeanOf(const std::vector<double>& logs)
{
  LogMean result;
  result.Count = static_cast<Index>(logs.size());
  const auto n = static_cast<double>(logs.size());
  for (const double log : logs)
  {
    result.Mean += log / n;
  }
  double squares = 0.0;
  for (const double log : logs)
  {
    squares += (log - result.Mean) * (log - result.Mean);
  }
  // A single sample does not tell its error; half is more than any was seen to have.
  result.StandardError = logs.size() > 1 ? std::sqrt(squares / (n * (n - 1.0))) : 0.5;
  return result;
}

LogMean MinimizeSamples(Criterion criterion, const Locations& locations, Index size,
  const Execution& execution, SelectedBandwidth& range)
{
  std::vector<double> logs;
  const Index samples = std::min(LargestNumberOfSamples, locations.Count() / SampleSize);
  for (Index i = 0; i < samples; ++i)
  {
    const SelectedBandwidth sample = MinimizePairs(
      criterion, locations.Part(i * SampleSize, size), MinimumAccuracy::Sampled, execution);
    range.Least = i == 0 ? sample.Least : std::min(range.Least, sample.Least);
    range.Largest = sample.Largest;
    if (sample.Found)
    {
      logs.push_back(std::log(sample.Bandwidth));
    }
  }
  return 2 * static_cast<Index>(logs.size()) > samples ? MeanOf(logs) : LogMean();
}

SelectedBandwidth MinimizeBySampling(
  Criterion criterion, const Locations& locations, const Execution& execution)
{
  SelectedBandwidth selected;
  const LogMean mean = MinimizeSamples(criterion, locations, SampleSize, execution, selected);
  if (mean.Count == 0)
  {
    return selected;
  }
  const double rate = CriterionRate(criterion, locations.Dimension);
  const double growth = std::log(static_cast<double>(locations.Count()) / SampleSize);
  selected.Found = true;
  selected.Bandwidth = std::exp(mean.Mean - rate * growth);

  SelectedBandwidth ignored;
  const LogMean small = MinimizeSamples(criterion, locations, SmallSampleSize, execution, ignored);
  const double step = std::log(static_cast<double>(SampleSize) / SmallSampleSize);
  const double drift = small.Count == 0 ? 1.0 : (small.Mean - mean.Mean - rate * step) / step;
  selected.Error = std::hypot(mean.StandardError, drift * growth);
  return selected;
}

SelectedBandwidth RefineSpectrally(Criterion criterion, const Locations& locations,
  const SelectedBandwidth& pilot, const Execution& execution)
{
  for (const double factor : { 2.0, 3.0 })
  {
    const double least = pilot.Bandwidth / factor;
    const double largest = std::min(pilot.Bandwidth * factor, LargestOf(locations));
    PowerSpectrumCriterion spectral(locations, least, std::sqrt(2.0) * largest);
    if (!spectral.IsAffordable())
    {
      return pilot;
    }
    spectral.Transform(execution);
    const LogMinimum minimum = MinimizeInLog(
      [&](double bandwidth)
      {
        execution.Checkpoint(0.0);
        return spectral(criterion, bandwidth);
      },
      least, largest, MinimumAccuracy::Full);
    if (minimum.Found)
    {
      return { minimum.Position, true, least, largest, SpectralError };
    }
  }
  return pilot;
}
}

double CriterionRate(Criterion criterion, int dimension)
{
  switch (criterion)
  {
    case Criterion::LeastSquaresDensity:
    case Criterion::Likelihood:
      return 1.0 / (dimension + 4.0);
    case Criterion::LeastSquaresGradient:
    case Criterion::Hyvarinen:
      return 1.0 / (dimension + 6.0);
  }
  return 0.0;
}

namespace
{
SelectedBandwidth Minimized(
  Criterion criterion, const Locations& locations, const Execution& execution)
{
  if (locations.Count() <= FewLocations)
  {
    return MinimizePairs(criterion, locations, MinimumAccuracy::Full, execution);
  }
  const SelectedBandwidth pilot = MinimizeBySampling(criterion, locations, execution);
  return pilot.Found && IsLeastSquares(criterion)
    ? RefineSpectrally(criterion, locations, pilot, execution)
    : pilot;
}
}

SelectedBandwidth MinimizeCriterion(
  Criterion criterion, const Locations& locations, const Execution& execution)
{
  SelectedBandwidth selected = Minimized(criterion, locations, execution);
  if (selected.Found)
  {
    const double rounding = locations.Steps.maxCoeff() / (std::sqrt(Pi) * selected.Bandwidth);
    selected.Error = std::hypot(selected.Error, rounding);
  }
  return selected;
}
}
