// SPDX-License-Identifier: BSD-3-Clause
#ifndef Runs_DensityRidgesRun_h
#define Runs_DensityRidgesRun_h

#include "Input/SampleReader.h"

#include "Numerics/Bandwidth/KernelChoice.h"

#include <string>

class vtkAlgorithm;
class vtkDataObject;
class vtkPolyData;

namespace vtkscorefields
{
class Communicator;

/// The properties of the filter DensityRidges.
struct RidgeSettings
{
  scorefields::KernelRequest Kernel;
  scorefields::GridRequest BoundaryBox;
  std::array<scorefields::Boundary, 3> Boundaries{ scorefields::Boundary::Open,
    scorefields::Boundary::Open, scorefields::Boundary::Open };
  int Dimension = 0;
  double MinimumSampleSize = 5.0;
  double MinimumStrength = 0.05;
  double MinimumLength = 2.0; ///< in bandwidths
  double PointSpacing = 0.25; ///< in bandwidths
  double Tolerance = 1e-4;
};

struct RidgeOutputs
{
  vtkPolyData* Ridges;
  vtkPolyData* Samples;
};

/// What the filter says of the run.
struct RidgeReport
{
  scorefields::KernelChoice Kernel;
  scorefields::CloudMoments Moments;
  std::string Warning; ///< or ""
};

/// Chooses the kernel, moves the samples to the ridge, follows it and writes both. Each rank moves
/// its own samples; all follow all ridges, and the first one writes them. Collective.
/// @param cloud  of this rank; without a sample on any rank there are no ridges. @param input  that
/// it was read from.
/// @throws std::invalid_argument on every rank, naming the property that cannot be used.
RidgeReport RunDensityRidges(vtkAlgorithm* algorithm, const Communicator& ranks,
  const RidgeSettings& settings, const Cloud& cloud, vtkDataObject* input,
  const RidgeOutputs& outputs);
}

#endif
