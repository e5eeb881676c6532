// SPDX-License-Identifier: BSD-3-Clause
// Prints, as Markdown tables, how often Density Modes calls a mode significant that the density
// behind the points does not have (clouds of one mode), and how often it finds both modes of two
// clusters.
//
//   RunDensityModes [CLOUDS [AXES [TABLE]]]
//
// CLOUDS for each row, 1000 by default; AXES 1, 2 or 3, or 0 for all; TABLE one or two, or both.
//
// Each cloud has a seed of its own, so that every run prints the same numbers.
#include "Numerics/Bandwidth/KernelChoice.h"
#include "Numerics/Base/Random.h"
#include "Numerics/Cloud/GridPlacement.h"
#include "Numerics/Density/DensityEstimate.h"
#include "Numerics/Modes/ModeDensity.h"

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
using scorefields::BandwidthRule;
using scorefields::Index;

enum class Shape
{
  Normal,
  Uniform,
  StudentT,    ///< a normal vector over the root of a gamma variable: t with 3 degrees of freedom
  Exponential, ///< along each axis, on both sides
  TwoNormals   ///< of equal weights
};

const char* NameOf(Shape shape)
{
  constexpr std::array<const char*, 5> names{ "normal", "uniform", "Student's t, 3 degrees",
    "exponential to both sides", "two normals" };
  return names.at(static_cast<std::size_t>(shape));
}

struct Case
{
  Shape From = Shape::Normal;
  int Dimension = 1;
  Index Count = 200;
  BandwidthRule Rule = BandwidthRule::Scott;
  double Scale = 1.0;    ///< of the rule's bandwidth
  double Fixed = 0.0;    ///< a bandwidth instead
  double Distance = 0.0; ///< of two normals, in standard deviations
  bool Weighted = false;
};

constexpr double Level = 0.05;

double Exponential(scorefields::RandomStream& draws)
{
  const double size = -std::log(draws.Uniform());
  return draws.Uniform() < 0.5 ? size : -size;
}

Eigen::Vector3d Point(const Case& one, scorefields::RandomStream& draws)
{
  Eigen::Vector3d point = Eigen::Vector3d::Zero();
  double factor = 1.0;
  if (one.From == Shape::StudentT)
  {
    double squares = 0.0;
    for (int i = 0; i < 3; ++i)
    {
      const double normal = draws.Normal();
      squares += normal * normal;
    }
    factor = std::sqrt(3.0 / squares);
  }
  for (int axis = 0; axis < one.Dimension; ++axis)
  {
    point[axis] = one.From == Shape::Uniform ? 3.0 * draws.Uniform()
      : one.From == Shape::Exponential       ? Exponential(draws)
                                             : factor * draws.Normal();
  }
  if (one.From == Shape::TwoNormals && draws.Uniform() < 0.5)
  {
    point[0] += one.Distance;
  }
  return point;
}

scorefields::Samples Draw(const Case& one, std::uint64_t seed)
{
  scorefields::RandomStream draws(seed, 0, 0);
  Eigen::Matrix3Xd points(3, one.Count);
  Eigen::VectorXd weights(one.Weighted ? one.Count : 0);
  for (Index i = 0; i < one.Count; ++i)
  {
    points.col(i) = Point(one, draws);
    if (one.Weighted)
    {
      weights[i] = -std::log(draws.Uniform());
    }
  }
  return one.Weighted ? scorefields::Samples::Weighted(points, weights)
                      : scorefields::Samples::Unweighted(points);
}

scorefields::GaussianKernel KernelOf(
  const Case& one, const scorefields::Samples& samples, const scorefields::Axes& axes)
{
  if (one.Fixed > 0.0)
  {
    return scorefields::GaussianKernel::Isotropic(axes, one.Fixed);
  }
  scorefields::KernelRequest request;
  request.Rule = one.Rule;
  request.Scale = one.Scale;
  return scorefields::ChooseKernel(
    request, scorefields::StoredSamples(samples), scorefields::MomentsOf(samples), axes, {}, {})
    .Kernel;
}

struct Outcome
{
  double Modes = 0.0;
  double Significant = 0.0; ///< of the modes beyond the first
};

Outcome FindIn(const Case& one, std::uint64_t cloud)
{
  const auto samples = std::make_shared<const scorefields::Samples>(Draw(one, cloud));
  const auto axes = scorefields::Axes::First(one.Dimension);
  const auto moments = scorefields::MomentsOf(*samples);
  const auto kernel = KernelOf(one, *samples, axes);
  scorefields::GridRequest place;
  for (int axis = 0; axis < one.Dimension; ++axis)
  {
    const double bandwidth = 1.0 / std::sqrt(kernel.Precision()(axis, axis));
    const double extent = moments.Upper[axis] - moments.Lower[axis];
    place.Dimensions[axis] = static_cast<Index>(std::ceil(2.5 * extent / bandwidth)) + 16;
  }
  const auto grid = scorefields::PlaceGrid(place, moments, axes, kernel.AxisBandwidths());
  std::vector<double> density(static_cast<std::size_t>(grid.Size()));
  std::vector<double> logDensity(density.size());
  scorefields::FieldView fields;
  fields.Density = density.data();
  fields.LogDensity = logDensity.data();
  scorefields::EstimateDensity(*samples, kernel, grid, fields);
  const auto found = scorefields::ModeDensity::Of(samples, kernel, {}, 1.0, {});
  const scorefields::CriticalProblem problem{ *found.Exact, found.Unit, { grid, logDensity.data() },
    {}, -1e300 };
  const auto set = scorefields::FindCriticalPoints(problem, {});
  Eigen::VectorXd atSamples(one.Count);
  scorefields::FieldView ofSamples;
  ofSamples.LogDensity = atSamples.data();
  found.Exact->Evaluate(samples->Points, ofSamples, {});
  const double places =
    scorefields::DifferentPlaces(found.Counts.At(samples->Points, atSamples, {}));
  const auto counts = scorefields::CountsOfModes(set, found.Counts, {});
  Outcome outcome;
  outcome.Modes = static_cast<double>(set.Modes());
  for (const double pValue : scorefields::ModePValues(counts, places))
  {
    outcome.Significant += pValue <= Level ? 1.0 : 0.0;
  }
  outcome.Significant -= 1.0; // the first
  return outcome;
}

void Print(const Case& one, int clouds)
{
  std::vector<Outcome> all(static_cast<std::size_t>(clouds));
  std::atomic<std::size_t> next{ 0 };
  const auto work = [&]
  {
    for (std::size_t i = next++; i < all.size(); i = next++)
    {
      all[i] = FindIn(one, i);
    }
  };
  std::thread other(work);
  work();
  other.join();
  double modes = 0.0;
  double any = 0.0;
  double exactly = 0.0;
  for (const Outcome& outcome : all)
  {
    modes += outcome.Modes;
    any += outcome.Significant > 0.0 ? 1.0 : 0.0;
    exactly += outcome.Significant == 1.0 ? 1.0 : 0.0;
  }
  std::string bandwidth = one.Fixed > 0.0 ? "fixed" : NameOf(one.Rule);
  std::printf("| %s%s | %d | %lld | %s | %g | %g | %.1f | %.1f %% | %.1f %% |\n", NameOf(one.From),
    one.Weighted ? ", weighted" : "", one.Dimension, static_cast<long long>(one.Count),
    bandwidth.c_str(), one.Fixed > 0.0 ? one.Fixed : one.Scale, one.Distance, modes / clouds,
    100.0 * any / clouds, 100.0 * exactly / clouds);
  std::fflush(stdout);
}

/// Finer kernels need more nodes, which is the limit in space.
void AddBandwidths(std::vector<Case>& cases, Case one)
{
  cases.push_back(one);
  const bool space = one.Dimension == 3;
  for (const double scale : { 0.7, 0.5, 0.25 })
  {
    const bool far = one.From == Shape::StudentT && one.Dimension > 1;
    const bool many = one.Count > 200 && one.Dimension > 1;
    if ((scale == 0.7) == space && !(far && space) && !((far || many) && scale < 0.3))
    {
      one.Scale = scale;
      cases.push_back(one);
    }
  }
  one.Scale = 1.0;
  if (one.Dimension == 1 && one.Count >= 200) // of fewer it finds no bandwidth at times
  {
    one.Rule = BandwidthRule::SheatherJones;
    cases.push_back(one);
  }
  if (one.Dimension < 3 && (one.Count == 200 || (one.Count > 200 && one.Dimension == 1)))
  {
    one.Rule = BandwidthRule::LeastSquaresDensity;
    cases.push_back(one);
    one.Fixed = one.Dimension == 1 ? 0.05 : 0.2;
    cases.push_back(one);
  }
}

std::vector<Case> OneMode()
{
  std::vector<Case> cases;
  for (int dimension = 1; dimension <= 3; ++dimension)
  {
    for (const Shape shape : { Shape::Normal, Shape::Uniform, Shape::StudentT, Shape::Exponential })
    {
      for (const Index count : { 50, 200, 1000 })
      {
        if (dimension == 1 || count == 200 || (dimension == 2 && count == 1000))
        {
          Case one;
          one.From = shape;
          one.Dimension = dimension;
          one.Count = count;
          AddBandwidths(cases, one);
        }
      }
    }
  }
  Case weighted;
  weighted.Weighted = true;
  weighted.Scale = 0.5;
  for (weighted.Dimension = 1; weighted.Dimension <= 2; ++weighted.Dimension)
  {
    weighted.Count = 1000;
    cases.push_back(weighted);
  }
  return cases;
}

std::vector<Case> TwoModes()
{
  std::vector<Case> cases;
  for (int dimension = 1; dimension <= 3; ++dimension)
  {
    for (const Index count : { 200, 1000 })
    {
      for (const double distance : { 3.0, 4.0, 5.0, 6.0 })
      {
        Case one;
        one.From = Shape::TwoNormals;
        one.Dimension = dimension;
        one.Count = count;
        one.Distance = distance;
        for (const double scale : { 1.0, 0.5 })
        {
          one.Scale = scale;
          cases.push_back(one);
        }
      }
    }
  }
  return cases;
}
}

int main(int argc, char** argv)
{
  const int clouds = argc > 1 ? std::atoi(argv[1]) : 1000;
  const int axes = argc > 2 ? std::atoi(argv[2]) : 0;
  const std::string table = argc > 3 ? argv[3] : "";
  std::printf("| clouds of | axes | points | bandwidth | factor | distance | modes found | "
              "with a second significant mode | with exactly one |\n"
              "| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
  for (const bool two : { false, true })
  {
    for (const Case& one : two ? TwoModes() : OneMode())
    {
      if ((axes == 0 || one.Dimension == axes) && (table.empty() || table == (two ? "two" : "one")))
      {
        Print(one, clouds);
      }
    }
  }
  return 0;
}
