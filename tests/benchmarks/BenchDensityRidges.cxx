// SPDX-License-Identifier: BSD-3-Clause
// The ridges of noisy rings and helices: the time from the samples to the lines with two threads,
// and as a counter the largest distance of a point of the lines from the analytic ridge in
// bandwidths. Points within ten bandwidths of the ends of a helix do not count.
#include "support/RidgeCases.h"
#include "support/Threads.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <random>

namespace
{
using scorefields::Index;
namespace ridges = scorefields::ridges;

constexpr double Rise = 0.25;
constexpr double Noise = 0.1;

Eigen::Matrix3Xd Cloud(Index count, int dimension)
{
  std::mt19937_64 engine(1);
  std::normal_distribution<double> normal(0.0, Noise);
  std::uniform_real_distribution<double> turns(0.0, dimension == 2 ? 1.0 : 3.0);
  Eigen::Matrix3Xd points(3, count);
  for (Index i = 0; i < count; ++i)
  {
    points.col(i) =
      ridges::OnHelix(2.0 * scorefields::Pi * turns(engine), dimension == 2 ? 0.0 : Rise);
    for (int axis = 0; axis < dimension; ++axis)
    {
      points(axis, i) += normal(engine);
    }
  }
  return points;
}

/// Of a place from the ring or the helix; 0 near the ends of that.
double DistanceFromTruth(const Eigen::Vector3d& place, int dimension, double radius, double h)
{
  if (dimension == 2)
  {
    return std::abs(place.norm() - radius);
  }
  const double end = 6.0 * scorefields::Pi;
  double angle = place.z() / Rise;
  if (angle < 10.0 * h / radius || angle > end - 10.0 * h / radius)
  {
    return 0.0;
  }
  for (int step = 0; step < 20; ++step) // of Newton, to the foot
  {
    const Eigen::Vector3d off = place - ridges::OnHelix(angle, Rise, radius);
    const Eigen::Vector3d along(-radius * std::sin(angle), radius * std::cos(angle), Rise);
    angle += off.dot(along) / along.squaredNorm();
  }
  return (place - ridges::OnHelix(angle, Rise, radius)).norm();
}

void FromSamples(benchmark::State& state)
{
  const auto dimension = static_cast<int>(state.range(0));
  const Index count = state.range(1);
  const double h = 0.001 * static_cast<double>(state.range(2));
  const auto execution = OnThreads(2);
  const Eigen::Matrix3Xd points = Cloud(count, dimension);
  const double variance = h * h + Noise * Noise;
  const double radius =
    dimension == 2 ? ridges::RadiusOfRing(variance) : ridges::RadiusOfHelix(variance, Rise);
  double off = 0.0;
  std::size_t lines = 0;
  for (auto _ : state)
  {
    ridges::Case density(scorefields::Samples::Unweighted(points),
      scorefields::GaussianKernel::Isotropic(scorefields::Axes::First(dimension), h), {}, 1e-4);
    density.Criteria = { std::log(5.0 / static_cast<double>(count)) + density.Kernel.LogPeak(),
      0.05 };
    const auto filaments = density.Filaments(execution);
    lines = filaments.size();
    off = 0.0;
    for (const scorefields::Filament& filament : filaments)
    {
      for (const scorefields::RidgePoint& point : filament.Points)
      {
        off = std::max(off, DistanceFromTruth(point.Place, dimension, radius, h));
      }
    }
  }
  state.counters["off/h"] = off / h;
  state.counters["lines"] = static_cast<double>(lines);
}

// Axes, samples, thousandths of the bandwidth.
void Sizes(benchmark::internal::Benchmark* benchmark)
{
  benchmark->Args({ 2, 10000, 200 });
  benchmark->Args({ 2, 100000, 100 });
  benchmark->Args({ 2, 1000000, 100 });
  benchmark->Args({ 3, 10000, 200 });
  benchmark->Args({ 3, 100000, 150 });
  benchmark->Args({ 3, 1000000, 150 });
  benchmark->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(1);
}

BENCHMARK(FromSamples)->Apply(Sizes);
}
