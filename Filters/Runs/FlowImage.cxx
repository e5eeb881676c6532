// SPDX-License-Identifier: BSD-3-Clause
#include "Runs/FlowImage.h"

#include "Input/DensityReader.h"
#include "Input/FactsReader.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/FieldNames.h"
#include "Pipeline/Leaves.h"
#include "Pipeline/MixtureAdaptor.h"

#include <vtkDataArray.h>
#include <vtkDataSetAttributes.h>
#include <vtkImageData.h>
#include <vtkPointData.h>
#include <vtkUnsignedCharArray.h>

#include <cmath>
#include <stdexcept>

namespace vtkscorefields
{
using scorefields::Index;

namespace
{
vtkImageData* ImageOf(vtkDataObject* input)
{
  const std::vector<vtkDataSet*> blocks = LeavesOf(input);
  if (blocks.size() > 1)
  {
    throw std::invalid_argument(
      "ScoreImage has " + std::to_string(blocks.size()) + " blocks; it must be one image");
  }
  auto* image = blocks.empty() ? nullptr : vtkImageData::SafeDownCast(blocks.front());
  if (!image && !blocks.empty())
  {
    throw std::invalid_argument("ScoreImage is a " + std::string(blocks.front()->GetClassName()) +
      "; it must be an image (vtkImageData)");
  }
  return image;
}

struct Arrays
{
  vtkDataArray* LogDensity;
  vtkDataArray* Score;
  bool Truth;
};

Arrays FindArrays(vtkImageData* image)
{
  vtkPointData* points = image->GetPointData();
  for (const bool truth : { false, true })
  {
    const Arrays arrays{ points->GetArray(truth ? names::TrueLogDensity : names::LogDensity),
      points->GetArray(truth ? names::TrueScore : names::Score), truth };
    if (arrays.LogDensity && arrays.Score && arrays.Score->GetNumberOfComponents() == 3)
    {
      return arrays;
    }
  }
  throw std::invalid_argument("ScoreImage has no point arrays LogDensity and Score (of three"
                              " components; it has: " +
    ListOfArrays(image) +
    "); take it from Kernel Density with Compute Score, from Score Field or from Mixture Truth");
}

FlowImageFacts FactsOf(vtkImageData* image, bool truth)
{
  FlowImageFacts facts;
  vtkFieldData* field = image->GetFieldData();
  if (!truth)
  {
    facts.KernelCovariance = ReadKernelCovariance(field);
    const double bandwidth = FieldValue(field, names::Bandwidth, 0.0);
    if (!facts.KernelCovariance && bandwidth > 0.0 && std::isfinite(bandwidth))
    {
      facts.KernelCovariance = bandwidth * bandwidth * Eigen::Matrix3d::Identity();
    }
    return facts;
  }
  if (const auto mixture = FindMixture(image))
  {
    const double bandwidth = FieldValue(field, names::TruthBandwidth, 0.0);
    facts.KernelCovariance = bandwidth * bandwidth * Eigen::Matrix3d::Identity();
    facts.LeastVariance = mixture->LeastVariance();
  }
  return facts;
}

FlowImagePart ReadPart(vtkImageData* image, const scorefields::Execution& execution)
{
  FlowImagePart part;
  const Arrays arrays = FindArrays(image);
  const Index count = image->GetNumberOfPoints();
  image->GetExtent(part.Extent.data());
  part.Origin = Eigen::Map<const Eigen::Vector3d>(image->GetOrigin());
  part.Spacing = Eigen::Map<const Eigen::Vector3d>(image->GetSpacing());
  part.Direction = DirectionOf(image);
  const ImageDensity density =
    ReadDensity(image, arrays.LogDensity, Quantity::LogDensity, execution);
  part.LogDensity = Eigen::Map<const Eigen::VectorXd>(density.LogDensity, count);
  part.Score.resize(3, count);
  ReadValues(arrays.Score, 0, 3 * count, part.Score.data());
  vtkUnsignedCharArray* const ghosts = image->GetPointGhostArray();
  for (Index i = 0; ghosts && i < count; ++i)
  {
    const bool repeated = (ghosts->GetValue(i) & vtkDataSetAttributes::DUPLICATEPOINT) != 0;
    part.Repeated.push_back(repeated ? 1 : 0);
  }
  part.Facts = FactsOf(image, arrays.Truth);
  return part;
}
}

FlowImagePart ReadFlowImage(vtkDataObject* input, const scorefields::Execution& execution)
{
  FlowImagePart part;
  vtkImageData* const image = ImageOf(input);
  if (image && image->GetNumberOfPoints() > 0)
  {
    part = ReadPart(image, execution);
  }
  return part;
}
}
