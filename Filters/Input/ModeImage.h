// SPDX-License-Identifier: BSD-3-Clause
#ifndef Input_ModeImage_h
#define Input_ModeImage_h

#include "Input/DensityReader.h"

#include "Numerics/Cloud/Domain.h"
#include "Numerics/Modes/SuperlevelTree.h"

#include <optional>
#include <string>
#include <vector>

class vtkImageData;

namespace vtkscorefields
{
class Communicator;

/// The log density at all nodes of an image, the same on every rank, and what the field data say of
/// it.
struct ModeImage
{
  std::string Name; ///< of the array
  scorefields::Grid Nodes;
  std::vector<double> LogDensity;
  scorefields::Domain Box;
  std::optional<Eigen::Matrix3d> KernelCovariance; ///< of a Gaussian kernel
  double Floor = 0.0; ///< density below which the nodes' values mean nothing

  bool IsEmpty() const { return this->LogDensity.empty(); }
  scorefields::NodeField Field() const
  {
    return { this->Nodes, this->LogDensity.data(), this->Box.Boundaries };
  }
  /// The node with the largest value.
  scorefields::Index HighestNode() const;
};

/// Collective.
/// @param name  of the array; empty: see FindDensity.
/// @throws std::invalid_argument on every rank, naming the property: no such array, a logarithm
/// read
///         as a density, no positive density, an image with one node, or one whose axes are turned.
ModeImage ReadModeImage(vtkImageData* image, const std::string& name, Quantity quantity,
  const Communicator& ranks, const scorefields::Execution& execution);
}

#endif
