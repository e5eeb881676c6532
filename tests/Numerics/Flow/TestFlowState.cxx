// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/FlowState.h"

#include "Numerics/Base/FieldStorage.h"
#include "support/DirectSum.h"
#include "support/FlowCases.h"
#include "support/Numbers.h"
#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
// Oracle: definition. L L' = M along the active axes, lower triangular, 0 elsewhere, and |L' s|^2 =
// s' M s; a few eps of entries below 2.
TEST(FlowState, MetricFactorsItsMatrix)
{
  Eigen::Matrix3d matrix;
  matrix << 2.0, 9.0, 0.4, 9.0, 9.0, 9.0, 0.4, 9.0, 0.5;
  const StepMetric metric(Axes::FromFlags(true, false, true), matrix);
  Eigen::Matrix3d expected = matrix;
  expected.row(1).setZero();
  expected.col(1).setZero();
  EXPECT_EQ(metric.Matrix, expected);
  EXPECT_TRUE((metric.Factor * metric.Factor.transpose()).isApprox(expected, 4.0 * Eps));
  EXPECT_EQ(metric.Factor(0, 2), 0.0);
  const Eigen::Vector3d score(0.3, 5.0, -0.7);
  EXPECT_NEAR(
    metric.SquaredLength(score), (metric.Factor.transpose() * score).squaredNorm(), 8.0 * Eps);
}

// Oracle: DirectSum. Values are those of the density at the particles, the Hessian where it is
// wanted; sums leave out 1e-13 (TestCellSums.cxx has the bounds).
TEST(FlowState, HoldsTheDensityAtTheParticles)
{
  const auto samples = flow::StudySamples(50);
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), 0.4);
  const auto source = flow::ExactScores(samples, 0.4)->At(0.4, Execution());
  FlowState state;
  state.Positions = 3.0 * RandomPoints(20, 3, 2);
  EvaluateState(*source, true, state, Execution());
  FieldStorage expected(20, FieldChoice::Smooth());
  direct::EvaluateAtPoints(*samples, kernel, state.Positions, expected.View());
  EXPECT_LT((state.LogDensity - expected.LogDensity).cwiseAbs().maxCoeff(), 2e-13);
  EXPECT_LT((state.Score - expected.Score).cwiseAbs().maxCoeff(), 2e-13 * 4.0 / 0.16);
  EXPECT_LT((state.Tensors - expected.Hessian).cwiseAbs().maxCoeff(), 2e-13 * 16.0 / 0.0256);
  EXPECT_TRUE(state.IsKnown(3));
  state.LogDensity[3] = std::nan("");
  EXPECT_FALSE(state.IsKnown(3));
  EXPECT_GE(state.Size(), 20.0 * 8.0 * (3 + 1 + 3 + 6));
}
}
