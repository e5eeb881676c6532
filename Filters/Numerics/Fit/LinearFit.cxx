// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/LinearFit.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace scorefields
{
namespace
{
constexpr Index Chunk = 512; ///< samples whose part of the objective is found at once
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
  FitSamples Held;
  Eigen::MatrixXd Base;
};

std::vector<Fold> Deal(
  const FitSamples& samples, const Eigen::MatrixXd& base, int folds, std::uint64_t seed)
{
  std::vector<Fold> dealt;
  for (const std::vector<Index>& numbers : FoldsOf(samples.Count(), folds, seed))
  {
    Fold fold{ samples.Subset(numbers),
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

/// The path of one width, added to the points' sums.
void AddWidth(const ScoreBasis& basis, const std::vector<Fold>& folds, PathPoint* points,
  const std::vector<double>& regularizations)
{
  std::vector<QuadraticObjective> parts;
  QuadraticObjective whole = basis.Zero();
  for (const Fold& fold : folds)
  {
    parts.push_back(PlainObjective(basis, fold.Held, fold.Base));
    whole += parts.back();
  }
  const Eigen::MatrixXd penalty = basis.Penalty();
  for (const QuadraticObjective& held : parts)
  {
    QuadraticObjective others = whole;
    others -= held;
    const RidgePath path(others, penalty);
    for (std::size_t i = 0; i < regularizations.size(); ++i)
    {
      points[i].HeldOut += held.Share * held.Mean(path.Solve(regularizations[i])) / whole.Share;
    }
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
      path.push_back({ width, regularization, 0.0 });
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
        AddWidth(*basisOf(request.Widths[width]), folds, path.data() + width * each,
          request.Regularizations);
      }
    });
  return path;
}

const PathPoint& BestOf(const std::vector<PathPoint>& path)
{
  const PathPoint* best = nullptr;
  for (const PathPoint& point : path)
  {
    if (std::isfinite(point.HeldOut) && (!best || point.HeldOut < best->HeldOut))
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
