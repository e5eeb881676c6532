// SPDX-License-Identifier: BSD-3-Clause
#ifndef Output_FlowOutput_h
#define Output_FlowOutput_h

#include "Input/FlowParticles.h"
#include "Numerics/Flow/Basins.h"
#include "Numerics/Flow/FlowHistory.h"

class vtkFieldData;
class vtkPolyData;

namespace vtkscorefields
{
/// What ParticleState tells.
enum class ParticleState : unsigned char
{
  Moving,
  Settled,   ///< an ascent that has reached a mode
  NotFinite, ///< a coordinate is not finite: the particle stays where it is
  NoScore    ///< it has come to where the image has no score, and stays there
};

/// Makes the particles after some steps the output: the cloud's own arrays and LogDensity (made the
/// active scalars), Score (active vectors), Speed, Displacement from the start, ParticleNumber,
/// ParticleState and, where the state has them, PathLogDensity, PosteriorCovariance (active
/// tensors) and Basin. In a closed domain positions and scores are those of the particles' images
/// in its box. Displacement counts every crossing of a periodic seam; along a reflecting axis it is
/// the difference of the places in the box.
void WriteParticles(const FlowParticles& particles, const scorefields::FlowState& state,
  const scorefields::FlowState& start, const scorefields::FlowBasins& basins,
  scorefields::FlowMode mode, const scorefields::Domain& box, vtkPolyData* output);

/// Makes the trails up to a step polylines, one for each particle tracked, with the point arrays
/// Step, LogDensity, Speed and Bandwidth and the cell array ParticleNumber, and Basin of an ascent.
/// In a closed domain a trail lies in the box, and has a polyline for each piece (PathPieces.h).
/// @param numbers  of the moving particles.
void WriteTrail(const scorefields::FlowHistory& history, scorefields::Index step,
  const scorefields::ParticleNumbers& numbers, const scorefields::FlowBasins& basins,
  const scorefields::Domain& box, vtkPolyData* output);

/// Writes FlowMode, Step, Bandwidth and KernelCovariance of this step's density, StepSizeLimit (in
/// length^2; ascent and Langevin), AcceptanceRate (Langevin), NonFiniteParticles and, of an ascent,
/// NumberOfModes, Modes and ModeLogDensity.
void WriteFlowFacts(const scorefields::Flow& flow, const scorefields::FlowState& state,
  double acceptanceRate, const FlowParticles& particles, const scorefields::FlowBasins& basins,
  vtkFieldData* fieldData);
}

#endif
