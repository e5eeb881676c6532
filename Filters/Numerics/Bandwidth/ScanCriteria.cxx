// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/ScanCriteria.h"

#include "Numerics/Bandwidth/BandwidthSelectors.h"
#include "Numerics/Bandwidth/LeaveOneOut.h"
#include "Numerics/Bandwidth/PairCriterion.h"
#include "Numerics/Bandwidth/PowerSpectrumCriterion.h"
#include "Numerics/Cloud/CloudMoments.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

namespace scorefields
{
namespace
{
constexpr double NotKnown = std::numeric_limits<double>::quiet_NaN();
constexpr double FewestQueries = 200.0;

Locations NormalizedLocations(
  const Samples& samples, const Axes& axes, const Eigen::Matrix3d& shape, const Domain& domain)
{
  Locations locations = FindLocations(samples, axes, domain);
  const CloudMoments moments = MomentsOf(locations);
  Eigen::Matrix3d compact = Eigen::Matrix3d::Identity();
  compact.topLeftCorner(axes.Count, axes.Count) = axes.PartOf(shape);
  Whiten(locations, compact, moments.Mean);
  return locations;
}

/// About how many images of a location are summed with it.
double ImagesEach(const Locations& locations)
{
  double images = 1.0;
  for (int a = 0; a < locations.Dimension; ++a)
  {
    images *= locations.Box.IsClosed(a) ? 3.0 : 1.0;
  }
  return images;
}

/// Leave-one-out means at any bandwidth, of some of the locations.
class LeaveOneOutScan
{
public:
  LeaveOneOutScan(const Locations& locations, double affordablePairs, const Execution& execution)
    : Points(locations)
    , Executor(execution)
  {
    const auto count = static_cast<double>(locations.Count());
    const double affordable = affordablePairs / (count * ImagesEach(locations));
    this->Queries = static_cast<Index>(std::min(std::max(affordable, FewestQueries), count));
    if (locations.Box.IsClosed())
    {
      this->Pairs = std::make_unique<PairCriterion>(locations, this->Queries, execution);
    }
  }

  bool IsSampled() const { return this->Queries < this->Points.Count(); }

  LeaveOneOut operator()(double bandwidth)
  {
    return this->Pairs
      ? EvaluateLeaveOneOut(this->Points, *this->Pairs, bandwidth, this->Executor)
      : EvaluateLeaveOneOut(this->Points, bandwidth, this->Queries, &this->Tree, this->Executor);
  }

private:
  const Locations& Points;
  const Execution& Executor;
  Index Queries = 0;
  std::unique_ptr<PairCriterion> Pairs;
  std::shared_ptr<const SampleTree> Tree;
};

/// The least squares criteria at ascending bandwidths.
class LeastSquaresScan
{
public:
  LeastSquaresScan(const Locations& locations, const Execution& execution)
    : Points(locations)
    , Executor(execution)
  {
    if (locations.Count() <= FewLocations)
    {
      this->Pairs = std::make_unique<PairCriterion>(locations, execution);
    }
  }

  double operator()(Criterion criterion, double bandwidth)
  {
    if (this->Pairs)
    {
      return (*this->Pairs)(criterion, bandwidth, this->Executor);
    }
    if (!(bandwidth <= this->Largest))
    {
      this->Largest = 2.0 * bandwidth;
      this->Spectrum = std::make_unique<PowerSpectrumCriterion>(
        this->Points, bandwidth, std::sqrt(2.0) * this->Largest);
      this->Affordable = this->Spectrum->IsAffordable();
      if (this->Affordable)
      {
        this->Spectrum->Transform(this->Executor);
      }
    }
    return this->Affordable ? (*this->Spectrum)(criterion, bandwidth) : NotKnown;
  }

private:
  const Locations& Points;
  const Execution& Executor;
  std::unique_ptr<PairCriterion> Pairs;
  std::unique_ptr<PowerSpectrumCriterion> Spectrum;
  double Largest = 0.0;
  bool Affordable = false;
};
}

ScanCriteria EvaluateCriteria(const Samples& samples, const Axes& axes,
  const Eigen::Matrix3d& shape, const std::vector<double>& bandwidths, double affordablePairs,
  const Execution& execution, const Domain& domain)
{
  ScanCriteria criteria;
  const std::vector<double> unknown(bandwidths.size(), NotKnown);
  criteria.LogLikelihood = criteria.LeastSquares = criteria.LeastSquaresGradient =
    criteria.Hyvarinen = criteria.LogLikelihoodError = criteria.HyvarinenError = unknown;
  const Locations locations = NormalizedLocations(samples, axes, shape, domain);
  if (locations.Count() < 2)
  {
    return criteria;
  }
  Execution quiet = execution;
  quiet.Continue = [](double) { return true; };
  LeaveOneOutScan leaveOneOut(locations, affordablePairs, quiet);
  LeastSquaresScan leastSquares(locations, quiet);
  criteria.Sampled = leaveOneOut.IsSampled();
  for (std::size_t step = 0; step < bandwidths.size(); ++step)
  {
    execution.Checkpoint(static_cast<double>(step) / static_cast<double>(bandwidths.size()));
    const double bandwidth = bandwidths[step];
    const LeaveOneOut means = leaveOneOut(bandwidth);
    criteria.LogLikelihood[step] = means.LogLikelihood;
    criteria.LogLikelihoodError[step] = means.LogLikelihoodError;
    criteria.Hyvarinen[step] = means.Hyvarinen;
    criteria.HyvarinenError[step] = means.HyvarinenError;
    criteria.LeastSquares[step] = leastSquares(Criterion::LeastSquaresDensity, bandwidth);
    criteria.LeastSquaresGradient[step] = leastSquares(Criterion::LeastSquaresGradient, bandwidth);
  }
  return criteria;
}
}
