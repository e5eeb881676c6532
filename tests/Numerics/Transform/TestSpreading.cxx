// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Transform/BSpline.h"
#include "Numerics/Transform/SpreadBuckets.h"
#include "Numerics/Transform/Spreading.h"
#include "support/Numbers.h"

#include "support/RandomPoints.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>

namespace scorefields
{
namespace
{
// Cardinal B-spline on [0, p] by its recursion.
double SplineByRecursion(int p, double x)
{
  if (p == 1)
  {
    return x >= 0.0 && x < 1.0 ? 1.0 : 0.0;
  }
  return (x * SplineByRecursion(p - 1, x) + (p - x) * SplineByRecursion(p - 1, x - 1.0)) / (p - 1);
}

// A mesh of the given sizes and order around the unit cube centred at the origin.
struct SpreadCase
{
  Grid Nodes;
  MeshPlan Plan;
};

SpreadCase MakeCase(int dimension, int order, const Index3& sizes)
{
  SpreadCase made;
  made.Plan.Dimension = dimension;
  made.Plan.Order = order;
  for (int a = 0; a < dimension; ++a)
  {
    MeshAxis& axis = made.Plan.Axes[static_cast<std::size_t>(a)];
    axis.Axis = a;
    axis.Origin = made.Nodes.Origin[a] = -0.4;
    axis.Size = axis.Outputs = made.Nodes.Dimensions[a] = sizes[a];
    axis.Period = 1.0 + 0.1 * a;
    axis.Spacing = made.Nodes.Spacing[a] = axis.Period / static_cast<double>(sizes[a]);
    axis.KeepAbove = -std::numeric_limits<double>::infinity();
    axis.KeepUpTo = std::numeric_limits<double>::infinity();
  }
  return made;
}

// The sum over samples and periods, as it is defined.
double Node(const SpreadCase& made, const Samples& samples, const Index3& node)
{
  double sum = 0.0;
  for (Index i = 0; i < samples.Count(); ++i)
  {
    double product = samples.Weight(i);
    for (int a = 0; a < made.Plan.Dimension; ++a)
    {
      const MeshAxis& axis = made.Plan.Axes[static_cast<std::size_t>(a)];
      const double u = (samples.Points(a, i) - axis.Origin) / axis.Spacing;
      double weight = 0.0;
      for (Index period = -2; period <= 2; ++period)
      {
        weight += SplineByRecursion(made.Plan.Order,
          static_cast<double>(node[a] + period * axis.Size) - u + 0.5 * made.Plan.Order);
      }
      product *= weight;
    }
    sum += product;
  }
  return sum;
}
}

// Oracle: the definition as a plain sum. Sizes below, at and above one block, odd and even block
// numbers around the period. Tolerance: a mesh coordinate is off by eps times the number of nodes,
// which reaches at most n order / nodes samples per node; and the rounding of the sum.
TEST(Spreading, EqualsThePlainSum)
{
  const Index n = 100;
  const Index3 sizes[] = { { 2500, 1, 1 }, { 150, 9, 1 }, { 200, 70, 1 }, { 50, 20, 17 } };
  for (int dimension = 1; dimension <= 3; ++dimension)
  {
    for (const Index3& size : sizes)
    {
      for (const int order : { 2, 5, 8, 12, 16 })
      {
        if ((dimension > 1) != (size[1] > 1) || (dimension > 2) != (size[2] > 1))
        {
          continue;
        }
        const SpreadCase made = MakeCase(dimension, order, size);
        const Samples samples = Samples::Weighted(1.4 * RandomPoints(n, 3, dimension),
          (RandomPoints(n, 4).row(0).array() + 1.0).matrix().transpose());
        const Mesh mesh = SpreadSamples(made.Plan, made.Nodes, StoredSamples(samples), Execution{});
        const double tolerance = 4.0 * Eps * static_cast<double>(n * order + size[0]);
        for (Index node = 0; node < mesh.Values.Size(); node += 37)
        {
          const Index row = node / size[0];
          const Index3 place(node % size[0], row % size[1], row / size[1]);
          ASSERT_NEAR(mesh.Values[node], Node(made, samples, place), tolerance)
            << dimension << " " << order << " " << place.transpose();
        }
      }
    }
  }
}

// Oracle: invariant. The splines sum to 1, so the mesh holds the kept weight; the rest is counted.
// The weights of 1000 samples round by 10 eps each at most.
TEST(Spreading, NoWeightIsLostUnnoticed)
{
  SpreadCase made = MakeCase(2, 4, { 30, 30, 1 });
  made.Plan.Axes[0].KeepAbove = -0.5;
  made.Plan.Axes[0].KeepUpTo = 0.55;
  const Samples samples = Samples::Unweighted(2.0 * RandomPoints(1000, 5, 2));
  const Mesh mesh = SpreadSamples(made.Plan, made.Nodes, StoredSamples(samples), Execution{});
  double sum = 0.0;
  for (Index node = 0; node < mesh.Values.Size(); ++node)
  {
    sum += mesh.Values[node];
  }
  const auto dropped = static_cast<double>(
    1000 - (samples.Points.row(0).array() > -0.5 && samples.Points.row(0).array() <= 0.55).count());
  EXPECT_EQ(mesh.Totals[1], dropped);
  EXPECT_NEAR(sum, 1000.0 - dropped, 1000 * Eps * 10);
  EXPECT_GT(mesh.Totals[0], dropped);
}

// Oracle: definition, node by node. What two blocks of one colour write, a spline's length beyond
// their ends included, has no node in common: else threads would add to it at once.
TEST(Spreading, BlocksOfOneColourDoNotTouchAroundThePeriod)
{
  for (const Index size : { 40, 64, 130, 200, 257, 330 })
  {
    const SpreadCase made = MakeCase(2, MaximumSplineOrder, { size, 150, 1 });
    const MeshBuckets blocks(made.Plan);
    for (int colour = 0; colour < MeshBuckets::Colours; ++colour)
    {
      Eigen::ArrayXXi writers = Eigen::ArrayXXi::Zero(size, 150);
      for (Index block = 0; block < blocks.Count(); ++block)
      {
        const Index3 first = blocks.First(block);
        const Index3 reach = blocks.Length(block).array() + (MaximumSplineOrder - 1);
        Eigen::ArrayXXi written = Eigen::ArrayXXi::Zero(size, 150);
        for (Index n = 0; blocks.Colour(block) == colour && n < reach[0] * reach[1]; ++n)
        {
          written((first[0] + n % reach[0]) % size, (first[1] + n / reach[0]) % 150) = 1;
        }
        writers += written;
      }
      EXPECT_LE(writers.maxCoeff(), 1) << size << " colour " << colour;
    }
  }
}

// Oracle: invariant, to the bit. More than one batch and more than one task per block.
TEST(Spreading, IsTheSameToTheBitForAnyNumberOfThreads)
{
  const SpreadCase made = MakeCase(2, 6, { 210, 190, 1 });
  const Index n = (Index(1) << 20) + 70000;
  const Samples samples = Samples::Unweighted(0.3 * RandomPoints(n, 6, 2));
  const Mesh one = SpreadSamples(made.Plan, made.Nodes, StoredSamples(samples), Execution{});
  const Mesh three = SpreadSamples(made.Plan, made.Nodes, StoredSamples(samples), OnThreads(3));
  const auto bytes = static_cast<std::size_t>(one.Values.Size()) * sizeof(double);
  EXPECT_EQ(std::memcmp(one.Values.Data(), three.Values.Data(), bytes), 0);
}
}
