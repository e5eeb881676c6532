// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/ScoreFit.h"

#include "Numerics/Fit/FitField.h"
#include "Numerics/Mixture/MixtureField.h"
#include "Numerics/Mixture/MixtureSampling.h"

#include "support/FitCases.h"
#include "support/Numbers.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

namespace scorefields
{
namespace
{
Mixture TwoBells()
{
  const Eigen::Matrix3d wide = Eigen::Vector3d(0.5, 0.5, 0.0).asDiagonal();
  return Mixture({ { 0.4, { -1.5, 0, 0 }, wide }, { 0.6, { 1.5, 0.5, 0 }, 0.6 * wide } });
}

Samples CloudOf(Index n)
{
  return Samples::Unweighted(SampleMixture(TwoBells(), 7, 0, n).Points);
}

FitRequest Quick(FitModel model)
{
  FitRequest request;
  request.Model = model;
  request.TrainingSteps = 100;
  request.NumberOfComponents = 2;
  return request;
}

struct Fields
{
  std::vector<double> Density, LogDensity, Score;
  FieldView View;

  explicit Fields(Index count)
    : Density(static_cast<std::size_t>(count))
    , LogDensity(Density)
    , Score(3 * Density.size())
  {
    this->View.Density = this->Density.data();
    this->View.LogDensity = this->LogDensity.data();
    this->View.Score = this->Score.data();
  }
};

Grid Box(double unit = 1.0)
{
  Grid grid;
  grid.Origin = unit * Eigen::Vector3d(-4, -3, 0);
  grid.Spacing = unit * Eigen::Vector3d(0.2, 0.2, 1.0);
  grid.Dimensions = Index3(41, 31, 1);
  return grid;
}

std::string Refusal(const FitRequest& request, const Samples& samples = CloudOf(30))
{
  try
  {
    FitScore(samples, Axes::First(2), request, Execution());
  }
  catch (const std::invalid_argument& error)
  {
    return error.what();
  }
  return "";
}
}

// Contract: every model, with every base, is the same on any number of threads to the bit.
TEST(ScoreFit, ThreadsChangeNothing)
{
  for (const FitModel model : ValuesOf<FitModel>())
  {
    for (const BaseDensity base : ValuesOf<BaseDensity>())
    {
      FitRequest request = Quick(model);
      request.Base = base;
      request.TrainingSteps = 10;
      Fields one(Box().Size());
      Fields three(Box().Size());
      const Samples samples = CloudOf(60);
      EvaluateFit(FitScore(samples, Axes::First(2), request, Execution()), Box(), one.View, {});
      EvaluateFit(
        FitScore(samples, Axes::First(2), request, OnThreads(3)), Box(), three.View, OnThreads(2));
      EXPECT_EQ(one.Score, three.Score) << NameOf(model) << " " << NameOf(base);
    }
  }
}

// Oracle: dimension analysis. With lengths times s, scores are 1 / s and densities 1 / s^2 of what
// they were; a power of 2, so that all but the transforms of the recovery round alike.
TEST(ScoreFit, UnitsScaleEverything)
{
  const double unit = std::ldexp(1.0, 30);
  for (const FitModel model : ValuesOf<FitModel>())
  {
    const Samples samples = CloudOf(60);
    const ScoreFit small = FitScore(samples, Axes::First(2), Quick(model), Execution());
    const ScoreFit large = FitScore(
      Samples::Unweighted(unit * samples.Points), Axes::First(2), Quick(model), Execution());
    Fields ofSmall(Box().Size());
    Fields ofLarge(Box().Size());
    EvaluateFit(small, Box(), ofSmall.View, {});
    EvaluateFit(large, Box(unit), ofLarge.View, {});
    for (std::size_t i = 0; i < ofSmall.Score.size(); i += 7)
    {
      EXPECT_NEAR(ofSmall.Score[i], unit * ofLarge.Score[i], 1e-9) << NameOf(model);
    }
    EXPECT_NEAR(
      ofSmall.Density[600], unit * unit * ofLarge.Density[600], 1e-9 * ofSmall.Density[600])
      << NameOf(model);
  }
}

// Oracle: the truth. With 400 samples of two bells each model's score is nearer to it than the
// Gaussian's, and so is what it does at held-out samples.
TEST(ScoreFit, ModelsBeatTheGaussian)
{
  const Samples samples = CloudOf(400);
  Fields truth(Box().Size());
  EvaluateMixture(TwoBells(), Box(), truth.View);
  std::vector<double> risks;
  std::vector<double> objectives;
  for (const FitModel model : ValuesOf<FitModel>())
  {
    FitRequest request = Quick(model);
    request.TrainingSteps = 800;
    const ScoreFit fit = FitScore(samples, Axes::First(2), request, Execution());
    Fields fields(Box().Size());
    EvaluateFit(fit, Box(), fields.View, Execution());
    double risk = 0.0;
    for (std::size_t i = 0; i < fields.Score.size(); ++i)
    {
      risk += 0.04 * truth.Density[i / 3] * std::pow(fields.Score[i] - truth.Score[i], 2);
    }
    risks.push_back(risk);
    objectives.push_back(fit.HeldOutObjective.value_or(0.0));
  }
  for (std::size_t model = 1; model < risks.size(); ++model)
  {
    // A network has the bias of its noise besides.
    const double share = static_cast<FitModel>(model) == FitModel::DenoisingNetwork ? 0.9 : 0.5;
    EXPECT_LT(risks[model], share * risks[0]) << NameOf(static_cast<FitModel>(model));
  }
  for (std::size_t model = 1; model < 4; ++model)
  {
    EXPECT_LT(objectives[model], objectives[0]) << NameOf(static_cast<FitModel>(model));
  }
}

// Contract: densities have an integral of 1: in space, or over the nodes.
TEST(ScoreFit, DensitiesAreNormalised)
{
  for (const FitModel model : ValuesOf<FitModel>())
  {
    const ScoreFit fit = FitScore(CloudOf(100), Axes::First(2), Quick(model), Execution());
    Fields fields(Box().Size());
    EvaluateFit(fit, Box(), fields.View, {});
    double sum = 0.0;
    for (const double value : fields.Density)
    {
      sum += 0.04 * value;
    }
    EXPECT_NEAR(sum, 1.0, 0.02) << NameOf(model);
  }
}

// Oracle: normal samples in one and three dimensions, in any plane: the Gaussian's score is the
// best there is, and what the others add to it is small beside it.
TEST(ScoreFit, WorksInEveryDimension)
{
  for (const int d : { 1, 3 })
  {
    Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Constant(3, 300, 2.0);
    const Axes axes = d == 1 ? Axes::FromFlags(false, true, false) : Axes();
    const Eigen::MatrixXd normals = fitcases::Normals(d, 300, 9);
    for (int a = 0; a < d; ++a)
    {
      points.row(axes.Axis[a]) = normals.row(a);
    }
    Grid node;
    node.Origin = d == 1 ? Eigen::Vector3d(2, 0.5, 2) : Eigen::Vector3d(0.5, 0, 0);
    for (const FitModel model : ValuesOf<FitModel>())
    {
      FitRequest request = Quick(model);
      request.NumberOfComponents = 1;
      ScoreFit fit = FitScore(Samples::Unweighted(points), axes, request, Execution());
      const Eigen::Matrix3Xd score =
        fit.Frame.LeaveScore((fit.Model->ScoreAt(fit.Frame.Enter(node.Origin)) +
          (fit.Base ? fit.Base->ScoreAt(fit.Frame.Enter(node.Origin))
                    : Eigen::MatrixXd(Eigen::MatrixXd::Zero(d, 1))))
                               .eval());
      EXPECT_NEAR(score(axes.Axis[0], 0), -0.5, 0.35) << NameOf(model) << " " << d;
      if (d == 1)
      {
        EXPECT_EQ(score(0, 0), 0.0);
        EXPECT_EQ(score(2, 0), 0.0);
      }
    }
  }
}

// Contract: what is given is taken, what is 0 is chosen and told.
TEST(ScoreFit, TakesWhatIsGiven)
{
  FitRequest request = Quick(FitModel::CurlFreeKernel);
  request.KernelWidth = 1.25;
  request.Regularization = 0.02;
  const ScoreFit fit = FitScore(CloudOf(50), Axes::First(2), request, Execution());
  EXPECT_NEAR(*fit.KernelWidth, 1.25, 8 * Eps);
  EXPECT_EQ(*fit.Regularization, 0.02);
  EXPECT_EQ(fit.History.Values.rows(), 1);
  EXPECT_EQ(fit.Centers, 50);
  request.MaximumSamples = 20;
  EXPECT_EQ(FitScore(CloudOf(50), Axes::First(2), request, Execution()).SamplesUsed, 20);
}

// Contract: of the points of a grid the smallest regularization is the best, at which the equations
// are singular to rounding. What was chosen is solved.
TEST(ScoreFit, SolvesWhatItChooses)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 50 * 50);
  for (Index i = 0; i < points.cols(); ++i)
  {
    points.col(i) << 0.1 * static_cast<double>(i % 50), 0.1 * static_cast<double>(i / 50), 0.0;
  }
  for (const FitModel model : { FitModel::Basis, FitModel::CurlFreeKernel })
  {
    FitRequest request = Quick(model);
    request.NumberOfCenters = 100;
    Fields fields(Box().Size());
    EvaluateFit(FitScore(Samples::Unweighted(points), Axes::First(2), request, OnThreads(2)), Box(),
      fields.View, {});
    EXPECT_TRUE(Eigen::Map<Eigen::VectorXd>(fields.Score.data(), 3 * Box().Size()).allFinite())
      << NameOf(model);
  }
}

// Contract: bad requests and inputs are refused by name and value.
TEST(ScoreFit, RefusesByName)
{
  FitRequest request;
  request.Noise = -1.0;
  EXPECT_NE(Refusal(request).find("Noise is -1"), std::string::npos);
  request = {};
  request.KernelWidth = std::numeric_limits<double>::quiet_NaN();
  EXPECT_NE(Refusal(request).find("KernelWidth is nan"), std::string::npos);
  request = {};
  request.Folds = 1;
  EXPECT_NE(Refusal(request).find("Folds is 1"), std::string::npos);
  request = {};
  request.LearningRate = 0.0;
  EXPECT_NE(Refusal(request).find("LearningRate is 0"), std::string::npos);
  request = {};
  EXPECT_NE(Refusal(request, CloudOf(1)).find("Input has 1 points"), std::string::npos);
  const Samples same = Samples::Unweighted(Eigen::Matrix3Xd::Ones(3, 5));
  EXPECT_NE(
    Refusal(request, same).find("Input has 5 points that do not differ"), std::string::npos);
}
}
