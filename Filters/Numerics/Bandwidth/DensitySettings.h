// SPDX-License-Identifier: BSD-3-Clause
#ifndef Bandwidth_DensitySettings_h
#define Bandwidth_DensitySettings_h

#include "Numerics/Bandwidth/Bandwidth.h"
#include "Numerics/Cloud/GridPlacement.h"

namespace scorefields
{
/// How a user chooses the kernel.
struct KernelRequest
{
  BandwidthRule Rule = BandwidthRule::NormalGradient;
  BandwidthShape Shape = BandwidthShape::Isotropic;
  double Bandwidth = 1.0;                                         ///< Manual, Isotropic
  Eigen::Vector3d AxisBandwidths = Eigen::Vector3d::Ones();       ///< Manual, PerAxis
  SymmetricTensor Matrix = ToTensor(Eigen::Matrix3d::Identity()); ///< Manual, Covariance
  double Scale = 1.0;                                             ///< multiplies every length
};

/// The kernel asked for; for a rule without any point, which chooses nothing, the unit kernel.
/// @throws std::invalid_argument naming the property at fault.
GaussianKernel ResolveKernel(
  const KernelRequest& request, const CloudMoments& moments, const Axes& axes);

/// The axes of the estimate: AxesOf with, for points that differ nowhere, the axes along which the
/// grid asked for has more than one node (all three if there are none).
/// @throws std::invalid_argument if dimension is not 0 to 3.
Axes ResolveAxes(int dimension, const GridRequest& grid, const CloudMoments& moments);
}

#endif
