// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_PolyDataPoints_h
#define support_PolyDataPoints_h

#include <vtkDoubleArray.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkSmartPointer.h>

#include <Eigen/Core>

/// Poly data without cells whose points are the columns of a matrix.
inline vtkSmartPointer<vtkPolyData> PolyDataPoints(
  const Eigen::Matrix3Xd& matrix, int precision = VTK_DOUBLE)
{
  vtkNew<vtkPoints> points;
  points->SetDataType(precision);
  for (Eigen::Index i = 0; i < matrix.cols(); ++i)
  {
    points->InsertNextPoint(matrix.col(i).data());
  }
  auto data = vtkSmartPointer<vtkPolyData>::New();
  data->SetPoints(points);
  return data;
}

inline void AddPointArray(vtkPolyData* data, const char* name, const Eigen::VectorXd& values)
{
  vtkNew<vtkDoubleArray> array;
  array->SetName(name);
  for (const double value : values)
  {
    array->InsertNextValue(value);
  }
  data->GetPointData()->AddArray(array);
}

#endif
