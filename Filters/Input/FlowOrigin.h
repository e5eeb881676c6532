// SPDX-License-Identifier: BSD-3-Clause
#ifndef Input_FlowOrigin_h
#define Input_FlowOrigin_h

#include "Input/FlowParticles.h"
#include "Numerics/Bandwidth/DensitySettings.h"
#include "Numerics/Cloud/Domain.h"
#include "Numerics/Flow/FlowSchedule.h"
#include "Numerics/Flow/KernelFamily.h"
#include "Pipeline/ArrayNames.h"

#include <Eigen/Geometry>

#include <array>
#include <optional>
#include <string>

class vtkDataObject;

namespace vtkscorefields
{
class Communicator;

/// Where particles begin.
enum class FlowOrigin
{
  Automatic, ///< Particles if that input is connected, else as suits the mode
  Particles,
  Samples,       ///< one at each sample
  RandomSamples, ///< at samples chosen at random
  KernelDensity, ///< the same with the kernel's noise at the first bandwidth
  Noise,         ///< normal, as wide as the density at the first bandwidth
  Box            ///< uniform in a box
};

constexpr const char* NameOf(FlowOrigin value)
{
  switch (value)
  {
    case FlowOrigin::Automatic:
      return "Automatic";
    case FlowOrigin::Particles:
      return "Particles";
    case FlowOrigin::Samples:
      return "Samples";
    case FlowOrigin::RandomSamples:
      return "Random samples";
    case FlowOrigin::KernelDensity:
      return "Kernel density";
    case FlowOrigin::Noise:
      return "Noise";
    case FlowOrigin::Box:
      return "Box";
  }
  return nullptr;
}

/// Whose score moves them.
enum class FlowTarget
{
  KernelDensity,
  Mixture, ///< the truth that the samples carry, smoothed by the kernel
  Image    ///< one known on an image
};

constexpr const char* NameOf(FlowTarget value)
{
  switch (value)
  {
    case FlowTarget::KernelDensity:
      return "Kernel density";
    case FlowTarget::Mixture:
      return "Mixture";
    case FlowTarget::Image:
      return "Image";
  }
  return nullptr;
}

/// The dial between memorising the samples and going on between them. Its defaults do nothing.
struct FlowDial
{
  double Temperature = 1.0; ///< TemperedFamily.h
  double Smoothing = 0.0;   ///< SmoothedFamily.h, in length
};

/// Guidance towards a class of the samples; see GuidedFamily.h.
struct FlowGuidance
{
  std::string LabelArray; ///< "" or "None": none
  int Class = 0;
  double Weight = 1.0;

  bool IsUsed() const { return !IsNoArray(this->LabelArray); }
};

/// All that a flow depends on beside its inputs.
struct FlowSettings
{
  scorefields::FlowRequest Request;
  scorefields::KernelRequest Kernel;
  scorefields::ScoreAccuracy Accuracy;
  FlowDial Dial;
  FlowGuidance Guidance;
  int Dimension = 0;
  FlowTarget Target = FlowTarget::KernelDensity;
  FlowOrigin Origin = FlowOrigin::Automatic;
  scorefields::Index NumberOfParticles = 1000;
  std::optional<Eigen::AlignedBox3d> Box; ///< not set: the bounds of the samples
  scorefields::Index Trajectories = 1000;
  double MemoryBudget = 0.0; ///< bytes for states
  std::string WeightArray;
  /// What lies beyond the box of this request.
  std::array<scorefields::Boundary, 3> Boundaries{};
  scorefields::GridRequest BoundaryBox;
};

/// The inputs of an execution and how it runs.
struct FlowInputs
{
  vtkDataObject* Samples;
  vtkDataObject* Particles; ///< null if not connected
  vtkDataObject* Image;     ///< the score on an image; null if not connected
  const Communicator& Ranks;
  const scorefields::Execution& Executor;
};

/// @throws std::invalid_argument naming NumberOfTrajectories or StateMemory if it is negative.
void Require(const FlowSettings& settings);

/// Where particles begin: what Automatic stands for.
/// @throws std::invalid_argument if Particles is asked for and not connected.
FlowOrigin OriginOf(FlowOrigin asked, bool connected, const scorefields::FlowSchedule& schedule);

/// The input whose points are the particles, or null if particles are drawn.
vtkDataObject* SourceOf(FlowOrigin origin, const FlowInputs& inputs);

/// Reads or draws the particles. Collective.
/// @param samples  all of them. @param moments  theirs. @param first  the kernel at the beginning.
/// @param domain   in whose box the images of the particles are meant.
/// @throws std::invalid_argument naming NumberOfParticles or StartBounds.
FlowParticles MakeParticles(const FlowInputs& inputs, const FlowSettings& settings,
  FlowOrigin origin, const scorefields::Samples& samples, const scorefields::CloudMoments& moments,
  const scorefields::GaussianKernel& first, const scorefields::Domain& domain);
}

#endif
