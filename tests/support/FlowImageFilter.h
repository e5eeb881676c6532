// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_FlowImageFilter_h
#define support_FlowImageFilter_h

#include "support/FlowFilter.h"
#include "vtkKernelDensity.h"

#include <vtkImageData.h>

/// vtkScoreFlow with the score of an image.
namespace scorefields
{
namespace flow
{
constexpr double ImageBandwidth = 0.4;

/// The kernel density of a cloud on [-4, 4]^2.
inline vtkSmartPointer<vtkImageData> ImageOf(vtkPolyData* cloud, int nodes = 129)
{
  vtkNew<vtkKernelDensity> density;
  density->SetInputData(cloud);
  density->SetBandwidthRule(0);
  density->SetBandwidth(ImageBandwidth);
  density->SetUseInputBounds(false);
  density->SetSamplingBounds(-4.0, 4.0, -4.0, 4.0, 0.0, 0.0);
  density->SetSampleDimensions(nodes, nodes, 1);
  density->Update();
  auto image = vtkSmartPointer<vtkImageData>::New();
  image->ShallowCopy(vtkImageData::SafeDownCast(density->GetOutputDataObject(0)));
  return image;
}

inline vtkSmartPointer<vtkScoreFlow> FilterOf(
  vtkDataObject* cloud, vtkDataObject* image, const Eigen::Matrix3Xd& start, int mode = Ascent)
{
  auto filter = vtkSmartPointer<vtkScoreFlow>::New();
  filter->SetInputData(0, cloud);
  filter->SetInputData(1, PolyDataPoints(start));
  filter->SetInputData(2, image);
  filter->SetTarget(2);
  filter->SetMode(mode);
  filter->SetNumberOfSteps(10);
  return filter;
}
}
}

#endif
