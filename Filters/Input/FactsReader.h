// SPDX-License-Identifier: BSD-3-Clause
#ifndef Input_FactsReader_h
#define Input_FactsReader_h

#include "Input/DensityReader.h"

#include "Numerics/Score/DensityFacts.h"
#include "Numerics/Score/SpectralLine.h"

#include <array>
#include <optional>

class vtkFieldData;

namespace vtkscorefields
{
/// What the image's field data say about its density, in the frame of the image's axes.
scorefields::DensityFacts ReadFacts(vtkImageData* image, const ImageDensity& density);

/// The kernel's covariance in space, if the field data hold one of a Gaussian kernel.
std::optional<Eigen::Matrix3d> ReadKernelCovariance(vtkFieldData* field);

/// How the density continues beyond the borders of the whole image.
std::array<scorefields::LineEnds, 3> ReadEnds(
  vtkImageData* image, const scorefields::DensityFacts& facts, const scorefields::Grid& whole);

/// The matrix of the image's axes: columns are the directions of i, j and k.
Eigen::Matrix3d DirectionOf(vtkImageData* image);
}

#endif
