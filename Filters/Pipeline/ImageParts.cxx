// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/ImageParts.h"

#include "Pipeline/Communicator.h"

#include <vtkDataSetAttributes.h>
#include <vtkExtentTranslator.h>
#include <vtkImageData.h>
#include <vtkInformation.h>
#include <vtkNew.h>
#include <vtkStreamingDemandDrivenPipeline.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <cmath>

namespace vtkscorefields
{
namespace
{
using Pipeline = vtkStreamingDemandDrivenPipeline;

/// The extent of the cells that are not ghosts; the image's own without ghosts.
void OwnedExtent(vtkImageData* image, int owned[6])
{
  image->GetExtent(owned);
  vtkUnsignedCharArray* ghosts = image->GetCellGhostArray();
  if (!ghosts)
  {
    return;
  }
  const int* whole = image->GetExtent();
  const vtkIdType count[3] = { std::max(whole[1] - whole[0], 1), std::max(whole[3] - whole[2], 1),
    std::max(whole[5] - whole[4], 1) };
  int found[6] = { VTK_INT_MAX, VTK_INT_MIN, VTK_INT_MAX, VTK_INT_MIN, VTK_INT_MAX, VTK_INT_MIN };
  for (vtkIdType cell = 0; cell < ghosts->GetNumberOfValues(); ++cell)
  {
    if (ghosts->GetValue(cell) & vtkDataSetAttributes::DUPLICATECELL)
    {
      continue;
    }
    const vtkIdType at[3] = { cell % count[0], cell / count[0] % count[1],
      cell / (count[0] * count[1]) };
    for (int axis = 0; axis < 3; ++axis)
    {
      const int first = whole[2 * axis] + static_cast<int>(at[axis]);
      const int last = std::min(first + 1, whole[2 * axis + 1]);
      found[2 * axis] = std::min(found[2 * axis], first);
      found[2 * axis + 1] = std::max(found[2 * axis + 1], last);
    }
  }
  if (found[0] <= found[1])
  {
    std::copy(found, found + 6, owned);
  }
}

ImagePart PartOf(vtkImageData* image, const int extent[6])
{
  ImagePart part;
  for (int axis = 0; axis < 3; ++axis)
  {
    part.First[axis] = extent[2 * axis] - image->GetExtent()[2 * axis];
    part.Dimensions[axis] = extent[2 * axis + 1] - extent[2 * axis] + 1;
  }
  return part;
}

/// The extent that a request asks for, which may reach beyond the image.
void RequestedExtent(vtkImageData* input, vtkInformation* request, bool whole, int wanted[6])
{
  input->GetExtent(wanted);
  const int pieces = request->Get(Pipeline::UPDATE_NUMBER_OF_PIECES());
  if (whole && pieces > 1)
  {
    vtkNew<vtkExtentTranslator> translator;
    translator->PieceToExtentThreadSafe(request->Get(Pipeline::UPDATE_PIECE_NUMBER()), pieces,
      request->Get(Pipeline::UPDATE_NUMBER_OF_GHOST_LEVELS()), input->GetExtent(), wanted,
      vtkExtentTranslator::BLOCK_MODE, 0);
  }
  else if (pieces > 1)
  {
    OwnedExtent(input, wanted);
    const int ghosts = request->Get(Pipeline::UPDATE_NUMBER_OF_GHOST_LEVELS());
    for (int axis = 0; axis < 3; ++axis)
    {
      wanted[2 * axis] -= ghosts;
      wanted[2 * axis + 1] += ghosts;
    }
  }
  else if (request->Has(Pipeline::UPDATE_EXTENT()))
  {
    request->Get(Pipeline::UPDATE_EXTENT(), wanted);
  }
}
}

ImagePart OwnedPart(vtkImageData* image)
{
  int owned[6];
  OwnedExtent(image, owned);
  return PartOf(image, owned);
}

ImagePart CropToRequest(
  vtkImageData* input, vtkInformation* request, bool whole, vtkImageData* output)
{
  output->ShallowCopy(input);
  if (input->GetNumberOfPoints() == 0)
  {
    return ImagePart();
  }
  int wanted[6];
  RequestedExtent(input, request, whole, wanted);
  const int* extent = input->GetExtent();
  bool empty = false;
  for (int axis = 0; axis < 3; ++axis)
  {
    wanted[2 * axis] = std::max(wanted[2 * axis], extent[2 * axis]);
    wanted[2 * axis + 1] = std::min(wanted[2 * axis + 1], extent[2 * axis + 1]);
    empty = empty || wanted[2 * axis] > wanted[2 * axis + 1];
  }
  if (empty) // as a piece may be: some image must come out
  {
    input->GetExtent(wanted);
  }
  output->Crop(wanted);
  return PartOf(input, wanted);
}

std::vector<unsigned char> ForeignNodes(vtkImageData* image, vtkInformation* request)
{
  std::vector<unsigned char> foreign;
  vtkUnsignedCharArray* ghosts = image->GetPointGhostArray();
  const bool parts =
    request->Get(Pipeline::UPDATE_NUMBER_OF_PIECES()) > 1 && request->Has(Pipeline::WHOLE_EXTENT());
  if (!ghosts && !parts)
  {
    return foreign;
  }
  const vtkIdType count = image->GetNumberOfPoints();
  foreign.assign(static_cast<std::size_t>(count), 0);
  for (vtkIdType i = 0; ghosts && i < count; ++i)
  {
    const bool duplicate = (ghosts->GetValue(i) & vtkDataSetAttributes::DUPLICATEPOINT) != 0;
    foreign[static_cast<std::size_t>(i)] = duplicate ? 1 : 0;
  }
  if (!parts || count == 0)
  {
    return foreign;
  }
  const int* whole = request->Get(Pipeline::WHOLE_EXTENT());
  const int* extent = image->GetExtent();
  int owned[6];
  OwnedExtent(image, owned);
  const vtkIdType nodes[2] = { image->GetDimensions()[0], image->GetDimensions()[1] };
  for (vtkIdType i = 0; i < count; ++i)
  {
    const vtkIdType at[3] = { i % nodes[0], i / nodes[0] % nodes[1], i / (nodes[0] * nodes[1]) };
    for (int axis = 0; axis < 3; ++axis)
    {
      const bool shared =
        owned[2 * axis] > whole[2 * axis] && extent[2 * axis] + at[axis] == owned[2 * axis];
      foreign[static_cast<std::size_t>(i)] |= shared ? 1 : 0;
    }
  }
  return foreign;
}

double NodeMeasure(vtkImageData* image)
{
  double measure = 1.0;
  for (int axis = 0; axis < 3; ++axis)
  {
    measure *= image->GetDimensions()[axis] > 1 ? std::abs(image->GetSpacing()[axis]) : 1.0;
  }
  return measure;
}

void JoinScans(scorefields::DensityScan& scan, const Communicator& ranks)
{
  double sums[3] = { scan.Values, scan.Zeros, scan.Missing };
  double maxima[3] = { scan.Maximum, scan.BesideZeros, -scan.MostNegative };
  ranks.Sum(sums, 3);
  ranks.Maximum(maxima, 3);
  scan.Values = sums[0];
  scan.Zeros = sums[1];
  scan.Missing = sums[2];
  scan.Maximum = maxima[0];
  scan.BesideZeros = maxima[1];
  scan.MostNegative = -maxima[2];
}
}
