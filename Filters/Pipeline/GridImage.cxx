// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/GridImage.h"

#include <vtkAlgorithm.h>
#include <vtkImageData.h>
#include <vtkInformation.h>
#include <vtkStreamingDemandDrivenPipeline.h>

#include <algorithm>

namespace vtkscorefields
{
std::array<int, 6> WholeExtent(const scorefields::Index3& dimensions)
{
  return { { 0, static_cast<int>(dimensions[0]) - 1, 0, static_cast<int>(dimensions[1]) - 1, 0,
    static_cast<int>(dimensions[2]) - 1 } };
}

void AnnounceGrid(const scorefields::Grid& grid, int scalars, vtkInformation* output)
{
  const std::array<int, 6> extent = WholeExtent(grid.Dimensions);
  output->Set(vtkStreamingDemandDrivenPipeline::WHOLE_EXTENT(), extent.data(), 6);
  output->Set(vtkDataObject::ORIGIN(), grid.Origin.data(), 3);
  output->Set(vtkDataObject::SPACING(), grid.Spacing.data(), 3);
  output->Set(vtkAlgorithm::CAN_PRODUCE_SUB_EXTENT(), 1);
  vtkDataObject::SetPointDataActiveScalarInfo(output, scalars, 1);
}

scorefields::NodeBlock BlockOf(
  const int requested[6], const int announced[6], const scorefields::Grid& grid)
{
  scorefields::NodeBlock block;
  for (int axis = 0; axis < 3; ++axis)
  {
    const scorefields::Index last = grid.Dimensions[axis] - 1;
    if (announced[2 * axis] == announced[2 * axis + 1] || last == 0)
    {
      block.First[axis] = 0;
      block.Dimensions[axis] = last + 1;
      continue;
    }
    block.First[axis] = std::max<scorefields::Index>(0, requested[2 * axis]);
    const scorefields::Index to = std::min<scorefields::Index>(last, requested[2 * axis + 1]);
    block.Dimensions[axis] = std::max<scorefields::Index>(0, to - block.First[axis] + 1);
  }
  return block;
}

scorefields::NodeBlock TakeBlock(const scorefields::Grid& grid, vtkInformation* outInfo)
{
  using Pipeline = vtkStreamingDemandDrivenPipeline;
  const auto block =
    BlockOf(outInfo->Get(Pipeline::UPDATE_EXTENT()), outInfo->Get(Pipeline::WHOLE_EXTENT()), grid);
  const auto extent = WholeExtent(grid.Dimensions);
  outInfo->Set(Pipeline::WHOLE_EXTENT(), extent.data(), 6);
  return block;
}

void ShapeImage(
  vtkImageData* image, const scorefields::Grid& grid, const scorefields::NodeBlock& block)
{
  int extent[6];
  for (int axis = 0; axis < 3; ++axis)
  {
    extent[2 * axis] = static_cast<int>(block.First[axis]);
    extent[2 * axis + 1] = static_cast<int>(block.First[axis] + block.Dimensions[axis]) - 1;
  }
  image->SetExtent(extent);
  image->SetOrigin(grid.Origin.data());
  image->SetSpacing(grid.Spacing.data());
}
}
