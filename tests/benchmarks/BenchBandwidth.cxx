// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/KernelChoice.h"
#include "Numerics/Mixture/MixturePresets.h"
#include "Numerics/Mixture/MixtureSampling.h"
#include "Numerics/Modes/MixtureModes.h"
#include "Numerics/Scan/BandwidthScan.h"
#include "support/Threads.h"

#include <benchmark/benchmark.h>

namespace scorefields
{
namespace
{
constexpr int ThreadCount = 2;

Samples StudySamples(Index n)
{
  return Samples::Unweighted(SampleMixture(MakeMixture(MixturePreset::Study), 1, 0, n).Points);
}

void BenchRule(benchmark::State& state)
{
  const Samples samples = StudySamples(state.range(1));
  const CloudMoments moments = MomentsOf(samples);
  KernelRequest request;
  request.Rule = static_cast<BandwidthRule>(state.range(0));
  KernelChoice choice{ GaussianKernel::Isotropic(Axes::First(2), 1.0) };
  for (auto _ : state)
  {
    choice = ChooseKernel(
      request, StoredSamples(samples), moments, Axes::First(2), Exchange(), OnThreads(ThreadCount));
  }
  state.SetLabel(NameOf(request.Rule));
  state.counters["bandwidth"] = choice.Kernel.EquivalentBandwidth();
  state.counters["error"] = choice.RelativeError;
}

/// One of the scan's parts at ten bandwidths.
void BenchScan(benchmark::State& state)
{
  const Samples samples = StudySamples(state.range(1));
  const char* const names[] = { "shares", "modes", "entropy", "criteria", "errors" };
  const auto part = static_cast<std::size_t>(state.range(0));
  ScanRequest request;
  request.Range.Steps = 10;
  request.MarkRules = false;
  request.Stability = part == 0;
  request.Modes = part == 1;
  request.Entropy = part == 2;
  request.CrossValidation = part == 3;
  request.Errors = part == 4;
  request.Nodes.Dimensions = Index3(256, 256, 1);
  const Mixture truth = MakeMixture(MixturePreset::Study);
  for (auto _ : state)
  {
    benchmark::DoNotOptimize(
      ScanBandwidths(samples, Axes::First(2), &truth, request, OnThreads(ThreadCount)));
  }
  state.SetLabel(names[part]);
}

void BenchCriticalBandwidth(benchmark::State& state)
{
  const Mixture study = MakeMixture(MixturePreset::Study);
  const auto shape = GaussianKernel::Isotropic(Axes::First(2), 1.0);
  for (auto _ : state)
  {
    benchmark::DoNotOptimize(CriticalBandwidth(study, shape, 1, { 0.05, 1.0 }));
  }
}
}

BENCHMARK(BenchRule)
  ->ArgNames({ "rule", "points" })
  ->ArgsProduct({ { 3, 4, 5, 6, 7, 8 }, { 1000, 10000, 1000000 } })
  ->Unit(benchmark::kMillisecond)
  ->UseRealTime();
BENCHMARK(BenchScan)
  ->ArgNames({ "part", "points" })
  ->ArgsProduct({ { 0, 1, 2, 3, 4 }, { 200, 1000000 } })
  ->Unit(benchmark::kMillisecond)
  ->UseRealTime();
BENCHMARK(BenchCriticalBandwidth)->Unit(benchmark::kMillisecond);
}
