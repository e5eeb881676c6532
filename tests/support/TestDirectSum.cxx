// SPDX-License-Identifier: BSD-3-Clause
#include "support/DirectSum.h"

#include "support/Fields.h"
#include "support/Numbers.h"
#include "support/Reference.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace scorefields
{
namespace
{
/// Places a 2-D point in the plane of the given axes, at 7.5 along the third.
Eigen::Vector3d Place(const Axes& axes, const Eigen::Vector3d& flat)
{
  Eigen::Vector3d placed = Eigen::Vector3d::Constant(7.5);
  placed[axes.Axis[0]] = flat[0];
  placed[axes.Axis[1]] = flat[1];
  return placed;
}

/// Compares with the rows of the oracle, which hold x and what else was computed.
///
/// Tolerances: rounding of q costs u |q| in log p; the score is a mean of v_i, off by a few u of
/// the largest v_i; the Hessian is a mean of products of two of them.
void ExpectRows(
  const Eigen::Matrix3Xd& flatPoints, double h, const nlohmann::json& rows, const Axes& axes)
{
  Eigen::Matrix3Xd points(3, flatPoints.cols());
  for (Index i = 0; i < points.cols(); ++i)
  {
    points.col(i) = Place(axes, flatPoints.col(i));
  }
  const GaussianKernel kernel = GaussianKernel::Isotropic(axes, h);
  for (const nlohmann::json& row : rows)
  {
    const Eigen::Vector3d x = Place(axes, reference::Vector(row["x"]));
    support::Fields fields(1);
    direct::EvaluateAtPoints(Samples::Unweighted(points), kernel, x, fields.View());
    const double logDensity = reference::Number(row["log_p"]);
    const Eigen::Vector3d score = reference::Vector(row["score"]);
    const double largest = (points.colwise() - x).colwise().norm().maxCoeff() / (h * h);
    const double shares = 4.0 * Eps * (std::abs(logDensity) + 1.0); // of log p, so of each r_i
    EXPECT_NEAR(fields.LogDensity[0], logDensity, shares) << row["x"];
    EXPECT_NEAR(fields.Density[0], std::exp(logDensity), 2.0 * shares * std::exp(logDensity));
    for (int a = 0; a < 2; ++a)
    {
      EXPECT_NEAR(fields.Score(axes.Axis[a], 0), score[a], 16.0 * Eps * largest) << row["x"];
    }
    if (row.contains("hess_log_p"))
    {
      const Eigen::Vector3d expected = reference::Vector(row["hess_log_p"]); // XX, XY, YY
      const Eigen::Matrix3d hessian = ToMatrix(fields.Hessian.col(0));
      const double bound = 64.0 * Eps * (largest * largest + 1.0 / (h * h));
      EXPECT_NEAR(hessian(axes.Axis[0], axes.Axis[0]), expected[0], bound) << row["x"];
      EXPECT_NEAR(hessian(axes.Axis[1], axes.Axis[1]), expected[2], bound) << row["x"];
      EXPECT_NEAR(hessian(axes.Axis[0], axes.Axis[1]), expected[1], bound) << row["x"];
    }
    if (row.contains("ess_kish"))
    {
      const double kish = reference::Number(row["ess_kish"]);
      const double own = reference::Number(row["ess_sizer"]);
      EXPECT_NEAR(fields.KishSampleSize[0], kish, 4.0 * shares * kish) << row["x"];
      EXPECT_NEAR(fields.EffectiveSampleSize[0], own, 2.0 * shares * own) << row["x"];
    }
  }
}
}

// Oracle: 50-digit sums (reference.json), out to (1000, -1000), where p = exp(-1.1e7).
TEST(DirectSum, EqualsTheReferenceForFivePoints)
{
  const nlohmann::json& kde5 = reference::All()["kde5"];
  const Eigen::Matrix3Xd points = reference::Points(kde5["points"]);
  for (const double h : { 0.3, 0.01, 2.01 })
  {
    const std::string key = h == 0.3 ? "h0.3" : (h == 0.01 ? "h0.01" : "h2.01");
    ASSERT_EQ(kde5[key].size(), 12u);
    ExpectRows(points, h, kde5[key], Axes::First(2));
  }
}

// Oracle: as above; a flat cloud lies in any plane, and its third coordinate does not matter.
TEST(DirectSum, WorksInEveryCoordinatePlane)
{
  const nlohmann::json& kde5 = reference::All()["kde5"];
  const Eigen::Matrix3Xd points = reference::Points(kde5["points"]);
  ExpectRows(points, 0.3, kde5["h0.3"], Axes::FromFlags(true, false, true));
  ExpectRows(points, 0.3, kde5["h0.3"], Axes::FromFlags(false, true, true));
}

// Oracle: 50-digit sums over 200 samples (reference.json), at eight places.
TEST(DirectSum, EqualsTheReferenceForTwoHundredPoints)
{
  const nlohmann::json& sample = reference::All()["sample200"];
  ExpectRows(reference::Points(sample["points"]), 0.3, sample["kde_h0.3"], Axes::First(2));
}

// Oracle: closed form. One sample gives the normal density and v = P (x_i - x); the precision is
// another inverse of the same matrix, of condition 8.
TEST(DirectSum, OneSampleIsANormalDensity)
{
  Eigen::Matrix3d covariance;
  covariance << 2.0, 0.5, 0.1, 0.5, 1.0, 0.2, 0.1, 0.2, 0.5;
  const GaussianKernel kernel(Axes::First(3), covariance);
  const Eigen::Vector3d sample(0.25, -2.0, 1.0);
  const Eigen::Vector3d query(1.0, 5.0, -3.0);
  support::Fields fields(1);
  direct::EvaluateAtPoints(Samples::Unweighted(sample), kernel, query, fields.View());
  const double expected = kernel.LogPeak() - 0.5 * kernel.SquaredDistance(sample - query);
  EXPECT_NEAR(fields.LogDensity[0], expected, 16.0 * Eps * (1.0 + std::abs(expected)));
  const Eigen::Vector3d score = kernel.Precision() * (sample - query);
  EXPECT_TRUE(fields.Score.col(0).isApprox(score, 32.0 * Eps));
  EXPECT_TRUE(ToMatrix(fields.Hessian.col(0)).isApprox(-kernel.Precision(), 32.0 * Eps));
  EXPECT_EQ(fields.KishSampleSize[0], 1.0);
}

// Oracle: definition. Without samples there is no density, and no number that could mislead.
TEST(DirectSum, NoSamplesGiveZeroDensity)
{
  support::Fields fields(2);
  direct::EvaluateAtPoints(Samples::Unweighted(Eigen::Matrix3Xd(3, 0)),
    GaussianKernel::Isotropic(Axes::First(2), 1.0), Eigen::Matrix3Xd::Zero(3, 2), fields.View());
  EXPECT_EQ(fields.Density[1], 0.0);
  EXPECT_EQ(fields.LogDensity[1], -std::numeric_limits<double>::infinity());
  EXPECT_TRUE(fields.Score.isZero(0.0) && fields.Hessian.isZero(0.0));
  EXPECT_EQ(fields.EffectiveSampleSize[1] + fields.KishSampleSize[1], 0.0);
}
}
