// SPDX-License-Identifier: BSD-3-Clause
/// Each hot loop of the numerics alone, on data that fits the inner caches, on one thread, for each
/// target that this machine has (targets.py makes the table of docs/performance.md from it).
#include "EachTarget.h"
#include "Loops.h"

#include "Numerics/Exact/LatticeSum.h"
#include "Numerics/Exact/PointSum.h"
#include "Numerics/Splines/SplineGather.h"
#include "Numerics/Transform/FinishFields.h"
#include "Numerics/Transform/SplineKernels.h"

#include "support/RandomPoints.h"

#include <cmath>
#include <memory>
#include <vector>

namespace scorefields
{
namespace
{
/// Samples in the first 32 places of a patch per axis.
void BenchSpread(benchmark::State& state, int dimension, int order)
{
  const Index length = 32 + PatchMargin;
  std::vector<double> values(
    static_cast<std::size_t>(std::pow(static_cast<double>(length), dimension)) + 64, 0.0);
  const Patch patch{ Index3::Zero(), length, length * length, values.data() };
  std::vector<MeshSample> samples;
  const Eigen::Matrix3Xd points = RandomPoints(1000, 3, dimension);
  for (Index i = 0; i < points.cols(); ++i)
  {
    MeshSample sample{ { { 0.0, 0.0, 0.0 } }, 1.0 };
    for (int a = 0; a < dimension; ++a)
    {
      sample.Position[static_cast<std::size_t>(a)] = 16.0 + 31.0 * points(a, i);
    }
    samples.push_back(sample);
  }
  for (auto _ : state)
  {
    AddSamples(dimension, order, samples.data(), 1000, patch);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(1000 * state.iterations());
}

void BenchLogarithm(benchmark::State& state)
{
  std::vector<double> values(2000, 1e-3);
  std::vector<double> logarithms(values.size());
  for (auto _ : state)
  {
    LogOfAtLeast(values.data(), 1e-300, logarithms.data(), 2000, Execution());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(2000 * state.iterations());
}

/// A full chunk of samples within a bandwidth of its box.
std::unique_ptr<exact::Chunk> FullChunk()
{
  auto chunk = std::make_unique<exact::Chunk>();
  const Eigen::Matrix3Xd points = RandomPoints(exact::ChunkSize, 5);
  for (Index i = 0; i < exact::ChunkSize; ++i)
  {
    chunk->Term[i] = -0.5 * points.col(i).squaredNorm();
    for (int a = 0; a < 3; ++a)
    {
      chunk->Slope[a][i] = points(a, i);
    }
    chunk->Position[i] = i;
  }
  chunk->Count = exact::ChunkSize;
  return chunk;
}

exact::MomentSet Moments(int dimension, int derivatives)
{
  double some = 0.0;
  FieldView fields;
  fields.Score = derivatives > 0 ? &some : nullptr;
  fields.Hessian = derivatives > 1 ? &some : nullptr;
  return { dimension, fields };
}

void BenchPoint(benchmark::State& state, int dimension, int derivatives)
{
  const auto chunk = FullChunk();
  const exact::MomentSet set = Moments(dimension, derivatives);
  double moments[exact::MaximumMoments] = {};
  const exact::ActiveVector delta{ { 0.1, -0.2, dimension > 2 ? 0.3 : 0.0 } };
  for (auto _ : state)
  {
    exact::AddAtPoint(*chunk, set, delta, moments);
    benchmark::DoNotOptimize(moments);
  }
  state.SetItemsProcessed(exact::ChunkSize * state.iterations());
}

void BenchLattice(benchmark::State& state, int dimension, int derivatives)
{
  const auto chunk = FullChunk();
  exact::LatticeSum sum(Moments(dimension, derivatives));
  exact::Lattice lattice;
  lattice.Columns = { 0, 0.01, dimension == 2 ? 16 : 8 };
  lattice.Rows = { 1, 0.01, dimension == 2 ? 16 : 8 };
  lattice.Layers = { 2, dimension == 2 ? 0.0 : 0.01, dimension == 2 ? 1 : 8 };
  sum.Start(lattice);
  for (auto _ : state)
  {
    sum.Add(*chunk);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(exact::ChunkSize * state.iterations());
}

void BenchGather(benchmark::State& state, int dimension, bool second)
{
  const Index length = 20;
  SplineNodes nodes;
  nodes.Dimension = dimension;
  Index size = 1;
  for (std::size_t a = 0; a < static_cast<std::size_t>(dimension); ++a)
  {
    nodes.Size[a] = length;
    size *= length;
  }
  const std::vector<double> coefficients(static_cast<std::size_t>(size), 1.0);
  nodes.Coefficients = coefficients.data();
  Eigen::Matrix3Xd points = RandomPoints(1000, 5, dimension);
  points.array() = 10.0 + 5.0 * points.array();
  std::vector<SplineValue> values(1000);
  for (auto _ : state)
  {
    GatherSpline(nodes, points.data(), 1000, second, values.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(1000 * state.iterations());
}

void Register()
{
  for (const int order : { 4, 6, 8, 10, 12, 16 })
  {
    for (int d = 1; d <= 3; ++d)
    {
      ForEachTarget("AddSamples " + std::to_string(d) + "-D order " + std::to_string(order),
        [d, order](benchmark::State& state) { BenchSpread(state, d, order); });
    }
  }
  ForEachTarget("LogOfAtLeast", BenchLogarithm);
  ForEachTarget("AddAtPoint 2-D", [](benchmark::State& state) { BenchPoint(state, 2, 0); });
  ForEachTarget("AddAtPoint 2-D score", [](benchmark::State& state) { BenchPoint(state, 2, 1); });
  ForEachTarget("AddAtPoint 3-D Hessian", [](benchmark::State& state) { BenchPoint(state, 3, 2); });
  ForEachTarget("LatticeSum 2-D", [](benchmark::State& state) { BenchLattice(state, 2, 0); });
  ForEachTarget("LatticeSum 2-D score", [](benchmark::State& state) { BenchLattice(state, 2, 1); });
  ForEachTarget("LatticeSum 3-D score", [](benchmark::State& state) { BenchLattice(state, 3, 1); });
  ForEachTarget("GatherSpline 2-D", [](benchmark::State& state) { BenchGather(state, 2, false); });
  ForEachTarget("GatherSpline 3-D", [](benchmark::State& state) { BenchGather(state, 3, false); });
  ForEachTarget(
    "GatherSpline 3-D second", [](benchmark::State& state) { BenchGather(state, 3, true); });
  RegisterRowLoops();
}
}
}

int main(int argc, char** argv)
{
  scorefields::Register();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
