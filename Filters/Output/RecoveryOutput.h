// SPDX-License-Identifier: BSD-3-Clause
#ifndef Output_RecoveryOutput_h
#define Output_RecoveryOutput_h

#include "Input/WholeImage.h"
#include "Pipeline/ImageParts.h"

#include "Numerics/Recovery/DensityFromScore.h"

#include <vector>

class vtkFieldData;
class vtkImageData;

/// What the filter DensityFromScore writes.
namespace vtkscorefields
{
/// The results of a recovery on the whole image, before this rank's part of them is written.
struct RecoveredNodes
{
  std::vector<double> LogDensity, Density, Residual, Curl, Divergence;
  std::vector<int> Island;

  RecoveredNodes(scorefields::Index nodes, bool residuals);
  scorefields::RecoveryView View();
};

/// Adds the arrays of the part to the image; vectors are turned into space. LogDensity is the
/// active scalars.
/// @param first  node of the whole image at which the output begins.
void WriteRecovered(const RecoveredNodes& nodes, const WholeNodes& whole,
  const scorefields::Index3& first, vtkImageData* output);

/// Adds what was done, and takes away what an engine stated of the density that came in.
void WriteRecovery(const scorefields::RecoveryReport& report, vtkFieldData* fieldData);
}

#endif
