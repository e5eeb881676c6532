// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/BoundaryImages.h"
#include "Numerics/Products/ProductSum.h"
#include "support/Boxes.h"
#include "support/DirectSum.h"
#include "support/Fields.h"
#include "support/RandomPoints.h"
#include "support/Targets.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace scorefields
{
namespace
{
using Boundaries = std::array<Boundary, 3>;
constexpr Boundaries AllOpen{ { Boundary::Open, Boundary::Open, Boundary::Open } };

/// A cloud, a kernel and a grid, and the sums over a mesh for them.
struct Case
{
  Samples Cloud;
  GaussianKernel Kernel;
  Grid Nodes;
  Boundaries Closed = AllOpen;
  double Tolerance = 1e-4;
  int Derivatives = 2;

  FieldView Wanted(support::Fields& fields) const
  {
    FieldView view = fields.View();
    view.KishSampleSize = nullptr;
    view.Hessian = this->Derivatives > 1 ? view.Hessian : nullptr;
    view.Score = this->Derivatives > 0 ? view.Score : nullptr;
    return view;
  }

  /// @return which nodes were served.
  std::vector<unsigned char> Sum(
    const NodeBlock& block, support::Fields& fields, const Execution& execution = {}) const
  {
    ProductWish wish;
    wish.Tolerance = this->Tolerance;
    wish.Derivatives = this->Derivatives;
    wish.MaximumMesh = 1e7;
    const CloudMoments moments = MomentsOf(this->Cloud);
    const auto plan =
      PlanProducts(this->Nodes, this->Kernel, MomentsOf(this->Cloud), moments, this->Closed, wish);
    std::vector<unsigned char> left(static_cast<std::size_t>(block.Dimensions.prod()), 1);
    EXPECT_TRUE(plan.has_value());
    if (plan)
    {
      const StoredSamples source(this->Cloud);
      const Mesh mesh = SpreadSamples(plan->Mesh, this->Nodes, source, execution);
      SumProducts(*plan, mesh,
        { this->Kernel, this->Nodes, block, this->Wanted(fields), this->Cloud.TotalWeight,
          moments.Count },
        left.data(), execution);
    }
    for (unsigned char& flag : left)
    {
      flag = static_cast<unsigned char>(1 - flag);
    }
    return left;
  }

  support::Fields Truth() const
  {
    support::Fields truth(this->Nodes.Size());
    const Samples images = WithImages(this->Cloud, this->Kernel, this->Nodes, this->Closed);
    direct::EvaluateOnGrid(images, this->Kernel, this->Nodes, truth.View());
    return truth;
  }
};

/// Expects what ProductWish states at the served nodes; returns their share.
double ExpectWithinTolerance(const Case& given, const std::vector<unsigned char>& served,
  const support::Fields& found, const support::Fields& truth)
{
  const Eigen::Vector3d h = given.Kernel.AxisBandwidths();
  const int place[6][2] = { { 0, 0 }, { 1, 1 }, { 2, 2 }, { 0, 1 }, { 1, 2 }, { 0, 2 } };
  double count = 0.0;
  for (Index node = 0; node < given.Nodes.Size(); ++node)
  {
    if (served[static_cast<std::size_t>(node)] == 0)
    {
      continue;
    }
    count += 1.0;
    EXPECT_NEAR(found.LogDensity[node], truth.LogDensity[node], given.Tolerance) << node;
    EXPECT_NEAR(found.Density[node], truth.Density[node], given.Tolerance * truth.Density[node]);
    EXPECT_NEAR(found.EffectiveSampleSize[node], truth.EffectiveSampleSize[node],
      given.Tolerance * truth.EffectiveSampleSize[node]);
    for (int a = 0; a < 3 && given.Derivatives > 0; ++a)
    {
      EXPECT_NEAR(h[a] * found.Score(a, node), h[a] * truth.Score(a, node), given.Tolerance)
        << node;
    }
    for (int t = 0; t < 6 && given.Derivatives > 1; ++t)
    {
      const double scale = h[place[t][0]] * h[place[t][1]];
      EXPECT_NEAR(scale * found.Hessian(t, node), scale * truth.Hessian(t, node), given.Tolerance)
        << node << " " << t;
    }
  }
  return count / static_cast<double>(given.Nodes.Size());
}

Case CaseOf(const Axes& axes, Index samples, unsigned int seed)
{
  Eigen::Vector3d h(0.06, 0.09, 0.05);
  Eigen::Vector3d low = Eigen::Vector3d::Constant(-0.9);
  Eigen::Vector3d high = Eigen::Vector3d::Constant(0.8);
  Index3 nodes(axes.Count == 3 ? 21 : 43, axes.Count == 3 ? 19 : 37, axes.Count == 3 ? 17 : 29);
  Eigen::Matrix3Xd points = RandomPoints(samples, seed);
  for (int a = 0; a < 3; ++a)
  {
    if (!axes.IsActive(a))
    {
      nodes[a] = 1;
      low[a] = high[a] = 0.25;
      points.row(a).setConstant(0.25);
    }
  }
  return { Samples::Unweighted(points), GaussianKernel::PerAxis(axes, h),
    support::GridInBox(low, high, nodes) };
}
}

// Oracle: direct sums. Every combination of axes, with all derivatives.
TEST(ProductSum, MeetsItsToleranceInAllDimensions)
{
  for (const Axes& axes : { Axes::First(1), Axes::FromFlags(false, true, false), Axes::First(2),
         Axes::FromFlags(true, false, true), Axes::FromFlags(false, true, true), Axes::First(3) })
  {
    for (const double tolerance : { 1e-2, 1e-4, 1e-7 })
    {
      Case given = CaseOf(axes, 60, 7);
      given.Tolerance = tolerance;
      support::Fields found(given.Nodes.Size());
      const auto served = given.Sum(NodeBlock::Whole(given.Nodes), found);
      EXPECT_GT(ExpectWithinTolerance(given, served, found, given.Truth()), 0.5) << axes.Count;
    }
  }
}

// Oracle: direct sums over the samples and their images (BoundaryImages.h).
TEST(ProductSum, MeetsItsToleranceWithClosedAxes)
{
  for (const Boundary first : { Boundary::Open, Boundary::Periodic, Boundary::Reflecting })
  {
    for (const Boundary second : { Boundary::Periodic, Boundary::Reflecting })
    {
      for (const double scale : { 0.5, 1.0, 6.0 }) // up to kernels wider than the box
      {
        Case given = CaseOf(Axes::First(2), 40, 11);
        given.Kernel =
          GaussianKernel::PerAxis(Axes::First(2), Eigen::Vector3d(0.1, 0.2, 0) * scale);
        given.Nodes = support::GridInBox(
          Eigen::Vector3d(-0.4, -0.3, 0.25), Eigen::Vector3d(0.5, 0.6, 0.25), Index3(31, 27, 1));
        given.Cloud.Points.row(2).setConstant(0.25);
        given.Closed = { { first, second, Boundary::Open } };
        support::Fields found(given.Nodes.Size());
        const auto served = given.Sum(NodeBlock::Whole(given.Nodes), found);
        EXPECT_GT(ExpectWithinTolerance(given, served, found, given.Truth()), 0.9);
      }
    }
  }
}

// Oracle: direct sums. One heavy sample far from the others makes nodes near light ones hard.
TEST(ProductSum, MeetsItsToleranceWithWeightsOverTenDecades)
{
  Case given = CaseOf(Axes::First(2), 50, 13);
  Eigen::VectorXd weights(50);
  for (Index i = 0; i < 50; ++i)
  {
    weights[i] = std::pow(10.0, -0.2 * static_cast<double>(i));
  }
  given.Cloud = Samples::Weighted(given.Cloud.Points, weights);
  support::Fields found(given.Nodes.Size());
  const auto served = given.Sum(NodeBlock::Whole(given.Nodes), found);
  EXPECT_GT(ExpectWithinTolerance(given, served, found, given.Truth()), 0.5);
}

// Oracle: the whole. Blocks of the grid and any number of threads give the same, to the bit.
TEST(ProductSum, IsTheSameForBlocksAndThreads)
{
  const Case given = CaseOf(Axes::First(3), 80, 17);
  support::Fields whole(given.Nodes.Size());
  const auto served = given.Sum(NodeBlock::Whole(given.Nodes), whole);
  support::Fields threaded(given.Nodes.Size());
  EXPECT_EQ(given.Sum(NodeBlock::Whole(given.Nodes), threaded, OnThreads(3)), served);
  const NodeBlock block{ Index3(3, 5, 2), Index3(11, 9, 13) };
  support::Fields part(block.Dimensions.prod());
  const auto servedPart = given.Sum(block, part);
  Index entry = 0;
  for (Index k = 0; k < 13; ++k)
  {
    for (Index j = 0; j < 9; ++j)
    {
      for (Index i = 0; i < 11; ++i, ++entry)
      {
        const Index node = 3 + i + 21 * (5 + j + 19 * (2 + k));
        ASSERT_EQ(
          servedPart[static_cast<std::size_t>(entry)], served[static_cast<std::size_t>(node)]);
        if (served[static_cast<std::size_t>(node)] != 0)
        {
          EXPECT_EQ(part.Density[entry], whole.Density[node]);
          EXPECT_EQ(part.LogDensity[entry], whole.LogDensity[node]);
          EXPECT_EQ(part.Score.col(entry), whole.Score.col(node));
          EXPECT_EQ(part.Hessian.col(entry), whole.Hessian.col(node));
          EXPECT_EQ(threaded.Hessian.col(node), whole.Hessian.col(node));
        }
      }
    }
  }
}

// Contract: flags that are down stay down, and their nodes are not written.
TEST(ProductSum, LeavesNodesThatAreNotWanted)
{
  const Case given = CaseOf(Axes::First(2), 60, 19);
  support::Fields found(given.Nodes.Size());
  found.Density.setConstant(-1.0);
  ProductWish wish;
  wish.MaximumMesh = 1e7;
  const CloudMoments moments = MomentsOf(given.Cloud);
  const auto plan =
    PlanProducts(given.Nodes, given.Kernel, MomentsOf(given.Cloud), moments, AllOpen, wish);
  ASSERT_TRUE(plan.has_value());
  const Mesh mesh = SpreadSamples(plan->Mesh, given.Nodes, StoredSamples(given.Cloud), {});
  std::vector<unsigned char> wanted(static_cast<std::size_t>(given.Nodes.Size()), 0);
  for (std::size_t i = 0; i < wanted.size(); i += 3)
  {
    wanted[i] = 1;
  }
  FieldView view;
  view.Density = found.Density.data();
  SumProducts(*plan, mesh,
    { given.Kernel, given.Nodes, NodeBlock::Whole(given.Nodes), view, given.Cloud.TotalWeight,
      60.0 },
    wanted.data(), {});
  for (Index node = 0; node < given.Nodes.Size(); ++node)
  {
    if (node % 3 != 0)
    {
      EXPECT_EQ(found.Density[node], -1.0);
    }
    EXPECT_TRUE(wanted[static_cast<std::size_t>(node)] == 0 || found.Density[node] == -1.0);
  }
}

// Oracle: the best instruction set. Others round differently, by fused multiplications and the
// order of none: the sums have positive terms, so that they differ by some units in the last place.
TEST(ProductSum, AgreesOnAllInstructionSets)
{
  const Case given = CaseOf(Axes::First(2), 60, 23);
  support::Fields best(given.Nodes.Size());
  const auto served = given.Sum(NodeBlock::Whole(given.Nodes), best);
  for (const std::string& target : SimdTargets())
  {
    const support::OnTarget on(target);
    support::Fields found(given.Nodes.Size());
    EXPECT_EQ(given.Sum(NodeBlock::Whole(given.Nodes), found), served);
    for (Index node = 0; node < given.Nodes.Size(); ++node)
    {
      if (served[static_cast<std::size_t>(node)] != 0)
      {
        EXPECT_NEAR(found.Density[node], best.Density[node], 1e-13 * best.Density[node]) << target;
      }
    }
  }
}

// Contract: a mesh that is kept serves wider kernels and other grids as far as it is fine enough
// and cheaper than another; not narrower ones, other axes, or another box of a closed axis. That
// its sums are right is tested in TestRandomEstimates.cxx.
TEST(ProductSum, TakesTheMeshThatIsKept)
{
  const Case given = CaseOf(Axes::First(2), 60, 31);
  CloudMoments moments = MomentsOf(given.Cloud);
  moments.Count = 1e7; // so that spreading is dear
  ProductWish wish;
  wish.Derivatives = 1;
  wish.MaximumMesh = 1e7;
  wish.Spare = true;
  const auto plan = [&](const GaussianKernel& kernel, const Grid& grid, const Boundaries& closed,
                      const ProductPlan* kept)
  { return *PlanProducts(grid, kernel, moments, moments, closed, wish, kept); };
  const ProductPlan first = plan(given.Kernel, given.Nodes, AllOpen, nullptr);
  EXPECT_FALSE(first.IsKept);
  wish.Spare = false;
  const double h = given.Kernel.EquivalentBandwidth();
  for (const double scale : { 0.8, 1.0, 1.3 })
  {
    const ProductPlan next =
      plan(given.Kernel.WithBandwidth(scale * h), given.Nodes, AllOpen, &first);
    EXPECT_TRUE(next.IsKept) << scale;
    EXPECT_EQ(next.Mesh.Size(), first.Mesh.Size());
  }
  Grid finer = given.Nodes;
  finer.Spacing *= 0.5;
  EXPECT_TRUE(plan(given.Kernel, finer, AllOpen, &first).IsKept);
  EXPECT_FALSE(plan(given.Kernel.WithBandwidth(0.3 * h), given.Nodes, AllOpen, &first).IsKept);
  moments.Count = 60.0; // so that spreading costs nothing
  EXPECT_FALSE(plan(given.Kernel.WithBandwidth(30.0 * h), given.Nodes, AllOpen, &first).IsKept);
  moments.Count = 1e7;
  Boundaries closed = AllOpen;
  closed[0] = Boundary::Periodic;
  EXPECT_FALSE(plan(given.Kernel, given.Nodes, closed, &first).IsKept);
  const ProductPlan circle = plan(given.Kernel, given.Nodes, closed, nullptr);
  EXPECT_TRUE(plan(given.Kernel, given.Nodes, closed, &circle).IsKept);
  EXPECT_FALSE(plan(given.Kernel, finer, closed, &circle).IsKept) << "another period";
  closed[0] = Boundary::Reflecting;
  EXPECT_FALSE(plan(given.Kernel, given.Nodes, closed, &circle).IsKept);
}

// Contract: a mesh above the limit is not planned.
TEST(ProductSum, IsNotPlannedWhereTheMeshWouldBeTooLarge)
{
  const Case given = CaseOf(Axes::First(3), 60, 7);
  ProductWish wish;
  wish.MaximumMesh = 100.0;
  EXPECT_FALSE(PlanProducts(
    given.Nodes, given.Kernel, MomentsOf(given.Cloud), MomentsOf(given.Cloud), AllOpen, wish)
                 .has_value());
}
}
