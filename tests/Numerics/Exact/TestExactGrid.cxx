// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/ExactSum.h"

#include "support/DirectSum.h"
#include "support/ExpectFields.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <sstream>

namespace scorefields
{
namespace
{
/// n points: clusters of width 1 at the corners of a box of the given size, in multiples of 2^-20.
Eigen::Matrix3Xd Clusters(Index n, double size, unsigned int seed)
{
  std::mt19937 generator(seed);
  Eigen::Matrix3Xd points(3, n);
  for (Index i = 0; i < n; ++i)
  {
    for (int a = 0; a < 3; ++a)
    {
      const double within = std::ldexp(static_cast<double>(generator() % (1u << 20)), -20);
      points(a, i) = within + (generator() % 2 == 0 ? 0.0 : size);
    }
  }
  return points;
}

/// Nodes around `centre` that are exact in double precision: the step is a power of two.
Grid NodesAround(
  const Eigen::Vector3d& centre, const Axes& axes, const Index3& dimensions, int power)
{
  Grid grid;
  for (int axis = 0; axis < 3; ++axis)
  {
    const bool active = axes.IsActive(axis);
    grid.Dimensions[axis] = active ? dimensions[axis] : 1;
    grid.Spacing[axis] = std::ldexp(axis == 1 ? 1.5 : 1.0, power);
    grid.Origin[axis] = std::floor(centre[axis]) -
      static_cast<double>(grid.Dimensions[axis] / 2) * grid.Spacing[axis];
  }
  return grid;
}

Eigen::Matrix3d Covariance(int shape, double h)
{
  Eigen::Matrix3d matrix = Eigen::Matrix3d::Identity();
  if (shape == 1)
  {
    matrix.diagonal() << 4.0, 0.25, 1.0;
  }
  if (shape == 2)
  {
    matrix << 2.0, 0.9, -0.3, 0.9, 1.0, 0.2, -0.3, 0.2, 0.5;
  }
  return h * h * matrix;
}

Index3 GridSize(int dimension)
{
  const Index3 sizes[3] = { Index3(131, 131, 131), Index3(37, 21, 29), Index3(13, 9, 10) };
  return sizes[dimension - 1];
}

void ExpectGridEqualsDirectSum(
  const Samples& samples, const GaussianKernel& kernel, const Grid& grid, const std::string& label)
{
  support::Fields expected(grid.Size());
  direct::EvaluateOnGrid(samples, kernel, grid, expected.View());
  support::Fields actual(grid.Size());
  const ExactOptions options;
  exact::EvaluateOnGrid(samples, kernel, grid, actual.View(), options, Execution());
  Eigen::Matrix3Xd nodes(3, grid.Size());
  for (Index i = 0; i < grid.Size(); ++i)
  {
    nodes.col(i) = grid.Node(i);
  }
  support::ExpectFields(actual, expected, samples, kernel, nodes, options.Tolerance, label);
}

Axes AxesNumber(int number)
{
  const Axes all[] = { Axes::FromFlags(false, true, false), Axes::First(2),
    Axes::FromFlags(true, false, true), Axes::FromFlags(false, true, true), Axes::First(3) };
  return all[number];
}
}

// Oracle: DirectSum. Dimensions and planes, bandwidth from 0.05 to 50 spacings, shape of H.
TEST(ExactGrid, EqualsTheDirectSumForEveryBandwidthAndShape)
{
  const Samples samples = Samples::Unweighted(Clusters(150, 6.0, 1));
  for (int plane = 0; plane < 5; ++plane)
  {
    const Axes axes = AxesNumber(plane);
    for (const double ratio : { 0.05, 0.4, 0.8, 1.5, 3.0, 6.0, 50.0 })
    {
      for (int shape = 0; shape < 3; ++shape)
      {
        const int power = -3;
        const GaussianKernel kernel(axes, Covariance(shape, ratio * std::ldexp(1.0, power)));
        const Grid grid =
          NodesAround(Eigen::Vector3d::Constant(3.0), axes, GridSize(axes.Count), power);
        std::ostringstream label;
        label << "plane " << plane << ", h / spacing " << ratio << ", shape " << shape;
        ExpectGridEqualsDirectSum(samples, kernel, grid, label.str());
      }
    }
  }
}

// Oracle: DirectSum. Clusters up to 1000 bandwidths apart: between them the score turns within
// h^2 / D, far less than a spacing, and two groups of samples count.
TEST(ExactGrid, EqualsTheDirectSumAtRidgesBetweenClusters)
{
  for (const double size : { 20.0, 300.0 })
  {
    const Samples samples = Samples::Unweighted(Clusters(100, size, 2));
    for (const int power : { -4, 0, 3 })
    {
      const Grid grid = NodesAround(
        Eigen::Vector3d::Constant(0.5 * size), Axes::First(2), Index3(40, 33, 1), power);
      for (const double h : { 0.3, 2.0 })
      {
        std::ostringstream label;
        label << "size " << size << ", spacing 2^" << power << ", h " << h;
        ExpectGridEqualsDirectSum(
          samples, GaussianKernel::Isotropic(Axes::First(2), h), grid, label.str());
      }
    }
  }
}

// Oracle: DirectSum. Far from all samples, where f is about exp(-5e7), and with a common offset.
TEST(ExactGrid, EqualsTheDirectSumFarAwayAndAtLargeOffsets)
{
  const Eigen::Matrix3Xd points = Clusters(120, 4.0, 3);
  const GaussianKernel kernel(Axes::First(3), Covariance(2, 0.5));
  const Grid far =
    NodesAround(Eigen::Vector3d(3e3, -4e3, 1e3), Axes::First(3), Index3(9, 9, 9), -2);
  ExpectGridEqualsDirectSum(Samples::Unweighted(points), kernel, far, "far away");
  const Eigen::Vector3d shift = Eigen::Vector3d::Constant(1e8);
  const Grid shifted = NodesAround(shift, Axes::First(3), Index3(9, 9, 9), -2);
  ExpectGridEqualsDirectSum(
    Samples::Unweighted(points.colwise() + shift), kernel, shifted, "offset 1e8");
}

// Oracle: invariant. A shift of samples and grid by 2^27 is exact for the samples and the origin;
// the nodes, at steps of 0.1, are not representable there to better than 1.5e-8 and must not be
// rounded.
TEST(ExactGrid, NodesAreNotRounded)
{
  const Eigen::Matrix3Xd points = Clusters(120, 4.0, 7);
  const Eigen::Vector3d shift = Eigen::Vector3d::Constant(std::ldexp(1.0, 27));
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), 0.25);
  const Grid grid{ Eigen::Vector3d::Zero(), Eigen::Vector3d::Constant(0.1), Index3(50, 50, 1) };
  const Grid shifted{ shift, grid.Spacing, grid.Dimensions };
  support::Fields here(grid.Size());
  support::Fields there(grid.Size());
  exact::EvaluateOnGrid(
    Samples::Unweighted(points), kernel, grid, here.View(), ExactOptions(), Execution());
  exact::EvaluateOnGrid(Samples::Unweighted(points.colwise() + shift), kernel, shifted,
    there.View(), ExactOptions(), Execution());
  // Coordinates up to 5 round by 5 u; scores are up to 5 / h^2, their slopes up to 25 / h^4.
  EXPECT_LE((here.LogDensity - there.LogDensity).cwiseAbs().maxCoeff(), 1e-12);
  EXPECT_LE((here.Score - there.Score).cwiseAbs().maxCoeff(), 1e-10);
}

// Oracle: DirectSum. Weights over 30 decades, subnormal ones, and ones of 0.
TEST(ExactGrid, EqualsTheDirectSumForWeightedSamples)
{
  const Eigen::Matrix3Xd points = Clusters(90, 3.0, 4);
  const Grid grid = NodesAround(Eigen::Vector3d::Constant(2.0), Axes::First(2), GridSize(2), -3);
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), 0.4);
  Eigen::VectorXd weights(90);
  for (Index i = 0; i < 90; ++i)
  {
    weights[i] = i % 5 == 0 ? 0.0 : std::pow(10.0, static_cast<double>(i % 31) - 30.0);
  }
  ExpectGridEqualsDirectSum(Samples::Weighted(points, weights), kernel, grid, "30 decades");
  ExpectGridEqualsDirectSum(Samples::Weighted(points, weights * 1e-310), kernel, grid, "subnormal");
}

// Oracle: DirectSum. One point, and many points at one place.
TEST(ExactGrid, EqualsTheDirectSumForIdenticalPoints)
{
  const Grid grid = NodesAround(Eigen::Vector3d::Constant(2.0), Axes::First(2), GridSize(2), -3);
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), 0.25);
  const Eigen::Vector3d place(1.3, 2.1, 0.0);
  ExpectGridEqualsDirectSum(Samples::Unweighted(place), kernel, grid, "one");
  ExpectGridEqualsDirectSum(
    Samples::Unweighted(place.replicate(1, 200)), kernel, grid, "two hundred");
}

// Oracle: dimension analysis. Powers of two as the factor, so that only the normalisation rounds:
// of logarithms up to 45 by u each, so 45 eps of the density.
TEST(ExactGrid, UnitsScaleAsTheyShould)
{
  const Eigen::Matrix3Xd points = Clusters(90, 3.0, 5);
  const Grid grid = NodesAround(Eigen::Vector3d::Constant(2.0), Axes::First(2), GridSize(2), -3);
  support::Fields one(grid.Size());
  exact::EvaluateOnGrid(Samples::Unweighted(points),
    GaussianKernel::Isotropic(Axes::First(2), 0.25), grid, one.View(), ExactOptions(), Execution());
  for (const int power : { -30, 30 }) // 1e-9, 1e9
  {
    const double factor = std::ldexp(1.0, power);
    const Grid scaled{ grid.Origin * factor, grid.Spacing * factor, grid.Dimensions };
    support::Fields other(grid.Size());
    exact::EvaluateOnGrid(Samples::Unweighted(points * factor),
      GaussianKernel::Isotropic(Axes::First(2), 0.25 * factor), scaled, other.View(),
      ExactOptions(), Execution());
    EXPECT_EQ(other.Score * factor, one.Score);
    EXPECT_EQ(other.Hessian * (factor * factor), one.Hessian);
    EXPECT_TRUE((other.Density * (factor * factor)).isApprox(one.Density, 1e-14)); // 45 eps
  }
}

// Oracle: definition of the contract. To the bit, and a node's value is that of its tile wherever
// the work is split.
TEST(ExactGrid, DoesNotDependOnTheNumberOfThreads)
{
  const Samples samples = Samples::Unweighted(Clusters(300, 5.0, 6));
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), 0.2);
  const Grid grid =
    NodesAround(Eigen::Vector3d::Constant(3.0), Axes::First(2), Index3(99, 83, 1), -4);
  support::Fields one(grid.Size());
  exact::EvaluateOnGrid(samples, kernel, grid, one.View(), ExactOptions(), Execution());
  for (const int threads : { 2, 3, 7 })
  {
    support::Fields many(grid.Size());
    exact::EvaluateOnGrid(samples, kernel, grid, many.View(), ExactOptions(), OnThreads(threads));
    EXPECT_EQ(many.LogDensity, one.LogDensity);
    EXPECT_EQ(many.Score, one.Score);
    EXPECT_EQ(many.Hessian, one.Hessian);
    EXPECT_EQ(many.KishSampleSize, one.KishSampleSize);
  }
}
}
