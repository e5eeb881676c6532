// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/Vertices.h"

#include "Pipeline/Adaptor.h"

#include <vtkCellArray.h>
#include <vtkDoubleArray.h>
#include <vtkNew.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>

#include <algorithm>

namespace vtkscorefields
{
const double* SetVertices(const Eigen::Matrix3Xd& matrix, vtkPolyData* output)
{
  auto coordinates = NewArray("Points", 3, matrix.cols());
  std::copy_n(matrix.data(), matrix.size(), coordinates->GetPointer(0));
  vtkNew<vtkPoints> points;
  points->SetData(coordinates);
  vtkNew<vtkCellArray> vertices;
  vertices->AllocateExact(matrix.cols(), matrix.cols());
  for (vtkIdType i = 0; i < matrix.cols(); ++i)
  {
    vertices->InsertNextCell(1, &i);
  }
  output->SetPoints(points);
  output->SetVerts(vertices);
  return coordinates->GetPointer(0);
}
}
