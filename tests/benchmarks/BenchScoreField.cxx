// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/DensityScan.h"
#include "Numerics/Score/ScoreField.h"

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

namespace scorefields
{
namespace
{
/// A log density with two clusters, on a cube or square of n nodes a side.
struct Problem
{
  Grid Nodes;
  std::vector<double> LogDensity, Score, Magnitude;
  std::vector<unsigned char> Classes, Mask;
  ScoreInput Input;
  ScoreView Output;
  DensityFacts Facts;

  Problem(Index n, int dimension)
  {
    const double delta = 8.0 / static_cast<double>(n - 1);
    this->Nodes = Grid{ Eigen::Vector3d(-4.0, -4.0, dimension == 3 ? -4.0 : 0.0),
      Eigen::Vector3d(delta, delta, delta), Index3(n, n, dimension == 3 ? n : 1) };
    const auto size = static_cast<std::size_t>(this->Nodes.Size());
    this->LogDensity.resize(size);
    for (Index node = 0; node < this->Nodes.Size(); ++node)
    {
      const Eigen::Vector3d x = this->Nodes.Node(node);
      this->LogDensity[static_cast<std::size_t>(node)] =
        -x.squaredNorm() + std::log1p(std::exp(2.0 * x[0]));
    }
    this->Score.resize(3 * size);
    this->Magnitude.resize(size);
    this->Classes.resize(size);
    this->Mask.resize(size);
    this->Input.Nodes = this->Nodes;
    this->Input.Dimensions = this->Nodes.Dimensions;
    this->Input.LogDensity = this->LogDensity.data();
    this->Output.Score = this->Score.data();
    this->Output.Magnitude = this->Magnitude.data();
    this->Output.Classes = this->Classes.data();
    this->Output.Mask = this->Mask.data();
    this->Facts.Source = DensitySource::Exact;
    this->Facts.Kernel = GaussianKernel::Isotropic(Axes::First(dimension), std::sqrt(0.5));
  }
};

void BenchScoreField(benchmark::State& state)
{
  Problem problem(state.range(1), static_cast<int>(state.range(0)));
  ScoreOptions options;
  options.Method = static_cast<ScoreMethod>(state.range(2));
  for (auto _ : state)
  {
    const DensityScan scan = ScanLogDensity(problem.Nodes, problem.LogDensity.data(),
      Index3::Zero(), problem.Nodes.Dimensions, Execution());
    const ErrorModel errors(problem.Nodes, problem.Facts, scan, Eigen::Vector3d::Zero(), 1e-3);
    ComputeScoreField(
      problem.Input, errors, SignificanceTest(), options, problem.Output, Execution());
    benchmark::ClobberMemory();
  }
}

/// Two passes over the same arrays: what the speed of memory allows.
void BenchTwoPasses(benchmark::State& state)
{
  Problem problem(state.range(1), static_cast<int>(state.range(0)));
  const std::size_t size = problem.LogDensity.size();
  for (auto _ : state)
  {
    for (int pass = 0; pass < 2; ++pass)
    {
      for (std::size_t i = 0; i < size; ++i)
      {
        const double value = problem.LogDensity[i];
        problem.Score[3 * i] = problem.Score[3 * i + 1] = problem.Score[3 * i + 2] = value;
        problem.Magnitude[i] = value;
        problem.Classes[i] = problem.Mask[i] = static_cast<unsigned char>(pass);
      }
      benchmark::ClobberMemory();
    }
  }
}
}

const std::vector<std::int64_t> Methods{ static_cast<int>(ScoreMethod::CentralDifference),
  static_cast<int>(ScoreMethod::FourthOrder), static_cast<int>(ScoreMethod::Spectral) };

BENCHMARK(BenchScoreField)
  ->ArgNames({ "dimension", "nodes", "method" })
  ->ArgsProduct({ { 2 }, { 1024 }, Methods })
  ->ArgsProduct({ { 3 }, { 256 }, Methods })
  ->Unit(benchmark::kMillisecond);
BENCHMARK(BenchTwoPasses)
  ->ArgNames({ "dimension", "nodes" })
  ->Args({ 2, 1024 })
  ->Args({ 3, 256 })
  ->Unit(benchmark::kMillisecond);
}
