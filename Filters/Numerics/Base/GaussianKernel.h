// SPDX-License-Identifier: BSD-3-Clause
#ifndef Base_GaussianKernel_h
#define Base_GaussianKernel_h

#include "Numerics/Base/Types.h"

namespace scorefields
{
/// The Gaussian kernel with covariance H in d active dimensions,
///   K(u) = (2 pi)^(-d/2) |H|^(-1/2) exp(-u' H^-1 u / 2).
///
/// "Bandwidth" is a standard deviation: H = h^2 I for the isotropic kernel.
class GaussianKernel
{
public:
  /// @param axes        the d active axes.
  /// @param covariance  H, in length^2; rows and columns of inactive axes are ignored.
  /// @throws std::invalid_argument if H is not finite or not positive definite (its smallest
  ///         eigenvalue is not above 1e-12 of its largest); the message gives the eigenvalues.
  GaussianKernel(const Axes& axes, const Eigen::Matrix3d& covariance);

  /// H = h^2 I. @throws std::invalid_argument if h is not positive and finite.
  static GaussianKernel Isotropic(const Axes& axes, double bandwidth);
  /// H = diag(h_a^2); entries of inactive axes are ignored. @throws like Isotropic.
  static GaussianKernel PerAxis(const Axes& axes, const Eigen::Vector3d& bandwidths);

  const Axes& ActiveAxes() const { return this->Active; }
  int Dimension() const { return this->Active.Count; }
  /// H, 0 in inactive axes.
  const Eigen::Matrix3d& Covariance() const { return this->H; }
  /// H^-1 within the active axes, 0 elsewhere.
  const Eigen::Matrix3d& Precision() const { return this->P; }
  /// True if H is diagonal.
  bool IsDiagonal() const { return this->Diagonal; }
  /// Square roots of H's diagonal: the bandwidth seen along each axis; 0 in inactive axes.
  Eigen::Vector3d AxisBandwidths() const { return this->H.diagonal().cwiseSqrt(); }
  /// det(H)^(1/(2d)): one number for captions.
  double EquivalentBandwidth() const;
  /// The kernel of the same shape whose EquivalentBandwidth is h.
  /// @throws std::invalid_argument if h is not positive and finite.
  GaussianKernel WithBandwidth(double bandwidth) const;
  /// log K(0) = -(d/2) log(2 pi) - log|H| / 2.
  double LogPeak() const { return this->LogPeakValue; }
  /// u' H^-1 u for an offset u.
  double SquaredDistance(const Eigen::Vector3d& offset) const
  {
    return offset.dot(this->P * offset);
  }

private:
  Axes Active;
  Eigen::Matrix3d H;
  Eigen::Matrix3d P;
  double LogPeakValue = 0.0;
  bool Diagonal = true;
};
}

#endif
