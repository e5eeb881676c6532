// SPDX-License-Identifier: BSD-3-Clause
#ifndef Exact_CompactKernel_h
#define Exact_CompactKernel_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/GaussianKernel.h"

namespace scorefields
{
/// Shapes of kernels. With u = H^(-1/2) (x - x_i), all have covariance H, so that "bandwidth" means
/// the same for each: the standard deviation along an axis. In d dimensions, rho = |u| / R:
enum class KernelProfile
{
  Gaussian,     ///< exp(-|u|^2 / 2); not compact, see GaussianKernel
  Epanechnikov, ///< 1 - rho^2,     R = sqrt(d + 4)
  Quartic,      ///< (1 - rho^2)^2, R = sqrt(d + 6)
  TopHat,       ///< 1,             R = sqrt(d + 2)
  CubicSpline,  ///< SPH's M4: with q = 2 rho, 1 - 3/2 q^2 + 3/4 q^3 for q < 1, else (2 - q)^3 / 4
                ///< (Monaghan and Lattanzio 1985); R from its second moment
};

constexpr const char* NameOf(KernelProfile value)
{
  switch (value)
  {
    case KernelProfile::Gaussian:
      return "Gaussian";
    case KernelProfile::Epanechnikov:
      return "Epanechnikov";
    case KernelProfile::Quartic:
      return "Quartic";
    case KernelProfile::TopHat:
      return "Top hat";
    case KernelProfile::CubicSpline:
      return "SPH cubic spline";
  }
  return nullptr;
}

/// A normalised kernel of compact support and covariance H.
class CompactKernel
{
public:
  /// @throws std::invalid_argument for the Gaussian.
  CompactKernel(KernelProfile profile, const GaussianKernel& covariance);

  /// K at a squared Mahalanobis distance u'u; 0 outside the support.
  double Value(double squaredDistance) const;
  /// K(0), in 1 / length^d.
  double Peak() const { return this->Scale; }
  /// R: no weight at Mahalanobis distances above it.
  double Support() const { return this->Radius; }

private:
  KernelProfile Profile;
  double Radius = 0.0;
  double Scale = 0.0; ///< K(0)
};

/// The density estimate with a compact kernel, f(x) = (1/W) sum_i w_i K(x - x_i), and from it the
/// logarithm (of a density of 0: that of the smallest normal double) and the effective sample size
/// n f / K(0), at the nodes of a grid. Score and Hessian are not defined by such kernels everywhere
/// and must be null.
///
/// Every node sums its samples in their order: the same to the bit for any number of threads.
/// Error: rounding, eps times the number of samples in the support. Cost: O(n) per slab of the
/// grid and O(1) per node in the support of a sample.
void EvaluateCompactOnGrid(const Samples& samples, const GaussianKernel& covariance,
  KernelProfile profile, const Grid& grid, const FieldView& fields, const Execution& execution);
}

#endif
