// SPDX-License-Identifier: BSD-3-Clause
#ifndef Ridges_RidgePoint_h
#define Ridges_RidgePoint_h

#include "Numerics/Flow/SmoothDensity.h"

#include <vector>

namespace scorefields
{
/// What lengths and curvatures of ridges are counted in: distances along the active axes in units
/// h, second derivatives of the log density in 1 / h^2.
struct RidgeUnit
{
  Axes Active;
  double Length = 1.0; ///< h

  /// That of a kernel density: h^2 is the least eigenvalue of H. Then no curvature is below -1.
  static RidgeUnit Of(const GaussianKernel& kernel);
};

/// The ridge of a density p of d axes, where its log density falls away to all sides but one
/// (Ozertem and Erdogmus 2011; Chen, Genovese and Wasserman 2015).
///
/// With the eigenvalues m_1 >= ... >= m_d of Hess log p and their unit vectors e_k, a place is on
/// the ridge of dimension 1 if
///   e_k' grad log p = 0 for k >= 2, and m_2 < 0.
/// Where the gradient is an eigenvector of Hess p it is one of Hess log p too, so both have these
/// lines; the logarithm keeps fewer of them, and a Gaussian's longest axis as a whole.
struct RidgeGeometry
{
  Eigen::Vector3d Curvatures = Eigen::Vector3d::Zero(); ///< m_k h^2, falling; 0 from d on
  Eigen::Vector3d Along = Eigen::Vector3d::Zero();      ///< e_1, its largest component positive
  /// To the ridge, in units: sum_{k >= 2} e_k (e_k' grad log p) / |m_k|, all in units. Uphill, and
  /// Newton's step where the curvatures are negative. At a place on the ridge it is 0.
  Eigen::Vector3d Step = Eigen::Vector3d::Zero();

  RidgeGeometry() = default;
  /// d is 2 or 3.
  RidgeGeometry(
    const RidgeUnit& unit, const Eigen::Vector3d& score, const SymmetricTensor& hessian);
};

/// A place on a ridge, or one on the way to it.
struct RidgePoint
{
  Eigen::Vector3d Place = Eigen::Vector3d::Zero();
  double LogDensity = 0.0;
  SymmetricTensor Hessian = SymmetricTensor::Zero(); ///< of the log density
  Eigen::Vector3d Along = Eigen::Vector3d::Zero();
  double Second = 0.0;   ///< m_2 h^2
  double Strength = 0.0; ///< (m_1 - m_2) h^2
  bool Settled = false;  ///< on the ridge, as close as asked for
};

/// Which part of a ridge counts.
struct RidgeCriteria
{
  double LeastLogDensity = -1e300;
  double LeastStrength = 0.0; ///< of RidgePoint::Strength

  bool IsMet(const RidgePoint& point) const
  {
    return point.Settled && point.Second < 0.0 && point.LogDensity >= this->LeastLogDensity &&
      point.Strength >= this->LeastStrength;
  }
};
}

#endif
