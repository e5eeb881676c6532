// SPDX-License-Identifier: BSD-3-Clause
#ifndef Input_CloudPair_h
#define Input_CloudPair_h

#include "Input/SampleReader.h"

#include <string>

class vtkDataObject;

namespace vtkscorefields
{
class Communicator;

/// How a user says which clouds are compared: two inputs, or two classes of one.
struct CloudPairChoice
{
  std::string WeightArray; ///< of both clouds
  std::string LabelArray;  ///< "" or "None": Input is A, and InputB is B
  int ClassA = 0;
  int ClassB = 1;

  std::string NameOfA() const;
  std::string NameOfB() const;
  bool HasClasses() const;
};

/// Two clouds, of which this process has a part.
struct CloudPair
{
  Cloud A;
  Cloud B;
};

/// Reads both clouds. Collective.
/// @param inputB  may be null.
/// @throws std::invalid_argument naming the property or the input that is at fault: InputB and
///         LabelArray if there are both or none, a class that no sample has or that is given twice,
///         an array that is missing, a cloud without points or with unusable weights.
CloudPair ReadCloudPair(vtkDataObject* input, vtkDataObject* inputB, const CloudPairChoice& choice,
  const Communicator& ranks, const scorefields::Execution& execution);

/// @throws std::invalid_argument if the clouds extend along different axes, or lie apart along an
///         axis along which neither extends.
/// @param dimension  the property Dimension: unless it is 0, the user has chosen.
void RequireSameAxes(const CloudPair& clouds, const CloudPairChoice& choice, int dimension);
}

#endif
