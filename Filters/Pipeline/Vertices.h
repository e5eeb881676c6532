// SPDX-License-Identifier: BSD-3-Clause
#ifndef Pipeline_Vertices_h
#define Pipeline_Vertices_h

#include <Eigen/Core>

class vtkPolyData;

namespace vtkscorefields
{
/// Makes the columns the points of poly data, each in a vertex.
/// @returns the coordinates in the poly data.
const double* SetVertices(const Eigen::Matrix3Xd& points, vtkPolyData* output);
}

#endif
