// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/LinearFit.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace scorefields
{
namespace
{
constexpr Index Chunk = 512;     ///< samples whose part of the objective is found at once
constexpr double LeftOut = 0.05; ///< of the shares, by a trimmed mean
constexpr std::uint32_t FoldStep = 0xffffff01U;

QuadraticObjective PlainObjective(
  const ScoreBasis& basis, const FitSamples& samples, const Eigen::MatrixXd& base)
{
  QuadraticObjective objective = basis.Zero();
  for (Index begin = 0; begin < samples.Count(); begin += Chunk)
  {
    basis.Add(samples, base, begin, std::min(begin + Chunk, samples.Count()), objective);
  }
  return objective;
}

/// The samples of each fold, which keep their shares of the whole.
struct Fold
{
  std::vector<Index> Numbers;
  FitSamples Held;
  Eigen::MatrixXd Base;
};

std::vector<Fold> Deal(
  const FitSamples& samples, const Eigen::MatrixXd& base, int folds, std::uint64_t seed)
{
  std::vector<Fold> dealt;
  for (const std::vector<Index>& numbers : FoldsOf(samples.Count(), folds, seed))
  {
    Fold fold{ numbers, samples.Subset(numbers),
      Eigen::MatrixXd(base.rows(), base.cols() > 0 ? numbers.size() : 0) };
    for (std::size_t i = 0; i < numbers.size(); ++i)
    {
      fold.Held.Shares[static_cast<Index>(i)] = samples.Shares[numbers[i]];
      if (base.cols() > 0)
      {
        fold.Base.col(static_cast<Index>(i)) = base.col(numbers[i]);
      }
    }
    dealt.push_back(std::move(fold));
  }
  return dealt;
}

/// The objective at each sample while its fold is held out, a row, for each regularisation.
Eigen::MatrixXd HeldOutValues(
  const ScoreBasis& basis, const std::vector<Fold>& folds, const std::vector<double>& lambdas)
{
  std::vector<QuadraticObjective> parts;
  QuadraticObjective whole = basis.Zero();
  Index samples = 0;
  for (const Fold& fold : folds)
  {
    parts.push_back(PlainObjective(basis, fold.Held, fold.Base));
    whole += parts.back();
    samples += fold.Held.Count();
  }
  const Eigen::MatrixXd penalty = basis.Penalty();
  Eigen::MatrixXd values(samples, static_cast<Index>(lambdas.size()));
  for (std::size_t held = 0; held < folds.size(); ++held)
  {
    QuadraticObjective others = whole;
    others -= parts[held];
    const RidgePath path(others, penalty);
    std::vector<Eigen::MatrixXd> solutions;
    for (const double lambda : lambdas)
    {
      solutions.push_back(path.Solve(lambda));
    }
    const Fold& fold = folds[held];
    const Eigen::MatrixXd own = basis.ObjectivesAt(fold.Held, fold.Base, solutions);
    for (std::size_t i = 0; i < fold.Numbers.size(); ++i)
    {
      values.row(fold.Numbers[i]) = own.row(static_cast<Index>(i));
    }
  }
  return values;
}

/// The path of one width.
void FillWidth(const ScoreBasis& basis, const FitSamples& samples, const std::vector<Fold>& folds,
  PathPoint* points, const std::vector<double>& lambdas)
{
  const Eigen::MatrixXd values = HeldOutValues(basis, folds, lambdas);
  for (Index k = 0; k < values.cols(); ++k)
  {
    points[k].HeldOut = values.col(k).dot(samples.Shares) / samples.Shares.sum();
    points[k].Trimmed = TrimmedMean(values.col(k), samples.Shares, LeftOut);
  }
}
}

QuadraticObjective ObjectiveOf(const ScoreBasis& basis, const FitSamples& samples,
  const Eigen::MatrixXd& base, const Execution& execution)
{
  QuadraticObjective objective = basis.Zero();
  for (Index begin = 0; begin < samples.Count(); begin += Chunk)
  {
    execution.Checkpoint(static_cast<double>(begin) / static_cast<double>(samples.Count()));
    basis.Add(samples, base, begin, std::min(begin + Chunk, samples.Count()), objective);
  }
  return objective;
}

std::vector<PathPoint> HeldOutPath(const BasisOfWidth& basisOf, const FitSamples& samples,
  const Eigen::MatrixXd& base, const PathRequest& request, const Execution& execution)
{
  const std::vector<Fold> folds = Deal(samples, base, request.Folds, request.Seed);
  const std::size_t each = request.Regularizations.size();
  std::vector<PathPoint> path;
  for (const double width : request.Widths)
  {
    for (const double regularization : request.Regularizations)
    {
      path.push_back({ width, regularization, 0.0, 0.0 });
    }
  }
  // A few widths at a time, between which the user may stop.
  constexpr Index atOnce = 2;
  execution.ForInBatches(static_cast<Index>(request.Widths.size()), atOnce,
    [&](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        const auto width = static_cast<std::size_t>(i);
        FillWidth(*basisOf(request.Widths[width]), samples, folds, path.data() + width * each,
          request.Regularizations);
      }
    });
  return path;
}

double TrimmedMean(const Eigen::VectorXd& values, const Eigen::VectorXd& shares, double left)
{
  std::vector<Index> order(static_cast<std::size_t>(values.size()));
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
    [&](Index one, Index other) { return values[one] < values[other]; });
  double toLeave = left * shares.sum();
  double sum = 0.0;
  double counted = 0.0;
  for (const Index i : order)
  {
    const double away = std::min(shares[i], toLeave);
    toLeave -= away;
    sum += (shares[i] - away) * values[i];
    counted += shares[i] - away;
  }
  return sum / counted;
}

const PathPoint& BestOf(const std::vector<PathPoint>& path)
{
  const PathPoint* best = nullptr;
  for (const PathPoint& point : path)
  {
    if (std::isfinite(point.HeldOut) && (!best || point.Trimmed < best->Trimmed))
    {
      best = &point;
    }
  }
  if (!best)
  {
    throw std::invalid_argument("Input gives no finite objective at held-out samples; set "
                                "KernelWidth and Regularization");
  }
  return *best;
}

std::vector<std::vector<Index>> FoldsOf(Index samples, int folds, std::uint64_t seed)
{
  const Index count = std::min<Index>(samples, folds);
  std::vector<std::vector<Index>> numbers(static_cast<std::size_t>(count));
  Index place = 0;
  for (const Index number : RandomOrder(samples, seed, FoldStep))
  {
    numbers[static_cast<std::size_t>(place++ % count)].push_back(number);
  }
  return numbers;
}
}
