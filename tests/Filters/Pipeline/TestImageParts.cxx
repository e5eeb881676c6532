// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/ImageParts.h"

#include "support/DensityImage.h"

#include <vtkCellData.h>
#include <vtkDataSetAttributes.h>
#include <vtkInformation.h>
#include <vtkStreamingDemandDrivenPipeline.h>
#include <vtkUnsignedCharArray.h>

#include <gtest/gtest.h>

namespace vtkscorefields
{
namespace
{
using scorefields::Index3;
using Pipeline = vtkStreamingDemandDrivenPipeline;

/// 6 by 4 nodes whose values are their numbers.
vtkSmartPointer<vtkImageData> Image()
{
  scorefields::Grid grid;
  grid.Dimensions = Index3(6, 4, 1);
  grid.Spacing = Eigen::Vector3d(0.5, 0.25, 7.0);
  return DensityImage(
    grid, "Density", [](const Eigen::Vector3d& x) { return x[0] / 0.5 + 6.0 * x[1] / 0.25; });
}

/// The last column of cells belongs to a neighbour.
void MarkLastColumn(vtkImageData* image)
{
  image->AllocateCellGhostArray();
  for (vtkIdType row = 0; row < 3; ++row)
  {
    image->GetCellGhostArray()->SetValue(4 + 5 * row, vtkDataSetAttributes::DUPLICATECELL);
  }
}
}

// Oracle: definition. Without ghosts the image owns all nodes; without the last column of cells it
// ends one node earlier.
TEST(ImageParts, OwnWhatIsNoGhost)
{
  const auto image = Image();
  EXPECT_EQ(OwnedPart(image).Dimensions, Index3(6, 4, 1));
  MarkLastColumn(image);
  EXPECT_EQ(OwnedPart(image).First, Index3(0, 0, 0));
  EXPECT_EQ(OwnedPart(image).Dimensions, Index3(5, 4, 1));
}

// Oracle: definition. A request for a part gets these nodes with their values.
TEST(ImageParts, CropToWhatIsAskedFor)
{
  const auto image = Image();
  vtkNew<vtkInformation> request;
  const int wanted[6] = { 2, 4, 1, 2, 0, 0 };
  request->Set(Pipeline::UPDATE_EXTENT(), wanted, 6);
  request->Set(Pipeline::UPDATE_NUMBER_OF_PIECES(), 1);
  vtkNew<vtkImageData> output;
  const ImagePart part = CropToRequest(image, request, true, output);
  EXPECT_EQ(part.First, Index3(2, 1, 0));
  EXPECT_EQ(part.Dimensions, Index3(3, 2, 1));
  ASSERT_EQ(output->GetNumberOfPoints(), 6);
  EXPECT_EQ(output->GetPointData()->GetArray("Density")->GetComponent(4, 0), 3.0 + 6.0 * 2.0);
}

// Oracle: definition. A node stands for a cell of its axes with more than one node; none of one
// part's nodes is foreign.
TEST(ImageParts, NodesHaveAMeasure)
{
  const auto image = Image();
  EXPECT_EQ(NodeMeasure(image), 0.5 * 0.25);
  vtkNew<vtkInformation> request;
  request->Set(Pipeline::UPDATE_NUMBER_OF_PIECES(), 1);
  EXPECT_TRUE(ForeignNodes(image, request).empty());
}
}
