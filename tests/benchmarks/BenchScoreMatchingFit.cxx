// SPDX-License-Identifier: BSD-3-Clause
// Score Matching Fit on two threads: every model, fitted to points of the study's mixture with all
// choices by cross-validation, and evaluated at 128^2 nodes.
#include "Numerics/Fit/FitField.h"
#include "Numerics/Mixture/MixturePresets.h"
#include "Numerics/Mixture/MixtureSampling.h"
#include "support/Threads.h"

#include <benchmark/benchmark.h>

#include <vector>

namespace scorefields
{
namespace
{
void Fit(benchmark::State& state)
{
  FitRequest request;
  request.Model = static_cast<FitModel>(state.range(0));
  const Execution threads = OnThreads(2);
  const Mixture mixture = MakeMixture(MixturePreset::Study);
  const Samples samples =
    Samples::Unweighted(SampleMixture(mixture, 1, 0, state.range(1), threads).Points);
  Grid grid;
  grid.Origin = Eigen::Vector3d(-4, -4, 0);
  grid.Spacing = Eigen::Vector3d(8.0 / 127.0, 8.0 / 127.0, 1.0);
  grid.Dimensions = Index3(128, 128, 1);
  std::vector<double> density(static_cast<std::size_t>(grid.Size()));
  std::vector<double> logDensity(density.size());
  std::vector<double> score(3 * density.size());
  FieldView view;
  view.Density = density.data();
  view.LogDensity = logDensity.data();
  view.Score = score.data();
  for (auto _ : state)
  {
    const ScoreFit fit = FitScore(samples, mixture.ActiveAxes(), request, threads);
    EvaluateFit(fit, grid, view, threads);
    state.counters["score error"] = fit.ScoreError.value_or(0.0);
  }
  state.SetLabel(NameOf(request.Model));
}
}

BENCHMARK(Fit)
  ->ArgNames({ "model", "points" })
  ->Args({ 0, 200 })
  ->Args({ 1, 200 })
  ->Args({ 2, 200 })
  ->Args({ 3, 200 })
  ->Args({ 3, 2000 })
  ->Args({ 3, 10000 })
  ->Args({ 4, 200 })
  ->UseRealTime()
  ->Unit(benchmark::kMillisecond);
}
