// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/MixtureFamily.h"

#include "Numerics/Base/FieldStorage.h"
#include "Numerics/Mixture/MixtureField.h"
#include "support/FlowCases.h"
#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <stdexcept>

namespace scorefields
{
// Oracle: the mixture's own field, smoothed; and the unit of steps bounds the curvature,
// -Hess log p <= M^-1, at random points, where for one component equality holds.
TEST(MixtureFamily, AreTheSmoothedTruthWithAUnitThatBoundsItsCurvature)
{
  const Mixture mixture = flow::Study();
  const MixtureFamily scores(mixture, GaussianKernel::Isotropic(Axes::First(2), 0.3));
  const Eigen::Matrix3Xd points = RandomPoints(500, 21, 2) * 6.0;
  FieldStorage actual(points.cols(), FieldChoice::Smooth());
  scores.At(0.3, Execution())->Evaluate(points, actual.View(), Execution());
  Eigen::Matrix3Xd expected(3, points.cols());
  FieldView fields;
  fields.Score = expected.data();
  EvaluateMixture(mixture.Smoothed(0.3), points, fields);
  EXPECT_TRUE((actual.Score.array() == expected.array()).all());
  const double unit = scores.StepUnitAt(0.3)(0, 0);
  EXPECT_NEAR(unit, 0.2 + 0.09, 1e-12); // the smallest eigenvalue of [[.5, .3], [.3, .5]], plus h^2
  double least = 0.0;
  for (Index i = 0; i < points.cols(); ++i)
  {
    const Eigen::Matrix2d hessian = ToMatrix(actual.Hessian.col(i)).topLeftCorner<2, 2>();
    least = std::min(least, hessian.selfadjointView<Eigen::Lower>().eigenvalues().minCoeff());
  }
  EXPECT_GE(least, -1.0 / unit * (1.0 + 1e-12));
  EXPECT_THROW(
    MixtureFamily(mixture, GaussianKernel::Isotropic(Axes::First(3), 0.3)), std::invalid_argument);
}
}
