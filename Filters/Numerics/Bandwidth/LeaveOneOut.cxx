// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/LeaveOneOut.h"

#include "Numerics/Bandwidth/PairCriterion.h"
#include "Numerics/Base/FieldStorage.h"
#include "Numerics/Exact/ExactSum.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace scorefields
{
namespace
{
struct WeightedMean
{
  double Mean = 0.0;
  double StandardError = 0.0;
};

/// @param share  of all locations that the values are of.
WeightedMean MeanOf(const Eigen::ArrayXd& values, const Eigen::ArrayXd& weights, double share)
{
  const double total = weights.sum();
  WeightedMean result;
  result.Mean = (weights * values).sum() / total;
  const double variance = (weights * (values - result.Mean).square()).sum() / total;
  const double effective = total * total / weights.square().sum();
  result.StandardError = std::sqrt(variance * (1.0 - share) / std::max(effective - 1.0, 1.0));
  return result;
}

/// Adds the other points at each location that count (Locations::Others): with the share b of them
/// in the estimate g, whose kernel has slope 0 and the Laplacian -d K(0) / h^2 there,
///   grad log g = (1 - b) s,   lap g / g = (1 - b) (lap log f + |s|^2) - b d / h^2.
void AddOthers(const Locations& locations, double bandwidth, FieldStorage& at)
{
  const double d = locations.Dimension;
  const double logPeak = -d * std::log(std::sqrt(2.0 * Pi) * bandwidth);
  for (Index i = 0; i < at.LogDensity.size(); ++i)
  {
    const double others = locations.Others[i];
    if (!(others > 0.0))
    {
      continue;
    }
    const double rest = locations.TotalWeight - locations.Weights[i];
    const double logRest = std::log(rest) + at.LogDensity[i];
    const double logOthers = std::log(others) + logPeak;
    const double larger = std::max(logRest, logOthers);
    const double logSum =
      larger + std::log(std::exp(logRest - larger) + std::exp(logOthers - larger));
    const double share = std::exp(logOthers - logSum);
    const double squared = at.Score.col(i).squaredNorm();
    const double laplacian = at.Hessian.col(i).head(3).sum();
    at.LogDensity[i] = logSum - std::log(rest + others);
    at.Score.col(i) *= 1.0 - share;
    at.Hessian.col(i).setZero();
    at.Hessian(0, i) = (1.0 - share) * (laplacian + squared) - share * d / (bandwidth * bandwidth) -
      at.Score.col(i).squaredNorm();
  }
}
}

LeaveOneOut EvaluateLeaveOneOut(const Locations& locations, const PairCriterion& pairs,
  double bandwidth, const Execution& execution)
{
  const Eigen::ArrayXd likelihood = pairs.TermsOf(Criterion::Likelihood, bandwidth, execution);
  const Eigen::ArrayXd hyvarinen = pairs.TermsOf(Criterion::Hyvarinen, bandwidth, execution);
  const Eigen::ArrayXd weights = locations.Weights.head(likelihood.size());
  const double share =
    static_cast<double>(likelihood.size()) / static_cast<double>(locations.Count());
  const WeightedMean first = MeanOf(-likelihood, weights, share);
  const WeightedMean second = MeanOf(hyvarinen, weights, share);
  return { first.Mean, second.Mean, first.StandardError, second.StandardError };
}

LeaveOneOut EvaluateLeaveOneOut(const Locations& locations, double bandwidth, Index queries,
  std::shared_ptr<const SampleTree>* tree, const Execution& execution)
{
  if (locations.Count() < 2)
  {
    throw std::invalid_argument("leaving one location out needs at least two different ones");
  }
  const Index count = std::clamp<Index>(queries, 1, locations.Count());
  const Axes axes = Axes::First(locations.Dimension);
  const Samples samples = Samples::Weighted(locations.Points, locations.Weights);
  FieldStorage at(count, FieldChoice::Smooth());
  ExactOptions options;
  options.Tolerance = 1e-9;
  options.LeaveOneOut = true;
  options.Tree = tree;
  exact::EvaluateAtPoints(samples, GaussianKernel::Isotropic(axes, bandwidth),
    locations.Points.leftCols(count), at.View(), options, execution);
  AddOthers(locations, bandwidth, at);

  const Eigen::ArrayXd weights = locations.Weights.head(count);
  const double share = static_cast<double>(count) / static_cast<double>(locations.Count());
  const Eigen::ArrayXd laplacian = at.Hessian.topRows(3).colwise().sum().transpose();
  const WeightedMean likelihood = MeanOf(at.LogDensity.array(), weights, share);
  const WeightedMean hyvarinen =
    MeanOf(0.5 * at.Score.colwise().squaredNorm().transpose().array() + laplacian, weights, share);
  return { likelihood.Mean, hyvarinen.Mean, likelihood.StandardError, hyvarinen.StandardError };
}
}
