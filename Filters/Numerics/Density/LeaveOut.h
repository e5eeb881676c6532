// SPDX-License-Identifier: BSD-3-Clause
#ifndef Density_LeaveOut_h
#define Density_LeaveOut_h

#include "Numerics/Density/PointEstimate.h"
#include "Numerics/Exact/Normalization.h"
#include "Numerics/Splines/SplineDensity.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
/// What is wanted without a sample, given what holds with it: see PointEstimate.h.
class LeaveOut
{
public:
  /// Share of the weight that must be left for an estimate of the others to mean anything.
  static constexpr double LeastRest = 1e-9;

  explicit LeaveOut(const PointProblem& problem)
    : Problem(problem)
    , Peak(std::exp(problem.Kernel.LogPeak()))
    , Curvature(ToTensor(problem.Kernel.Precision()))
    , MeanWeight(std::exp(Normalization::Of(problem.Cloud, problem.Kernel).LogMeanWeight))
  {
  }

  /// Share of the weight that counts for a query.
  double Rest(Index query) const
  {
    return this->Problem.LeaveOneOut
      ? 1.0 - this->Problem.Cloud.Weight(query) / this->Problem.Cloud.TotalWeight
      : 1.0;
  }
  /// The least of those that are left with enough.
  double LeastRestOfAll() const
  {
    double least = 1.0;
    for (Index query = 0; this->Problem.LeaveOneOut && query < this->Problem.Queries.cols();
         ++query)
    {
      const double rest = this->Rest(query);
      least = rest > LeastRest ? std::min(least, rest) : least;
    }
    return least;
  }

  /// The value and the derivatives of the others' density.
  SplineValue Of(const SplineValue& value, double rest) const
  {
    SplineValue others = value;
    const double own = (1.0 - rest) * this->Peak;
    others.Value = (value.Value - own) / rest;
    for (std::size_t a = 0; a < 3; ++a)
    {
      others.First[a] = value.First[a] / rest;
    }
    for (std::size_t k = 0; k < 6; ++k)
    {
      others.Second[k] = (value.Second[k] + own * this->Curvature[static_cast<Index>(k)]) / rest;
    }
    return others;
  }

  /// In units of the mean weight of all samples.
  double SampleSize(double density, double rest) const
  {
    return std::max(density, 0.0) * rest * this->Problem.Cloud.TotalWeight /
      (this->Peak * this->MeanWeight);
  }

private:
  const PointProblem& Problem;
  double Peak;
  SymmetricTensor Curvature;
  double MeanWeight;
};
}

#endif
