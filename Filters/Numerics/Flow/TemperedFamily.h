// SPDX-License-Identifier: BSD-3-Clause
#ifndef Flow_TemperedFamily_h
#define Flow_TemperedFamily_h

#include "Numerics/Flow/SmoothDensity.h"

namespace scorefields
{
/// A family at a temperature T: the denoiser of bandwidth h sqrt(T), used at bandwidth h.
///
/// For a kernel density the posterior mean at temperature T is
///   m_T(x) = sum_i p_i x_i,   p_i proportional to w_i exp(-|x - x_i|^2 / (2 h^2 T)),
/// the softmax with its exponents divided by T, and the score is s_T = (m_T(x) - x) / h^2. Since
/// m_T is the posterior mean of bandwidth h sqrt(T),
///   s_T = T grad log p_{h sqrt(T)},
/// and so for every family, with H in the place of h^2. It is the gradient of T log p_{h sqrt(T)},
/// the logarithm of a density up to a constant: LogDensity is this, not normalised. With M the
/// family's unit of steps at h sqrt(T), M / T is the one here; for a kernel density that is H.
/// T = 1 is the family itself.
class TemperedFamily : public DensityFamily
{
public:
  /// @throws std::invalid_argument naming Temperature if it is not positive and finite.
  TemperedFamily(std::shared_ptr<const DensityFamily> family, double temperature);

  std::shared_ptr<const SmoothDensity> At(
    double bandwidth, const Execution& execution) const override;
  GaussianKernel KernelAt(double bandwidth) const override;
  Eigen::Matrix3d StepUnitAt(double bandwidth) const override;

private:
  double Wider(double bandwidth) const;

  std::shared_ptr<const DensityFamily> Family;
  double Temperature;
};
}

#endif
