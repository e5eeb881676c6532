// SPDX-License-Identifier: BSD-3-Clause
#ifndef Flow_KernelFamily_h
#define Flow_KernelFamily_h

#include "Numerics/Cloud/Domain.h"
#include "Numerics/Exact/CellSums.h"
#include "Numerics/Flow/SmoothDensity.h"

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
///
/// In a closed domain each density is that of the samples and their images (BoundaryImages.h), and
/// is defined everywhere: it repeats along periodic axes and is mirrored along reflecting ones
/// (FoldedPoints.h). It solves the heat equation with these boundaries, so that all that moves
/// particles in open space moves them rightly here, in the whole space, and their images in the
/// box are what is wanted. That needs a kernel without correlation along reflecting axes, whose
/// mirror images have the same kernel.
class KernelFamily : public DensityFamily
{
public:
  /// @param samples  at least one, the whole cloud.
  /// @param shape    the kernel at its own bandwidth.
  /// @param domain   closed axes among those of the kernel count.
  /// @throws std::invalid_argument for tolerances out of range, without samples, or naming Boundary
  ///         for a kernel that is correlated along a reflecting axis.
  KernelFamily(std::shared_ptr<const Samples> samples, const GaussianKernel& shape,
    const ScoreAccuracy& accuracy, const Domain& domain = {});

  /// @throws std::invalid_argument that names Boundary if there are about 1e8 images or more.
  std::shared_ptr<const SmoothDensity> At(
    double bandwidth, const Execution& execution) const override;
  GaussianKernel KernelAt(double bandwidth) const override;
  /// H: -Hess log p_s <= H^-1.
  Eigen::Matrix3d StepUnitAt(double bandwidth) const override;

private:
  /// The density of the samples of some sums in the whole space.
  /// @param near  those that a spline is made of.
  std::shared_ptr<const SmoothDensity> InSpace(std::shared_ptr<const CellSums> sums,
    const Samples& near, const GaussianKernel& kernel, const Execution& execution) const;
  std::shared_ptr<const SmoothDensity> InDomain(
    const GaussianKernel& kernel, const Execution& execution) const;

  struct Kept
  {
    double Bandwidth;
    std::shared_ptr<const SmoothDensity> Source;
  };

  std::shared_ptr<const Samples> Cloud;
  std::shared_ptr<const CellSums> Sums; ///< in a closed domain: none, each density has its own
  GaussianKernel Shape;
  ScoreAccuracy Accuracy;
  Domain Closed;
  mutable std::list<Kept> Recent; ///< a cache that At writes: the one used last in front
};
}

#endif
