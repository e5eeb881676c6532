// SPDX-License-Identifier: BSD-3-Clause
#ifndef Transform_FftOptions_h
#define Transform_FftOptions_h

#include "Numerics/Base/Boundary.h"
#include "Numerics/Base/Enumerations.h"
#include "Numerics/Base/TransformErrors.h"
#include "Numerics/Base/Types.h"

#include <array>

namespace scorefields
{
/// What the harmonics of the spread samples are multiplied by.
enum class FftSpectrum
{
  /// exp(-w'Hw/2) over the transform of the spline that spread the samples: no gridding error but
  /// the aliases, which Tolerance bounds. The mesh is as fine as that needs, not as the grid is.
  Deconvolved,
  /// Linear binning on the grid's spacing, times the transform of the kernel sampled on the nodes:
  /// the density of the binned samples, positive but for rounding.
  Aliased,
  /// Linear binning on the grid's spacing, times exp(-w'Hw/2) cut at the Nyquist frequency: what
  /// KernelDensity.jl does. Rings, also below 0, where the bandwidth is below 2.6 spacings.
  CharacteristicFunction
};

constexpr const char* NameOf(FftSpectrum value)
{
  switch (value)
  {
    case FftSpectrum::Deconvolved:
      return "Deconvolved";
    case FftSpectrum::Aliased:
      return "Aliased";
    case FftSpectrum::CharacteristicFunction:
      return "Characteristic function";
  }
  return nullptr;
}

struct FftOptions
{
  FftSpectrum Spectrum = FftSpectrum::Deconvolved;
  /// Off: the period of an open axis is nodes * spacing, as in KernelDensity.jl, so that kernels
  /// that leave the box come in again at the other side; and a sample counts only if it lies above
  /// the first and not above the last node, while the total weight still counts it.
  bool ZeroPadding = true;
  /// Densities below 0 become 0. The report has the minimum from before.
  bool ClampNegative = true;
  std::array<Boundary, 3> Boundaries{ Boundary::Open, Boundary::Open, Boundary::Open };
  /// Bound of the error by padding and (Deconvolved) aliases, relative to the density's maximum.
  double Tolerance = 1e-9;
  /// About the most nodes of the samples' mesh (Deconvolved); 0: four times those of the grid, at
  /// least 2^23. Where that is too few for the tolerance, the finest mesh is used and the report's
  /// Spreading says what it gives.
  Index MaximumMeshSize = 0;

  /// The study's mode: KernelDensity.jl's algorithm.
  static FftOptions Study()
  {
    FftOptions options;
    options.Spectrum = FftSpectrum::CharacteristicFunction;
    options.ZeroPadding = false;
    return options;
  }
};

/// What an evaluation did and which absolute error it claims for the density (1 / length^d).
struct FftReport
{
  double Minimum = 0.0;       ///< over the nodes asked for, before the clamp
  double Maximum = 0.0;       ///< over the nodes asked for
  TransformErrors Errors;     ///< of the density and its gradient
  double LostWeight = 0.0;    ///< weight of the samples outside the box, share of the total weight
  double DroppedWeight = 0.0; ///< weight that is not in the density at all, share of the total
  Eigen::Vector3d Period = Eigen::Vector3d::Zero(); ///< of the transforms, 0 in flat axes
  /// False if the mesh could not be made fine enough for the bandwidth within MaximumMeshSize; the
  /// result is then a smoothed histogram of right mass, and Spreading is as large as the kernel.
  bool Resolved = true;

  /// The absolute error claimed for the density: differences below it mean nothing.
  double Floor() const { return this->Errors.Sum().Density; }
};
}

#endif
