// SPDX-License-Identifier: BSD-3-Clause
#ifndef Pipeline_ImageParts_h
#define Pipeline_ImageParts_h

#include "Numerics/Base/Types.h"
#include "Numerics/Score/DensityScan.h"

#include <vector>

class vtkImageData;
class vtkInformation;

/// Images that lie distributed over the ranks of the global controller.
namespace vtkscorefields
{
class Communicator;

/// Nodes of an image, counted from its first node.
struct ImagePart
{
  scorefields::Index3 First = scorefields::Index3::Zero();
  scorefields::Index3 Dimensions = scorefields::Index3::Zero();
};

/// The image without the ghost cells around it.
ImagePart OwnedPart(vtkImageData* image);

/// Makes output a copy of input without the nodes that were only asked for as neighbours.
/// @param whole  the input is the whole image, whatever part of it was asked for.
/// @returns the part of the input that output is.
ImagePart CropToRequest(
  vtkImageData* input, vtkInformation* request, bool whole, vtkImageData* output);

/// One entry per node of this process's part of an image: 1 where another part counts the node,
/// which is so for ghosts, and for the first layer of a part that shares it with the part before.
/// Empty if all nodes are this part's.
/// @param request  the pipeline's information of the image.
std::vector<unsigned char> ForeignNodes(vtkImageData* image, vtkInformation* request);

/// Length, area or volume that one node stands for.
double NodeMeasure(vtkImageData* image);

/// What a scan of the whole image would have found; collective.
void JoinScans(scorefields::DensityScan& scan, const Communicator& ranks);
}

#endif
