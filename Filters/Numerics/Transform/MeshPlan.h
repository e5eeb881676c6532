// SPDX-License-Identifier: BSD-3-Clause
#ifndef Transform_MeshPlan_h
#define Transform_MeshPlan_h

#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Cloud/CloudMoments.h"
#include "Numerics/Transform/FftOptions.h"

#include <array>
#include <vector>

namespace scorefields
{
/// One axis of the mesh: Size nodes at Origin + j * Spacing, j modulo Size.
struct MeshAxis
{
  int Axis = 0;             ///< of the grid
  double Origin = 0.0;      ///< that of the grid
  double Spacing = 1.0;     ///< Period / Size
  Index Size = 1;           ///< nodes of the mesh
  double NodeSpacing = 0.0; ///< of the grid
  Index Outputs = 1;        ///< nodes of the transform back to the grid's spacing in one period
  double Period = 1.0;      ///< length after which everything repeats
  Index Frequencies = 0;    ///< highest harmonic kept; Size / 2 keeps all
  /// Samples in (KeepAbove, KeepUpTo] are spread, modulo the period; others are dropped.
  double KeepAbove = 0.0;
  double KeepUpTo = 0.0;
  bool Mirror = false; ///< add the mirror image about Origin
  /// The period is so long that harmonics are summed at each node instead of transformed; Outputs
  /// is then of no meaning.
  bool Direct = false;
  /// Bound of what images add and dropped samples lack, for the widest kernel, relative to the
  /// density's maximum; 0 where nothing is padded.
  double WrapError = 0.0;
  double Resolution = 1.0; ///< narrowest bandwidth along this axis / Spacing
};

/// The mesh that samples are spread to and the sizes of the transforms, for a set of kernels.
///
/// Open axis with padding: the period is the shortest, of a fast size on the grid's spacing, at
/// which no image of a sample comes nearer to a node than R, where sqrt(e) (R/h) exp(-R^2 / 2h^2)
/// per image is a quarter of the tolerance relative to the density's maximum. Samples farther than
/// R from the box are dropped for the same reason. WrapError is the same at the distance that the
/// period really leaves. A period beyond eight boxes (a kernel far wider
/// than the box, which few harmonics describe) is not tied to the grid's spacing.
/// Deconvolved: of the spline orders and the mesh sizes that meet the other half of the tolerance
/// (SplineErrorBound), the cheapest pair; frequencies are kept until exp(-(w h)^2 / 2) is a
/// hundredth of the tolerance. A mesh can be coarser than the grid, and usually is.
struct MeshPlan
{
  int Dimension = 0;
  std::array<MeshAxis, 3> Axes; ///< the first Dimension entries are valid
  int Order = 2;
  bool Deconvolve = false;
  bool Resolved = true;        ///< the mesh meets the tolerance, or at least carries the kernel
  double SpreadingError = 0.0; ///< bound for the narrowest kernel, relative to the maximum
  double WrapError = 0.0;      ///< sum over the axes
  Eigen::Vector3d Narrowest = Eigen::Vector3d::Zero(); ///< 1 / sqrt((H^-1)_aa) per mesh axis
  Eigen::Vector3d Widest = Eigen::Vector3d::Zero();    ///< sqrt(H_aa) per mesh axis

  Index Size() const;
};

/// @throws std::invalid_argument: no kernels; a spacing that is not positive; a periodic or
///         reflecting axis with fewer than 2 nodes; no padding on an axis with fewer than 2 nodes;
///         Tolerance outside (0, 0.1].
MeshPlan PlanMesh(const Grid& grid, const std::vector<GaussianKernel>& kernels,
  const CloudMoments& cloud, const FftOptions& options);
}

#endif
