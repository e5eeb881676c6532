// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/RadialBasis.h"

#include "Numerics/Fit/GaussianModel.h"
#include "Numerics/Fit/LinearFit.h"

#include "support/FitCases.h"
#include "support/Numbers.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace scorefields
{
namespace
{
const Eigen::MatrixXd NoPart;

std::unique_ptr<ScoreModel> FitBasis(const FitSamples& samples, const Eigen::MatrixXd& base,
  const Eigen::MatrixXd& centres, double regularization)
{
  const RadialBasis basis(centres, 1.0);
  return basis.Combine(
    SolveRidge(ObjectiveOf(basis, samples, base, Execution()), {}, regularization));
}
}

// Oracle: values with 50 digits. Rounding: the condition of G + lambda I is below 1e4.
TEST(RadialBasis, EqualsTheReference)
{
  const auto& all = reference::All()["score_fits_of_five_points"];
  const Eigen::MatrixXd points = fitcases::FivePoints();
  const Eigen::MatrixXd queries = reference::Points(all["queries"]).topRows(2);
  const FitSamples samples = fitcases::Plain(points);
  const auto small = FitBasis(samples, NoPart, points, 0.001);
  const Eigen::MatrixXd expected = reference::Points(all["basis"]["0.001"]["score"]).topRows(2);
  EXPECT_LE((small->ScoreAt(queries) - expected).cwiseAbs().maxCoeff(), 1e5 * Eps);
  const auto large = FitBasis(samples, NoPart, points, 0.1);
  const Eigen::MatrixXd smooth = reference::Points(all["basis"]["0.1"]["score"]).topRows(2);
  EXPECT_LE((large->ScoreAt(queries) - smooth).cwiseAbs().maxCoeff(), 1e4 * Eps);
  const FitTable table = small->Parameters(samples.Frame);
  for (Index m = 0; m < 5; ++m)
  {
    const auto row = static_cast<std::size_t>(m);
    EXPECT_NEAR(
      table.Values(m, 2), reference::Number(all["basis"]["0.001"]["parameters_x"][row]), 1e6 * Eps);
    EXPECT_NEAR(
      table.Values(m, 3), reference::Number(all["basis"]["0.001"]["parameters_y"][row]), 1e6 * Eps);
  }
}

// Oracle: Hyvarinen's objective with the divergence by differences (1e-9 for scores of unit size);
// with a base, of the sum, but for what the base has alone.
TEST(RadialBasis, TheObjectiveIsHyvarinens)
{
  const FitSamples samples =
    fitcases::Plain(fitcases::Normals(2, 15, 2), Eigen::VectorXd::LinSpaced(15, 0.5, 2.0));
  const RadialBasis basis(fitcases::Normals(2, 4, 3), 0.8);
  const Eigen::MatrixXd parameters = fitcases::Normals(4, 2, 5);
  const auto model = basis.Combine(parameters);
  EXPECT_NEAR(ObjectiveOf(basis, samples, NoPart, Execution()).Mean(parameters),
    fitcases::Objective(*model, samples), 1e-8);
  const GaussianModel gaussian(samples);
  const Eigen::MatrixXd base = gaussian.ScoreAt(samples.Points);
  const double mixed =
    base.cwiseProduct(model->ScoreAt(samples.Points)).colwise().sum().dot(samples.Shares);
  EXPECT_NEAR(ObjectiveOf(basis, samples, base, Execution()).Mean(parameters),
    fitcases::Objective(*model, samples) + mixed, 1e-8);
}

// Contract: more centres than samples, at places that coincide: solved with a regularisation,
// refused by name where rounding makes the equations singular.
TEST(RadialBasis, RefusesSingularEquations)
{
  const FitSamples samples = fitcases::Plain(fitcases::FivePoints());
  const Eigen::MatrixXd centres = Eigen::MatrixXd::Constant(2, 9, 0.25);
  EXPECT_TRUE(FitBasis(samples, NoPart, centres, 0.1)->ScoreAt(samples.Points).allFinite());
  try
  {
    FitBasis(samples, NoPart, centres, 1e-30);
    FAIL() << "no exception";
  }
  catch (const std::invalid_argument& error)
  {
    EXPECT_NE(std::string(error.what()).find("Regularization is 1e-30"), std::string::npos)
      << error.what();
  }
}
}
