// SPDX-License-Identifier: BSD-3-Clause
#ifndef Runs_DensityDifferenceRun_h
#define Runs_DensityDifferenceRun_h

#include "Input/CloudPair.h"
#include "Numerics/Bandwidth/KernelChoice.h"
#include "Numerics/Difference/DensityDifference.h"

#include <string>

class vtkAlgorithm;
class vtkDataObject;
class vtkImageData;
class vtkInformation;

namespace vtkscorefields
{
class Communicator;

/// The properties of the filter DensityDifference.
struct DifferenceSettings
{
  CloudPairChoice Clouds;
  scorefields::DifferenceOptions Options;
  scorefields::KernelRequest Kernel;
  scorefields::GridRequest Grid;
  std::array<scorefields::Boundary, 3> Boundaries{};
  int Dimension = 0;
};

/// What a user is told, each only if there is something to tell.
struct DifferenceWarnings
{
  std::string Points;    ///< points that are left out
  std::string Bandwidth; ///< found only roughly
  std::string Width;     ///< of the kernel, too large
  std::string Nodes;     ///< too far from each other
};

/// Reads both clouds, chooses the kernel, calls the numerics and writes the image. Collective.
/// @param inputB   may be null.
/// @param request  the pipeline's information of the image.
/// @throws std::invalid_argument naming the property or input that cannot be used.
DifferenceWarnings RunDensityDifference(vtkAlgorithm* algorithm, const Communicator& ranks,
  const DifferenceSettings& settings, vtkDataObject* input, vtkDataObject* inputB,
  vtkInformation* request, vtkImageData* output);
}

#endif
