// SPDX-License-Identifier: BSD-3-Clause
#ifndef Mixture_Mixture_h
#define Mixture_Mixture_h

#include "Numerics/Base/Types.h"

#include <vector>

namespace scorefields
{
struct MixtureComponent
{
  double Weight = 1.0;
  Eigen::Vector3d Mean = Eigen::Vector3d::Zero();           ///< in length
  Eigen::Matrix3d Covariance = Eigen::Matrix3d::Identity(); ///< in length^2
};

/// A mixture of Gaussians in d active dimensions,
///   p(x) = sum_k w_k N(x; m_k, C_k),  sum_k w_k = 1.
///
/// Along the inactive axes of a flat mixture all means share one coordinate, covariances are 0 and
/// p does not depend on x. Immutable; what it is made from is checked once, here.
class Mixture
{
public:
  /// @param axes        the d active axes; the rest of each covariance is ignored.
  /// @param components  at least one. Weights are divided by their sum.
  /// @throws std::invalid_argument if a weight is not positive and finite, a mean not finite, a
  ///         covariance not positive definite on the active axes (the smallest eigenvalue of its
  ///         correlation matrix is not above 1e-12) or the means differ along an inactive axis. The
  ///         message names the property Components, the row (from 1) and the value.
  Mixture(const Axes& axes, std::vector<MixtureComponent> components);

  /// A mixture on the axes along which a component has a variance.
  explicit Mixture(std::vector<MixtureComponent> components);

  const Axes& ActiveAxes() const { return this->Active; }
  int Dimension() const { return this->Active.Count; }
  Index Count() const { return static_cast<Index>(this->Components.size()); }

  /// Component k with its share as weight and zeros in the inactive axes of its covariance.
  const MixtureComponent& Component(Index k) const { return this->Components[At(k)]; }
  /// The lower triangular L with L L' = C_k; 0 in inactive axes.
  const Eigen::Matrix3d& Factor(Index k) const { return this->Shapes[At(k)].Factor; }
  /// L^-1 on the active axes, 0 elsewhere; |L^-1 (x - m_k)| is the Mahalanobis distance.
  const Eigen::Matrix3d& Whitening(Index k) const { return this->Shapes[At(k)].Whitening; }
  /// log(w_k N(m_k; m_k, C_k)) = log w_k - (d/2) log(2 pi) - log|C_k| / 2.
  double LogPeak(Index k) const { return this->Shapes[At(k)].LogPeak; }

  /// sum_k w_k m_k.
  Eigen::Vector3d Mean() const;
  /// sum_k w_k (C_k + (m_k - Mean) (m_k - Mean)').
  Eigen::Matrix3d Covariance() const;
  /// The smallest eigenvalue of any C_k on the active axes.
  double LeastVariance() const;

  /// This mixture convolved with a Gaussian of the given covariance: C_k + covariance.
  /// It is what a kernel density estimate with that kernel covariance has as its expectation.
  Mixture Smoothed(const Eigen::Matrix3d& covariance) const;
  /// C_k + h^2 I. @throws std::invalid_argument if Bandwidth h is not finite or below 0.
  Mixture Smoothed(double bandwidth) const;

  /// This mixture on the first `dimension` axes, flat axes at 0. Axes it loses are integrated out.
  /// Along an axis it gains, components are centred at 0, independent of the other axes, and as
  /// wide as in the others: the variance is the mean of C_k's active diagonal.
  /// @throws std::invalid_argument if Dimension is not 1 to 3.
  Mixture InDimension(int dimension) const;

private:
  struct Shape
  {
    Eigen::Matrix3d Factor = Eigen::Matrix3d::Zero();
    Eigen::Matrix3d Whitening = Eigen::Matrix3d::Zero();
    double LogPeak = 0.0;
  };

  static std::size_t At(Index k) { return static_cast<std::size_t>(k); }
  void CheckAndNormalizeWeights();
  void CheckMeans() const;
  Shape MakeShape(Index k) const;

  Axes Active;
  std::vector<MixtureComponent> Components;
  std::vector<Shape> Shapes;
};
}

#endif
