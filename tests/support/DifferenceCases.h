// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_DifferenceCases_h
#define support_DifferenceCases_h

#include "Numerics/Base/Random.h"
#include "Numerics/Difference/DensityDifference.h"
#include "Numerics/Difference/NodeVerdicts.h"

#include <Eigen/Core>

#include <array>
#include <cstdint>
#include <vector>

/// Two clouds and what is said of them at the nodes of a grid.
namespace support
{
using scorefields::Axes;
using scorefields::Grid;
using scorefields::Index;
using scorefields::Samples;

struct Result
{
  Eigen::MatrixXd Values; ///< a column for each array, in the order of scorefields::DifferenceView
  std::vector<unsigned char> Classes;
  double Tests = 0.0;

  auto Difference() const { return this->Values.col(2); }
  auto LogRatio() const { return this->Values.col(3); }
  auto Standardised() const { return this->Values.col(4); }
  auto PValue() const { return this->Values.col(5); }
  double Differences() const
  {
    const auto classes = scorefields::CountDifferenceClasses(
      static_cast<Index>(this->Classes.size()), this->Classes.data(), nullptr);
    return classes[1] + classes[2];
  }
};

struct Scene
{
  scorefields::GaussianKernel Kernel;
  Grid Nodes;
  scorefields::DifferenceOptions Options = {};
  std::array<scorefields::Boundary, 3> Boundaries = { scorefields::Boundary::Open,
    scorefields::Boundary::Open, scorefields::Boundary::Open };
};

inline Result Judge(
  const scorefields::DifferenceProblem& problem, const scorefields::DifferenceOptions& options)
{
  const Index count = problem.Block.Dimensions.prod();
  Result result;
  result.Values.resize(count, 6);
  result.Classes.resize(static_cast<std::size_t>(count));
  const auto column = [&](Index i) { return result.Values.data() + i * count; };
  const scorefields::DifferenceView view{ column(0), column(1), column(2), column(3), column(4),
    column(5), result.Classes.data() };
  scorefields::EstimateDifference(problem, options, view, {});
  scorefields::DifferenceTests tests =
    scorefields::FindTests(count, view.PValue, view.Class, nullptr, options.SignificanceLevel);
  result.Tests = tests.Count;
  const double threshold = scorefields::ThresholdOf(options, tests);
  scorefields::DecideClasses(count, view.PValue, view.Standardised, threshold, view.Class, {});
  return result;
}

inline Result Judge(const Samples& a, const Samples& b, const Scene& scene)
{
  const scorefields::StoredSamples sourceA(a);
  const scorefields::StoredSamples sourceB(b);
  scorefields::DifferenceProblem problem{ { sourceA, scorefields::MomentsOf(a) },
    { sourceB, scorefields::MomentsOf(b) }, scene.Kernel, scene.Nodes };
  problem.Boundaries = scene.Boundaries;
  return Judge(problem, scene.Options);
}

inline Grid Cube(int dimension, Index nodes, double half)
{
  Grid grid;
  grid.Dimensions = scorefields::Index3::Ones();
  grid.Origin.setZero();
  grid.Spacing.setOnes();
  for (int axis = 0; axis < dimension; ++axis)
  {
    grid.Dimensions[axis] = nodes;
    grid.Origin[axis] = -half;
    grid.Spacing[axis] = 2.0 * half / static_cast<double>(nodes - 1);
  }
  return grid;
}

inline Axes AxesUpTo(int dimension)
{
  return Axes::FromFlags(true, dimension > 1, dimension > 2);
}

inline Samples Drawn(Index count, std::uint64_t seed, double shift, int dimension)
{
  scorefields::RandomStream draws(seed, 0, 0);
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, count);
  for (Index i = 0; i < count; ++i)
  {
    for (int axis = 0; axis < dimension; ++axis)
    {
      points(axis, i) = draws.Normal() + (axis == 0 ? shift : 0.0);
    }
  }
  return Samples::Unweighted(points);
}
}

#endif
