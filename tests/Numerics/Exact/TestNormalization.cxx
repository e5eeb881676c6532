// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/Normalization.h"

#include "Numerics/Exact/PointValues.h"
#include "support/Fields.h"
#include "support/Numbers.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <string>

namespace scorefields
{
namespace
{
GaussianKernel Kernel()
{
  return GaussianKernel::Isotropic(Axes::First(2), 0.4);
}

std::string MessageOf(const Samples& samples)
{
  try
  {
    Normalization::Of(samples, Kernel());
  }
  catch (const std::invalid_argument& error)
  {
    return error.what();
  }
  return "";
}
}

// Oracle: definition, worked by hand: weights 1, 3 and 0 have the total 4 and the mean 2 over those
// that are positive; K(0) = 1 / (2 pi 0.16). Logarithms of numbers near 1 round by a few eps.
TEST(Normalization, IsThatOfTheWeights)
{
  const Samples samples =
    Samples::Weighted(Eigen::Matrix3Xd::Zero(3, 3), Eigen::Vector3d(1.0, 3.0, 0.0));
  const Normalization weighted = Normalization::Of(samples, Kernel());
  EXPECT_NEAR(weighted.LogDensityFactor, -std::log(2.0 * Pi * 0.16 * 4.0), 8.0 * Eps);
  EXPECT_NEAR(weighted.LogMeanWeight, std::log(2.0), 4.0 * Eps);
  const Normalization equal =
    Normalization::Of(Samples::Unweighted(Eigen::Matrix3Xd::Zero(3, 5)), Kernel());
  EXPECT_NEAR(equal.LogDensityFactor, -std::log(2.0 * Pi * 0.16 * 5.0), 8.0 * Eps);
  EXPECT_EQ(equal.LogMeanWeight, 0.0);
}

// Oracle: definition. Without sample i the total is that of the others, a sum that a dominant
// sample does not touch; where none is left it is 0, and the factor infinite. What other processes
// hold counts.
TEST(Normalization, LeavesOneOut)
{
  const Eigen::Vector3d weights(1.0, 1e30, 2.0);
  Samples samples = Samples::Weighted(Eigen::Matrix3Xd::Zero(3, 3), weights);
  const Eigen::VectorXd factors = LeaveOneOutFactors(samples, Kernel());
  EXPECT_NEAR(factors[1], Kernel().LogPeak() - std::log(3.0), 8.0 * Eps);
  EXPECT_NEAR(factors[0], Kernel().LogPeak() - std::log(1e30 + 2.0), 64.0 * 4.0 * Eps);
  const Samples one = Samples::Unweighted(Eigen::Matrix3Xd::Zero(3, 1));
  EXPECT_EQ(LeaveOneOutFactors(one, Kernel())[0], Infinity);
  samples = Samples::Weighted(Eigen::Matrix3Xd::Zero(3, 2), Eigen::Vector2d(1.0, 2.0));
  samples.TotalWeight = 10.0;
  EXPECT_NEAR(
    LeaveOneOutFactors(samples, Kernel())[0], Kernel().LogPeak() - std::log(9.0), 8.0 * Eps);
}

// Oracle: definition. Values of no samples are no numbers that could mislead, though the factors of
// no samples are infinite; what is not asked for is not written.
TEST(Normalization, NoSamplesGiveZeroDensity)
{
  support::Fields fields(2);
  fields.Density.setConstant(7.0);
  FieldView view = fields.View();
  Write(view, 1, PointValues(), Infinity, -Infinity);
  EXPECT_EQ(fields.Density[0], 7.0);
  EXPECT_EQ(fields.Density[1], 0.0);
  EXPECT_EQ(fields.LogDensity[1], -Infinity);
  EXPECT_EQ(fields.EffectiveSampleSize[1] + fields.KishSampleSize[1], 0.0);
  EXPECT_TRUE(fields.Score.col(1).isZero(0.0) && fields.Hessian.col(1).isZero(0.0));
  view = FieldView();
  Write(view, 0, PointValues(), 0.0, 0.0);
  EXPECT_EQ(fields.Density[0], 7.0);
}

// Oracle: definition. The factors of Normalization turn a log sum into what is written, entry by
// entry, tensors in the order XX, YY, ZZ, XY, YZ, XZ.
TEST(Normalization, ValuesAreWrittenToTheirEntry)
{
  PointValues values;
  values.LogSum = std::log(3.0);
  values.Score = Eigen::Vector3d(1.0, 2.0, 3.0);
  values.Hessian << 1.0, 4.0, 6.0, 4.0, 2.0, 5.0, 6.0, 5.0, 3.0;
  values.Kish = 2.5;
  support::Fields fields(3);
  Write(fields.View(), 2, values, std::log(0.5), std::log(2.0));
  EXPECT_NEAR(fields.Density[2], 1.5, 4.0 * Eps);
  EXPECT_NEAR(fields.LogDensity[2], std::log(1.5), 2.0 * Eps);
  EXPECT_NEAR(fields.EffectiveSampleSize[2], 1.5, 4.0 * Eps);
  EXPECT_EQ(fields.KishSampleSize[2], 2.5);
  EXPECT_EQ(Eigen::Vector3d(fields.Score.col(2)), values.Score);
  SymmetricTensor tensor;
  tensor << 1.0, 2.0, 3.0, 4.0, 5.0, 6.0;
  EXPECT_EQ(SymmetricTensor(fields.Hessian.col(2)), tensor);
}

// Contract: a caller's mistake is named.
TEST(Normalization, RefusesWeightsThatAreNone)
{
  const Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 3);
  EXPECT_NE(MessageOf(Samples::Weighted(points, Eigen::Vector3d::Zero()))
              .find("The total of WeightArray is 0"),
    std::string::npos);
  EXPECT_NE(MessageOf(Samples{ points, Eigen::VectorXd::Ones(2), 2.0 })
              .find("WeightArray has 2 values for 3 points"),
    std::string::npos);
  EXPECT_EQ(MessageOf(Samples::Unweighted(points)), "");
}
}
