// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/ScoreFit.h"

#include "Numerics/Bandwidth/Bandwidth.h"
#include "Numerics/Fit/CurlFreeKernel.h"
#include "Numerics/Fit/GaussianModel.h"
#include "Numerics/Fit/LinearFit.h"
#include "Numerics/Fit/MixtureFit.h"
#include "Numerics/Fit/MixtureModel.h"
#include "Numerics/Fit/NetworkTraining.h"
#include "Numerics/Fit/RadialBasis.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace scorefields
{
namespace
{
constexpr Index MostExact = 2000;  ///< samples of which each can be a centre of a kernel
constexpr Index MostInPath = 2000; ///< samples for the cross-validation
constexpr Index ParametersInPath = 300;
constexpr Index ScoreErrorColumn = 4; ///< of a network's History
constexpr std::uint32_t CentreStep = 0xffffff06U;
constexpr std::uint32_t PathStep = 0xffffff07U;

Eigen::MatrixXd DrawCentres(const FitSamples& samples, Index most, std::uint64_t seed)
{
  if (samples.Count() <= most)
  {
    return samples.Points;
  }
  std::vector<Index> order = RandomOrder(samples.Count(), seed, CentreStep);
  order.resize(static_cast<std::size_t>(most));
  std::sort(order.begin(), order.end());
  return samples.Subset(order).Points;
}

std::vector<double> Widths(double given)
{
  return given > 0.0 ? std::vector<double>{ given }
                     : std::vector<double>{ 0.2, 0.3, 0.45, 0.65, 1.0, 1.5, 2.2, 3.3 };
}

std::vector<double> Regularizations(double given)
{
  if (given > 0.0)
  {
    return { given };
  }
  std::vector<double> values;
  constexpr int halfDecades = 19;
  for (int i = 0; i < halfDecades; ++i)
  {
    values.push_back(std::pow(10.0, -8.0 + 0.5 * i));
  }
  return values;
}

/// The fits whose score is linear in its parameters.
class LinearFitter
{
public:
  LinearFitter(const FitSamples& samples, const FitRequest& request, ScoreFit& fit)
    : Cloud(samples)
    , Request(request)
    , Fit(fit)
    , Unit(samples.Frame.Unit())
  {
    if (fit.Base)
    {
      this->Base = fit.Base->ScoreAt(samples.Points);
    }
  }

  void Run(const Execution& execution)
  {
    const PathPoint chosen = this->Choose(execution.Part(0.0, 0.7));
    this->Fit.KernelWidth = chosen.Width * this->Unit;
    this->Fit.Regularization = chosen.Regularization;
    const Execution rest = execution.Part(0.7, 1.0);
    const bool exact =
      this->Request.Model == FitModel::CurlFreeKernel && this->Cloud.Count() <= MostExact;
    if (exact)
    {
      this->Fit.Model = FitCurlFree(this->Cloud, this->Base, chosen.Width, chosen.Regularization);
      this->Fit.Centers = this->Cloud.Count();
      return;
    }
    const Eigen::MatrixXd centres =
      DrawCentres(this->Cloud, this->Request.NumberOfCenters, this->Request.Seed);
    const auto basis = this->MakeBasis(centres, chosen.Width);
    const QuadraticObjective objective = ObjectiveOf(*basis, this->Cloud, this->Base, rest);
    // What the path has found, it can solve; what a user gives is refused where it cannot be
    // solved.
    this->Fit.Model = basis->Combine(this->Request.Regularization > 0.0
        ? SolveRidge(objective, basis->Penalty(), chosen.Regularization)
        : RidgePath(objective, basis->Penalty()).Solve(chosen.Regularization));
    this->Fit.Centers = centres.cols();
  }

private:
  std::unique_ptr<ScoreBasis> MakeBasis(const Eigen::MatrixXd& centres, double width) const
  {
    if (this->Request.Model == FitModel::Basis)
    {
      return std::make_unique<RadialBasis>(centres, width);
    }
    return std::make_unique<CurlFreeBasis>(centres, width);
  }

  PathPoint Choose(const Execution& execution)
  {
    std::vector<Index> seen = RandomOrder(this->Cloud.Count(), this->Request.Seed, PathStep);
    seen.resize(static_cast<std::size_t>(std::min(this->Cloud.Count(), MostInPath)));
    std::sort(seen.begin(), seen.end());
    const FitSamples samples = this->Cloud.Subset(seen);
    const Eigen::MatrixXd base =
      this->Fit.Base ? this->Fit.Base->ScoreAt(samples.Points) : Eigen::MatrixXd();
    const bool kernel = this->Request.Model == FitModel::CurlFreeKernel;
    const Index most = kernel ? ParametersInPath / samples.Dimension()
                              : std::min(ParametersInPath, this->Request.NumberOfCenters);
    const Eigen::MatrixXd centres = DrawCentres(samples, most, this->Request.Seed);
    PathRequest request{ Widths(this->Request.KernelWidth / this->Unit),
      Regularizations(this->Request.Regularization), this->Request.Folds, this->Request.Seed };
    std::vector<PathPoint> path =
      HeldOutPath([&](double width) { return this->MakeBasis(centres, width); }, samples, base,
        request, execution);
    this->Record(path);
    const PathPoint& chosen = BestOf(path);
    this->Fit.HeldOutObjective = this->InSpace(chosen.HeldOut);
    return chosen;
  }

  /// An objective in 1 / length^2, with the divergence of the base.
  double InSpace(double objective) const
  {
    const double constant =
      this->Fit.Base ? static_cast<const GaussianModel&>(*this->Fit.Base).Divergence() : 0.0;
    return (objective + constant) / (this->Unit * this->Unit);
  }

  void Record(const std::vector<PathPoint>& path)
  {
    this->Fit.History.Names = { "KernelWidth", "Regularization", "HeldOutObjective",
      "TrimmedObjective" };
    this->Fit.History.Values.resize(static_cast<Index>(path.size()), 4);
    for (std::size_t i = 0; i < path.size(); ++i)
    {
      this->Fit.History.Values.row(static_cast<Index>(i)) << path[i].Width * this->Unit,
        path[i].Regularization, this->InSpace(path[i].HeldOut), this->InSpace(path[i].Trimmed);
    }
  }

  const FitSamples& Cloud;
  const FitRequest& Request;
  ScoreFit& Fit;
  double Unit;
  Eigen::MatrixXd Base;
};

/// The mean objective over the folds, each left out of the fit once.
/// @param objectiveOf  fits to the first samples and returns the objective at the second ones.
template <class ObjectiveOf>
double HeldOut(const FitSamples& samples, const FitRequest& request, const ObjectiveOf& objectiveOf)
{
  const auto folds = FoldsOf(samples.Count(), request.Folds, request.Seed);
  double sum = 0.0;
  for (std::size_t held = 0; held < folds.size(); ++held)
  {
    std::vector<Index> others;
    for (std::size_t fold = 0; fold < folds.size(); ++fold)
    {
      if (fold != held)
      {
        others.insert(others.end(), folds[fold].begin(), folds[fold].end());
      }
    }
    std::sort(others.begin(), others.end());
    double share = 0.0;
    for (const Index number : folds[held])
    {
      share += samples.Shares[number];
    }
    sum += share * objectiveOf(samples.Subset(others), samples.Subset(folds[held]));
  }
  const double unit = samples.Frame.Unit();
  return sum / (unit * unit);
}

void FitGaussian(const FitSamples& samples, const FitRequest& request, ScoreFit& fit)
{
  fit.Model = std::make_unique<GaussianModel>(samples);
  // A fold may leave too few to have a covariance; then nothing is held out.
  if (samples.Count() >= 2 * (samples.Dimension() + 1))
  {
    fit.HeldOutObjective = HeldOut(samples, request,
      [](const FitSamples& seen, const FitSamples& held)
      { return GaussianModel(seen).Objective(held); });
  }
}

void FitMixtureModel(
  const FitSamples& samples, const FitRequest& request, ScoreFit& fit, const Execution& execution)
{
  MixtureFitRequest wanted;
  wanted.Components = request.NumberOfComponents;
  wanted.Seed = request.Seed;
  MixtureFit mixture = FitMixture(samples, wanted, execution.Part(0.0, 0.3));
  if (!mixture.Minimum.Converged)
  {
    std::ostringstream warning;
    warning << "The mixture has not converged after " << mixture.Minimum.Iterations
            << " iterations; fewer components may describe the points as well";
    fit.Warning = warning.str();
  }
  fit.History.Names = { "Step", "Loss" };
  fit.History.Values.resize(static_cast<Index>(mixture.Losses.size()), 2);
  for (std::size_t i = 0; i < mixture.Losses.size(); ++i)
  {
    fit.History.Values.row(static_cast<Index>(i)) << static_cast<double>(i), mixture.Losses[i];
  }
  fit.Model = std::make_unique<MixtureModel>(mixture.Found);
  if (samples.Count() >= 2 * request.Folds * request.NumberOfComponents)
  {
    const Execution rest = execution.Part(0.3, 1.0);
    fit.HeldOutObjective = HeldOut(samples, request,
      [&](const FitSamples& seen, const FitSamples& held)
      { return MixtureModel(FitMixture(seen, wanted, rest).Found).Objective(held); });
  }
}

void TrainNetwork(
  const FitSamples& samples, const FitRequest& request, ScoreFit& fit, const Execution& execution)
{
  TrainingRequest wanted;
  wanted.HiddenLayers = request.HiddenLayers;
  wanted.HiddenWidth = request.HiddenWidth;
  wanted.Steps = request.TrainingSteps;
  wanted.LearningRate = request.LearningRate;
  wanted.Seed = request.Seed;
  NetworkTrainer trainer(samples, fit.Base.get(), wanted);
  const Training training = trainer.Run(execution);
  fit.History.Names = { "Step", "Loss", "KernelLoss", "KernelDistance", "KernelScoreError" };
  fit.History.Values.resize(
    static_cast<Index>(training.Rows.size()), static_cast<Index>(fit.History.Names.size()));
  for (std::size_t i = 0; i < training.Rows.size(); ++i)
  {
    const TrainingRow& row = training.Rows[i];
    fit.History.Values.row(static_cast<Index>(i)) << static_cast<double>(row.Step), row.Loss,
      training.KernelLoss, row.Distance, row.ScoreError;
  }
  fit.ScoreError = training.Rows.back().ScoreError;
  fit.TrainingStep = static_cast<double>(training.Rows.back().Step);
  fit.Warning = training.Problem;
  for (const Eigen::VectorXd& state : training.States)
  {
    fit.Stages.push_back(std::make_shared<DenoisingNetwork>(trainer.ModelOf(state)));
  }
  fit.Model = fit.Stages.back();
}

/// What Kernel Density chooses by default.
double DefaultNoise(const Samples& samples, const Axes& axes)
{
  return ChooseKernel(
    BandwidthRule::NormalGradient, BandwidthShape::Isotropic, MomentsOf(samples), axes, 1.0)
    .EquivalentBandwidth();
}
}

Potential ScoreFit::Knows() const
{
  const Potential own = this->Model->Knows();
  return this->Base && own == Potential::Normalized ? Potential::UpToConstant : own;
}

ScoreFit ScoreFit::AtStage(std::size_t row) const
{
  ScoreFit stage = *this;
  if (row + 1 < this->Stages.size())
  {
    const auto rows = static_cast<Index>(row) + 1;
    stage.Model = this->Stages[row];
    stage.Stages.resize(row + 1);
    stage.History.Values = this->History.Values.topRows(rows);
    stage.TrainingStep = stage.History.Values(rows - 1, 0);
    stage.ScoreError = stage.History.Values(rows - 1, ScoreErrorColumn);
  }
  return stage;
}

ScoreFit FitScore(
  const Samples& samples, const Axes& axes, const FitRequest& request, const Execution& execution)
{
  Require(request);
  const bool noised =
    request.Model == FitModel::Mixture || request.Model == FitModel::DenoisingNetwork;
  ScoreFit fit;
  fit.Fitted = request.Model;
  if (noised)
  {
    fit.Noise = request.Noise > 0.0 ? request.Noise : DefaultNoise(samples, axes);
  }
  const FitSamples cloud = MakeFitSamples(samples, axes, fit.Noise.value_or(0.0), request.AxisScale,
    request.MaximumSamples, request.Seed);
  fit.Frame = cloud.Frame;
  fit.SamplesUsed = cloud.Count();
  const bool correction = request.Model != FitModel::Gaussian && request.Model != FitModel::Mixture;
  if (correction && request.Base == BaseDensity::Gaussian)
  {
    fit.Base = std::make_unique<GaussianModel>(cloud);
  }
  switch (request.Model)
  {
    case FitModel::Gaussian:
      FitGaussian(cloud, request, fit);
      break;
    case FitModel::Mixture:
      FitMixtureModel(cloud, request, fit, execution);
      break;
    case FitModel::Basis:
    case FitModel::CurlFreeKernel:
      LinearFitter(cloud, request, fit).Run(execution);
      break;
    case FitModel::DenoisingNetwork:
      TrainNetwork(cloud, request, fit, execution);
      break;
  }
  return fit;
}
}
