// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/GuidedFamily.h"

#include "Numerics/Base/FieldStorage.h"
#include "support/FlowCases.h"
#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace scorefields
{
namespace
{
using Vector = Eigen::Matrix<long double, 3, 1>;
constexpr double GuidedBandwidth = 0.4;

/// The first n samples.
std::shared_ptr<const Samples> First(const Samples& samples, Index n)
{
  return std::make_shared<const Samples>(Samples::Unweighted(samples.Points.leftCols(n)));
}

GuidedFamily Guided(double weight)
{
  const auto samples = flow::StudySamples(30);
  return { flow::ExactScores(samples, GuidedBandwidth),
    flow::ExactScores(First(*samples, 12), GuidedBandwidth), weight };
}

FieldStorage Evaluated(const DensityFamily& family, const Eigen::Matrix3Xd& points)
{
  FieldStorage fields(points.cols(), FieldChoice::Smooth());
  family.At(GuidedBandwidth, Execution())->Evaluate(points, fields.View(), Execution());
  return fields;
}

/// Log density in the plane and score of a kernel density, by direct sums.
struct Sums
{
  Sums(const Samples& samples, const Eigen::Vector3d& point)
  {
    const Vector x = point.cast<long double>();
    Vector moment = Vector::Zero();
    long double total = 0.0L;
    for (Index i = 0; i < samples.Count(); ++i)
    {
      const Vector offset = samples.Points.col(i).cast<long double>() - x;
      const long double kernel =
        std::exp(-offset.squaredNorm() / (2.0L * GuidedBandwidth * GuidedBandwidth));
      moment += kernel * offset;
      total += kernel;
    }
    this->Score = moment / (total * GuidedBandwidth * GuidedBandwidth);
    this->LogDensity =
      std::log(total / (2.0L * Pi * GuidedBandwidth * GuidedBandwidth * samples.Count()));
  }
  long double LogDensity;
  Vector Score;
};
}

// Oracle: direct sums in long double. The combined score and log density at random points; the
// engine leaves out 1e-13 of samples within r = 9 of a point, which each of the two scores shows as
// 2e-13 r / h^2, and the weights add up to 2 w + 1.
TEST(GuidedFamily, CombinesTheTwoScores)
{
  const auto samples = flow::StudySamples(30);
  const auto ofClass = First(*samples, 12);
  const Eigen::Matrix3Xd points = RandomPoints(40, 11, 2) * 6.0;
  for (const double weight : { 0.0, 0.5, 1.0, 3.0 })
  {
    const FieldStorage fields = Evaluated(Guided(weight), points);
    for (Index i = 0; i < points.cols(); ++i)
    {
      const Sums all(*samples, points.col(i));
      const Sums one(*ofClass, points.col(i));
      const long double w = weight;
      const Vector score = all.Score + w * (one.Score - all.Score);
      const long double density = all.LogDensity + w * (one.LogDensity - all.LogDensity);
      const double bound = (2.0 * weight + 1.0) * 2e-13 * 9.0 / (GuidedBandwidth * GuidedBandwidth);
      EXPECT_LT((fields.Score.col(i) - score.cast<double>()).norm(), bound);
      EXPECT_NEAR(fields.LogDensity[i], static_cast<double>(density), bound);
    }
  }
}

// Oracle: the two families, to the bit: weight 0 is all samples, weight 1 those of the class.
TEST(GuidedFamily, IsOneOfTheTwoAtTheEnds)
{
  const auto samples = flow::StudySamples(30);
  const Eigen::Matrix3Xd points = RandomPoints(40, 12, 2) * 6.0;
  const FieldStorage all = Evaluated(*flow::ExactScores(samples, GuidedBandwidth), points);
  const FieldStorage one =
    Evaluated(*flow::ExactScores(First(*samples, 12), GuidedBandwidth), points);
  const FieldStorage none = Evaluated(Guided(0.0), points);
  const FieldStorage full = Evaluated(Guided(1.0), points);
  EXPECT_TRUE((none.Score.array() == all.Score.array()).all());
  EXPECT_TRUE((full.Score.array() == one.Score.array()).all());
  EXPECT_TRUE((full.LogDensity.array() == one.LogDensity.array()).all());
  EXPECT_TRUE((full.Hessian.array() == one.Hessian.array()).all());
}

// Oracle: the bound -Hess log q <= M^-1 for weights up to 1, as the eigenvalues at random points.
TEST(GuidedFamily, HasAUnitThatBoundsItsCurvature)
{
  const Eigen::Matrix3Xd points = RandomPoints(300, 13, 2) * 4.0;
  for (const double weight : { 0.0, 0.3, 1.0 })
  {
    const GuidedFamily family = Guided(weight);
    const FieldStorage fields = Evaluated(family, points);
    const double unit = family.StepUnitAt(GuidedBandwidth)(0, 0);
    EXPECT_NEAR(unit, GuidedBandwidth * GuidedBandwidth, 1e-15);
    double least = 0.0;
    for (Index i = 0; i < points.cols(); ++i)
    {
      const Eigen::Matrix2d hessian = ToMatrix(fields.Hessian.col(i)).topLeftCorner<2, 2>();
      least = std::min(least, hessian.selfadjointView<Eigen::Lower>().eigenvalues().minCoeff());
    }
    EXPECT_GE(least, -1.0 / unit * (1.0 + 1e-10));
  }
}

// Contract: the message names the property and the value.
TEST(GuidedFamily, RefusesAWeightThatIsNone)
{
  for (const double wrong :
    { -0.5, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN() })
  {
    EXPECT_THROW(GuidedFamily(nullptr, nullptr, wrong), std::invalid_argument) << wrong;
  }
}
}
