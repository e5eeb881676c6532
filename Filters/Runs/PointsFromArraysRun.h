// SPDX-License-Identifier: BSD-3-Clause
#ifndef Runs_PointsFromArraysRun_h
#define Runs_PointsFromArraysRun_h

#include "Input/DataAxes.h"

#include <string>
#include <vector>

class vtkAlgorithm;
class vtkDataObject;
class vtkPolyData;

namespace vtkscorefields
{
class Communicator;

/// What a user chose.
struct ArraySettings
{
  std::vector<DataAxis> Axes; ///< one to three
  bool WeightByCellSize = false;
};

/// Makes this rank's points, with the arrays of the entries that became points, CellSize if asked
/// for, the titles of the axes (AxisTitleForX, Y and Z), LogAxes and PointsLeftOut. Collective.
/// @returns a warning, or "".
/// @throws std::invalid_argument naming the property or the input that is at fault.
std::string RunPointsFromArrays(vtkAlgorithm* algorithm, const Communicator& communicator,
  const ArraySettings& settings, vtkDataObject* input, vtkPolyData* output);
}

#endif
