// SPDX-License-Identifier: BSD-3-Clause
#ifndef Runs_PointsFromShapeRun_h
#define Runs_PointsFromShapeRun_h

#include "Input/ShapeCells.h"
#include "Numerics/Shape/ShapeSampling.h"

#include <string>

class vtkAlgorithm;
class vtkDataObject;
class vtkPolyData;

namespace vtkscorefields
{
class Communicator;

/// What a user chose.
struct ShapeSettings
{
  scorefields::ShapeDraw Draw; ///< JitterAxes follow from Dimension
  DrawFrom From = DrawFrom::Shape;
  ShapeArray Array;
  int Dimension = 0; ///< of the jitter; 0: the axes along which the shape extends
};

/// Draws this rank's points. Collective.
/// @returns a warning, or "".
/// @throws std::invalid_argument naming the property or the input that is at fault.
std::string RunPointsFromShape(vtkAlgorithm* algorithm, const Communicator& communicator,
  const ShapeSettings& settings, vtkDataObject* input, vtkPolyData* output);
}

#endif
