// SPDX-License-Identifier: BSD-3-Clause
#ifndef Flow_FlowSchedule_h
#define Flow_FlowSchedule_h

#include "Numerics/Base/Enumerations.h"
#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Cloud/CloudMoments.h"
#include "Numerics/Cloud/Domain.h"

#include <string>

namespace scorefields
{
enum class FlowMode
{
  Ascent,           ///< Ascent.h
  Langevin,         ///< Langevin.h, at one bandwidth
  AnnealedLangevin, ///< Langevin.h, at falling bandwidths
  ProbabilityFlow,  ///< ProbabilityFlow.h
  Denoise,          ///< Denoising.h: straight to the posterior mean
  Diffusion         ///< noise is added until the kernel has grown from one bandwidth to another
};

constexpr const char* NameOf(FlowMode value)
{
  switch (value)
  {
    case FlowMode::Ascent:
      return "Ascent";
    case FlowMode::Langevin:
      return "Langevin";
    case FlowMode::AnnealedLangevin:
      return "Annealed Langevin";
    case FlowMode::ProbabilityFlow:
      return "Probability flow";
    case FlowMode::Denoise:
      return "Denoise";
    case FlowMode::Diffusion:
      return "Diffusion";
  }
  return nullptr;
}

/// True for the modes that need more than one density: annealing, probability flow and diffusion.
bool ChangesBandwidth(FlowMode mode);

/// What a user asks of a flow.
struct FlowRequest
{
  static constexpr int MostSteps = 1000000;

  FlowMode Mode = FlowMode::Ascent;
  Index Steps = 100;
  double StepSize = 1.0; ///< of Ascent and Langevin, in DensityFamily::StepUnitAt
  bool Metropolis = false;
  /// Of the modes that change the bandwidth, in length; 0: chosen, see FlowSchedule.
  double FirstBandwidth = 0.0;
  double LastBandwidth = 0.0;
  Index Levels = 10;        ///< of AnnealedLangevin
  bool FinalDenoise = true; ///< AnnealedLangevin: the last step goes to the posterior mean
  std::uint64_t Seed = 1;
};

/// The bandwidth of every step.
///
/// Ascent, Langevin and Denoise stay at the kernel's own bandwidth h. Bandwidths chosen are h, and
/// for the larger one the cloud's size: the length of its bounding box's diagonal over 2, at least
/// 2 h. Along closed axes of a domain the box of these counts, wherever the samples lie in it.
/// Annealing begins large and ends at h, as the probability flow does; diffusion goes the
/// other way. Ratios of neighbouring levels, or steps, are equal.
class FlowSchedule
{
public:
  /// @throws std::invalid_argument naming NumberOfSteps, StepSize, NumberOfLevels, FirstBandwidth
  ///         or LastBandwidth and the value: fewer than one step or level, more than MostSteps, a
  ///         size that is not positive, bandwidths that are negative or not finite, annealing with
  ///         increasing or diffusion with decreasing noise, fewer steps than annealing has levels.
  FlowSchedule(const FlowRequest& request, const GaussianKernel& kernel, const CloudMoments& cloud,
    const Domain& domain = {});

  const FlowRequest& Request() const { return this->Asked; }
  double First() const { return this->FirstBandwidth; }
  double Last() const { return this->LastBandwidth; }
  /// The bandwidth that step k works at, 0 <= k < Steps; for the flow and diffusion the one it
  /// begins at.
  double AtStep(Index step) const;
  /// The bandwidth of the density that the particles belong to after k steps, 0 <= k <= Steps.
  double After(Index steps) const;
  /// How many different densities are asked for, roughly.
  double Densities() const;
  /// True for the last step of an annealing that ends with the posterior mean.
  bool IsFinalDenoise(Index step) const;

private:
  double Between(double share) const;
  Index LevelOf(Index step) const;

  FlowRequest Asked;
  double FirstBandwidth;
  double LastBandwidth;
};

/// The largest stable step size in units of DensityFamily::StepUnitAt: 2 of an ascent, 4 of
/// Langevin steps; 0 for modes without one.
double StepSizeLimit(FlowMode mode);

/// What a user should know about the step size, or "": above 2 an ascent, above 4 a Langevin step
/// is not stable. Says the limit in units of the kernel and in length^2.
std::string StabilityWarning(const FlowRequest& request, double stepUnit);
}

#endif
