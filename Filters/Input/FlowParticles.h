// SPDX-License-Identifier: BSD-3-Clause
#ifndef Input_FlowParticles_h
#define Input_FlowParticles_h

#include "Numerics/Flow/FlowState.h"

#include <vtkSmartPointer.h>
#include <vtkType.h>

#include <vector>

class vtkDataObject;
class vtkPolyData;

namespace vtkscorefields
{
class Communicator;

/// This process's particles before they move.
///
/// Cloud has all of them, as poly data with a vertex for each and the point arrays that they came
/// with. Those whose coordinates are finite move: Column[i] is the number, among these, of point i;
/// -1 for one that stays where it is.
struct FlowParticles
{
  vtkSmartPointer<vtkPolyData> Cloud;
  std::vector<scorefields::Index> Column;
  scorefields::ParticleNumbers Numbers; ///< of the points in the whole set
  /// Log density of those that move; empty where it is not known, or that of what moves them.
  Eigen::VectorXd LogDensity;
  double Total = 0.0;     ///< particles of all processes
  double NonFinite = 0.0; ///< those of them that do not move

  scorefields::ParticleNumbers MovingNumbers() const;
  Eigen::Matrix3Xd MovingPoints() const;
};

/// The points of a data set, or of all blocks of a composite one, as particles. Ghost and hidden
/// points are none. They are numbered by their global identifiers if they have some, else through
/// all processes in the order of the ranks. Collective.
FlowParticles ReadParticles(vtkDataObject* input, const Communicator& communicator);

/// The numbers of this process's share of `total` particles that are to be drawn.
scorefields::ParticleNumbers ShareOfParticles(
  scorefields::Index total, const Communicator& communicator);

/// Particles that were drawn.
FlowParticles DrawnParticles(const Eigen::Matrix3Xd& points,
  const scorefields::ParticleNumbers& numbers, scorefields::Index total);

/// Which moving particles leave a trail: about `most` of all processes' together, evenly chosen by
/// their numbers.
std::vector<scorefields::Index> TrackedParticles(
  const FlowParticles& particles, scorefields::Index most);
}

#endif
