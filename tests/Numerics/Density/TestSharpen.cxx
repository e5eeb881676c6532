// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/Sharpen.h"

#include "Numerics/Exact/BoundaryImages.h"
#include "support/DirectSum.h"
#include "support/Fields.h"
#include "support/Numbers.h"
#include "support/RandomPoints.h"
#include "support/Reference.h"

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
// Oracle: 50-digit sums (reference.json), five points, h = 0.3: the moved points, and the estimate
// from them. Scores at the samples are at most 4 / h, off by 16 eps 3 / h^2, halved times h^2.
TEST(Sharpen, EqualsTheReference)
{
  const nlohmann::json& oracle = reference::All()["sd_kde_5pt_h0.3"];
  const Eigen::Matrix3Xd points = reference::Points(reference::All()["kde5"]["points"]);
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), 0.3);
  const Samples samples = Samples::Unweighted(points);
  const Samples moved = Sharpen(samples, samples, kernel, EngineSettings(), Execution());
  const Eigen::Matrix3Xd expected = reference::Points(oracle["shifted_points"]);
  EXPECT_LE((moved.Points - expected).cwiseAbs().maxCoeff(), 24.0 * Eps);
  EXPECT_EQ(moved.TotalWeight, 5.0);
  for (const nlohmann::json& row : oracle["rows"])
  {
    support::Fields fields(1);
    direct::EvaluateAtPoints(moved, kernel, reference::Vector(row["x"]), fields.View());
    const Eigen::Vector3d score = reference::Vector(row["score"]);
    // A shift of a point by 24 eps changes log p by |score| and the score by D^2 / h^4 times it.
    EXPECT_NEAR(
      fields.LogDensity[0], reference::Number(row["log_p"]), 24.0 * Eps * (1.0 + score.norm()));
    EXPECT_LE((fields.Score.col(0) - score).norm(), 24.0 * Eps * 9.0 / std::pow(0.3, 4));
  }
}

// Oracle: slow definition. Two samples of next to no weight, far from all others, move towards each
// other with every engine, though a transform does not see them beside the rest.
TEST(Sharpen, MovesLightSamplesFarOutWithEveryEngine)
{
  constexpr double h = 0.1;
  Eigen::Matrix3Xd points = RandomPoints(20000, 5, 2);
  points.col(0) = Eigen::Vector3d(3.0, 0.0, 0.0);
  points.col(1) = Eigen::Vector3d(3.1, 0.05, 0.0);
  Eigen::VectorXd weights = Eigen::VectorXd::Ones(points.cols());
  weights.head(2).setConstant(1e-16);
  const Samples samples = Samples::Weighted(points, weights);
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), h);
  for (const Engine engine : { Engine::Auto, Engine::Exact, Engine::Fft })
  {
    EngineSettings settings;
    settings.Engine = engine;
    const Samples moved = Sharpen(samples, samples, kernel, settings, Execution());
    for (const Index i : { 0, 1, 2, 500, 19999 })
    {
      support::Fields truth(1);
      direct::EvaluateAtPoints(samples, kernel, points.col(i), truth.View());
      const Eigen::Vector3d expected = points.col(i) + 0.5 * h * h * truth.Score.col(0);
      EXPECT_LE((moved.Points.col(i) - expected).norm(), 0.5 * settings.RelativeTolerance * h) << i;
    }
    EXPECT_LT(moved.Points(0, 1), 3.1);
  }
}

// Oracle: slow definition over many images. Along closed axes samples see images, also those beyond
// the face across from them, and samples outside of the box are those inside that they stand for.
TEST(Sharpen, SeesImagesAlongClosedAxes)
{
  constexpr double h = 0.15;
  Eigen::Matrix3Xd points = RandomPoints(400, 5, 2);
  points.row(0) = points.row(0).cwiseProduct(points.row(0)) * 4.0; // dense at one face
  points.row(1).array() += 0.5;
  points(0, 0) = -0.02;
  points(0, 1) = 1.04;
  const Samples samples = Samples::Unweighted(points);
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), h);
  const Grid grid{ Eigen::Vector3d::Zero(), Eigen::Vector3d(0.05, 0.05, 1.0), Index3(21, 21, 1) };
  for (const Boundary boundary : { Boundary::Periodic, Boundary::Reflecting })
  {
    const std::array<Boundary, 3> closed{ boundary, Boundary::Open, Boundary::Open };
    const auto imagesOf = [&](const Samples& some)
    { return WithImages(some, kernel, grid, closed); };
    const Samples images = imagesOf(samples);
    Samples moved = FoldedIntoBox(samples, kernel, grid, closed);
    EXPECT_GE(moved.Points.row(0).minCoeff(), 0.0);
    EXPECT_LE(moved.Points.row(0).maxCoeff(), 1.0);
    support::Fields score(samples.Count());
    direct::EvaluateAtPoints(images, kernel, moved.Points, score.View());
    moved.Points += 0.5 * h * h * score.Score;
    support::Fields truth(grid.Size());
    direct::EvaluateOnGrid(imagesOf(moved), kernel, grid, truth.View());
    for (const Engine engine : { Engine::Auto, Engine::Exact, Engine::Fft })
    {
      support::Fields found(grid.Size());
      EngineSettings settings;
      settings.Sharpen = true;
      settings.Engine = engine;
      settings.Fft.Boundaries = closed;
      FieldView density;
      density.Density = found.Density.data();
      EstimateDensity(samples, kernel, grid, density, settings);
      const double off = (found.Density - truth.Density).cwiseAbs().maxCoeff();
      EXPECT_LE(off, settings.RelativeTolerance * truth.Density.maxCoeff());
    }
  }
}

// Oracle: closed form. One point has score 0 at itself and stays; the flat axis is not touched.
TEST(Sharpen, OnePointStays)
{
  const Eigen::Vector3d point(1.0, 5.0, -2.0);
  const Samples one = Samples::Unweighted(point);
  const Samples moved =
    Sharpen(one, one, GaussianKernel::Isotropic(Axes::FromFlags(true, false, true), 0.3),
      EngineSettings(), Execution());
  EXPECT_EQ(Eigen::Vector3d(moved.Points.col(0)), point);
}
}
