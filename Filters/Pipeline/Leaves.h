// SPDX-License-Identifier: BSD-3-Clause
#ifndef Pipeline_Leaves_h
#define Pipeline_Leaves_h

#include <vector>

class vtkDataObject;
class vtkDataSet;

namespace vtkscorefields
{
/// The data set itself, or the data sets among the blocks of a composite one, in its order.
std::vector<vtkDataSet*> LeavesOf(vtkDataObject* data);

/// Makes the output a shallow copy whose blocks are shallow copies, too, so that arrays added to
/// them do not reach the input. Both are of the same type.
void CopyLeaves(vtkDataObject* input, vtkDataObject* output);
}

#endif
