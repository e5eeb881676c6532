// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Tails/TailMesh.h"
#include "Numerics/Transform/BSpline.h"
#include "Numerics/Transform/FftDensity.h"
#include "support/RandomPoints.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace scorefields
{
namespace
{
/// Weight of the node at distance x, in nodes, of a sample: the centred spline, by its recurrence.
double Spline(int order, double x)
{
  if (order == 1)
  {
    return x >= -0.5 && x < 0.5 ? 1.0 : 0.0;
  }
  const double half = 0.5 * order;
  return ((half + x) * Spline(order - 1, x + 0.5) + (half - x) * Spline(order - 1, x - 0.5)) /
    (order - 1);
}

/// Samples spread to nodes First + i Spacing, i < Size, along each axis, by the definition.
void SpreadPlainly(const Eigen::Matrix3Xd& points, TailMesh& mesh)
{
  mesh.Values = FftBuffer<double>(mesh.Size());
  mesh.Values.Fill(0.0);
  for (Index node = 0; node < mesh.Size(); ++node)
  {
    const Index row = node / mesh.Lines[0].Size;
    const Index3 place(
      node % mesh.Lines[0].Size, row % mesh.Lines[1].Size, row / mesh.Lines[1].Size);
    for (Index i = 0; i < points.cols(); ++i)
    {
      double weight = 1.0;
      for (int a = 0; a < mesh.Dimension; ++a)
      {
        const double distance = mesh.Place(a, place[a]) - points(a, i);
        weight *= Spline(mesh.Order, distance / mesh.Lines[static_cast<std::size_t>(a)].Spacing);
      }
      mesh.Values[node] += weight;
    }
  }
}
}

// Oracle: the definition, on the coarser mesh itself. Splines are at most 1, so rounding is a few u
// per term.
TEST(TailMesh, CoarsenedIsTheSameSamplesOnACoarserMesh)
{
  for (const int dimension : { 1, 2, 3 })
  {
    for (const int order : { 6, 7, 8 })
    {
      const Eigen::Matrix3Xd points = RandomPoints(5, 3, dimension);
      TailMesh fine;
      fine.Dimension = dimension;
      fine.Order = order;
      for (int a = 0; a < dimension; ++a)
      {
        fine.Lines[static_cast<std::size_t>(a)] = { -1.9, 0.25, 20 + a };
      }
      SpreadPlainly(points, fine);
      const TailMesh coarse = Coarsened(fine, OnThreads(2));
      TailMesh expected;
      expected.Dimension = dimension;
      expected.Order = order;
      expected.Lines = coarse.Lines;
      SpreadPlainly(points, expected);
      double total = 0.0;
      for (Index node = 0; node < coarse.Size(); ++node)
      {
        EXPECT_NEAR(coarse.Values[node], expected.Values[node], 1e-14) << dimension << order;
        total += coarse.Values[node];
      }
      EXPECT_NEAR(total, 5.0, 1e-13) << dimension << " " << order; // no node is missing
      EXPECT_EQ(coarse.Lines[0].Spacing, 0.5);
    }
  }
}

// Oracle: invariants. Whatever the weights, also of the outermost nodes, their sum and their mean
// stay what they are.
TEST(TailMesh, CoarsenedLosesNothing)
{
  for (const int order : { 6, 7, 8, 10, 12, 14, 16 })
  {
    for (const Index size : { 1, 2, 9, 10 })
    {
      TailMesh fine;
      fine.Order = order;
      fine.Lines[0] = { 3.0, 0.5, size };
      fine.Values = FftBuffer<double>(size);
      double total = 0.0;
      double moment = 0.0;
      for (Index i = 0; i < size; ++i)
      {
        fine.Values[i] = 1.0 + static_cast<double>(i * i % 7);
        total += fine.Values[i];
        moment += fine.Values[i] * fine.Place(0, i);
      }
      const TailMesh coarse = Coarsened(fine, Execution());
      for (Index i = 0; i < coarse.Size(); ++i)
      {
        total -= coarse.Values[i];
        moment -= coarse.Values[i] * coarse.Place(0, i);
      }
      EXPECT_NEAR(total, 0.0, 1e-12) << order << " " << size;
      EXPECT_NEAR(moment, 0.0, 1e-11) << order << " " << size;
    }
  }
}

// Oracle: splines reproduce linear functions, so the mesh's weight and mean are those of the
// samples, here partly outside of the box, where the mesh is wrapped around its period.
TEST(TailMesh, UnwrappedNodesAreWhereTheSamplesAre)
{
  Eigen::Matrix3Xd points = RandomPoints(300, 5, 2);
  points.row(0).array() -= 1.2;
  const Samples samples = Samples::Unweighted(points);
  Grid grid;
  grid.Origin = Eigen::Vector3d(-1.0, -1.5, 0.0);
  grid.Spacing = Eigen::Vector3d(0.05, 0.04, 1.0);
  grid.Dimensions = Index3(50, 70, 1);
  const CloudSummary cloud = CloudSummary::Of(samples);
  FftOptions options;
  options.Tolerance = 1e-14;
  const FftDensity engine(grid, { GaussianKernel::Isotropic(Axes::First(2), 0.3) }, cloud, options);
  const Mesh wrapped = engine.Spread(StoredSamples(samples), Execution());
  const auto mesh = Unwrapped(engine.Plan(), cloud, wrapped, OnThreads(2));
  ASSERT_TRUE(mesh.has_value());
  Eigen::Array3d moments = Eigen::Array3d::Zero();
  for (Index j = 0; j < mesh->Lines[1].Size; ++j)
  {
    for (Index i = 0; i < mesh->Lines[0].Size; ++i)
    {
      const double weight = mesh->Values[i + mesh->Lines[0].Size * j];
      moments += weight * Eigen::Array3d(1.0, mesh->Place(0, i), mesh->Place(1, j));
    }
  }
  EXPECT_NEAR(moments[0], 300.0, 1e-10);
  EXPECT_NEAR(moments[1], (points.row(0).array() + 1.0).sum(), 1e-9);
  EXPECT_NEAR(moments[2], (points.row(1).array() + 1.5).sum(), 1e-9);
  EXPECT_LT(mesh->Size(), engine.Plan().Size());
}

// Oracle: definition. No places where a closed axis adds images, or where samples were dropped.
TEST(TailMesh, UnwrappedOnlyIfPlacesAreUnique)
{
  const Samples samples = Samples::Unweighted(RandomPoints(50, 5, 1));
  Grid grid;
  grid.Origin[0] = -1.0;
  grid.Spacing[0] = 0.02;
  grid.Dimensions[0] = 101;
  const CloudSummary cloud = CloudSummary::Of(samples);
  const auto isUnwrapped = [&](const Grid& nodes, Boundary boundary)
  {
    FftOptions options;
    options.Tolerance = 1e-14;
    options.Boundaries[0] = boundary;
    const FftDensity engine(
      nodes, { GaussianKernel::Isotropic(Axes::First(1), 0.1) }, cloud, options);
    const Mesh wrapped = engine.Spread(StoredSamples(samples), Execution());
    return Unwrapped(engine.Plan(), cloud, wrapped, Execution()).has_value();
  };
  EXPECT_TRUE(isUnwrapped(grid, Boundary::Open));
  EXPECT_FALSE(isUnwrapped(grid, Boundary::Periodic));
  EXPECT_FALSE(isUnwrapped(grid, Boundary::Reflecting));
  grid.Origin[0] = 1.5; // the samples on the far side are out of reach
  EXPECT_FALSE(isUnwrapped(grid, Boundary::Open));
}
}
