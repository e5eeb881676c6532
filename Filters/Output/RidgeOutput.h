// SPDX-License-Identifier: BSD-3-Clause
#ifndef Output_RidgeOutput_h
#define Output_RidgeOutput_h

#include "Input/FlowParticles.h"

#include "Numerics/Ridges/FindRidges.h"

class vtkPolyData;

/// What the filter DensityRidges writes.
namespace vtkscorefields
{
/// What the samples become, one entry per sample that is finite.
struct ProjectedSamples
{
  Eigen::Matrix3Xd Places; ///< on the ridge, in the whole space; where it was for one that is not
  Eigen::VectorXd LogDensity;
  Eigen::VectorXd Strength;
  std::vector<int> Filament; ///< -1: on none
  std::vector<unsigned char> Settled;
};

/// Lines with their arrays. One that crosses a periodic seam has a cell for each part in the box.
/// @param logSampleSize  what a log density lacks to be that of EffectiveSampleSize.
void WriteRidges(const std::vector<scorefields::Filament>& filaments,
  const scorefields::RidgeUnit& unit, double logSampleSize, const scorefields::Domain& box,
  vtkPolyData* output);

/// The samples with the arrays that they came with, moved to the ridge.
void WriteProjected(const FlowParticles& samples, const ProjectedSamples& projected,
  const scorefields::Domain& box, vtkPolyData* output);
}

#endif
