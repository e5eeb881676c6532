// SPDX-License-Identifier: BSD-3-Clause
#ifndef Mixture_MixturePlan_h
#define Mixture_MixturePlan_h

#include "Numerics/Cloud/GridPlacement.h"
#include "Numerics/Mixture/MixturePresets.h"
#include "Numerics/Mixture/MixtureTable.h"

#include <Eigen/Geometry>

namespace scorefields
{
/// A mixture and the grid of its truth, as a user asks for them.
struct MixtureRequest
{
  MixturePreset Mixture = MixturePreset::Study;
  MixtureTable Components;       ///< for MixturePreset::Custom
  int Dimension = 0;             ///< 1 to 3, or 0 for the mixture's own
  bool UseMixtureBounds = false; ///< box = means and 4 standard deviations; else Bounds
  /// x0 x1 y0 y1 z0 z1
  Eigen::Matrix<double, 6, 1> Bounds{ -3.0, 3.0, -3.0, 3.0, -3.0, 3.0 };
  Index3 Dimensions = Index3::Constant(128); ///< nodes per axis, both ends included
};

/// What such a request means.
struct MixturePlan
{
  Mixture Target;
  GridRequest Placement;

  /// @throws std::invalid_argument naming Mixture, Components or Dimension. Bounds and Dimensions
  ///         are not checked: not everyone needs them.
  explicit MixturePlan(const MixtureRequest& request);

  /// One node along flat axes, at the means. @throws std::invalid_argument as PlaceGrid.
  Grid MakeGrid() const;
  /// Its sides along flat axes play no part.
  Eigen::AlignedBox3d Box() const;
};
}

#endif
