// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/Ascent.h"
#include "Numerics/Flow/ImageFamily.h"
#include "Numerics/Flow/ProbabilityFlow.h"
#include "support/FlowCases.h"

#include <benchmark/benchmark.h>

namespace scorefields
{
namespace
{
constexpr double Bandwidth = 0.25;

std::shared_ptr<const KernelFamily> Scores(Index samples, double evaluations)
{
  ScoreAccuracy accuracy;
  accuracy.Evaluations = evaluations;
  accuracy.ExactOnly = evaluations == 0.0;
  return std::make_shared<const KernelFamily>(
    flow::StudySamples(samples), GaussianKernel::Isotropic(Axes::First(2), Bandwidth), accuracy);
}

FlowState StartOf(const DensityFamily& family, Index particles)
{
  FlowState state;
  state.Bandwidth = family.KernelAt(Bandwidth).EquivalentBandwidth();
  state.Positions = flow::StudySamples(particles, 2)->Points;
  EvaluateState(*family.At(state.Bandwidth, Execution()), true, state, Execution());
  return state;
}

/// Scores at 10000 particles of range(0) samples, by splines (range(1) = 1) or sums.
void BenchScores(benchmark::State& state)
{
  const auto scores = Scores(state.range(0), state.range(1) == 1 ? 1e12 : 0.0);
  FlowState particles = StartOf(*scores, 10000);
  const auto source = scores->At(particles.Bandwidth, Execution());
  for (auto _ : state)
  {
    EvaluateState(*source, false, particles, Execution());
    benchmark::DoNotOptimize(particles.Score.data());
  }
  state.SetItemsProcessed(state.iterations() * particles.Count());
}
BENCHMARK(BenchScores)
  ->ArgsProduct({ { 1000, 10000, 100000 }, { 0, 1 } })
  ->Unit(benchmark::kMillisecond);

/// Scores at 10000 particles in range(0) dimensions from an image, with 8 nodes per bandwidth.
void BenchImageFamily(benchmark::State& state)
{
  const auto d = static_cast<int>(state.range(0));
  const auto samples = std::make_shared<const Samples>(
    Samples::Unweighted(SampleMixture(flow::Study().InDimension(d), 1, 0, 10000).Points));
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(d), Bandwidth);
  ScoreImage image;
  for (int axis = 0; axis < d; ++axis)
  {
    image.Nodes.Dimensions[axis] = 257;
    image.Nodes.Spacing[axis] = Bandwidth / 8.0;
    image.Nodes.Origin[axis] = -16.0 * Bandwidth;
  }
  // Any values do for the time.
  image.LogDensity.setRandom(image.Nodes.Size());
  image.Score.setRandom(3, image.Nodes.Size());
  const ImageFamily scores(image, kernel, kernel.Covariance(), Execution());
  FlowState particles;
  particles.Positions = samples->Points;
  const auto source = scores.At(Bandwidth, Execution());
  for (auto _ : state)
  {
    EvaluateState(*source, false, particles, Execution());
    benchmark::DoNotOptimize(particles.Score.data());
  }
  state.SetItemsProcessed(state.iterations() * particles.Count());
}
BENCHMARK(BenchImageFamily)->Arg(1)->Arg(2)->Arg(3)->Unit(benchmark::kMillisecond);

/// The spline of range(0) samples.
void BenchSpline(benchmark::State& state)
{
  const auto samples = flow::StudySamples(state.range(0));
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), Bandwidth);
  ScoreAccuracy accuracy;
  accuracy.Evaluations = 1e12;
  for (auto _ : state)
  {
    const KernelFamily scores(samples, kernel, accuracy);
    benchmark::DoNotOptimize(scores.At(Bandwidth, Execution()));
  }
}
BENCHMARK(BenchSpline)->Arg(1000)->Arg(100000)->Unit(benchmark::kMillisecond);

/// Mean shift of all of range(0) samples to their modes.
void BenchAscent(benchmark::State& state)
{
  const auto scores = Scores(state.range(0), 1e12);
  const FlowState start = StartOf(*scores, state.range(0));
  const auto source = scores->At(start.Bandwidth, Execution());
  const StepMetric unit(Axes::First(2), scores->StepUnitAt(start.Bandwidth));
  for (auto _ : state)
  {
    FlowState particles = start;
    AscendToEnd(*source, unit, AscentOptions(), 5000, particles, Execution());
    benchmark::DoNotOptimize(particles.Positions.data());
  }
  state.SetComplexityN(state.range(0));
}
BENCHMARK(BenchAscent)
  ->RangeMultiplier(10)
  ->Range(1000, 100000)
  ->Unit(benchmark::kMillisecond)
  ->Complexity(benchmark::oN);

/// 10000 particles from bandwidth 1 to 0.3.
void BenchProbabilityFlow(benchmark::State& state)
{
  const auto scores = Scores(10000, 1e12);
  FlowState start = StartOf(*scores, 10000);
  start.Bandwidth = 1.0;
  for (auto _ : state)
  {
    FlowState particles = start;
    FlowToBandwidth(*scores, 0.3, FlowSteps(1.0, 0.3), particles, Execution());
    benchmark::DoNotOptimize(particles.Positions.data());
  }
}
BENCHMARK(BenchProbabilityFlow)->Unit(benchmark::kMillisecond);
}
}
