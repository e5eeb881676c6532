// SPDX-License-Identifier: BSD-3-Clause
#ifndef Input_SampleLabels_h
#define Input_SampleLabels_h

#include "Numerics/Base/Types.h"

#include <set>
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

/// The different labels of all processes. Collective.
std::set<double> ClassesOf(const std::vector<double>& labels, const Communicator& ranks);

/// What to tell a user who asks for a class that no sample has.
/// @param chosen  the property and its value, "Class is 7".
std::string MissingClass(
  const std::string& chosen, const std::string& labelArray, const std::set<double>& classes);

/// The samples with a label.
scorefields::Samples SamplesOfClass(
  const scorefields::Samples& samples, const std::vector<double>& labels, double label);
}

#endif
