// SPDX-License-Identifier: BSD-3-Clause
#ifndef Density_LeaveOut_h
#define Density_LeaveOut_h

#include "Numerics/Density/PointImages.h"
#include "Numerics/Exact/Normalization.h"
#include "Numerics/Splines/SplineDensity.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace scorefields
{
/// What is wanted without a sample, given what holds with it: see PointEstimate.h.
class LeaveOut
{
public:
  /// Share of the weight that must be left for an estimate of the others to mean anything.
  static constexpr double LeastRest = 1e-9;

  explicit LeaveOut(const ImagedProblem& problem);

  /// Share of the weight that counts for a query.
  double Rest(Index query) const
  {
    return this->Problem.LeaveOneOut
      ? 1.0 - this->Problem.Originals.Weight(query) / this->Problem.Originals.TotalWeight
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

  /// The value and the derivatives of the others' density at a query.
  SplineValue Of(const SplineValue& value, Index query) const;

  /// In units of the mean weight of all samples.
  double SampleSize(double density, double rest) const
  {
    return std::max(density, 0.0) * rest * this->Problem.Originals.TotalWeight /
      (this->Peak * this->MeanWeight);
  }

private:
  /// The kernel of a query's own sample there, or those of all of its images, and the derivatives.
  SplineValue OwnKernels(Index query) const;

  const ImagedProblem& Problem;
  double Peak;
  Eigen::Matrix3d Precision;
  double MeanWeight;
  std::vector<Index> Begin; ///< of sample i: where its images begin; one more at the end
  std::vector<Index> Image; ///< columns of the cloud
};
}

#endif
