// SPDX-License-Identifier: BSD-3-Clause
// Times Langevin steps of many particles against many samples on two threads, by part, and prints
// the worst errors of their scores against direct sums, by band of the density; then the same of
// scores taken from images, beside them: docs/accuracy.md.
#include "Numerics/Base/FieldStorage.h"
#include "Numerics/Flow/ImageFamily.h"
#include "support/DirectSum.h"
#include "support/FlowCases.h"
#include "support/RandomPoints.h"
#include "support/Threads.h"

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>

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

/// Worst errors of h times the score over max(1, its size) by band, core, tail and deep, and of the
/// log density in the core.
struct Worst
{
  std::array<double, 3> Score{ { 0.0, 0.0, 0.0 } };
  double LogDensity = 0.0;
};

Worst Errors(const DensityFamily& scores, const Samples& samples, const GaussianKernel& kernel,
  const Eigen::Matrix3Xd& points)
{
  const Index n = points.cols();
  FieldStorage expected(n, FieldChoice::Smooth());
  FieldStorage actual(n, FieldChoice::Smooth());
  direct::EvaluateAtPoints(samples, kernel, points, expected.View());
  FieldView wanted = actual.View();
  wanted.Hessian = nullptr;
  const double h = kernel.EquivalentBandwidth();
  scores.At(h, OnThreads(ThreadCount))->Evaluate(points, wanted, OnThreads(ThreadCount));
  Worst worst;
  const double top = expected.LogDensity.maxCoeff();
  for (Index i = 0; i < n; ++i)
  {
    const double depth = (expected.LogDensity[i] - top) / std::log(10.0);
    double& band = worst.Score[depth > -4.0 ? 0 : (depth > -12.0 ? 1 : 2)];
    const double error = h * (actual.Score.col(i) - expected.Score.col(i)).norm();
    band = std::max(band, error / std::max(1.0, h * expected.Score.col(i).norm()));
    const double difference = std::abs(actual.LogDensity[i] - expected.LogDensity[i]);
    worst.LogDensity = std::max(worst.LogDensity, depth > -4.0 ? difference : 0.0);
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
  const auto family = std::make_shared<const KernelFamily>(samples, kernel, accuracy);
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
  const std::array<double, 3> errors = Errors(*family, *samples, kernel, points).Score;
  std::printf("| %d | %g | %g | %.3f | %.2f | %.2f | %.2f | %.2f | %.0e | %.0e | %.0e |\n",
    what.Dimension, static_cast<double>(what.Samples), static_cast<double>(what.Particles), h,
    index, spline, evaluations, steps, errors[0], errors[1], errors[2]);
  std::fflush(stdout);
}

/// The log density and score of a family on an image of [-6, 6]^d, nodes about `share` of h apart.
ScoreImage ImageOf(const DensityFamily& family, const GaussianKernel& kernel, double share)
{
  const double h = kernel.EquivalentBandwidth();
  ScoreImage image;
  for (int axis = 0; axis < kernel.Dimension(); ++axis)
  {
    image.Nodes.Dimensions[axis] = static_cast<Index>(std::ceil(12.0 / (share * h))) + 1;
    image.Nodes.Spacing[axis] = 12.0 / static_cast<double>(image.Nodes.Dimensions[axis] - 1);
    image.Nodes.Origin[axis] = -6.0;
  }
  Eigen::Matrix3Xd nodes(3, image.Nodes.Size());
  for (Index node = 0; node < nodes.cols(); ++node)
  {
    nodes.col(node) = image.Nodes.Node(node);
  }
  image.LogDensity.resize(nodes.cols());
  image.Score.resize(3, nodes.cols());
  FieldView fields;
  fields.LogDensity = image.LogDensity.data();
  fields.Score = image.Score.data();
  family.At(h, OnThreads(ThreadCount))->Evaluate(nodes, fields, OnThreads(ThreadCount));
  return image;
}

void RunImages(const Case& what)
{
  const auto samples = Cloud(what.Dimension, what.Samples, 1);
  const GaussianKernel kernel = GaussianKernel::Isotropic(
    Axes::First(what.Dimension), NormalScale(what.Dimension, what.Samples));
  const double h = kernel.EquivalentBandwidth();
  ScoreAccuracy accuracy;
  accuracy.Evaluations = static_cast<double>(what.Particles * Steps);
  const Execution execution = OnThreads(ThreadCount);
  const KernelFamily family(samples, kernel, accuracy);
  FlowState state;
  state.Positions = Cloud(what.Dimension, what.Particles, 2)->Points;
  // Processor time of all threads.
  const auto time = [&](const DensityFamily& scores)
  {
    const auto source = scores.At(h, execution);
    const std::clock_t start = std::clock();
    for (Index step = 0; step < Steps; ++step)
    {
      EvaluateState(*source, false, state, execution);
    }
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  };
  const double direct = time(family);
  Eigen::Matrix3Xd points(3, 600);
  points << state.Positions.leftCols(300), 12.0 * RandomPoints(300, 5, what.Dimension);
  for (const double share : { 0.5, 0.25, 0.125 })
  {
    if (what.Dimension == 3 && share < 0.25)
    {
      continue; // 5e7 nodes
    }
    const ScoreImage image = ImageOf(family, kernel, share);
    const ImageFamily scores(image, kernel, kernel.Covariance(), execution);
    const double seconds = time(scores);
    const Worst worst = Errors(scores, *samples, kernel, points);
    std::printf("| %d | %g | %.3f | %g | %g | %.2f | %.2f | %.1e | %.1e | %.1e | %.1e |\n",
      what.Dimension, static_cast<double>(what.Samples), h, 1.0 / share,
      static_cast<double>(image.Nodes.Size()), seconds, seconds / direct, worst.LogDensity,
      worst.Score[0], worst.Score[1], worst.Score[2]);
    std::fflush(stdout);
  }
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
  std::printf("\n| d | samples | h | h / spacing | nodes | scores, s | over Auto's |"
              " log density | core | tail | deep |\n"
              "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
  for (const scorefields::Case& what : { scorefields::Case{ 2, 100000, 100000 },
         scorefields::Case{ 2, 1000, 100000 }, scorefields::Case{ 3, 100000, 100000 } })
  {
    scorefields::RunImages(what);
  }
}
