// SPDX-License-Identifier: BSD-3-Clause
#ifndef Pipeline_GridImage_h
#define Pipeline_GridImage_h

#include "Numerics/Density/DensityEstimate.h"

#include <array>

class vtkImageData;
class vtkInformation;

/// A grid of the numerics as an image of the pipeline, which may be asked for in parts.
namespace vtkscorefields
{
/// The extent of all nodes.
std::array<int, 6> WholeExtent(const scorefields::Index3& dimensions);

/// Tells what image a filter will give, any part of which may be asked for.
/// @param scalars  VTK's number of the type of its values, such as VTK_DOUBLE.
void AnnounceGrid(const scorefields::Grid& grid, int scalars, vtkInformation* output);

/// The part of the requested extent that the image has. Axes with one node have it everywhere; axes
/// for which one node was announced, and which turned out to have more, are there as a whole.
scorefields::NodeBlock BlockOf(
  const int requested[6], const int announced[6], const scorefields::Grid& grid);

/// The nodes that are asked for, of a whole extent that becomes the grid's: the flatness found when
/// data are there rules, should the points have changed since RequestInformation.
scorefields::NodeBlock TakeBlock(const scorefields::Grid& grid, vtkInformation* outInfo);

/// Gives the image the extent of the block and the grid's origin and spacing.
void ShapeImage(
  vtkImageData* image, const scorefields::Grid& grid, const scorefields::NodeBlock& block);
}

#endif
