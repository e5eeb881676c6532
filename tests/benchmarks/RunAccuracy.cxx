// SPDX-License-Identifier: BSD-3-Clause
// Prints, as a Markdown table, the worst errors of the engines against direct sums, by band of the
// density relative to its largest value: core above 1e-4, tail 1e-12 to 1e-4, deep below 1e-16.
#include "Numerics/Density/DensityEstimate.h"
#include "support/DirectSum.h"
#include "support/RandomPoints.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <string>

namespace scorefields
{
namespace
{
constexpr double HalfBox = 6.0;

/// Three clusters of unlike weight in [-2, 2]^d: sums of four uniform numbers, nearly normal.
Samples Clusters(Index n, int dimension)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, n);
  for (unsigned int seed = 1; seed <= 4; ++seed)
  {
    points += RandomPoints(n, seed, dimension);
  }
  const Eigen::Matrix3d centres =
    (Eigen::Matrix3d() << -1.0, 1.0, 1.0, -1.0, 1.0, -1.0, -1.0, 1.0, 0.0).finished();
  for (Index i = 0; i < n; ++i)
  {
    const Index cluster = i % 5 == 0 ? 0 : (i % 5 == 1 ? 1 : 2);
    points.col(i).head(dimension) += centres.col(cluster).head(dimension);
  }
  return Samples::Unweighted(points);
}

Grid BoxOf(int dimension, Index nodes)
{
  Grid grid;
  grid.Origin.head(dimension).setConstant(-HalfBox);
  grid.Spacing.head(dimension).setConstant(2.0 * HalfBox / static_cast<double>(nodes - 1));
  grid.Dimensions.head(dimension).setConstant(nodes);
  return grid;
}

struct Fields
{
  explicit Fields(Index n)
    : Density(n)
    , LogDensity(n)
    , Score(3 * n)
  {
  }
  FieldView View()
  {
    FieldView view;
    view.Density = this->Density.data();
    view.LogDensity = this->LogDensity.data();
    view.Score = this->Score.data();
    return view;
  }
  Eigen::VectorXd Density, LogDensity, Score;
};

/// Worst errors of one band: density over its maximum, its logarithm, h times the score over
/// max(1, its size).
struct Worst
{
  double Density = 0.0, LogDensity = 0.0, Score = 0.0;
};

std::size_t BandOf(double logRelative)
{
  const double ln10 = std::log(10.0);
  if (logRelative > -4.0 * ln10)
  {
    return 0;
  }
  return logRelative > -12.0 * ln10 ? 1 : (logRelative < -16.0 * ln10 ? 2 : 3);
}

std::array<Worst, 4> Compare(const Fields& exact, const Fields& actual, double h)
{
  std::array<Worst, 4> worst;
  const double largest = exact.LogDensity.maxCoeff();
  for (Index i = 0; i < exact.Density.size(); ++i)
  {
    Worst& band = worst[BandOf(exact.LogDensity[i] - largest)];
    const double size = std::max(1.0, h * exact.Score.segment<3>(3 * i).norm());
    const double score = (exact.Score - actual.Score).segment<3>(3 * i).norm();
    band.Density =
      std::max(band.Density, std::abs(exact.Density[i] - actual.Density[i]) / std::exp(largest));
    band.LogDensity =
      std::max(band.LogDensity, std::abs(exact.LogDensity[i] - actual.LogDensity[i]));
    band.Score = std::max(band.Score, h * score / size);
  }
  return worst;
}

/// An error with one digit, or "-" if the band has no nodes or no error.
std::string Text(double error)
{
  std::array<char, 16> text{ "-" };
  if (error > 0.0)
  {
    std::snprintf(text.data(), text.size(), "%.0e", error);
  }
  return text.data();
}

void PrintRow(int dimension, Index n, Index nodes, double ratio, const char* engine,
  const EstimateReport& report, const std::array<Worst, 4>& worst)
{
  std::cout << "| " << dimension << " | " << n << " | " << nodes << " | " << ratio << " | "
            << engine << " | " << std::lround(100.0 * report.MeshShare) << " % | "
            << std::lround(100.0 * report.ExactShare) << " % | " << Text(worst[0].Density);
  for (std::size_t band = 0; band < 3; ++band)
  {
    std::cout << " | " << Text(worst[band].LogDensity) << " | " << Text(worst[band].Score);
  }
  std::cout << " |\n";
}

void Sweep(int dimension, Index n, Index nodes, double ratio)
{
  const Samples samples = Clusters(n, dimension);
  const Grid grid = BoxOf(dimension, nodes);
  const double h = ratio * grid.Spacing[0];
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(dimension), h);
  Fields exact(grid.Size());
  direct::EvaluateOnGrid(samples, kernel, grid, exact.View());
  const std::array<std::pair<const char*, Engine>, 3> engines{ { { "Exact", Engine::Exact },
    { "Auto", Engine::Auto }, { "FFT", Engine::Fft } } };
  for (const auto& [name, engine] : engines)
  {
    EngineSettings settings;
    settings.Engine = engine;
    settings.AffordablePairs = 0.0; // Auto is to share the nodes out
    Fields actual(grid.Size());
    const EstimateReport report = EstimateDensity(samples, kernel, grid, actual.View(), settings);
    PrintRow(dimension, n, nodes, ratio, name, report, Compare(exact, actual, h));
  }
}
}
}

int main()
{
  std::cout
    << "| d | points | nodes per axis | h / spacing | engine | mesh sums | exact sums |"
       " core: density | core: log | core: score | tail: log | tail: score | deep: log |"
       " deep: score |\n"
       "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";
  for (const double ratio : { 0.05, 0.3, 1.0, 3.0, 10.0, 50.0 })
  {
    scorefields::Sweep(1, 1000, 2048, ratio);
    scorefields::Sweep(2, 200, 256, ratio);
    scorefields::Sweep(2, 2000, 128, ratio);
    scorefields::Sweep(3, 500, 40, ratio);
  }
  return 0;
}
