// SPDX-License-Identifier: BSD-3-Clause
/// Truth of the presets on a grid, and the two ways of drawing points. "pairs/s" counts nodes times
/// components, also those that are left out.
#include "Numerics/Mixture/MixtureField.h"

#include "Numerics/Mixture/MixturePresets.h"
#include "Numerics/Mixture/MixtureRejection.h"
#include "support/Fields.h"
#include "support/Threads.h"

#include <benchmark/benchmark.h>

namespace scorefields
{
namespace
{
/// Arguments: preset, nodes per axis, threads.
void BenchGrid(benchmark::State& state)
{
  const Mixture mixture = MakeMixture(static_cast<MixturePreset>(state.range(0)));
  Grid grid;
  for (int a = 0; a < mixture.Dimension(); ++a)
  {
    grid.Dimensions[a] = state.range(1);
    grid.Origin[a] = -3.0;
    grid.Spacing[a] = 6.0 / static_cast<double>(state.range(1) - 1);
  }
  support::Fields fields(grid.Size());
  FieldView view = fields.View();
  view.Hessian = nullptr;
  const Execution execution = OnThreads(static_cast<int>(state.range(2)));
  for (auto _ : state)
  {
    EvaluateMixture(mixture, grid, view, execution);
  }
  state.counters["pairs/s"] = benchmark::Counter(static_cast<double>(grid.Size() * mixture.Count()),
    benchmark::Counter::kIsIterationInvariantRate);
}

/// Arguments: preset, points, whether by rejection.
void BenchSampling(benchmark::State& state)
{
  const Mixture mixture = MakeMixture(static_cast<MixturePreset>(state.range(0)));
  const Eigen::AlignedBox3d box(Eigen::Vector3d::Constant(-3.0), Eigen::Vector3d::Constant(3.0));
  for (auto _ : state)
  {
    benchmark::DoNotOptimize(state.range(2) ? SampleMixtureInBox(mixture, box, 1, 0, state.range(1))
                                            : SampleMixture(mixture, 1, 0, state.range(1)));
  }
  state.counters["points/s"] = benchmark::Counter(
    static_cast<double>(state.range(1)), benchmark::Counter::kIsIterationInvariantRate);
}

constexpr auto Study = static_cast<int>(MixturePreset::Study);
constexpr auto Checkerboard = static_cast<int>(MixturePreset::Checkerboard);
constexpr auto SwissRoll = static_cast<int>(MixturePreset::SwissRoll);

BENCHMARK(BenchGrid)
  ->Args({ Study, 601, 1 })
  ->Args({ Study, 601, 2 })
  ->Args({ Checkerboard, 601, 1 })
  ->Args({ Checkerboard, 601, 2 })
  ->Args({ SwissRoll, 101, 1 })
  ->Args({ SwissRoll, 101, 2 })
  ->Unit(benchmark::kMillisecond)
  ->UseRealTime();
BENCHMARK(BenchSampling)
  ->Args({ Study, 200, 0 })
  ->Args({ Study, 200, 1 })
  ->Args({ Study, 1000000, 0 })
  ->Args({ Checkerboard, 200, 1 })
  ->Unit(benchmark::kMillisecond);
}
}
