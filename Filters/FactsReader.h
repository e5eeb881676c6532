// SPDX-License-Identifier: BSD-3-Clause
#ifndef FactsReader_h
#define FactsReader_h

#include "DensityReader.h"

#include "Numerics/DensityFacts.h"

namespace vtkscorefields
{
/// What the image's field data say about its density, in the frame of the image's axes.
scorefields::DensityFacts ReadFacts(vtkImageData* image, const ImageDensity& density);

/// The matrix of the image's axes: columns are the directions of i, j and k.
Eigen::Matrix3d DirectionOf(vtkImageData* image);
}

#endif
