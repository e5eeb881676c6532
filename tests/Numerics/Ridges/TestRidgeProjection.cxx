// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Ridges/RidgeProjection.h"

#include "support/FlowCases.h"
#include "support/RandomPoints.h"
#include "support/RidgeCases.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <Eigen/Geometry>

namespace scorefields
{
namespace
{
Eigen::Matrix3d Turned(double angle, const Eigen::Vector3d& variances)
{
  const Eigen::Matrix3d turn =
    Eigen::AngleAxisd(angle, Eigen::Vector3d(1.0, -1.0, 2.0).normalized()).toRotationMatrix();
  return turn * variances.asDiagonal() * turn.transpose();
}

/// The subspace constrained mean shift as Ozertem and Erdogmus (2011) write it, for a kernel of
/// bandwidth h in the plane: x + e e' (mean of the samples around x - x), with the eigenvector e of
/// the least eigenvalue of the Hessian of the log density, until it stands still.
Eigen::Vector2d SlowMeanShift(const Eigen::Matrix3Xd& samples, double h, Eigen::Vector2d x)
{
  for (int step = 0; step < 100000; ++step)
  {
    const Eigen::Matrix2Xd offsets = (samples.topRows<2>().colwise() - x) / h;
    const Eigen::VectorXd weights =
      (-0.5 * offsets.colwise().squaredNorm().transpose().array()).exp();
    const double sum = weights.sum();
    const Eigen::Vector2d shift = offsets * weights / sum;
    const Eigen::Matrix2d hessian = offsets * weights.asDiagonal() * offsets.transpose() / sum -
      shift * shift.transpose() - Eigen::Matrix2d::Identity();
    const Eigen::Vector2d across =
      Eigen::SelfAdjointEigenSolver<Eigen::Matrix2d>(hessian).eigenvectors().col(0);
    const Eigen::Vector2d move = h * across * across.dot(shift);
    x += move;
    if (move.norm() < 1e-12 * h)
    {
      break;
    }
  }
  return x;
}
}

// Oracle: a Gaussian's ridge is its longest axis, and the eigenvectors are those of its covariance
// everywhere, so that a point goes to its foot on that axis. Tolerance: Convergence, in units.
TEST(RidgeProjection, LeadsToTheFootOnTheLongestAxisOfAGaussian)
{
  const Eigen::Vector3d mean(3.0, -1.0, 2.0);
  const Eigen::Matrix3d covariance = Turned(0.8, Eigen::Vector3d(9.0, 1.0, 2.0));
  const MixtureDensity density(Mixture({ { 1.0, mean, covariance } }));
  const Eigen::Vector3d axis =
    Turned(0.8, Eigen::Vector3d(1.0, 0.0, 0.0)) * Eigen::Vector3d(1.0, 1.0, 1.0);
  const Eigen::Vector3d along = axis.normalized();
  const Eigen::Matrix3Xd starts = (3.0 * RandomPoints(100, 5)).colwise() + mean;
  const std::vector<RidgePoint> ends =
    ProjectToRidge(density, { Axes(), 1.0 }, starts, ProjectionOptions(), Execution());
  for (Index i = 0; i < starts.cols(); ++i)
  {
    const RidgePoint& end = ends[static_cast<std::size_t>(i)];
    const Eigen::Vector3d foot = mean + along * along.dot(starts.col(i) - mean);
    EXPECT_TRUE(end.Settled);
    EXPECT_LT((end.Place - foot).norm(), 1e-6);
    EXPECT_NEAR(end.Second, -0.5, 1e-12);
    EXPECT_NEAR(end.Strength, 0.5 - 1.0 / 9.0, 1e-12);
  }
}

// Oracle: the slow subspace constrained mean shift from the definition, in the plane, where both go
// the same way. Where a start lies near a border between two ridges the longer steps may end at the
// other: of 200 starts at most 10 do. Where they end at the same ridge, the curves that lead there
// are followed in steps of half a unit, so that the ends differ along the ridge by at most a
// quarter of a unit while both lie on it.
TEST(RidgeProjection, EndsWhereTheSlowMeanShiftEnds)
{
  const double h = 0.35;
  const Eigen::Matrix3Xd cloud = flow::StudySamples(200)->Points;
  const auto scores =
    flow::ExactScores(std::make_shared<const Samples>(Samples::Unweighted(cloud)), h);
  const RidgeUnit unit = RidgeUnit::Of(scores->KernelAt(h));
  const std::vector<RidgePoint> ends =
    ProjectToRidge(*scores->At(h, Execution()), unit, cloud, ProjectionOptions(), Execution());
  int compared = 0;
  int elsewhere = 0;
  for (std::size_t i = 0; i < ends.size(); ++i)
  {
    if (!ends[i].Settled || ends[i].Strength < 0.05)
    {
      continue;
    }
    ++compared;
    const Eigen::Vector2d slow =
      SlowMeanShift(cloud, h, cloud.col(static_cast<Index>(i)).head<2>());
    elsewhere += (slow - ends[i].Place.head<2>()).norm() > 0.25 * h ? 1 : 0;
    const Eigen::Vector2d again = SlowMeanShift(cloud, h, ends[i].Place.head<2>());
    EXPECT_LT((again - ends[i].Place.head<2>()).norm(), 1e-4 * h) << i;
  }
  EXPECT_GT(compared, 150);
  EXPECT_LE(elsewhere, 10);
}

// Contract: what a point becomes depends on it alone, to the bit.
TEST(RidgeProjection, DoesNotDependOnThreadsNorOnTheOtherPoints)
{
  const ridges::Case ring(
    Samples::Unweighted(RandomPoints(300, 3, 2)), GaussianKernel::Isotropic(Axes::First(2), 0.5));
  const std::vector<RidgePoint> one = ring.Projected();
  const std::vector<RidgePoint> threaded = ring.Projected(OnThreads(3));
  for (std::size_t i = 0; i < one.size(); ++i)
  {
    EXPECT_EQ(one[i].Place, threaded[i].Place);
    const std::vector<RidgePoint> alone = ProjectToRidge(*ring.Source, RidgeUnit::Of(ring.Kernel),
      ring.Cloud->Points.col(static_cast<Index>(i)), ProjectionOptions(), Execution());
    EXPECT_EQ(one[i].Place, alone.front().Place);
    EXPECT_EQ(one[i].Settled, alone.front().Settled);
  }
}

// Oracle: an isotropic Gaussian has no ridge: its eigenvalues are equal, so that the strength is 0
// up to rounding wherever a point settles.
TEST(RidgeProjection, FindsNoStrengthInARoundGaussian)
{
  const MixtureDensity density(
    Mixture({ { 1.0, Eigen::Vector3d::Zero(), Eigen::Matrix3d::Identity() } }));
  for (const RidgePoint& end :
    ProjectToRidge(density, { Axes(), 1.0 }, RandomPoints(50, 2), ProjectionOptions(), Execution()))
  {
    EXPECT_LT(end.Strength, 1e-12);
  }
}
}
