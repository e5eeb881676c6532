// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/Bandwidth.h"
#include "support/Numbers.h"
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

// Oracle: the formulas with 50 digits (reference.json). A power of 1/6 or 1/8 rounds a few times.
TEST(Bandwidth, FactorsOfTheReferenceSample)
{
  const auto& selectors = reference::All()["sample200"]["selectors"];
  const auto expect = [&selectors](BandwidthRule rule, const char* key)
  { EXPECT_NEAR(BandwidthFactor(rule, 200.0, 2), reference::Number(selectors[key]), 2.0 * Eps); };
  expect(BandwidthRule::Scott, "scott_factor");
  expect(BandwidthRule::Silverman, "silverman_factor");
  expect(BandwidthRule::NormalGradient, "normal_gradient_factor");
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

// Oracle: c^2 S with 50 digits (reference.json), which are also the first digits of R's ks::Hns for
// deriv.order 0 and 1. Rounding of a covariance of 200 points: 200 products of at most 3^2.
TEST(Bandwidth, CovarianceShapeIsTheNormalScaleRule)
{
  const auto& selectors = reference::All()["sample200"]["selectors"];
  const auto expect = [&selectors](BandwidthRule rule, const char* key)
  {
    const auto kernel =
      ChooseKernel(rule, BandwidthShape::Covariance, ReferenceMoments(), Axes::First(2), 1.0);
    const Eigen::Vector3d expected = reference::Vector(selectors[key]); // XX, XY, YY
    const Eigen::Matrix3d& found = kernel.Covariance();
    EXPECT_LE(
      (Eigen::Vector3d(found(0, 0), found(0, 1), found(1, 1)) - expected).norm(), 32.0 * Eps);
  };
  expect(BandwidthRule::Silverman, "silverman_covariance");
  expect(BandwidthRule::NormalGradient, "normal_gradient_covariance");
}

// Oracle: Scott per axis is the standard deviation times the factor, with 50 digits
// (reference.json). The variance of 200 points is off by at most 200 u, its root by half of that.
TEST(Bandwidth, PerAxisShapeKeepsTheDiagonal)
{
  const auto kernel = ChooseKernel(
    BandwidthRule::Scott, BandwidthShape::PerAxis, ReferenceMoments(), Axes::First(2), 1.0);
  const Eigen::Vector3d expected =
    reference::Vector(reference::All()["sample200"]["selectors"]["h_scott_xy"]);
  EXPECT_LT((kernel.AxisBandwidths() - expected).norm(), 50.0 * Eps * expected.norm());
  EXPECT_TRUE(kernel.IsDiagonal());
}

// Oracle: definition. The isotropic shape keeps the trace, 1.7 here; the scale multiplies lengths.
TEST(Bandwidth, IsotropicShapeKeepsTheTrace)
{
  const auto moments = ReferenceMoments();
  const auto axes = Axes::First(2);
  const auto wide =
    ChooseKernel(BandwidthRule::Scott, BandwidthShape::Isotropic, moments, axes, 2.0);
  const double factor = 2.0 * BandwidthFactor(BandwidthRule::Scott, 200.0, 2);
  EXPECT_NEAR(wide.Covariance().trace(), factor * factor * moments.Covariance().trace(), 8.0 * Eps);
  EXPECT_EQ(wide.Covariance()(0, 0), wide.Covariance()(1, 1));
}

// Contract: what no rule can work on is refused, with the property and the reason.
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
  const auto covariance = BandwidthShape::Covariance;
  Eigen::Matrix3Xd oblique = Eigen::Matrix3Xd::Random(3, 20);
  oblique.row(2) = 0.3 * oblique.row(0) - 0.7 * oblique.row(1);
  const auto plane = MomentsOf(Samples::Unweighted(oblique));
  const std::string onPlane = MessageOf(rule, covariance, plane, Axes::First(3));
  EXPECT_NE(onPlane.find("the points lie on a plane that is oblique"), std::string::npos)
    << onPlane;
  EXPECT_NE(onPlane.find("BandwidthShape to Isotropic or"), std::string::npos) << onPlane;
  EXPECT_EQ(MessageOf(rule, covariance, plane, Axes::First(2)), "");
  EXPECT_EQ(MessageOf(rule, BandwidthShape::PerAxis, plane, Axes::First(3)), "");
  oblique.row(1) = 2.0 * oblique.row(0);
  oblique.row(2) = -oblique.row(0);
  const auto slope = MomentsOf(Samples::Unweighted(oblique));
  for (const int dimension : { 2, 3 })
  {
    EXPECT_NE(MessageOf(rule, covariance, slope, Axes::First(dimension)).find("lie on a line"),
      std::string::npos);
  }
  EXPECT_NE(
    MessageOf(rule, isotropic, flat, axes, -1.0).find("BandwidthScale is -1"), std::string::npos);
}
}
