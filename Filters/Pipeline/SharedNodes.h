// SPDX-License-Identifier: BSD-3-Clause
#ifndef Pipeline_SharedNodes_h
#define Pipeline_SharedNodes_h

#include <vtkSmartPointer.h>

class vtkDataObject;

namespace vtkscorefields
{
class Communicator;

/// The data with point ghosts at the nodes that a part before theirs has as well.
///
/// The parts of a mesh (the pieces of the ranks, or the partitions of a partitioned data set) share
/// the nodes of their seams, which the pipeline marks as nobody's ghosts. Nodes of a mesh that are
/// no ghosts and lie at the same place in two of its parts, to the bit, are one node, which counts
/// in the first part that has it. A mesh is a structured grid, or has cells of two points or more:
/// of points alone, two at one place are two. So are those of a mesh whose cells do not share their
/// points (one part has several at a place). Blocks of a multi-block data set are meshes of their
/// own.
///
/// Data without such nodes are returned as they are; else the result is a shallow copy. Collective.
vtkSmartPointer<vtkDataObject> MarkSharedNodes(
  vtkDataObject* data, const Communicator& communicator);
}

#endif
