// SPDX-License-Identifier: BSD-3-Clause
#ifndef Flow_SmoothDensity_h
#define Flow_SmoothDensity_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Base/Types.h"

#include <memory>

namespace scorefields
{
/// A smooth density that particles can ask for its logarithm and the derivatives of that. Several
/// threads may ask at once.
class SmoothDensity
{
public:
  virtual ~SmoothDensity() = default;

  /// LogDensity, Score and Hessian at m points, where wanted; other fields are not touched. What a
  /// point gets depends on the point alone, so that particles may be divided among calls, threads
  /// and processes in any way. Where nothing is known the log density is NaN, the others are 0.
  /// @param points  3 by m, finite.
  /// @throws Aborted.
  virtual void Evaluate(
    const PointsRef& points, const FieldView& fields, const Execution& execution) const = 0;
};

/// Densities p_s smoothed with kernels of one shape and every bandwidth s: p_s = p_0 * K_s.
class DensityFamily
{
public:
  virtual ~DensityFamily() = default;

  /// The density smoothed with the kernel of this bandwidth (GaussianKernel::WithBandwidth).
  /// Collective where the samples are distributed over processes. A family may keep what it made:
  /// one thread at a time may call this, whereas any may use the densities.
  virtual std::shared_ptr<const SmoothDensity> At(
    double bandwidth, const Execution& execution) const = 0;

  /// K_s: its covariance H carries p_s along the probability flow.
  virtual GaussianKernel KernelAt(double bandwidth) const = 0;

  /// A matrix M, at least H, with -Hess log p_s <= M^-1 everywhere: the unit of steps. A step M s
  /// uphill (mean shift, if M = H) never lowers log p_s, and Langevin steps below 4 M are stable.
  virtual Eigen::Matrix3d StepUnitAt(double bandwidth) const = 0;
};
}

#endif
