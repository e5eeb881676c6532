// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_ScoreNodes_h
#define support_ScoreNodes_h

#include <vtkDataArray.h>
#include <vtkImageData.h>
#include <vtkPointData.h>

#include <Eigen/Core>

/// What Score Field says at a node.
namespace scorefields
{
inline Eigen::Vector3d ScoreAt(vtkImageData* image, vtkIdType node)
{
  Eigen::Vector3d score;
  image->GetPointData()->GetArray("Score")->GetTuple(node, score.data());
  return score;
}

inline int ClassAt(vtkImageData* image, vtkIdType node)
{
  return static_cast<int>(image->GetPointData()->GetArray("Reliability")->GetComponent(node, 0));
}
}

#endif
