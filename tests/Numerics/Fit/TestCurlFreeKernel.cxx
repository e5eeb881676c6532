// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/CurlFreeKernel.h"

#include "Numerics/Fit/GaussianModel.h"
#include "Numerics/Fit/LinearFit.h"

#include "support/FitCases.h"
#include "support/Numbers.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace scorefields
{
namespace
{
const Eigen::MatrixXd NoBase;

const nlohmann::json& Reference()
{
  return reference::All()["score_fits_of_five_points"];
}

Eigen::MatrixXd Queries()
{
  return reference::Points(Reference()["queries"]).topRows(2);
}
}

// Oracle: values with 50 digits. Rounding: the condition of K + n lambda I is below 1e3 for lambda
// = 0.001, and the coefficients are divided by lambda: some 1e6 eps, relative to scores of 100.
TEST(CurlFreeKernel, EqualsTheReference)
{
  const FitSamples samples = fitcases::Plain(fitcases::FivePoints());
  const auto small = FitCurlFree(samples, NoBase, 1.0, 0.001);
  const Eigen::MatrixXd expected =
    reference::Points(Reference()["kernel_family"]["0.001"]["score"]).topRows(2);
  EXPECT_LE((small->ScoreAt(Queries()) - expected).cwiseAbs().maxCoeff(), 1e8 * Eps);
  const auto large = FitCurlFree(samples, NoBase, 1.0, 0.1);
  const Eigen::MatrixXd smooth =
    reference::Points(Reference()["kernel_family"]["0.1"]["score"]).topRows(2);
  EXPECT_LE((large->ScoreAt(Queries()) - smooth).cwiseAbs().maxCoeff(), 1e5 * Eps);
}

// Oracle: the gradient of the log density by differences, whose error is below 1e-9 for scores of
// size 1.
TEST(CurlFreeKernel, ScoreIsTheGradientOfTheLogDensity)
{
  for (const Index d : { 1, 2, 3 })
  {
    const FitSamples samples = fitcases::Plain(fitcases::Normals(d, 20, 4));
    const GaussianModel gaussian(samples);
    const auto model = FitCurlFree(samples, gaussian.ScoreAt(samples.Points), 1.2, 0.1);
    const Eigen::VectorXd place = Eigen::VectorXd::Constant(d, 0.3);
    EXPECT_LE((model->ScoreAt(place) - fitcases::Gradient(*model, place)).norm(), 1e-8) << d;
  }
}

// Oracle: the normal equations of the minimum. The objective with the penalty lambda |s|^2 / 2 does
// not become smaller in any direction of the space: over combinations of kernels at the samples the
// smallest value is found by Nystrom's method, which has fewer directions; so it is not below, and
// with a base both are equally far from one that differs.
TEST(CurlFreeKernel, AllSamplesAsCentresDoAsWell)
{
  const FitSamples samples =
    fitcases::Plain(fitcases::Normals(2, 40, 7), Eigen::VectorXd::LinSpaced(40, 1.0, 3.0));
  const GaussianModel gaussian(samples);
  const FitSamples other = fitcases::Plain(fitcases::Normals(2, 400, 8));
  for (const bool withBase : { false, true })
  {
    const Eigen::MatrixXd base = withBase ? gaussian.ScoreAt(samples.Points) : NoBase;
    const auto whole = FitCurlFree(samples, base, 1.5, 0.01);
    const CurlFreeBasis basis(samples.Points, 1.5);
    const QuadraticObjective objective = ObjectiveOf(basis, samples, base, Execution());
    const auto part = basis.Combine(SolveRidge(objective, basis.Penalty(), 0.01));
    const Eigen::MatrixXd difference = whole->ScoreAt(other.Points) - part->ScoreAt(other.Points);
    const double size = whole->ScoreAt(other.Points).norm();
    EXPECT_LE(difference.norm(), 0.1 * size) << withBase;
    EXPECT_GT(size, 0.0);
  }
}

// Oracle: Hyvarinen's objective with the divergence by differences (1e-9 for scores of unit size).
TEST(CurlFreeKernel, TheObjectiveIsHyvarinens)
{
  const FitSamples samples =
    fitcases::Plain(fitcases::Normals(3, 12, 2), Eigen::VectorXd::LinSpaced(12, 0.5, 2.0));
  const CurlFreeBasis basis(fitcases::Normals(3, 4, 3), 1.3);
  const QuadraticObjective objective = ObjectiveOf(basis, samples, NoBase, Execution());
  const Eigen::MatrixXd parameters = fitcases::Normals(12, 1, 5);
  EXPECT_NEAR(
    objective.Mean(parameters), fitcases::Objective(*basis.Combine(parameters), samples), 1e-8);
}

// Contract: weights count like repetitions, and points that coincide are no obstacle.
TEST(CurlFreeKernel, WeightsCountLikeRepetitions)
{
  const Eigen::MatrixXd points = fitcases::FivePoints();
  Eigen::MatrixXd repeated(2, 7);
  repeated << points, points.col(1), points.col(1);
  Eigen::VectorXd weights(5);
  weights << 1.0, 3.0, 1.0, 1.0, 1.0;
  const auto weighted = FitCurlFree(fitcases::Plain(points, weights), NoBase, 1.0, 0.1);
  const auto copied = FitCurlFree(fitcases::Plain(repeated), NoBase, 1.0, 0.1);
  EXPECT_LE(
    (weighted->ScoreAt(Queries()) - copied->ScoreAt(Queries())).cwiseAbs().maxCoeff(), 1e5 * Eps);
}
}
