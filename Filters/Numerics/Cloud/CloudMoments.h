// SPDX-License-Identifier: BSD-3-Clause
#ifndef Cloud_CloudMoments_h
#define Cloud_CloudMoments_h

#include "Numerics/Cloud/SampleSource.h"

#include <limits>

namespace scorefields
{
/// What the bandwidth rules and the grid need to know of a cloud, mergeable over its parts.
///
/// Mean and Scatter are weighted; Scatter = sum_i w_i (x_i - Mean)(x_i - Mean)' is kept centred, so
/// that a large offset of the coordinates costs no digits.
struct CloudMoments
{
  double Count = 0.0;          ///< number of points whose weight is positive
  double TotalWeight = 0.0;    ///< sum of the weights
  double SquaredWeights = 0.0; ///< sum of the squared weights
  Eigen::Vector3d Mean = Eigen::Vector3d::Zero();
  Eigen::Matrix3d Scatter = Eigen::Matrix3d::Zero();
  Eigen::Vector3d Lower = Eigen::Vector3d::Constant(1e300);  ///< bounds of the points
  Eigen::Vector3d Upper = Eigen::Vector3d::Constant(-1e300); ///< below Lower if there are none

  /// The number of equally weighted points that carries as much information, (sum w)^2 / sum w^2.
  double EffectiveCount() const;
  /// Scatter / (TotalWeight (1 - 1/EffectiveCount)): the unbiased covariance, divisor n - 1 if all
  /// weights are equal; 0 for fewer than two points.
  Eigen::Matrix3d Covariance() const;
};

/// What one reading of a cloud tells.
struct CloudSurvey
{
  CloudMoments Moments;
  double NotFinite = 0.0; ///< entries left out because a coordinate or their weight is not finite
  double LeastWeight = std::numeric_limits<double>::infinity();
};

/// Moments of batches, merged in the order of the entries: the result does not depend on the number
/// of threads to the bit. Cost: one pass over the points.
CloudSurvey Survey(const SampleSource& source, const Execution& execution);

/// The moments of samples in memory.
CloudMoments MomentsOf(const Samples& samples, const Execution& execution = {});

/// The moments of the union of two clouds (Chan, Golub and LeVeque 1983).
CloudMoments Merge(const CloudMoments& first, const CloudMoments& second);

/// The axes along which the points differ; if `dimension` is 1 to 3, that many axes: those with the
/// largest extents, in ties and for axes without extent in the order x, y, z.
///
/// With dimension 0 (automatic) and points that differ nowhere, `fallback`.
Axes AxesOf(const CloudMoments& moments, int dimension, const Axes& fallback);
}

#endif
