// SPDX-License-Identifier: BSD-3-Clause
#ifndef Flow_MixtureFamily_h
#define Flow_MixtureFamily_h

#include "Numerics/Flow/SmoothDensity.h"
#include "Numerics/Mixture/Mixture.h"

namespace scorefields
{
/// The density of a mixture (MixtureField.h).
class MixtureDensity : public SmoothDensity
{
public:
  explicit MixtureDensity(Mixture mixture);
  void Evaluate(
    const PointsRef& points, const FieldView& fields, const Execution& execution) const override;

private:
  Mixture Components;
};

/// The truth: a mixture smoothed with kernels of one shape, C_k + H (MixtureField.h).
///
/// The unit of steps is H plus the smallest variance of any component times the unit matrix.
class MixtureFamily : public DensityFamily
{
public:
  /// @param shape  of the mixture's axes. @throws std::invalid_argument if it has others.
  MixtureFamily(const Mixture& mixture, const GaussianKernel& shape);

  std::shared_ptr<const SmoothDensity> At(
    double bandwidth, const Execution& execution) const override;
  GaussianKernel KernelAt(double bandwidth) const override;
  Eigen::Matrix3d StepUnitAt(double bandwidth) const override;

private:
  Mixture Truth;
  GaussianKernel Shape;
  double LeastVariance = 0.0;
};
}

#endif
