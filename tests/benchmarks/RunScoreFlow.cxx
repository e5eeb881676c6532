// SPDX-License-Identifier: BSD-3-Clause
// Times Langevin steps of many particles against many samples on two threads, by part, and prints
// the worst errors of their scores against direct sums, by band of the density: docs/accuracy.md.
#include "Numerics/DirectSum.h"
#include "Numerics/SplineDensity.h"
#include "support/FlowCases.h"
#include "support/RandomPoints.h"
#include "support/Threads.h"

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace scorefields
{
namespace
{
constexpr Index Steps = 100;
constexpr int ThreadCount = 2;

class Clock
{
public:
  /// Seconds since the last call.
  double Lap()
  {
    const auto now = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - this->Last).count();
    this->Last = now;
    return seconds;
  }

private:
  std::chrono::steady_clock::time_point Last = std::chrono::steady_clock::now();
};

struct Case
{
  int Dimension;
  Index Samples;
  Index Particles;
};

/// Draws from the study's mixture, with a normal third coordinate in 3-D.
std::shared_ptr<const Samples> Cloud(int dimension, Index n, std::uint64_t seed)
{
  const Mixture mixture = flow::Study().InDimension(dimension);
  return std::make_shared<const Samples>(
    Samples::Unweighted(SampleMixture(mixture, seed, 0, n).Points));
}

/// The rule "normal scale for the gradient", for a standard deviation of 1.
double NormalScale(int dimension, Index n)
{
  return std::pow(4.0 / ((dimension + 4.0) * static_cast<double>(n)), 1.0 / (dimension + 6.0));
}

/// Worst error of h times the score over max(1, its size), by band: core, tail, deep.
std::array<double, 3> Errors(const KernelScores& scores, const Samples& samples,
  const GaussianKernel& kernel, const Eigen::Matrix3Xd& points)
{
  const Index n = points.cols();
  Eigen::VectorXd logDensity(n);
  Eigen::Matrix3Xd expected(3, n);
  Eigen::Matrix3Xd actual(3, n);
  FieldView fields;
  fields.LogDensity = logDensity.data();
  fields.Score = expected.data();
  direct::EvaluateAtPoints(samples, kernel, points, fields);
  FieldView wanted;
  wanted.Score = actual.data();
  const double h = kernel.EquivalentBandwidth();
  scores.At(h, OnThreads(ThreadCount))->Evaluate(points, wanted, OnThreads(ThreadCount));
  std::array<double, 3> worst{ { 0.0, 0.0, 0.0 } };
  const double top = logDensity.maxCoeff();
  for (Index i = 0; i < n; ++i)
  {
    const double depth = (logDensity[i] - top) / std::log(10.0);
    double& band = worst[depth > -4.0 ? 0 : (depth > -12.0 ? 1 : 2)];
    const double error = h * (actual.col(i) - expected.col(i)).norm();
    band = std::max(band, error / std::max(1.0, h * expected.col(i).norm()));
  }
  return worst;
}

void Run(const Case& what)
{
  const auto samples = Cloud(what.Dimension, what.Samples, 1);
  const GaussianKernel kernel = GaussianKernel::Isotropic(
    Axes::First(what.Dimension), NormalScale(what.Dimension, what.Samples));
  const double h = kernel.EquivalentBandwidth();
  ScoreAccuracy accuracy;
  accuracy.Evaluations = static_cast<double>(what.Particles * Steps);
  const Execution execution = OnThreads(ThreadCount);
  Clock clock;
  const auto family = std::make_shared<const KernelScores>(samples, kernel, accuracy);
  const double index = clock.Lap();
  const auto source = family->At(h, execution);
  const double spline = clock.Lap();
  FlowRequest request;
  request.Mode = FlowMode::Langevin;
  request.Steps = Steps;
  const Flow particles(
    family, FlowSchedule(request, kernel, MomentsOf(*samples)), flow::Numbers(what.Particles));
  FlowState state = particles.Start(Cloud(what.Dimension, what.Particles, 2)->Points, execution);
  clock.Lap();
  for (Index step = 0; step < Steps; ++step)
  {
    particles.Advance(state, execution);
  }
  const double steps = clock.Lap();
  for (Index step = 0; step < Steps; ++step)
  {
    EvaluateState(*source, false, state, execution);
  }
  const double evaluations = clock.Lap();
  Eigen::Matrix3Xd points(3, 600);
  points << state.Positions.leftCols(300), 12.0 * RandomPoints(300, 5, what.Dimension);
  const std::array<double, 3> errors = Errors(*family, *samples, kernel, points);
  std::printf("| %d | %g | %g | %.3f | %.2f | %.2f | %.2f | %.2f | %.0e | %.0e | %.0e |\n",
    what.Dimension, static_cast<double>(what.Samples), static_cast<double>(what.Particles), h,
    index, spline, evaluations, steps, errors[0], errors[1], errors[2]);
  std::fflush(stdout);
}
}
}

int main()
{
  std::printf("| d | samples | particles | h | index, s | spline, s | scores, s | 100 steps, s |"
              " core | tail | deep |\n"
              "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
  for (const scorefields::Case& what :
    { scorefields::Case{ 2, 100000, 100000 }, scorefields::Case{ 2, 1000000, 100000 },
      scorefields::Case{ 2, 1000, 1000 }, scorefields::Case{ 3, 100000, 100000 } })
  {
    scorefields::Run(what);
  }
}
