// SPDX-License-Identifier: BSD-3-Clause
#ifndef Flow_KernelFamily_h
#define Flow_KernelFamily_h

#include "Numerics/Exact/CellSums.h"
#include "Numerics/Flow/SmoothDensity.h"

#include <Eigen/Geometry>

#include <list>

namespace scorefields
{
/// How exact the scores of particles have to be, and what may be done about it.
struct ScoreAccuracy
{
  /// Absolute error of the log density, of the score in units of 1 / bandwidth and of the Hessian
  /// in units of 1 / bandwidth^2, where the density is above 1e-4 of its maximum. In [1e-16, 0.1].
  double Tolerance = 1e-6;
  /// The same where it is below: in the tails. Not below Tolerance, at most 0.1.
  double TailTolerance = 1e-3;
  /// Sums only, to 1e-13 everywhere.
  bool ExactOnly = false;
  /// About how often a density will be asked for how many particles: splines must pay.
  double Evaluations = 1.0;
};

/// Kernel density estimates of one cloud with kernels of one shape.
///
/// Each is evaluated by a spline (SplineDensity.h) where the density stands above the spline's
/// error floor by what the tolerance asks, and by exact sums (CellSums.h) elsewhere; by sums alone
/// if there are few pairs of particle and sample. The last few densities asked for are kept,
/// so that one thread at a time may call At.
class KernelFamily : public DensityFamily
{
public:
  /// @param samples  at least one, the whole cloud.
  /// @param shape    the kernel at its own bandwidth.
  /// @throws std::invalid_argument for tolerances out of range or without samples.
  KernelFamily(std::shared_ptr<const Samples> samples, const GaussianKernel& shape,
    const ScoreAccuracy& accuracy);

  std::shared_ptr<const SmoothDensity> At(
    double bandwidth, const Execution& execution) const override;
  GaussianKernel KernelAt(double bandwidth) const override;
  /// H: -Hess log p_s <= H^-1.
  Eigen::Matrix3d StepUnitAt(double bandwidth) const override;

private:
  bool SplinesPay(const GaussianKernel& kernel, double nodes) const;

  struct Kept
  {
    double Bandwidth;
    std::shared_ptr<const SmoothDensity> Source;
  };

  std::shared_ptr<const CellSums> Sums;
  GaussianKernel Shape;
  ScoreAccuracy Accuracy;
  Eigen::AlignedBox3d Box;
  mutable std::list<Kept> Recent; ///< a cache that At writes: the one used last in front
};
}

#endif
