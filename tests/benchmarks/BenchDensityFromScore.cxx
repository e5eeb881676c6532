// SPDX-License-Identifier: BSD-3-Clause
// Density From Score on two threads: all arrays with their residuals, of a field that is no
// gradient.
#include "support/RecoveryCases.h"
#include "support/Threads.h"

#include <benchmark/benchmark.h>

#include <cmath>

namespace scorefields
{
namespace
{
using recovery::Vector;

enum Kind
{
  Plain,
  Masked,
  Weighted
};

void Recover(benchmark::State& state)
{
  const Index n = state.range(0);
  const double deep = state.range(1) == 3 ? 4.0 : 0.0;
  recovery::Problem problem(
    recovery::GridOver(Vector(-4, -4, -deep), Vector(4, 4, deep), Index3(n, n, deep > 0.0 ? n : 1)),
    [](const Vector& x)
    { return Vector(-x - Vector(std::sin(3.0 * x[1]), std::cos(2.0 * x[0]), 0.0)); });
  if (state.range(2) == Masked)
  {
    problem.Keep([](const Vector& x)
      { return x.norm() < 3.2 && std::sin(7.0 * x[0]) * std::sin(9.0 * x[1]) < 0.85; });
  }
  if (state.range(2) == Weighted)
  {
    problem.Weigh([](const Vector& x) { return std::exp(-0.5 * x.squaredNorm()); });
  }
  const Execution threads = OnThreads(2);
  for (auto _ : state)
  {
    const recovery::Result result = recovery::Solve(problem, {}, threads);
    state.counters["iterations"] = static_cast<double>(result.Report.Solver.Iterations);
  }
}
}

BENCHMARK(Recover)
  ->ArgNames({ "nodes", "dimension", "kind" })
  ->Args({ 1024, 2, Plain })
  ->Args({ 1024, 2, Masked })
  ->Args({ 1024, 2, Weighted })
  ->Args({ 128, 3, Plain })
  ->Args({ 128, 3, Masked })
  ->UseRealTime()
  ->Unit(benchmark::kMillisecond);
}
