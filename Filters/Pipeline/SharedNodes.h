// SPDX-License-Identifier: BSD-3-Clause
#ifndef Pipeline_SharedNodes_h
#define Pipeline_SharedNodes_h

#include <vtkSmartPointer.h>

class vtkDataObject;

namespace vtkscorefields
{
class Communicator;

/// The data set with point ghosts at the nodes that a rank before this one has as well.
///
/// The pieces of an image, a rectilinear or a structured grid share the nodes of their seams, which
/// the pipeline marks as nobody's ghosts. Nodes are the same where two pieces overlap in the grid's
/// index space and the overlap's ends lie at the same places. Other data sets, and those of a
/// single rank, are returned as they are; else the result is a shallow copy. Collective.
vtkSmartPointer<vtkDataObject> MarkSharedNodes(
  vtkDataObject* data, const Communicator& communicator);
}

#endif
