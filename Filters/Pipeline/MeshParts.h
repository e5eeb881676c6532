// SPDX-License-Identifier: BSD-3-Clause
#ifndef Pipeline_MeshParts_h
#define Pipeline_MeshParts_h

#include <Eigen/Geometry>

#include <cstdint>
#include <vector>

#include <vtkSmartPointer.h>
#include <vtkType.h>

class vtkDataObject;
class vtkDataSet;
class vtkUnsignedCharArray;

namespace vtkscorefields
{
/// A data set that is a mesh, or the part of one that this rank or a partition has.
struct MeshPart
{
  vtkDataSet* Data;
  std::size_t Leaf;   ///< its number among LeavesOf the data
  std::uint64_t Mesh; ///< the same for all parts of a mesh, on every rank; below 2^53
};

/// The parts with points among the leaves of the data, in their order. A mesh is a structured grid,
/// or has cells of two points or more. Partitions are parts of one mesh, other blocks are meshes.
std::vector<MeshPart> MeshPartsOf(vtkDataObject* data);

/// The point ghosts of a data set, and ghosts at the points that only ghost cells have: filters
/// that make new points mark the cells alone. Null if nothing is added to the data set's own.
vtkSmartPointer<vtkUnsignedCharArray> GhostsOfCells(vtkDataSet* data);

/// A copy of the data set's point ghosts; zeros without any.
vtkSmartPointer<vtkUnsignedCharArray> CopyOfGhosts(vtkDataSet* data);

/// A point of a mesh, ordered by what says whether two are the same node.
struct MeshNode
{
  /// Its place. Then, as the nodes of a curved grid may lie on each other, their indices; else 0.
  Eigen::Matrix<double, 6, 1> Place;
  vtkIdType Point;
};
bool operator<(const MeshNode& one, const MeshNode& other);

/// The points in one of the boxes, faces included, that are neither ghosts nor hidden, in the order
/// of their places.
std::vector<MeshNode> NodesIn(vtkDataSet* data, const std::vector<Eigen::AlignedBox3d>& boxes);
}

#endif
