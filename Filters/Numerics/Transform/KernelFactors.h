// SPDX-License-Identifier: BSD-3-Clause
#ifndef Transform_KernelFactors_h
#define Transform_KernelFactors_h

#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Transform/FftOptions.h"
#include "Numerics/Transform/FourierGrid.h"

#include <array>
#include <vector>

namespace scorefields
{
/// Which derivative of the density: Order[a] times along mesh axis a, at most 2 in all.
using Derivative = std::array<int, 3>;

/// What the harmonics of the spread samples are multiplied by to give the density or one of its
/// derivatives, all with the factor 1 / (cell volume * mesh size * total weight) included:
///   Deconvolved:            (i w)^m exp(-w'Hw/2) / prod_a sinc(w_a spacing_a / 2)^p
///   CharacteristicFunction: (i w)^m exp(-w'Hw/2)
///   Aliased:                sum_v (i w_v)^m exp(-w_v'Hw_v/2), w_v = w + 2 pi v / spacing,
///                           over the same at w = 0, m = 0
/// The division in the last keeps the mass 1 when the bandwidth is far below the spacing. An axis'
/// Nyquist frequency stands for plus and minus itself, and has the mean of the two factors. So odd
/// derivatives along the axis are 0 there if H is diagonal, but not for a kernel with correlation.
/// Kernels with a diagonal H are products of one table per axis; others cost an exponential per
/// harmonic (Aliased: per alias as well).
class KernelFactors
{
public:
  KernelFactors(const MeshPlan& plan, const FourierGrid& harmonics, const GaussianKernel& kernel,
    FftSpectrum spectrum, double totalWeight);

  /// The real factors; for an odd number of derivatives, the imaginary unit is left out.
  /// The result refers to this object.
  FourierGrid::Factors Of(const Derivative& derivative) const;

private:
  using Table = std::array<std::vector<double>, 3>; ///< derivative 0, 1, 2 by slot

  Table AxisTable(int a, int order, FftSpectrum spectrum) const;
  double Joint(const Eigen::Vector3d& frequency, const Derivative& derivative) const;
  double JointAt(const std::array<Index, 3>& slots, const Derivative& derivative) const;

  int Dimension;
  bool Separable;
  double Scale;
  Eigen::Matrix3d H = Eigen::Matrix3d::Zero(); ///< by mesh axes
  std::array<MeshAxis, 3> Mesh;
  std::array<HarmonicAxis, 3> Slots;
  std::array<Table, 3> Tables;
  int Aliases = 0;
};
}

#endif
