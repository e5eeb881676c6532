// SPDX-License-Identifier: BSD-3-Clause
//
// What the headers claim: spreading is linear in the samples, an evaluation n log n in the nodes,
// a further bandwidth costs an evaluation only.
#include "Numerics/Transform/FftDensity.h"

#include "support/Boxes.h"
#include "support/RandomPoints.h"
#include "support/Threads.h"

#include <benchmark/benchmark.h>

#include <vector>

namespace scorefields
{
namespace
{
constexpr double Bandwidth = 0.025;

Grid Square(Index nodes)
{
  return support::GridInBox({ -0.5, -0.5, 0.0 }, { 0.5, 0.5, 0.0 }, { nodes, nodes, 1 });
}

// Arguments: samples, threads.
void Spread(benchmark::State& state)
{
  const Samples samples = Samples::Unweighted(RandomPoints(state.range(0), 1, 2));
  const auto kernel = GaussianKernel::Isotropic(Axes::First(2), Bandwidth);
  const Execution execution = OnThreads(static_cast<int>(state.range(1)));
  const FftDensity engine(Square(1024), { kernel }, MomentsOf(samples), FftOptions{});
  for (auto _ : state)
  {
    benchmark::DoNotOptimize(engine.Spread(StoredSamples(samples), execution).Values.Data());
  }
  state.SetComplexityN(state.range(0));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

// Arguments: nodes per axis, threads. Density and log density.
void Evaluate(benchmark::State& state)
{
  const Samples samples = Samples::Unweighted(RandomPoints(10000, 1, 2));
  const auto kernel = GaussianKernel::Isotropic(Axes::First(2), Bandwidth);
  const Execution execution = OnThreads(static_cast<int>(state.range(1)));
  const Grid grid = Square(state.range(0));
  FftDensity engine(grid, { kernel }, MomentsOf(samples), FftOptions{});
  engine.Transform(engine.Spread(StoredSamples(samples), execution), execution);
  std::vector<double> density(static_cast<std::size_t>(grid.Size()));
  std::vector<double> logDensity(density.size());
  FieldView fields;
  fields.Density = density.data();
  fields.LogDensity = logDensity.data();
  for (auto _ : state)
  {
    benchmark::DoNotOptimize(engine.Evaluate(kernel, fields, execution));
  }
  state.SetComplexityN(grid.Size());
  state.SetItemsProcessed(state.iterations() * grid.Size());
}

BENCHMARK(Spread)
  ->ArgsProduct({ { 100000, 1000000, 4000000 }, { 1, 2 } })
  ->Complexity(benchmark::oN)
  ->Unit(benchmark::kMillisecond)
  ->UseRealTime();
BENCHMARK(Evaluate)
  ->ArgsProduct({ { 256, 512, 1024, 2048 }, { 1, 2 } })
  ->Complexity(benchmark::oNLogN)
  ->Unit(benchmark::kMillisecond)
  ->UseRealTime();
}
}
