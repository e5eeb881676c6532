// SPDX-License-Identifier: BSD-3-Clause
#ifndef Score_DensityFacts_h
#define Score_DensityFacts_h

#include "Numerics/Base/ErrorClaims.h"
#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Base/TransformErrors.h"
#include "Numerics/Base/Types.h"

#include <optional>

namespace scorefields
{
/// How a density was computed, as far as it matters to what it is worth.
enum class DensitySource
{
  Unknown,
  Exact,              ///< relative error control at every node
  Transform,          ///< Fourier transform whose absolute error is stated (DensityFloor)
  AliasedTransform,   ///< linear binning, spectrum of the sampled kernel
  TruncatedTransform, ///< linear binning, characteristic function cut at the Nyquist frequency
};

/// What a density on a grid says about itself. Nothing is required.
struct DensityFacts
{
  DensitySource Source = DensitySource::Unknown;
  /// In the frame of the grid's axes; none: not a kernel density, or nothing said.
  std::optional<GaussianKernel> Kernel;
  double SampleCount = 0.0;  ///< of equally weighted samples; 0: unknown
  double DensityFloor = 0.0; ///< absolute error below which values mean nothing; 0: none stated
  ErrorClaims Claims;        ///< what is stated beside it
  /// What a transform states of its errors; none: the mask recomputes what it can.
  std::optional<TransformErrors> Transform;
  /// Period of a transform without padding, per axis; 0: no wrap-around.
  Eigen::Vector3d WrapPeriod = Eigen::Vector3d::Zero();
  /// Bounding box of the samples, where known.
  std::optional<std::pair<Eigen::Vector3d, Eigen::Vector3d>> SampleBounds;
  /// Relative precision of the stored values: 2^-53 for doubles, 2^-24 for floats.
  double StoredPrecision = 1.1102230246251565e-16;
  double ScorePrecision = 1.1102230246251565e-16; ///< the same of the analytic score
  bool StoredLogarithm = false;                   ///< the logarithm was stored, else the density
};
}

#endif
