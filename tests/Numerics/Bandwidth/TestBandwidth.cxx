// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/Bandwidth.h"
#include "support/Reference.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <string>

namespace scorefields
{
namespace
{
CloudMoments ReferenceMoments()
{
  return MomentsOf(Samples::Unweighted(reference::Points(reference::All()["sample200"]["points"])));
}

std::string MessageOf(BandwidthRule rule, BandwidthShape shape, const CloudMoments& moments,
  const Axes& axes, double scale = 1.0)
{
  try
  {
    ChooseKernel(rule, shape, moments, axes, scale);
  }
  catch (const std::invalid_argument& error)
  {
    return error.what();
  }
  return "";
}
}

// Oracle: reference values printed with 15 digits.
TEST(Bandwidth, FactorsOfTheReferenceSample)
{
  const auto& selectors = reference::All()["sample200"]["selectors"];
  const auto expect = [&selectors](BandwidthRule rule, const char* key)
  { EXPECT_NEAR(BandwidthFactor(rule, 200.0, 2), reference::Number(selectors[key]), 1e-15); };
  expect(BandwidthRule::Scott, "scott_factor n^(-1/(d+4))");
  expect(BandwidthRule::Silverman, "silverman_factor (n(d+2)/4)^(-1/(d+4))");
  expect(BandwidthRule::NormalGradient, "normal_scale_gradient_factor (4/(n(d+4)))^(1/(d+6))");
}

// Contract: what a rule needs is there if its kind says so, and only then.
TEST(Bandwidth, EveryRuleHasWhatItsKindNeeds)
{
  for (const BandwidthRule rule : ValuesOf<BandwidthRule>())
  {
    const RuleKind kind = KindOf(rule);
    EXPECT_EQ(CriterionOf(rule).has_value(), kind == RuleKind::CrossValidation) << NameOf(rule);
    if (kind == RuleKind::Covariance)
    {
      EXPECT_GT(BandwidthFactor(rule, 200.0, 2), 0.0) << NameOf(rule);
    }
    else
    {
      EXPECT_THROW(BandwidthFactor(rule, 200.0, 2), std::invalid_argument) << NameOf(rule);
    }
  }
}

// Oracle: R ks::Hns, for the density and for the gradient, printed with 10 digits.
TEST(Bandwidth, CovarianceShapeEqualsNormalScaleRuleOfKs)
{
  const auto& selectors = reference::All()["selectors_R"];
  const auto expect = [&selectors](BandwidthRule rule, const char* key)
  {
    const auto kernel =
      ChooseKernel(rule, BandwidthShape::Covariance, ReferenceMoments(), Axes::First(2), 1.0);
    const auto& h = selectors[key];
    EXPECT_NEAR(kernel.Covariance()(0, 0), reference::Number(h[0]), 1e-10);
    EXPECT_NEAR(kernel.Covariance()(0, 1), reference::Number(h[1]), 1e-10);
    EXPECT_NEAR(kernel.Covariance()(1, 1), reference::Number(h[3]), 1e-10);
  };
  expect(BandwidthRule::Silverman, "Hns");
  expect(BandwidthRule::NormalGradient, "Hns_deriv1");
}

// Oracle: reference values. Scott per axis is the standard deviation times the factor.
TEST(Bandwidth, PerAxisShapeKeepsTheDiagonal)
{
  const auto kernel = ChooseKernel(
    BandwidthRule::Scott, BandwidthShape::PerAxis, ReferenceMoments(), Axes::First(2), 1.0);
  const Eigen::Vector3d expected =
    reference::Vector(reference::All()["sample200"]["selectors"]["h_scott_xy"]);
  EXPECT_LT((kernel.AxisBandwidths() - expected).norm(), 1e-13);
  EXPECT_TRUE(kernel.IsDiagonal());
}

// Oracle: definition. The isotropic shape keeps the trace; the scale multiplies lengths.
TEST(Bandwidth, IsotropicShapeKeepsTheTrace)
{
  const auto moments = ReferenceMoments();
  const auto axes = Axes::First(2);
  const auto wide =
    ChooseKernel(BandwidthRule::Scott, BandwidthShape::Isotropic, moments, axes, 2.0);
  const double factor = 2.0 * BandwidthFactor(BandwidthRule::Scott, 200.0, 2);
  EXPECT_NEAR(wide.Covariance().trace(), factor * factor * moments.Covariance().trace(), 1e-14);
  EXPECT_EQ(wide.Covariance()(0, 0), wide.Covariance()(1, 1));
}

TEST(Bandwidth, RefusesCloudsWithoutSpread)
{
  const auto axes = Axes::First(2);
  const auto rule = BandwidthRule::Silverman;
  const auto isotropic = BandwidthShape::Isotropic;
  const auto one = MomentsOf(Samples::Unweighted(Eigen::Vector3d(1.0, 2.0, 0.0)));
  EXPECT_NE(MessageOf(rule, isotropic, one, axes).find("at least two points"), std::string::npos);
  const auto same = MomentsOf(Samples::Unweighted(Eigen::Matrix3Xd::Ones(3, 9)));
  EXPECT_NE(MessageOf(rule, isotropic, same, axes).find("identical"), std::string::npos);
  Eigen::Matrix3Xd line(3, 2);
  line << 0.0, 1.0, 2.0, 2.0, 0.0, 0.0;
  const auto flat = MomentsOf(Samples::Unweighted(line));
  EXPECT_NE(MessageOf(rule, BandwidthShape::PerAxis, flat, axes).find("same y"), std::string::npos);
  EXPECT_EQ(MessageOf(rule, isotropic, flat, axes), "");
  EXPECT_NE(
    MessageOf(rule, isotropic, flat, axes, -1.0).find("BandwidthScale is -1"), std::string::npos);
}
}
