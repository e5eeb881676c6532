// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_DensityImage_h
#define support_DensityImage_h

#include "Pipeline/Adaptor.h"

#include <vtkDoubleArray.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkSmartPointer.h>

#include <functional>
#include <string>

/// An image with one point array whose values are those of a function of the position.
inline vtkSmartPointer<vtkImageData> DensityImage(const scorefields::Grid& grid,
  const std::string& name, const std::function<double(const Eigen::Vector3d&)>& function)
{
  auto image = vtkSmartPointer<vtkImageData>::New();
  image->SetOrigin(grid.Origin.data());
  image->SetSpacing(grid.Spacing.data());
  image->SetDimensions(static_cast<int>(grid.Dimensions[0]), static_cast<int>(grid.Dimensions[1]),
    static_cast<int>(grid.Dimensions[2]));
  vtkNew<vtkDoubleArray> values;
  values->SetName(name.c_str());
  values->SetNumberOfTuples(image->GetNumberOfPoints());
  for (vtkIdType node = 0; node < image->GetNumberOfPoints(); ++node)
  {
    values->SetValue(node, function(grid.Node(node)));
  }
  image->GetPointData()->AddArray(values);
  return image;
}

/// Says that the image is the density of `count` samples with an isotropic kernel in the xy plane.
inline void SayKernel(
  vtkImageData* image, double bandwidth, double count, const std::string& engine = "Exact")
{
  const double square = bandwidth * bandwidth;
  const double covariance[6] = { square, square, 0.0, 0.0, 0.0, 0.0 };
  vtkscorefields::SetFieldValue(image->GetFieldData(), "KernelCovariance", covariance, 6);
  vtkscorefields::SetFieldValue(image->GetFieldData(), "SampleCount", count);
  vtkscorefields::SetFieldText(image->GetFieldData(), "Engine", engine);
}

#endif
