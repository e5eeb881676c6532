// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_ScoreImage_h
#define support_ScoreImage_h

#include "support/DensityImage.h"
#include "support/ErrorLog.h"
#include "vtkDensityFromScore.h"

/// Images with vectors, and the filter that recovers their density.
namespace support
{
using VectorField = std::function<Eigen::Vector3d(const Eigen::Vector3d&)>;
using ScalarField = std::function<double(const Eigen::Vector3d&)>;

inline void AddVectors(vtkImageData* image, const scorefields::Grid& grid, const std::string& name,
  const VectorField& field)
{
  auto vectors = vtkscorefields::NewArray(name, 3, image->GetNumberOfPoints());
  for (vtkIdType node = 0; node < image->GetNumberOfPoints(); ++node)
  {
    const Eigen::Vector3d vector = field(grid.Node(node));
    vectors->SetTypedTuple(node, vector.data());
  }
  image->GetPointData()->AddArray(vectors);
}

inline void AddScalars(vtkImageData* image, const scorefields::Grid& grid, const std::string& name,
  const ScalarField& field)
{
  auto values = vtkscorefields::NewArray(name, 1, image->GetNumberOfPoints());
  for (vtkIdType node = 0; node < image->GetNumberOfPoints(); ++node)
  {
    values->SetValue(node, field(grid.Node(node)));
  }
  image->GetPointData()->AddArray(values);
}

/// An image with the array Score.
inline vtkSmartPointer<vtkImageData> ScoreImage(
  const scorefields::Grid& grid, const VectorField& field)
{
  auto image = DensityImage(grid, "Truth", [](const Eigen::Vector3d&) { return 0.0; });
  image->GetPointData()->RemoveArray("Truth");
  AddVectors(image, grid, "Score", field);
  return image;
}

/// The filter with what it reports.
struct Recovery
{
  vtkNew<vtkDensityFromScore> Filter;
  vtkNew<ErrorLog> Log;

  Recovery() { this->Log->Watch(this->Filter); }
  vtkImageData* Run(vtkImageData* image)
  {
    this->Filter->SetInputData(image);
    this->Filter->Update();
    return this->Filter->GetOutput();
  }
  void Choose(int index, const char* name)
  {
    this->Filter->SetInputArrayToProcess(
      index, 0, 0, vtkDataObject::FIELD_ASSOCIATION_POINTS, name);
  }
};

inline double ValueAt(vtkImageData* image, const char* name, vtkIdType node, int component = 0)
{
  return image->GetPointData()->GetArray(name)->GetComponent(node, component);
}
}

#endif
