// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/ChosenFit.h"

#include "Numerics/Fit/CurlFreeKernel.h"
#include "Numerics/Fit/GaussianModel.h"
#include "Numerics/Fit/LinearFit.h"
#include "Numerics/Fit/RadialBasis.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace
{
constexpr Index MostExact = 2000;  ///< samples of which each can be a centre of a kernel
constexpr Index MostInPath = 2000; ///< samples for the cross-validation
constexpr Index ParametersInPath = 300;
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
}

void FitChosen(
  const FitSamples& samples, const FitRequest& request, ScoreFit& fit, const Execution& execution)
{
  LinearFitter(samples, request, fit).Run(execution);
}
}
