// SPDX-License-Identifier: BSD-3-Clause
/// The exact engine: the study's case, many samples, growth with samples and nodes, three
/// dimensions, small bandwidths, scattered points. "pairs/s" counts nodes times samples, also those
/// that the engine never looks at.
#include "Numerics/Exact/ExactSum.h"

#include "support/Fields.h"
#include "support/Threads.h"

#include <benchmark/benchmark.h>

#include <cmath>
#include <random>

namespace scorefields
{
namespace
{
/// n points about normal with standard deviation 1.1 along the first axes, 0 along the others.
Eigen::Matrix3Xd Cloud(Index n, int dimension)
{
  std::mt19937 engine(5);
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, n);
  for (Index i = 0; i < n; ++i)
  {
    for (int axis = 0; axis < dimension; ++axis)
    {
      double sum = 0.0; // of twelve uniform numbers: mean 6, variance 1
      for (int k = 0; k < 12; ++k)
      {
        sum += std::ldexp(static_cast<double>(engine()), -32);
      }
      points(axis, i) = 1.1 * (sum - 6.0);
    }
  }
  return points;
}

Grid Box(int dimension, Index nodes)
{
  Grid grid;
  for (int axis = 0; axis < dimension; ++axis)
  {
    grid.Dimensions[axis] = nodes;
    grid.Origin[axis] = -6.0;
    grid.Spacing[axis] = 12.0 / static_cast<double>(nodes - 1);
  }
  return grid;
}

/// Arguments: samples, nodes per axis, dimension, 1000 h, whether the score is wanted, threads.
void BenchGrid(benchmark::State& state)
{
  const auto dimension = static_cast<int>(state.range(2));
  const Samples samples = Samples::Unweighted(Cloud(state.range(0), dimension));
  const Grid grid = Box(dimension, state.range(1));
  const GaussianKernel kernel =
    GaussianKernel::Isotropic(Axes::First(dimension), 1e-3 * static_cast<double>(state.range(3)));
  support::Fields fields(grid.Size());
  FieldView view;
  view.Density = fields.Density.data();
  view.LogDensity = fields.LogDensity.data();
  view.Score = state.range(4) != 0 ? fields.Score.data() : nullptr;
  const Execution execution = OnThreads(static_cast<int>(state.range(5)));
  for (auto iteration : state)
  {
    exact::EvaluateOnGrid(samples, kernel, grid, view, ExactOptions(), execution);
  }
  state.counters["pairs/s"] =
    benchmark::Counter(static_cast<double>(grid.Size()) * static_cast<double>(samples.Count()),
      benchmark::Counter::kIsIterationInvariantRate);
}

/// Arguments: samples (at which the score is evaluated), 1000 h, threads, leave-one-out.
void BenchPoints(benchmark::State& state)
{
  const Samples samples = Samples::Unweighted(Cloud(state.range(0), 2));
  const GaussianKernel kernel =
    GaussianKernel::Isotropic(Axes::First(2), 1e-3 * static_cast<double>(state.range(1)));
  support::Fields fields(samples.Count());
  FieldView view;
  view.LogDensity = fields.LogDensity.data();
  view.Score = fields.Score.data();
  ExactOptions options;
  options.LeaveOneOut = state.range(3) != 0;
  const Execution execution = OnThreads(static_cast<int>(state.range(2)));
  for (auto iteration : state)
  {
    exact::EvaluateAtPoints(samples, kernel, samples.Points, view, options, execution);
  }
  state.counters["pairs/s"] =
    benchmark::Counter(std::pow(static_cast<double>(samples.Count()), 2.0),
      benchmark::Counter::kIsIterationInvariantRate);
}
}

// The study: 200 points on 256 x 256; bar 30 ms on one core with the score.
BENCHMARK(BenchGrid)
  ->ArgNames({ "n", "nodes", "d", "1000h", "score", "threads" })
  ->Args({ 200, 256, 2, 300, 1, 1 })
  ->Args({ 200, 256, 2, 300, 1, 2 })
  ->Args({ 200, 256, 2, 10, 1, 1 })
  ->Args({ 200, 256, 2, 2010, 1, 1 })
  // 10,000 points; bar 0.1 s on two cores.
  ->Args({ 10000, 256, 2, 300, 0, 2 })
  ->Args({ 10000, 256, 2, 300, 1, 2 })
  ->Args({ 10000, 256, 2, 300, 1, 1 })
  // Samples that matter, not samples: the bandwidth shrinks as the cloud grows.
  ->Args({ 10000, 256, 2, 100, 1, 2 })
  ->Args({ 100000, 256, 2, 32, 1, 2 })
  ->Args({ 1000000, 256, 2, 10, 1, 2 })
  ->Args({ 10000, 64, 3, 300, 1, 2 })
  ->UseRealTime()
  ->Unit(benchmark::kMillisecond);

// At the samples, at the normal-scale bandwidth for the gradient.
BENCHMARK(BenchPoints)
  ->ArgNames({ "n", "1000h", "threads", "leave out" })
  ->Args({ 10000, 330, 2, 0 })
  ->Args({ 10000, 330, 2, 1 })
  ->Args({ 100000, 248, 2, 0 })
  ->Args({ 100000, 10, 2, 0 })
  ->UseRealTime()
  ->Unit(benchmark::kMillisecond);
}
