// SPDX-License-Identifier: BSD-3-Clause
#ifndef Runs_RegionContours_h
#define Runs_RegionContours_h

#include "Pipeline/ImageParts.h"

#include <vector>

class vtkImageData;
class vtkPolyData;

namespace vtkscorefields
{
/// A listed region, for its border.
struct RegionBorder
{
  int Number;   ///< the value of Region
  double Mass;  ///< of EnclosedMass
  double Level; ///< of DensityLevel
  double Share; ///< the level in the units of the values
};

/// The borders of regions in a part of an image, as lines in a plane, surfaces in space and points
/// on a line, in the order of the regions. Values between nodes are linear; a node without a value
/// counts as 0.
/// @param values  of all nodes of the image.
void AddContours(vtkImageData* image, const ImagePart& part, const std::vector<double>& values,
  const std::vector<RegionBorder>& borders, vtkPolyData* output);
}

#endif
