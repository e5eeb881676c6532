// SPDX-License-Identifier: BSD-3-Clause
#ifndef Runs_FlowRun_h
#define Runs_FlowRun_h

#include "Input/SampleReader.h"
#include "Numerics/Flow/FlowHistory.h"
#include "Output/DensityOutput.h"
#include "Output/FlowOutput.h"
#include "Runs/FlowGuidance.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

class vtkPolyData;

namespace vtkscorefields
{
class Communicator;

/// What an algorithm keeps of a flow from one time step to the next: particles, densities, states.
/// Everything belongs to one state of the inputs and the properties.
class FlowRun
{
public:
  /// Makes the run that of these inputs and settings. What is known is kept if neither the points
  /// nor `modified`, which stands for the settings, have changed. Collective.
  /// @return warnings, one a line, when a new run begins.
  /// @throws std::invalid_argument on every rank.
  std::string Enter(const FlowInputs& inputs, const FlowSettings& settings, std::uint64_t modified);

  /// Computes the state after a step. Collective. @throws Aborted on every rank if on any.
  void GoTo(scorefields::Index step, const FlowInputs& inputs);

  /// Writes the particles and trails of the step gone to, and what is known of them.
  void Write(vtkPolyData* particles, vtkPolyData* trails);

  /// Bytes that kept states take.
  double Bytes() const { return this->History ? this->History->Bytes() : 0.0; }

private:
  struct Identity
  {
    std::uint64_t Modified = 0;
    std::uint64_t Stamp = 0;       ///< of the data objects
    std::uint64_t Fingerprint = 0; ///< of their points
  };

  std::string Begin(const FlowInputs& inputs, const FlowSettings& settings, const Cloud& cloud,
    const FlowImagePart& part, const std::optional<GuidedSamples>& guided);
  std::string Warnings(
    const FlowInputs& inputs, const FlowSettings& settings, double samplesLeftOut) const;
  void FindBasins(const FlowInputs& inputs);

  Identity Current;
  FlowOrigin Origin = FlowOrigin::Samples;
  FlowParticles Particles;
  scorefields::ParticleNumbers Moving;
  std::optional<scorefields::FlowHistory> History;
  std::optional<scorefields::FlowBasins> Basins;
  std::optional<scorefields::KernelChoice> Kernel;
  FlowDial Dial;
  FlowGuidance Guidance;
  DensityProvenance Provenance;
  scorefields::Index Step = 0;
  double AcceptanceRate = 1.0;
  double WithoutScore = 0.0; ///< particles of all processes that are where there is none
  bool OfImage = false;
  bool KernelIsOfImage = false;
  scorefields::Domain Domain;
};
}

#endif
