// SPDX-License-Identifier: BSD-3-Clause
#ifndef Fit_FitSamples_h
#define Fit_FitSamples_h

#include "Numerics/Cloud/CloudMoments.h"

#include <cmath>
#include <cstdint>
#include <vector>

namespace scorefields
{
/// The coordinates of a fit: y = (x - Origin) / Scale along each active axis.
struct FitFrame
{
  Axes Active;
  Eigen::VectorXd Origin; ///< d, the mean of the samples
  Eigen::VectorXd Scale;  ///< d, in length
  Eigen::Vector3d Rest;   ///< the mean in space, for flat axes

  /// d by m from 3 by m.
  Eigen::MatrixXd Enter(const Eigen::Matrix3Xd& points) const;
  /// The score in space, 3 by m, of a score in these coordinates.
  Eigen::Matrix3Xd LeaveScore(const Eigen::MatrixXd& score) const;
  /// The geometric mean of the scales.
  double Unit() const { return std::exp(this->Scale.array().log().mean()); }
  /// What is added to a log density in these coordinates to have it in space.
  double LogVolume() const { return -this->Scale.array().log().sum(); }
};

/// d by m as 3 by m, with zeros below, for routines that know space alone.
Eigen::Matrix3Xd WithThreeRows(const Eigen::MatrixXd& points);

/// What a model is fitted to.
struct FitSamples
{
  FitFrame Frame;
  Eigen::MatrixXd Points; ///< d by n, in the frame
  Eigen::VectorXd Shares; ///< n, each sample's part of the weight; positive, their sum is 1
  Eigen::VectorXd Noise;  ///< d, standard deviation of the noise along each axis of the frame

  Index Count() const { return this->Points.cols(); }
  Index Dimension() const { return this->Points.rows(); }
  /// Those with the given numbers, their shares scaled to the sum 1.
  FitSamples Subset(const std::vector<Index>& numbers) const;
};

/// Samples of weight 0 are left out. If there are more than `most`, so many of them are drawn, each
/// at most once, all with the same probability: those whose random key (seed, number) is smallest.
/// @param noise      standard deviation of the noise in space, 0 or more.
/// @param axisScale  each axis in units of its own standard deviation; else all in that of all axes
///                   together, sqrt(tr S / d).
/// @throws std::invalid_argument that names Input if fewer than two samples are left, or if they do
///         not differ along an active axis (with a common scale, along any).
FitSamples MakeFitSamples(const Samples& samples, const Axes& axes, double noise, bool axisScale,
  Index most, std::uint64_t seed);

/// The numbers 0 to n - 1 in an order drawn at random; step tells draws of one seed apart.
std::vector<Index> RandomOrder(Index n, std::uint64_t seed, std::uint32_t step);
}

#endif
