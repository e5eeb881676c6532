// SPDX-License-Identifier: BSD-3-Clause
// The difference of two clouds, and one density of both clouds together on the same grid with the
// arrays that Kernel Density gives by default. Run them in turns and compare:
//
//   BenchDensityDifference --benchmark_repetitions=5 --benchmark_enable_random_interleaving=true
#include "Numerics/Bandwidth/KernelChoice.h"
#include "Numerics/Base/FieldStorage.h"
#include "support/DifferenceCases.h"
#include "support/Threads.h"

#include <benchmark/benchmark.h>

namespace
{
using scorefields::Index;

/// Two normal clouds, the rule that is the default, and its box.
struct Clouds
{
  scorefields::Samples A;
  scorefields::Samples B;
  scorefields::StoredSamples SourceA{ this->A };
  scorefields::StoredSamples SourceB{ this->B };
  scorefields::CloudPart PartA{ this->SourceA, scorefields::MomentsOf(this->A) };
  scorefields::CloudPart PartB{ this->SourceB, scorefields::MomentsOf(this->B) };
  scorefields::PooledCloud Both{ this->PartA, this->PartB };

  Clouds(Index count, int dimension)
    : A(support::Drawn(count, 1, 0.0, dimension))
    , B(support::Drawn(count, 2, 0.3, dimension))
  {
  }
  scorefields::GaussianKernel Kernel(int dimension) const
  {
    return scorefields::ResolveKernel({}, this->Both.Moments(), support::AxesUpTo(dimension));
  }
  scorefields::Grid Nodes(int dimension, Index nodes) const
  {
    scorefields::GridRequest request;
    request.Dimensions.setConstant(nodes);
    return scorefields::PlaceGrid(request, this->Both.Moments(), support::AxesUpTo(dimension),
      this->Kernel(dimension).AxisBandwidths());
  }
};

void OneDensity(benchmark::State& state)
{
  const auto dimension = static_cast<int>(state.range(0));
  const Clouds clouds(state.range(1), dimension);
  const auto nodes = clouds.Nodes(dimension, state.range(2));
  scorefields::FieldChoice wanted;
  wanted.Density = wanted.LogDensity = wanted.Score = wanted.EffectiveSampleSize = true;
  scorefields::FieldStorage fields(nodes.Size(), wanted);
  const auto execution = OnThreads(2);
  for (auto _ : state)
  {
    scorefields::EstimateDensity(
      { clouds.Both.Source(), clouds.Both.Moments(), clouds.Kernel(dimension), nodes },
      fields.View(), execution);
  }
}

void Difference(benchmark::State& state)
{
  const auto dimension = static_cast<int>(state.range(0));
  const Clouds clouds(state.range(1), dimension);
  const auto nodes = clouds.Nodes(dimension, state.range(2));
  Eigen::MatrixXd values(nodes.Size(), 6);
  std::vector<unsigned char> classes(static_cast<std::size_t>(nodes.Size()));
  const auto column = [&](Index i) { return values.col(i).data(); };
  const auto execution = OnThreads(2);
  for (auto _ : state)
  {
    scorefields::EstimateDifference({ clouds.PartA, clouds.PartB, clouds.Kernel(dimension), nodes },
      {}, { column(0), column(1), column(2), column(3), column(4), column(5), classes.data() },
      execution);
  }
}

// Axes, samples of each cloud, nodes along each axis.
void Sizes(benchmark::internal::Benchmark* benchmark)
{
  benchmark->Args({ 2, 1000, 128 });
  benchmark->Args({ 2, 100000, 512 });
  benchmark->Args({ 3, 1000, 64 });
  benchmark->Args({ 3, 100000, 128 });
  benchmark->Unit(benchmark::kMillisecond)->UseRealTime();
}

BENCHMARK(OneDensity)->Apply(Sizes);
BENCHMARK(Difference)->Apply(Sizes);
}
