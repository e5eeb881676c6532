// SPDX-License-Identifier: BSD-3-Clause
#ifndef Density_CountScale_h
#define Density_CountScale_h

#include "Numerics/Base/Enumerations.h"
#include "Numerics/Base/Types.h"

namespace scorefields
{
/// What a density f, whose integral is 1, says about counts.
///
/// W is the total weight of the cloud, which is the number of points if each weighs 1, and v the
/// measure of the cell around a node: the product of the spacings along the axes of the density.
/// The sum of f v over the nodes is the integral by the rectangle rule; a node on a face stands for
/// a whole cell, too.
enum class CountScale
{
  None,
  CountDensity,    ///< W f, 1 / length^d
  CellProbability, ///< f v
  CellCount        ///< W f v
};

constexpr const char* NameOf(CountScale value)
{
  switch (value)
  {
    case CountScale::None:
      return "None";
    case CountScale::CountDensity:
      return "Points per unit";
    case CountScale::CellProbability:
      return "Probability per cell";
    case CountScale::CellCount:
      return "Points per cell";
  }
  return nullptr;
}

/// What turns a density into another scale; 1 for None.
/// @param axes  of the density.
/// @throws std::invalid_argument that names CountScale if a cell has no measure, because an axis of
///         the density has one node.
double FactorOf(CountScale scale, double totalWeight, const Grid& nodes, const Axes& axes);
}

#endif
