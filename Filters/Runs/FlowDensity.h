// SPDX-License-Identifier: BSD-3-Clause
#ifndef Runs_FlowDensity_h
#define Runs_FlowDensity_h

#include "Input/FlowOrigin.h"
#include "Numerics/Bandwidth/KernelChoice.h"
#include "Runs/FlowImage.h"

namespace vtkscorefields
{
/// What moves the particles: a kernel, and the image that the density is taken from if it is.
struct FlowDensity
{
  scorefields::KernelChoice Kernel;
  std::optional<FlowImage> Image;
  bool KernelIsOfImage = false;
  scorefields::Domain Domain = {};
};

/// @throws std::invalid_argument if the target is an image that is not connected, or one that the
///         mode cannot use, since it changes the bandwidth, and if a boundary is closed for another
///         target than a kernel density.
void RequireTarget(const FlowInputs& inputs, const FlowSettings& settings);

/// The kernel that the settings ask for, or the image's own if it tells of one. Collective.
/// @param part  of the image, for a target that is one. @param samples  of this process.
/// @throws std::invalid_argument on every rank.
FlowDensity ChooseDensity(const FlowInputs& inputs, const FlowSettings& settings,
  const FlowImagePart& part, const scorefields::Samples& samples,
  const scorefields::CloudMoments& moments);

/// The densities of a flow. Collective.
/// @param samples  all of them. @param evaluations  ScoreAccuracy::Evaluations.
/// @throws std::invalid_argument on every rank.
std::shared_ptr<const scorefields::DensityFamily> MakeFamily(const FlowInputs& inputs,
  const FlowSettings& settings, const FlowDensity& density,
  std::shared_ptr<const scorefields::Samples> samples, double evaluations);
}

#endif
