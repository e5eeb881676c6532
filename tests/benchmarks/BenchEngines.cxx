// SPDX-License-Identifier: BSD-3-Clause
/// Whole estimates, processor time of one thread, for each target that this machine has.
#include "EachTarget.h"

#include "Numerics/Density/DensityEstimate.h"
#include "Numerics/Score/DensityScan.h"
#include "Numerics/Score/ScoreField.h"

#include "support/Fields.h"

#include <cmath>
#include <map>
#include <memory>
#include <random>
#include <vector>

namespace scorefields
{
namespace
{
struct Case
{
  std::string Name;
  Index Points;
  int Dimension;
  Index Nodes;
  double Bandwidth;
  scorefields::Engine Engine;
  bool Score;
};

/// Three clusters with standard deviation 1 within [-6, 6].
const Samples& Cloud(Index n, int dimension)
{
  static std::map<std::pair<Index, int>, Samples> clouds;
  Samples& cloud = clouds[{ n, dimension }];
  if (cloud.Count() == n)
  {
    return cloud;
  }
  std::mt19937 engine(5);
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, n);
  for (Index i = 0; i < n; ++i)
  {
    for (int axis = 0; axis < dimension; ++axis)
    {
      double sum = -6.0; // of twelve uniform numbers: variance 1
      for (int k = 0; k < 12; ++k)
      {
        sum += std::ldexp(static_cast<double>(engine()), -32);
      }
      points(axis, i) = 0.5 * sum + (axis == 0 ? static_cast<double>(i % 3) - 1.0 : 0.0) * 2.0;
    }
  }
  cloud = Samples::Unweighted(points);
  return cloud;
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

void BenchEstimate(benchmark::State& state, const Case& work)
{
  const Samples& samples = Cloud(work.Points, work.Dimension);
  const CloudMoments moments = MomentsOf(samples);
  const Grid grid = Box(work.Dimension, work.Nodes);
  const GaussianKernel kernel =
    GaussianKernel::Isotropic(Axes::First(work.Dimension), work.Bandwidth);
  support::Fields fields(grid.Size());
  FieldView view;
  view.Density = fields.Density.data();
  view.LogDensity = fields.LogDensity.data();
  view.Score = work.Score ? fields.Score.data() : nullptr;
  const StoredSamples source(samples);
  EstimateProblem problem{ source, moments, kernel, grid };
  problem.Settings.Engine = work.Engine;
  for (auto _ : state)
  {
    EstimateDensity(problem, view, Execution());
  }
}

/// The score of an image with two clusters, by `method`.
void BenchScore(benchmark::State& state, int dimension, Index nodes, ScoreMethod method)
{
  const Grid grid = Box(dimension, nodes);
  const auto size = static_cast<std::size_t>(grid.Size());
  std::vector<double> logDensity(size);
  for (Index node = 0; node < grid.Size(); ++node)
  {
    const Eigen::Vector3d x = grid.Node(node);
    logDensity[static_cast<std::size_t>(node)] =
      -x.squaredNorm() + std::log1p(std::exp(2.0 * x[0]));
  }
  std::vector<double> score(3 * size);
  std::vector<double> magnitude(size);
  std::vector<unsigned char> classes(size);
  std::vector<unsigned char> mask(size);
  ScoreInput input;
  input.Nodes = grid;
  input.Dimensions = grid.Dimensions;
  input.LogDensity = logDensity.data();
  ScoreView output;
  output.Score = score.data();
  output.Magnitude = magnitude.data();
  output.Classes = classes.data();
  output.Mask = mask.data();
  DensityFacts facts;
  facts.Source = DensitySource::Exact;
  facts.Kernel = GaussianKernel::Isotropic(Axes::First(dimension), std::sqrt(0.5));
  ScoreOptions options;
  options.Method = method;
  for (auto _ : state)
  {
    const DensityScan scan =
      ScanLogDensity(grid, logDensity.data(), Index3::Zero(), grid.Dimensions, Execution());
    const ErrorModel errors(grid, facts, scan, Eigen::Vector3d::Zero(), 1e-3);
    ComputeScoreField(input, errors, SignificanceTest(), options, output, Execution());
    benchmark::ClobberMemory();
  }
}

void Register()
{
  const std::vector<Case> cases{
    { "FFT 1e6, 1024^2, h 0.3", 1000000, 2, 1024, 0.3, Engine::Fft, false },
    { "Auto 1e6, 1024^2, h 0.3", 1000000, 2, 1024, 0.3, Engine::Auto, false },
    { "Auto 1e6, 1024^2, h 0.3, score", 1000000, 2, 1024, 0.3, Engine::Auto, true },
    { "Auto 1e6, 1024^2, h 0.1", 1000000, 2, 1024, 0.1, Engine::Auto, false },
    { "Auto 1e6, 1024^2, h 0.02", 1000000, 2, 1024, 0.02, Engine::Auto, false },
    { "FFT 1e6, 128^3, h 0.3", 1000000, 3, 128, 0.3, Engine::Fft, false },
    { "Auto 1e5, 64^3, h 0.5", 100000, 3, 64, 0.5, Engine::Auto, false },
    { "Exact 1e4, 256^2, h 0.3", 10000, 2, 256, 0.3, Engine::Exact, false },
    { "Exact 1e4, 256^2, h 0.3, score", 10000, 2, 256, 0.3, Engine::Exact, true },
    { "Exact 1e4, 48^3, h 0.3", 10000, 3, 48, 0.3, Engine::Exact, false },
  };
  for (const Case& work : cases)
  {
    ForEachTarget(
      work.Name, [work](benchmark::State& state) { BenchEstimate(state, work); },
      benchmark::kMillisecond);
  }
  const std::pair<const char*, ScoreMethod> methods[] = {
    { "central", ScoreMethod::CentralDifference },
    { "fourth order", ScoreMethod::FourthOrder },
    { "spectral", ScoreMethod::Spectral },
  };
  for (const auto& method : methods)
  {
    ForEachTarget(
      std::string("Score 1024^2, ") + method.first,
      [method](benchmark::State& state) { BenchScore(state, 2, 1024, method.second); },
      benchmark::kMillisecond);
  }
}
}
}

int main(int argc, char** argv)
{
  scorefields::Register();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
