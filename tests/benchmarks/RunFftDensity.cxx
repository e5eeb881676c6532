// SPDX-License-Identifier: BSD-3-Clause
//
// One timed case of the FFT engine on samples from a file, for compare_fft_numpy.py:
//   RunFftDensity SAMPLES DIMENSION NODES BANDWIDTH LIMIT THREADS REPEATS TOLERANCE [score]
// SAMPLES: raw doubles, x y z of each sample. Density and log density (and score) on
// NODES^DIMENSION nodes over [-LIMIT, LIMIT]^DIMENSION. Prints: median seconds of all steps,
// seconds of spreading, of the transform, of the evaluation, largest error against direct sums at
// 300 nodes over the maximum, claimed error over the maximum, megabytes of memory beside samples
// and fields.
#include "Numerics/Transform/FftDensity.h"
#include "support/DirectSum.h"

#include "support/Threads.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

namespace scorefields
{
namespace
{
using Clock = std::chrono::steady_clock;

double Since(Clock::time_point start)
{
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// getrusage would count what the parent held when it started this program.
double PeakMegabytes()
{
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
  {
    if (word == "VmHWM:")
    {
      double kilobytes = 0.0;
      status >> kilobytes;
      return kilobytes / 1024.0;
    }
  }
  return 0.0;
}

Eigen::Matrix3Xd ReadSamples(const char* name)
{
  std::ifstream file(name, std::ios::binary | std::ios::ate);
  Eigen::Matrix3Xd points(3, file.tellg() / static_cast<std::streamoff>(3 * sizeof(double)));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(points.data()),
    static_cast<std::streamsize>(points.size() * static_cast<Index>(sizeof(double))));
  return points;
}

double Median(std::vector<double> values)
{
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// Half the nodes are those nearest to samples.
double LargestError(const Grid& grid, const Samples& samples, const GaussianKernel& kernel,
  const std::vector<double>& density)
{
  const Index count = 300;
  Eigen::Matrix3Xd queries(3, count);
  std::vector<Index> nodes(count);
  for (Index q = 0; q < count; ++q)
  {
    Index node = q * (grid.Size() / count);
    if (q % 2 == 0)
    {
      const Eigen::Vector3d cell = (samples.Points.col(q * (samples.Count() / count)) - grid.Origin)
                                     .cwiseQuotient(grid.Spacing);
      const Index3 place =
        cell.array().round().cast<Index>().max(0).min(grid.Dimensions.array() - 1);
      node = place[0] + grid.Dimensions[0] * (place[1] + grid.Dimensions[1] * place[2]);
    }
    nodes[static_cast<std::size_t>(q)] = node;
    queries.col(q) = grid.Node(node);
  }
  std::vector<double> exact(count);
  FieldView view;
  view.Density = exact.data();
  direct::EvaluateAtPoints(samples, kernel, queries, view);
  double worst = 0.0;
  for (std::size_t q = 0; q < nodes.size(); ++q)
  {
    worst = std::max(worst, std::abs(exact[q] - density[static_cast<std::size_t>(nodes[q])]));
  }
  return worst;
}

int Run(int argc, char** argv)
{
  if (argc < 9)
  {
    std::fprintf(stderr, "the arguments are explained at the head of the source\n");
    return 1;
  }
  const int dimension = std::atoi(argv[2]);
  const Index nodes = std::atol(argv[3]);
  const double limit = std::atof(argv[5]);
  const Samples samples = Samples::Unweighted(ReadSamples(argv[1]));
  const auto kernel = GaussianKernel::Isotropic(Axes::First(dimension), std::atof(argv[4]));
  const Execution execution = OnThreads(std::atoi(argv[6]));
  Grid grid;
  for (int a = 0; a < dimension; ++a)
  {
    grid.Origin[a] = -limit;
    grid.Spacing[a] = 2.0 * limit / static_cast<double>(nodes - 1);
    grid.Dimensions[a] = nodes;
  }
  std::vector<double> density(static_cast<std::size_t>(grid.Size()), 1.0);
  std::vector<double> logDensity(density.size(), 1.0);
  std::vector<double> score(argc > 9 ? 3 * density.size() : 0, 1.0);
  FieldView fields;
  fields.Density = density.data();
  fields.LogDensity = logDensity.data();
  fields.Score = score.empty() ? nullptr : score.data();
  FftOptions options;
  options.Tolerance = std::atof(argv[8]);
  const double before = PeakMegabytes();
  std::vector<double> all;
  std::vector<double> spread;
  std::vector<double> transform;
  FftReport report;
  MeshPlan plan;
  for (int repeat = 0; repeat < std::atoi(argv[7]); ++repeat)
  {
    const auto start = Clock::now();
    FftDensity engine(grid, { kernel }, MomentsOf(samples, execution), options);
    Mesh mesh = engine.Spread(StoredSamples(samples), execution);
    spread.push_back(Since(start));
    engine.Transform(std::move(mesh), execution);
    transform.push_back(Since(start) - spread.back());
    report = engine.Evaluate(kernel, fields, execution);
    plan = engine.Plan();
    all.push_back(Since(start));
  }
  const double megabytes = PeakMegabytes() - before;
  const double error = LargestError(grid, samples, kernel, density);
  std::printf("%g %g %g %g %g %g %g order %d mesh %ld transform %ld\n", Median(all), Median(spread),
    Median(transform), Median(all) - Median(spread) - Median(transform), error / report.Maximum,
    report.Floor() / report.Maximum, megabytes, plan.Order, static_cast<long>(plan.Axes[0].Size),
    static_cast<long>(plan.Axes[0].Outputs));
  return 0;
}
}
}

int main(int argc, char** argv)
{
  return scorefields::Run(argc, argv);
}
