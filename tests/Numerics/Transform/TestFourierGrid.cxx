// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Transform/FourierGrid.h"

#include "Numerics/Transform/FourierEvaluation.h"
#include "support/Numbers.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace scorefields
{
namespace
{
MeshPlan PlanOf(int dimension, const Index3& sizes, const Index3& frequencies)
{
  MeshPlan plan;
  plan.Dimension = dimension;
  for (int a = 0; a < dimension; ++a)
  {
    MeshAxis& axis = plan.Axes[static_cast<std::size_t>(a)];
    axis.Axis = a;
    axis.Size = axis.Outputs = sizes[a];
    axis.Frequencies = frequencies[a];
    axis.Period = 1.0;
    axis.Spacing = axis.NodeSpacing = 1.0 / static_cast<double>(sizes[a]);
  }
  return plan;
}

std::vector<double> Values(Index count)
{
  std::mt19937 engine(3);
  std::vector<double> values(static_cast<std::size_t>(count));
  for (double& value : values)
  {
    value = static_cast<double>(engine()) / 4294967296.0 - 0.5;
  }
  return values;
}

FourierGrid Transformed(const MeshPlan& plan, const std::vector<double>& values)
{
  FftBuffer<double> mesh(static_cast<Index>(values.size()));
  std::copy(values.begin(), values.end(), mesh.Data());
  return FourierGrid(plan, std::move(mesh), OnThreads(2));
}

/// F[k] = sum_j mesh[j] exp(-2 pi i j k / N) as it stands.
Complex Harmonic(const Index3& sizes, const std::vector<double>& values, const Index3& k)
{
  Complex sum = 0.0;
  for (Index j = 0; j < sizes.prod(); ++j)
  {
    const Index3 place(j % sizes[0], j / sizes[0] % sizes[1], j / sizes[0] / sizes[1]);
    double turns = 0.0;
    for (int a = 0; a < 3; ++a)
    {
      turns += static_cast<double>(place[a] * k[a]) / static_cast<double>(sizes[a]);
    }
    sum += values[static_cast<std::size_t>(j)] * std::polar(1.0, -2.0 * Pi * turns);
  }
  return sum;
}

void One(Index /*first*/, Index count, Index /*j*/, Index /*k*/, double* factors)
{
  std::fill_n(factors, count, 1.0);
}
}

// Oracle: the definition, for all harmonics kept, with all of them and with few; at the first axis'
// Nyquist frequency half of it. Rounding of a plain sum of N terms below 1/2, each with an angle of
// some turns.
TEST(FourierGrid, HarmonicsEqualTheirDefinition)
{
  for (const bool all : { true, false })
  {
    const Index3 sizes(12, 10, 6);
    const MeshPlan plan = PlanOf(3, sizes, all ? Index3(6, 5, 3) : Index3(2, 3, 1));
    const std::vector<double> values = Values(sizes.prod());
    const FourierGrid grid = Transformed(plan, values);
    const double tolerance = 4.0 * Eps * static_cast<double>(sizes.prod());
    for (Index z = 0; z < grid.Axis(2).Slots; ++z)
    {
      for (Index y = 0; y < grid.Axis(1).Slots; ++y)
      {
        for (Index x = 0; x < grid.Axis(0).Slots; ++x)
        {
          const Index3 k(
            grid.Axis(0).Harmonic(x), grid.Axis(1).Harmonic(y), grid.Axis(2).Harmonic(z));
          const double share = grid.Axis(0).IsNyquist(x) ? 0.5 : 1.0;
          EXPECT_LE(std::abs(grid.Row(y, z)[x] - share * Harmonic(sizes, values, k)), tolerance)
            << k.transpose();
        }
      }
    }
  }
}

// Oracle: Parseval. With all harmonics of an odd number of nodes along the first axis the sum of
// their squares is N times that of the values; the sum of moduli is not below its root.
TEST(FourierGrid, SquaresSumToThoseOfTheValues)
{
  for (const Index3& sizes : { Index3(11, 10, 6), Index3(9, 7, 1), Index3(15, 1, 1) })
  {
    const int dimension = sizes[2] > 1 ? 3 : (sizes[1] > 1 ? 2 : 1);
    const MeshPlan plan = PlanOf(dimension, sizes, sizes / 2);
    const std::vector<double> values = Values(sizes.prod());
    const FourierGrid grid = Transformed(plan, values);
    double squares = 0.0;
    for (const double value : values)
    {
      squares += value * value;
    }
    const double expected = std::sqrt(squares * static_cast<double>(sizes.prod()));
    EXPECT_NEAR(grid.RootMeanSquare(One), expected, 64.0 * Eps * expected);
    EXPECT_GE(grid.AbsoluteSum(One), expected * (1.0 - 64.0 * Eps));
  }
}

// Oracle: definition. The trigonometric polynomial of all harmonics goes through the values times
// N, for whole meshes and for blocks of nodes, with one thread and two.
TEST(FourierGrid, EvaluationGivesTheValuesBack)
{
  for (const Index3& sizes : { Index3(12, 10, 6), Index3(15, 14, 1), Index3(16, 1, 1) })
  {
    const int dimension = sizes[2] > 1 ? 3 : (sizes[1] > 1 ? 2 : 1);
    const MeshPlan plan = PlanOf(dimension, sizes, sizes / 2);
    const std::vector<double> values = Values(sizes.prod());
    const FourierGrid grid = Transformed(plan, values);
    const Index3 first = sizes / 3;
    const Index3 block = (sizes - first).cwiseMax(1);
    const double count = static_cast<double>(sizes.prod());
    std::vector<double> part(static_cast<std::size_t>(2 * block.prod()), 7.0);
    FourierEvaluation(grid, plan, first, block).Evaluate(One, false, part.data(), 2, OnThreads(2));
    for (Index m = 0; m < block.prod(); ++m)
    {
      const Index3 place =
        first + Index3(m % block[0], m / block[0] % block[1], m / block[0] / block[1]);
      const Index node = place[0] + sizes[0] * (place[1] + sizes[1] * place[2]);
      EXPECT_NEAR(part[static_cast<std::size_t>(2 * m)],
        count * values[static_cast<std::size_t>(node)], 16.0 * Eps * count);
      EXPECT_EQ(part[static_cast<std::size_t>(2 * m + 1)], 7.0); // the stride's gap
    }
  }
}
}
