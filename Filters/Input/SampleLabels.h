// SPDX-License-Identifier: BSD-3-Clause
#ifndef Input_SampleLabels_h
#define Input_SampleLabels_h

#include <string>
#include <vector>

class vtkDataObject;

namespace vtkscorefields
{
class Communicator;

/// The labels of this process's part of a cloud, one for each sample that ReadDistributedCloud
/// takes, in their order. Collective.
/// @throws std::invalid_argument that names LabelArray if the point array is missing where there
///         are points or has more than one component.
std::vector<double> ReadLabels(vtkDataObject* input, const std::string& labelArray,
  const std::string& weightArray, const Communicator& communicator);
}

#endif
