// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Cloud/CloudMoments.h"
#include "support/Numbers.h"
#include "support/RandomPoints.h"
#include "support/Reference.h"

#include <gtest/gtest.h>

namespace scorefields
{
// Oracle: the covariance (divisor n - 1) of 200 points with 50 digits (reference.json). A sum of
// 200 terms loses 200 u of them at most, and no entry is above 1.4.
TEST(CloudMoments, CovarianceOfTheReferenceSample)
{
  const auto& sample = reference::All()["sample200"];
  const auto moments = MomentsOf(Samples::Unweighted(reference::Points(sample["points"])));
  const Eigen::Vector3d expected = reference::Vector(sample["selectors"]["sample_cov"]);
  const Eigen::Matrix3d covariance = moments.Covariance();
  EXPECT_NEAR(covariance(0, 0), expected[0], 100.0 * Eps * 1.4);
  EXPECT_NEAR(covariance(0, 1), expected[1], 100.0 * Eps * 1.4);
  EXPECT_NEAR(covariance(1, 1), expected[2], 100.0 * Eps * 1.4);
}

// Oracle: invariant. Splitting the cloud and merging its parts changes nothing but rounding.
TEST(CloudMoments, MergedPartsEqualTheWhole)
{
  const Eigen::Matrix3Xd points = RandomPoints(101, 1);
  Eigen::VectorXd weights = RandomPoints(101, 2).row(0).transpose().array() + 0.6;
  weights[40] = weights[7] = 0.0;
  const auto whole = MomentsOf(Samples::Weighted(points, weights));
  const auto first = MomentsOf(Samples::Weighted(points.leftCols(13), weights.head(13)));
  const auto second = MomentsOf(Samples::Weighted(points.rightCols(88), weights.tail(88)));
  const auto merged = Merge(Merge(first, CloudMoments()), second);
  EXPECT_EQ(merged.Count, whole.Count);
  EXPECT_EQ(whole.Count, 99.0); // points of weight 0 do not count
  EXPECT_EQ(merged.Lower, whole.Lower);
  EXPECT_EQ(merged.Upper, whole.Upper);
  EXPECT_TRUE(merged.Mean.isApprox(whole.Mean, 200.0 * Eps));
  EXPECT_TRUE(merged.Covariance().isApprox(whole.Covariance(), 200.0 * Eps));
  EXPECT_NEAR(merged.EffectiveCount(), whole.EffectiveCount(), 200.0 * Eps * 101.0);
}

// Oracle: invariant. An offset a power of two above the spread shifts the mean and nothing else;
// the points are multiples of 2^-10, so that adding 2^30 is exact.
TEST(CloudMoments, LargeOffsetsCancelNothing)
{
  const Eigen::Matrix3Xd points = (RandomPoints(50, 3) * 1024.0).array().floor() / 1024.0;
  const Eigen::Matrix3Xd moved = points.array() + 1073741824.0;
  const auto here = MomentsOf(Samples::Unweighted(points));
  const auto there = MomentsOf(Samples::Unweighted(moved));
  // Each of 50 steps rounds the mean to 2^30 u = 1.2e-7, in all by about sqrt(50) of that; the
  // square of it enters the covariance.
  EXPECT_LT((here.Covariance() - there.Covariance()).cwiseAbs().maxCoeff(), 50.0 * 1.5e-14);
}

// Oracle: definition. Doubling a point is giving it weight 2, up to the divisor.
TEST(CloudMoments, WeightsCountLikeRepeatedPoints)
{
  Eigen::Matrix3Xd twice(3, 3);
  twice << 0.0, 1.0, 1.0, 0.0, 2.0, 2.0, 0.0, 0.0, 0.0;
  const auto repeated = MomentsOf(Samples::Unweighted(twice));
  const auto weighted = MomentsOf(Samples::Weighted(twice.leftCols(2), Eigen::Vector2d(1.0, 2.0)));
  EXPECT_TRUE(repeated.Mean.isApprox(weighted.Mean, 4.0 * Eps));
  EXPECT_TRUE(repeated.Scatter.isApprox(weighted.Scatter, 8.0 * Eps));
  EXPECT_NEAR(weighted.EffectiveCount(), 9.0 / 5.0, 8.0 * Eps);
}

// Oracle: definition. An axis counts where the points differ along it; asked for, the longest do.
TEST(CloudMoments, AxesFollowTheExtentOrTheWish)
{
  Eigen::Matrix3Xd flat = RandomPoints(10, 4);
  flat.row(1).setConstant(3.0);
  flat.row(2) *= 5.0;
  const auto moments = MomentsOf(Samples::Unweighted(flat));
  const Axes fallback = Axes::First(2);
  const Axes automatic = AxesOf(moments, 0, fallback);
  EXPECT_EQ(automatic.Count, 2);
  EXPECT_TRUE(automatic.IsActive(0) && automatic.IsActive(2));
  const Axes line = AxesOf(moments, 1, fallback);
  EXPECT_EQ(line.Count, 1);
  EXPECT_TRUE(line.IsActive(2));
  EXPECT_EQ(AxesOf(moments, 3, fallback).Count, 3);
  const auto onePoint = MomentsOf(Samples::Unweighted(Eigen::Vector3d(1.0, 2.0, 3.0)));
  EXPECT_EQ(AxesOf(onePoint, 0, fallback).Count, 2);
  EXPECT_EQ(AxesOf(CloudMoments(), 0, fallback).Count, 2);
}
}
