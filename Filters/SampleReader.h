// SPDX-License-Identifier: BSD-3-Clause
#ifndef SampleReader_h
#define SampleReader_h

#include "Numerics/Types.h"

#include <string>

class vtkDataObject;

namespace vtkscorefields
{
/// This process's part of a point cloud.
struct Cloud
{
  scorefields::Samples Samples;
  double NonFinite = 0.0; ///< points left out because a coordinate or their weight is not finite
};

/// The points of a data set, or of all blocks of a composite one, with their weights.
///
/// Ghost points are left out, since another process has them, and hidden points, since they are
/// blanked. Points that are not finite, or whose weight is not, are left out and counted.
/// @param weightArray  name of a point array with one component; "" or "None": all weights are 1.
/// @throws std::invalid_argument that names WeightArray if the array is missing where there are
///         points, has more than one component or holds a negative weight.
Cloud ReadCloud(vtkDataObject* input, const std::string& weightArray);
}

#endif
