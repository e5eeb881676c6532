// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Tails/RelevantSamples.h"
#include "support/DirectSum.h"
#include "support/RandomPoints.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace scorefields
{
namespace
{
constexpr double Tolerance = 1e-6;

struct Case
{
  scorefields::Samples Samples;
  GaussianKernel Kernel;
  Grid Nodes;
  std::vector<unsigned char> Wanted; ///< nodes with a density below 1e-5 of the largest

  WantedBoxes Boxes(const unsigned char* wanted) const
  {
    return WantedBoxes::OfNodes(this->Kernel, this->Nodes, NodeBlock::Whole(this->Nodes), wanted);
  }
  CloudMoments Moments() const { return MomentsOf(this->Samples); }
  scorefields::Samples Select(const Execution& execution = {}) const
  {
    return RelevantSamples(StoredSamples(this->Samples), this->Moments(), this->Kernel,
      this->Boxes(this->Wanted.data()), Tolerance, Exchange(), execution);
  }
};

Eigen::VectorXd LogDensity(
  const Samples& samples, double total, const GaussianKernel& kernel, const Grid& grid)
{
  Samples scaled = samples;
  scaled.TotalWeight = total;
  Eigen::VectorXd values(grid.Size());
  FieldView view;
  view.LogDensity = values.data();
  direct::EvaluateOnGrid(scaled, kernel, grid, view);
  return values;
}

Case MakeCase(const Samples& samples, const GaussianKernel& kernel, int dimension,
  const Eigen::Vector3d& offset = Eigen::Vector3d::Zero())
{
  Case made{ samples, kernel, {}, {} };
  const Index nodes = dimension == 1 ? 400 : (dimension == 2 ? 40 : 14);
  for (int axis = 0; axis < dimension; ++axis)
  {
    made.Nodes.Origin[axis] = offset[axis] - 2.5;
    made.Nodes.Spacing[axis] = 5.0 / static_cast<double>(nodes - 1);
    made.Nodes.Dimensions[axis] = nodes;
  }
  const Eigen::VectorXd values = LogDensity(samples, samples.TotalWeight, kernel, made.Nodes);
  const double limit = values.maxCoeff() + std::log(1e-5);
  for (const double value : values)
  {
    made.Wanted.push_back(value < limit ? 1 : 0);
  }
  return made;
}

/// The share that the selection leaves out, at the wanted node where it is largest.
double LargestLoss(const Case& made, const Samples& selected)
{
  const double total = made.Samples.TotalWeight;
  const Eigen::VectorXd all = LogDensity(made.Samples, total, made.Kernel, made.Nodes);
  const Eigen::VectorXd some = LogDensity(selected, total, made.Kernel, made.Nodes);
  double loss = 0.0;
  for (Index node = 0; node < all.size(); ++node)
  {
    if (made.Wanted[static_cast<std::size_t>(node)])
    {
      loss = std::max(loss, -std::expm1(some[node] - all[node]));
    }
  }
  return loss;
}

constexpr double Rounding = 1e-11; // of logarithms around 1e3
}

// Oracle: slow definition. What is left out is at most the tolerance at every wanted node, and much
// is left out: the kernel is small against the cloud.
TEST(RelevantSamples, HoldAllButTheTolerance)
{
  for (const int dimension : { 1, 2, 3 })
  {
    for (const double h : { 0.02, 0.06, 0.2 })
    {
      const Samples samples = Samples::Unweighted(RandomPoints(3000, 7, dimension));
      const Case made =
        MakeCase(samples, GaussianKernel::Isotropic(Axes::First(dimension), h), dimension);
      const Samples selected = made.Select();
      EXPECT_LE(LargestLoss(made, selected), Tolerance + Rounding) << dimension << " " << h;
      EXPECT_GT(selected.Count(), 0);
      if (h < 0.05 && dimension < 3)
      {
        EXPECT_LT(selected.Count(), samples.Count() / 2) << dimension << " " << h;
      }
    }
  }
}

// Oracle: slow definition, with weights over six decades, a correlated kernel and
// coordinates around 1e6.
TEST(RelevantSamples, TakeWeightsCorrelationAndOffsetsIntoAccount)
{
  Eigen::Vector3d offset(1e6, -2e6, 0.0);
  Eigen::Matrix3Xd points = RandomPoints(2000, 9, 2);
  points.colwise() += offset;
  const Eigen::VectorXd weights =
    (14.0 * RandomPoints(2000, 10).row(0).array()).exp().matrix().transpose();
  Eigen::Matrix3d covariance = Eigen::Matrix3d::Identity();
  covariance.topLeftCorner<2, 2>() << 4e-4, 2.4e-4, 2.4e-4, 4e-4;
  const Case made = MakeCase(
    Samples::Weighted(points, weights), GaussianKernel(Axes::First(2), covariance), 2, offset);
  const Samples selected = made.Select();
  // Coordinates near 1e6 are rounded by 1e-10, over bandwidths of 0.02 and distances of 2.
  EXPECT_LE(LargestLoss(made, selected), Tolerance + 1e-6);
  EXPECT_LT(selected.Count(), made.Samples.Count());
  EXPECT_EQ(selected.Weights.size(), selected.Count());
}

// Oracle: definition. A cloud along two axes other than the first two.
TEST(RelevantSamples, WorkInAnyPlane)
{
  Eigen::Matrix3Xd points = RandomPoints(1000, 3, 2);
  points.row(2) = points.row(1);
  points.row(1).setConstant(4.0);
  const Axes axes = Axes::FromFlags(true, false, true);
  Case made{ Samples::Unweighted(points), GaussianKernel::Isotropic(axes, 0.05), {}, {} };
  made.Nodes.Origin = Eigen::Vector3d(-2.0, 4.0, -2.0);
  made.Nodes.Spacing = Eigen::Vector3d(0.1, 1.0, 0.1);
  made.Nodes.Dimensions = Index3(40, 1, 40);
  made.Wanted.assign(1600, 0);
  made.Wanted[0] = 1; // one corner
  const Samples selected = made.Select();
  EXPECT_LE(LargestLoss(made, selected), Tolerance + Rounding);
  EXPECT_LT(selected.Count(), 200);
}

// Oracle: invariant. Two parts of the cloud that exchange their sums select what one does; so do
// any number of threads; and no wanted node needs no sample.
TEST(RelevantSamples, AreTheSameForAnyNumberOfPartsAndThreads)
{
  const Samples samples = Samples::Unweighted(RandomPoints(3001, 7, 2));
  Case made = MakeCase(samples, GaussianKernel::Isotropic(Axes::First(2), 0.05), 2);
  const Samples whole = made.Select();
  const Samples threaded = made.Select(OnThreads(3));
  ASSERT_EQ(threaded.Count(), whole.Count());
  EXPECT_EQ(threaded.Points, whole.Points);

  const Samples first = Samples::Unweighted(samples.Points.leftCols(1500));
  const Samples second = Samples::Unweighted(samples.Points.rightCols(1501));
  std::vector<std::vector<double>> sums; // of the first part, then added to by the second
  Exchange record;
  record.Sum = [&sums](double* values, Index n) { sums.emplace_back(values, values + n); };
  const auto select = [&made](const Samples& part, const Exchange& exchange, bool nodes)
  {
    const std::vector<unsigned char> none(made.Wanted.size(), 0);
    return RelevantSamples(StoredSamples(part), made.Moments(), made.Kernel,
      made.Boxes(nodes ? made.Wanted.data() : none.data()), Tolerance, exchange, Execution());
  };
  EXPECT_EQ(select(first, record, false).Count(), 0); // no node wanted yet
  std::size_t call = 0;
  Exchange add;
  add.Sum = [&sums, &call](double* values, Index n)
  {
    for (Index i = 0; i < n; ++i)
    {
      values[i] += sums[call][static_cast<std::size_t>(i)];
    }
    ++call;
  };
  const Samples ofSecond = select(second, add, true);
  EXPECT_EQ(ofSecond.Points, whole.Points.rightCols(ofSecond.Count()));
  EXPECT_EQ((whole.Points.colwise() - second.Points.col(0)).colwise().norm().minCoeff() == 0.0,
    ofSecond.Count() > 0 && ofSecond.Points.col(0) == second.Points.col(0));
  EXPECT_GT(ofSecond.Count(), 0);
  EXPECT_LT(ofSecond.Count(), whole.Count());
}

// Oracle: closed form. Identical points are one cell without extent.
TEST(RelevantSamples, TakeIdenticalPointsTogether)
{
  const Samples samples = Samples::Unweighted(Eigen::Matrix3Xd::Zero(3, 5));
  Case made = MakeCase(samples, GaussianKernel::Isotropic(Axes::First(2), 0.3), 2);
  EXPECT_EQ(made.Select().Count(), 5);
}
}
