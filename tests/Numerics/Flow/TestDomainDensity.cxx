// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/DomainDensity.h"

#include "Numerics/Flow/KernelFamily.h"
#include "support/DirectSum.h"
#include "support/Fields.h"
#include "support/ManyImages.h"
#include "support/RandomPoints.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <string>

namespace scorefields
{
namespace
{
/// [0, 1] x [0, 0.6].
Domain BoxOf(Boundary x, Boundary y)
{
  Domain box;
  box.Boundaries = { x, y, Boundary::Open };
  box.Length = Eigen::Vector3d(1.0, 0.6, 0.0);
  return box;
}

/// Around the lower left corner, some beyond the faces, with weights.
std::shared_ptr<const Samples> Corner(Index n)
{
  Eigen::Matrix3Xd points = 0.5 * RandomPoints(n, 5, 2);
  return std::make_shared<const Samples>(
    Samples::Weighted(points, RandomPoints(n, 6, 1).row(0).array() + 0.7));
}

/// Correlated with a length of h along x.
GaussianKernel KernelOf(double h, double correlation)
{
  Eigen::Matrix3d covariance = Eigen::Matrix3d::Zero();
  covariance(0, 0) = h * h;
  covariance(1, 1) = 0.5 * h * h;
  covariance(0, 1) = covariance(1, 0) = correlation * std::sqrt(0.5) * h * h;
  return GaussianKernel(Axes::First(2), covariance);
}

support::Fields ValuesOf(const SmoothDensity& source, const Eigen::Matrix3Xd& points,
  const Execution& execution = Execution())
{
  support::Fields values(points.cols());
  FieldView fields;
  fields.LogDensity = values.LogDensity.data();
  fields.Score = values.Score.data();
  fields.Hessian = values.Hessian.data();
  source.Evaluate(points, fields, execution);
  return values;
}

ScoreAccuracy Accuracy(bool splines)
{
  ScoreAccuracy accuracy;
  accuracy.ExactOnly = !splines;
  accuracy.Evaluations = 1e12;
  return accuracy;
}
}

// Oracle: slow definition, the sum over 13 periods of images in the whole space, at points in the
// box and up to three boxes away; a kernel reaches less than 3 boxes to 1e-16. Errors are those
// asked for, 1e-12 or 1e-6 of splines in the core, in log density, h score and h^2 Hessian; h is
// the longest length, the shortest is 0.7 of it, which makes 2 of h^2.
TEST(DomainDensity, IsTheSumOverImagesEverywhere)
{
  const auto samples = Corner(60);
  const Eigen::Matrix3Xd points = 6.0 * RandomPoints(120, 9, 2);
  const Boundary kinds[][2] = { { Boundary::Periodic, Boundary::Open },
    { Boundary::Reflecting, Boundary::Periodic }, { Boundary::Reflecting, Boundary::Reflecting },
    { Boundary::Periodic, Boundary::Periodic } };
  for (const auto& kind : kinds)
  {
    const Domain box = BoxOf(kind[0], kind[1]);
    const Samples images = ManyImages(*samples, 2, box, 6);
    for (const bool splines : { false, true })
    {
      const double h = 0.15;
      const GaussianKernel kernel = KernelOf(h, 0.0);
      const KernelFamily family(samples, kernel, Accuracy(splines), box);
      const support::Fields actual =
        ValuesOf(*family.At(kernel.EquivalentBandwidth(), Execution()), points);
      support::Fields expected(points.cols());
      direct::EvaluateAtPoints(images, kernel, points, expected.View());
      const double core = expected.LogDensity.maxCoeff() + std::log(1e-4);
      for (Index i = 0; i < points.cols(); ++i)
      {
        const double allowed = splines ? (expected.LogDensity[i] > core ? 1e-6 : 1e-3)
                                       : 1e-12 * (1.0 + std::abs(expected.LogDensity[i]));
        EXPECT_NEAR(actual.LogDensity[i], expected.LogDensity[i], allowed);
        EXPECT_LT(h * (actual.Score.col(i) - expected.Score.col(i)).norm(), 10.0 * allowed);
        EXPECT_LT(h * h * (actual.Hessian.col(i) - expected.Hessian.col(i)).norm(), 20.0 * allowed);
      }
    }
  }
}

// Oracle: slow definition. A kernel that correlates an open axis with a periodic one sees other
// images the farther a point lies along the open axis, here up to 60 bandwidths off: 8 boxes times
// the slope of 1.3.
TEST(DomainDensity, FindsTheImagesOfFarPoints)
{
  const auto samples = Corner(60);
  const Domain box = BoxOf(Boundary::Periodic, Boundary::Open);
  const GaussianKernel kernel = KernelOf(0.15, 0.9);
  const KernelFamily family(samples, kernel, Accuracy(false), box);
  Eigen::Matrix3Xd points = RandomPoints(40, 9, 2);
  points.row(1) *= 12.0;
  const support::Fields actual =
    ValuesOf(*family.At(kernel.EquivalentBandwidth(), Execution()), points);
  support::Fields expected(points.cols());
  direct::EvaluateAtPoints(ManyImages(*samples, 2, box, 14), kernel, points, expected.View());
  for (Index i = 0; i < points.cols(); ++i)
  {
    EXPECT_NEAR(actual.LogDensity[i], expected.LogDensity[i],
      1e-12 * (1.0 + std::abs(expected.LogDensity[i])));
    EXPECT_LT(0.15 * (actual.Score.col(i) - expected.Score.col(i)).norm(), 1e-9);
  }
}

// Oracle: invariant, to the bit: what a point gets depends on the point alone, on any number of
// threads.
TEST(DomainDensity, IsAFunctionOfThePointAlone)
{
  const GaussianKernel kernel = KernelOf(0.1, 0.0);
  const KernelFamily family(
    Corner(500), kernel, Accuracy(true), BoxOf(Boundary::Periodic, Boundary::Reflecting));
  const auto source = family.At(kernel.EquivalentBandwidth(), Execution());
  const Eigen::Matrix3Xd points = 4.0 * RandomPoints(300, 2, 2);
  const support::Fields together = ValuesOf(*source, points);
  const support::Fields threaded = ValuesOf(*source, points, OnThreads(3));
  EXPECT_EQ((together.Score - threaded.Score).cwiseAbs().maxCoeff(), 0.0);
  for (Index i = 0; i < points.cols(); i += 17)
  {
    const support::Fields alone = ValuesOf(*source, points.col(i));
    EXPECT_TRUE(alone.Score.col(0) == together.Score.col(i));
    EXPECT_EQ(alone.LogDensity[0], together.LogDensity[i]);
  }
}

// Contract: a kernel correlated along a reflecting axis has no mirror images, and one far wider
// than the box has too many; both are refused by name. Correlation along periodic axes is none.
TEST(DomainDensity, RefusesKernelsWithoutMirrorImages)
{
  const auto refusalOf = [](const GaussianKernel& kernel, const Domain& box)
  {
    try
    {
      KernelFamily(Corner(20), kernel, ScoreAccuracy(), box)
        .At(kernel.EquivalentBandwidth(), Execution());
    }
    catch (const std::invalid_argument& error)
    {
      return std::string(error.what());
    }
    return std::string();
  };
  const std::string correlated =
    refusalOf(KernelOf(0.1, 0.5), BoxOf(Boundary::Open, Boundary::Reflecting));
  EXPECT_NE(correlated.find("Boundary is Reflecting along y"), std::string::npos) << correlated;
  const std::string wide =
    refusalOf(KernelOf(1e5, 0.0), BoxOf(Boundary::Periodic, Boundary::Periodic));
  EXPECT_NE(wide.find("Boundary asks"), std::string::npos) << wide;
  EXPECT_EQ(refusalOf(KernelOf(0.1, 0.5), BoxOf(Boundary::Periodic, Boundary::Periodic)), "");
}
}
