// SPDX-License-Identifier: BSD-3-Clause
#ifndef Input_WholeImage_h
#define Input_WholeImage_h

#include "Numerics/Base/Types.h"

#include <vector>

class vtkImageData;

namespace vtkscorefields
{
class Communicator;

/// A log density on the whole of an image, for methods that look along whole lines of nodes.
struct WholeImage
{
  scorefields::Grid Nodes;
  scorefields::Index3 Offset = scorefields::Index3::Zero(); ///< of this rank's first node
  const double* LogDensity = nullptr;
  std::vector<double> Storage; ///< what LogDensity points to, if parts were joined
};

/// The parts of all ranks together, the same on every rank; where parts overlap the larger value
/// counts. One rank's part is the whole and is not copied. Collective.
/// @param logDensity  one per node of the image: finite, -infinity or NaN.
/// @throws std::invalid_argument if a node of the box around all parts is in none of them.
WholeImage GatherImage(vtkImageData* image, const double* logDensity, const Communicator& ranks);
}

#endif
