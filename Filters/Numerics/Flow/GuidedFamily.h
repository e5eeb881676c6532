// SPDX-License-Identifier: BSD-3-Clause
#ifndef Flow_GuidedFamily_h
#define Flow_GuidedFamily_h

#include "Numerics/Flow/SmoothDensity.h"

namespace scorefields
{
/// Guidance towards a class without a classifier (Ho and Salimans 2022):
///   s = s_all + w (s_class - s_all),
/// s_all the score of all samples and s_class that of the samples of a class. Ho and Salimans write
/// (1 + v) s_class - v s_all, so that w = 1 + v. With w = 0 nothing guides, w = 1 is the class
/// alone, and above 1 the class is favoured more than it is likely: s is the gradient of
///   log q = (1 - w) log p_all + w log p_class = log p_all + w log P(class | x) + constant,
/// the logarithm of a density up to a constant, LogDensity. Its tails are those of the kernel.
///
/// Units of steps are those of all samples. For w from 0 to 1 they bound the curvature. For larger
/// w
///   -Hess log q = H^-1 + (w - 1) H^-1 C_all H^-1 - w H^-1 C_class H^-1,
/// C the covariances of the samples as x sees them, which may be more.
class GuidedFamily : public DensityFamily
{
public:
  /// @param all, ofClass  with kernels of the same shape.
  /// @throws std::invalid_argument naming GuidanceWeight if w is negative or not finite.
  GuidedFamily(std::shared_ptr<const DensityFamily> all,
    std::shared_ptr<const DensityFamily> ofClass, double weight);

  std::shared_ptr<const SmoothDensity> At(
    double bandwidth, const Execution& execution) const override;
  GaussianKernel KernelAt(double bandwidth) const override;
  /// Bounds the curvature for w from 0 to 1.
  Eigen::Matrix3d StepUnitAt(double bandwidth) const override;

private:
  std::shared_ptr<const DensityFamily> All;
  std::shared_ptr<const DensityFamily> OfClass;
  double Weight;
};
}

#endif
