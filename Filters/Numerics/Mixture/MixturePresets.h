// SPDX-License-Identifier: BSD-3-Clause
#ifndef Mixture_MixturePresets_h
#define Mixture_MixturePresets_h

#include "Numerics/Base/Enumerations.h"
#include "Numerics/Mixture/Mixture.h"

namespace scorefields
{
/// Ready-made mixtures. All lie in [-3, 3] along each of their axes but for a percent of their
/// mass. The curved ones are rows of narrow Gaussians, so that their density and score stay exact.
enum class MixturePreset : int
{
  Study = 0,             ///< 2-D, 3 components; barely trimodal
  SeparatedClusters = 1, ///< 2-D, 4 round clusters of weights 1:2:3:4, 12 deviations apart
  RingOfEight = 2,       ///< 2-D, 8 equal round clusters on a circle
  TwoMoons = 3,          ///< 2-D, two interleaved half circles
  Pinwheel = 4,          ///< 2-D, five bent blades
  Spiral = 5,            ///< 2-D, two and a half turns
  Checkerboard = 6,      ///< 2-D, the eight dark squares of a 4 by 4 board
  Clusters3D = 7,        ///< 3-D, 4 clusters of different shape
  SwissRoll = 8,         ///< 3-D, a rolled sheet
  Custom = 9             ///< none of these, but a mixture of the user's own
};

constexpr const char* NameOf(MixturePreset value)
{
  switch (value)
  {
    case MixturePreset::Study:
      return "Study";
    case MixturePreset::SeparatedClusters:
      return "Separated Clusters";
    case MixturePreset::RingOfEight:
      return "Ring of Eight";
    case MixturePreset::TwoMoons:
      return "Two Moons";
    case MixturePreset::Pinwheel:
      return "Pinwheel";
    case MixturePreset::Spiral:
      return "Spiral";
    case MixturePreset::Checkerboard:
      return "Checkerboard";
    case MixturePreset::Clusters3D:
      return "Clusters 3-D";
    case MixturePreset::SwissRoll:
      return "Swiss Roll";
    case MixturePreset::Custom:
      return "Custom";
  }
  return nullptr;
}

/// The preset in its own dimension (axes x, y or x, y, z).
/// @throws std::invalid_argument naming the property Mixture for Custom, which is none.
Mixture MakeMixture(MixturePreset preset);
}

#endif
