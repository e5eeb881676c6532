// SPDX-License-Identifier: BSD-3-Clause
#ifndef benchmarks_EachTarget_h
#define benchmarks_EachTarget_h

#include "support/Targets.h"

#include <benchmark/benchmark.h>

#include <functional>
#include <string>

namespace scorefields
{
/// Registers a benchmark once for each target that this machine has, as NAME/TARGET.
inline void ForEachTarget(const std::string& name,
  const std::function<void(benchmark::State&)>& body,
  benchmark::TimeUnit unit = benchmark::kNanosecond)
{
  for (const std::string& target : SimdTargets())
  {
    benchmark::RegisterBenchmark((name + "/" + target).c_str(),
      [target, body](benchmark::State& state)
      {
        const support::OnTarget use(target);
        body(state);
      })
      ->Unit(unit);
  }
}
}

#endif
