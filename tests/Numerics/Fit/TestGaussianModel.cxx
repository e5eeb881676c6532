// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/GaussianModel.h"

#include "support/FitCases.h"
#include "support/Numbers.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace scorefields
{
// Oracle: the mean and the covariance with divisor n of the reference, to rounding.
TEST(GaussianModel, HasTheMeanAndCovarianceOfTheSamples)
{
  const auto& all = reference::All()["score_fits_of_five_points"]["gaussian"];
  const GaussianModel model(fitcases::Plain(fitcases::FivePoints()));
  const auto& mean = all["mean"];
  const auto& covariance = all["covariance"];
  EXPECT_NEAR(model.Mean()[0], reference::Number(mean[0]), 4 * Eps);
  EXPECT_NEAR(model.Mean()[1], reference::Number(mean[1]), 4 * Eps);
  EXPECT_NEAR(model.Covariance()(0, 0), reference::Number(covariance[0]), 4 * Eps);
  EXPECT_NEAR(model.Covariance()(0, 1), reference::Number(covariance[1]), 4 * Eps);
  EXPECT_NEAR(model.Covariance()(1, 1), reference::Number(covariance[2]), 4 * Eps);
}

// Oracle: differences of the log density, and its integral by the trapezoidal rule, which for a
// Gaussian on a grid of half deviations is right to rounding.
TEST(GaussianModel, LogDensityAndScoreBelongTogether)
{
  const GaussianModel model(fitcases::Plain(fitcases::Normals(2, 50, 3)));
  const Eigen::Vector2d place(0.3, -1.1);
  EXPECT_LE((model.ScoreAt(place) - fitcases::Gradient(model, place)).norm(), 1e-10);
  double integral = 0.0;
  for (int i = -30; i <= 30; ++i)
  {
    for (int j = -30; j <= 30; ++j)
    {
      Eigen::MatrixXd score;
      Eigen::VectorXd logDensity;
      model.Evaluate(Eigen::Vector2d(0.3 * i, 0.3 * j), score, &logDensity);
      integral += 0.09 * std::exp(logDensity[0]);
    }
  }
  EXPECT_NEAR(integral, 1.0, 1e-12);
}

// Contract: no other Gaussian has a smaller objective.
TEST(GaussianModel, HasTheLeastObjective)
{
  const FitSamples samples =
    fitcases::Plain(fitcases::Normals(2, 40, 3), Eigen::VectorXd::LinSpaced(40, 1.0, 4.0));
  const double least = GaussianModel(samples).Objective(samples);
  EXPECT_NEAR(least, fitcases::Objective(GaussianModel(samples), samples), 1e-9);
  FitSamples other = samples;
  for (const double factor : { 0.98, 1.02 })
  {
    other.Points = factor * samples.Points;
    EXPECT_GT(GaussianModel(other).Objective(samples), least);
    other.Points = samples.Points.array() + (factor - 1.0);
    EXPECT_GT(GaussianModel(other).Objective(samples), least);
  }
}

// Contract: points on a line are refused by name.
TEST(GaussianModel, RefusesPointsOnALine)
{
  Eigen::MatrixXd points(2, 4);
  points << 0, 1, 2, 3, 0, 2, 4, 6;
  try
  {
    const GaussianModel model(fitcases::Plain(points));
    FAIL() << "no exception";
  }
  catch (const std::invalid_argument& error)
  {
    EXPECT_NE(
      std::string(error.what()).find("Input has 4 points that lie on one line"), std::string::npos)
      << error.what();
  }
}
}
