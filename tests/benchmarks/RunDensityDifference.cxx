// SPDX-License-Identifier: BSD-3-Clause
// Prints, as Markdown tables, how often Density Difference finds a difference between two clouds
// from one density (false alarms), and how much of a shift between two clouds it finds (power).
//
//   RunDensityDifference [PAIRS [AXES [TABLE]]]
//
// PAIRS for each row, 1000 by default; AXES 1, 2 or 3, or 0 for all; TABLE equal or shifted, or
// both.
//
// Each pair of clouds has a seed of its own, so that every run prints the same numbers.
#include "Numerics/Bandwidth/KernelChoice.h"
#include "Numerics/Base/Random.h"
#include "Numerics/Difference/DensityDifference.h"
#include "Numerics/Difference/NodeVerdicts.h"

#include <array>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

namespace
{
using scorefields::Index;

enum class Shape
{
  Gaussian,
  Uniform,
  TightClusters, ///< 200 places in a unit box, each within a hundredth of the box
  HeavyTails     ///< a Gaussian times a random factor
};

const char* NameOf(Shape shape)
{
  constexpr std::array<const char*, 4> names{ "Gaussian", "uniform", "tight clusters",
    "heavy tails" };
  return names.at(static_cast<std::size_t>(shape));
}

struct Case
{
  Shape From = Shape::Gaussian;
  int Dimension = 2;
  Index CountA = 200;
  Index CountB = 200;
  Index Nodes = 64;   ///< along each axis
  double Scale = 1.0; ///< of the bandwidth
  double Shift = 0.0; ///< of cloud B along x
  bool Weighted = false;
};

Eigen::Vector3d Point(const Case& one, scorefields::RandomStream& draws)
{
  Eigen::Vector3d point = Eigen::Vector3d::Zero();
  const double factor = one.From == Shape::HeavyTails ? 1.0 / std::sqrt(draws.Uniform()) : 1.0;
  const auto place = static_cast<std::uint64_t>(200.0 * draws.Uniform());
  scorefields::RandomStream places(7, place, 0);
  for (int axis = 0; axis < one.Dimension; ++axis)
  {
    switch (one.From)
    {
      case Shape::Gaussian:
      case Shape::HeavyTails:
        point[axis] = factor * draws.Normal();
        break;
      case Shape::Uniform:
        point[axis] = draws.Uniform();
        break;
      case Shape::TightClusters:
        point[axis] = places.Uniform() + 0.01 * draws.Normal();
        break;
    }
  }
  return point;
}

scorefields::Samples Draw(const Case& one, Index count, std::uint64_t seed, double shift)
{
  scorefields::RandomStream draws(seed, 0, 0);
  Eigen::Matrix3Xd points(3, count);
  Eigen::VectorXd weights(one.Weighted ? count : 0);
  for (Index i = 0; i < count; ++i)
  {
    points.col(i) = Point(one, draws);
    points(0, i) += shift;
    if (one.Weighted)
    {
      weights[i] = -std::log(draws.Uniform());
    }
  }
  return one.Weighted ? scorefields::Samples::Weighted(points, weights)
                      : scorefields::Samples::Unweighted(points);
}

struct Outcome
{
  bool MoreInA = false;
  bool MoreInB = false;
  double Share = 0.0;  ///< of the nodes with a difference
  double Tested = 0.0; ///< of the nodes
};

using Outcomes = std::array<Outcome, scorefields::CountOf<scorefields::DifferenceStatistic>()>;

Outcome Find(
  const scorefields::DifferenceProblem& problem, scorefields::DifferenceStatistic statistic)
{
  const auto count = static_cast<std::size_t>(problem.Nodes.Size());
  std::vector<double> values(6 * count);
  std::vector<unsigned char> classes(count);
  const auto array = [&](std::size_t i) { return values.data() + i * count; };
  const scorefields::DifferenceView view{ array(0), array(1), array(2), array(3), array(4),
    array(5), classes.data() };
  scorefields::DifferenceOptions options;
  options.Statistic = statistic;
  scorefields::EstimateDifference(problem, options, view, {});
  auto tests = scorefields::FindTests(
    problem.Nodes.Size(), view.PValue, view.Class, nullptr, options.SignificanceLevel);
  const double tested = tests.Count;
  const double threshold = scorefields::ThresholdOf(options, tests);
  scorefields::DecideClasses(
    problem.Nodes.Size(), view.PValue, view.Standardised, threshold, view.Class, {});
  const auto counts =
    scorefields::CountDifferenceClasses(problem.Nodes.Size(), view.Class, nullptr);
  const auto nodes = static_cast<double>(count);
  return { counts[1] > 0.0, counts[2] > 0.0, (counts[1] + counts[2]) / nodes, tested / nodes };
}

Outcomes FindInPair(const Case& one, std::uint64_t pair)
{
  const auto a = Draw(one, one.CountA, 2 * pair, 0.0);
  const auto b = Draw(one, one.CountB, 2 * pair + 1, one.Shift);
  const scorefields::StoredSamples sourceA(a);
  const scorefields::StoredSamples sourceB(b);
  const auto momentsA = scorefields::MomentsOf(a);
  const auto momentsB = scorefields::MomentsOf(b);
  const auto pooled = scorefields::Merge(momentsA, momentsB);
  const auto axes = scorefields::Axes::FromFlags(true, one.Dimension > 1, one.Dimension > 2);
  scorefields::KernelRequest request;
  request.Scale = one.Scale;
  const auto kernel = scorefields::ResolveKernel(request, pooled, axes);
  scorefields::GridRequest place;
  place.Dimensions.setConstant(one.Nodes);
  const auto grid = scorefields::PlaceGrid(place, pooled, axes, kernel.AxisBandwidths());
  const scorefields::DifferenceProblem problem{ { sourceA, momentsA }, { sourceB, momentsB },
    kernel, grid };
  Outcomes outcomes;
  for (const auto statistic : scorefields::ValuesOf<scorefields::DifferenceStatistic>())
  {
    outcomes.at(static_cast<std::size_t>(statistic)) = Find(problem, statistic);
  }
  return outcomes;
}

void Print(const Case& one, int pairs)
{
  std::vector<Outcomes> all(static_cast<std::size_t>(pairs));
  std::atomic<std::size_t> next{ 0 };
  const auto work = [&]
  {
    for (std::size_t i = next++; i < all.size(); i = next++)
    {
      all[i] = FindInPair(one, i);
    }
  };
  std::thread other(work);
  work();
  other.join();
  std::printf("| %s%s | %d | %lld, %lld | %lld | %g | %g |", NameOf(one.From),
    one.Weighted ? ", weighted" : "", one.Dimension, static_cast<long long>(one.CountA),
    static_cast<long long>(one.CountB), static_cast<long long>(one.Nodes), one.Scale, one.Shift);
  for (std::size_t s = 0; s < Outcomes().size(); ++s)
  {
    double any = 0.0;
    double share = 0.0;
    double tested = 0.0;
    for (const Outcomes& outcomes : all)
    {
      any += outcomes.at(s).MoreInA || outcomes.at(s).MoreInB ? 1.0 : 0.0;
      share += outcomes.at(s).Share;
      tested += outcomes.at(s).Tested;
    }
    std::printf(" %.1f %% | %.2f %% | %.0f %% |", 100.0 * any / pairs, 100.0 * share / pairs,
      100.0 * tested / pairs);
  }
  std::printf("\n");
  std::fflush(stdout);
}

std::vector<Case> EqualClouds()
{
  std::vector<Case> cases;
  for (int dimension = 1; dimension <= 3; ++dimension)
  {
    const Index nodes = dimension == 1 ? 256 : dimension == 2 ? 64 : 24;
    for (const Index count : { 50, 200, 1000, 10000 })
    {
      cases.push_back({ Shape::Gaussian, dimension, count, count, nodes });
    }
    for (const Shape shape : { Shape::Uniform, Shape::TightClusters, Shape::HeavyTails })
    {
      cases.push_back({ shape, dimension, 1000, 1000, nodes });
    }
    cases.push_back({ Shape::Gaussian, dimension, 50, 1000, nodes });
    cases.push_back({ Shape::Gaussian, dimension, 200, 10000, nodes });
    cases.push_back({ Shape::Gaussian, dimension, 200, 10000, nodes, 0.4 });
    cases.push_back({ Shape::TightClusters, dimension, 200, 2000, nodes });
    cases.push_back({ Shape::Gaussian, dimension, 1000, 1000, nodes, 0.4 });
    cases.push_back({ Shape::Gaussian, dimension, 500, 500, nodes, 1.0, 0.0, true });
    cases.push_back({ Shape::Gaussian, dimension, 100, 2000, nodes, 0.6, 0.0, true });
    cases.push_back({ Shape::Gaussian, dimension, 200, 200, nodes / 8, 0.5 });
  }
  return cases;
}

std::vector<Case> ShiftedClouds()
{
  std::vector<Case> cases;
  for (int dimension = 1; dimension <= 3; ++dimension)
  {
    const Index nodes = dimension == 1 ? 256 : dimension == 2 ? 64 : 24;
    for (const double shift : { 0.25, 0.5, 1.0 })
    {
      cases.push_back({ Shape::Gaussian, dimension, 200, 200, nodes, 1.0, shift });
      cases.push_back({ Shape::Gaussian, dimension, 100, 1000, nodes, 1.0, shift });
    }
  }
  return cases;
}

void PrintHead(const char* title)
{
  std::printf(
    "\n%s\n\n| density | axes | samples of A, B | nodes per axis | bandwidth times | shift |",
    title);
  for (const char* name : scorefields::NamesOf<scorefields::DifferenceStatistic>())
  {
    std::printf(" %s: pairs with a difference | nodes with one | nodes tested |", name);
  }
  std::printf(
    "\n|%s\n", " --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
}
}

int main(int argc, char** argv)
{
  const int pairs = argc > 1 ? std::atoi(argv[1]) : 1000;
  const int axes = argc > 2 ? std::atoi(argv[2]) : 0;
  const std::string table = argc > 3 ? argv[3] : "";
  const auto print = [&](const std::string& name, const char* title, const std::vector<Case>& cases)
  {
    if (!table.empty() && table != name)
    {
      return;
    }
    PrintHead(title);
    for (const Case& one : cases)
    {
      if (axes == 0 || axes == one.Dimension)
      {
        Print(one, pairs);
      }
    }
  };
  print("equal", "Equal densities: every difference is a false alarm", EqualClouds());
  print("shifted", "Shifted densities, in standard deviations", ShiftedClouds());
  return 0;
}
