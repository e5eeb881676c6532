// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/SampleTree.h"

#include "support/RandomPoints.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace scorefields
{
namespace
{
constexpr Index LeafSize = 16;

Samples SpreadSamples(Index n, int dimension)
{
  Eigen::VectorXd weights = RandomPoints(n, 4).row(0).array() + 0.6;
  weights[n / 2] = 0.0;
  weights[n / 3] = 0.0;
  return Samples::Weighted(RandomPoints(n, 3, dimension), weights);
}

SampleTree TreeOf(const Samples& samples, const Axes& axes, const Execution& execution = {})
{
  return SampleTree(samples, axes, Eigen::Vector3d(1.0, 2.0, 0.5), LeafSize, execution);
}
}

// Oracle: definition. The points of positive weight come once each, with their coordinates along
// the active axes and the logarithms of their weights.
TEST(SampleTree, HoldsEachPointOfPositiveWeightOnce)
{
  const Samples samples = SpreadSamples(500, 3);
  const Axes axes = Axes::FromFlags(true, false, true);
  const SampleTree tree = TreeOf(samples, axes);
  ASSERT_EQ(tree.Count(), 498);
  EXPECT_EQ(tree.Dimension(), 2);
  const std::set<Index> numbers(tree.OriginalIndex().begin(), tree.OriginalIndex().end());
  EXPECT_EQ(numbers.size(), 498u);
  for (Index position = 0; position < tree.Count(); ++position)
  {
    const Index i = tree.OriginalIndex()[static_cast<std::size_t>(position)];
    EXPECT_GT(samples.Weights[i], 0.0);
    EXPECT_EQ(tree.Coordinates(0)[position], samples.Points(0, i));
    EXPECT_EQ(tree.Coordinates(1)[position], samples.Points(2, i));
    EXPECT_EQ(tree.LogWeights()[position], std::log(samples.Weights[i]));
  }
}

// Oracle: definition. Each box bounds its points tightly and has the largest of their weights; its
// children share its points out between them; boxes without children are small.
TEST(SampleTree, BoxesBoundAndDivideTheirPoints)
{
  for (int dimension = 1; dimension <= 3; ++dimension)
  {
    const SampleTree tree = TreeOf(SpreadSamples(700, dimension), Axes::First(dimension));
    const auto& boxes = tree.Boxes();
    EXPECT_EQ(boxes[0].Begin, 0);
    EXPECT_EQ(boxes[0].End, tree.Count());
    for (const SampleTree::Box& box : boxes)
    {
      ASSERT_GT(box.Count(), 0);
      for (int a = 0; a < dimension; ++a)
      {
        const double* const x = tree.Coordinates(a);
        EXPECT_EQ(
          *std::min_element(x + box.Begin, x + box.End), box.Low[static_cast<std::size_t>(a)]);
        EXPECT_EQ(
          *std::max_element(x + box.Begin, x + box.End), box.High[static_cast<std::size_t>(a)]);
      }
      EXPECT_EQ(*std::max_element(tree.LogWeights() + box.Begin, tree.LogWeights() + box.End),
        box.LogWeight);
      if (box.Child == 0)
      {
        EXPECT_LE(box.Count(), LeafSize);
        continue;
      }
      const auto child = static_cast<std::size_t>(box.Child);
      EXPECT_EQ(boxes[child].Begin, box.Begin);
      EXPECT_EQ(boxes[child].End, boxes[child + 1].Begin);
      EXPECT_EQ(boxes[child + 1].End, box.End);
      EXPECT_LE(std::abs(boxes[child].Count() - boxes[child + 1].Count()), 1); // at the median
    }
  }
}

// Oracle: invariant, to the bit. The number of threads does not matter; no points are no boxes;
// equal points end in leaves.
TEST(SampleTree, DependsOnThePointsAlone)
{
  const Samples samples = SpreadSamples(5000, 3);
  const SampleTree one = TreeOf(samples, Axes::First(3));
  const SampleTree three = TreeOf(samples, Axes::First(3), OnThreads(3));
  EXPECT_EQ(one.OriginalIndex(), three.OriginalIndex());
  EXPECT_TRUE(TreeOf(Samples::Unweighted(Eigen::Matrix3Xd(3, 0)), Axes::First(2)).Boxes().empty());
  const SampleTree same =
    TreeOf(Samples::Unweighted(Eigen::Matrix3Xd::Ones(3, 100)), Axes::First(2));
  EXPECT_EQ(same.Count(), 100);
}
}
