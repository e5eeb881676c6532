// SPDX-License-Identifier: BSD-3-Clause
#ifndef Shape_ShapePiece_h
#define Shape_ShapePiece_h

#include "Numerics/Base/Random.h"
#include "Numerics/Base/Types.h"

#include <array>

namespace scorefields
{
/// A part of a shape: a point, or a simplex or parallelepiped of 1 to 3 dimensions anywhere in
/// space, with the density of points at each of its corners. In between, the density is
/// interpolated: linearly in a simplex, multilinearly in a parallelepiped.
///
/// Corner 0 is Origin. Of a simplex, corner i is Origin + Edges.col(i - 1). Of a parallelepiped,
/// corner c is Origin plus the edges whose bits are set in c, the lowest bit for the first edge.
struct ShapePiece
{
  int Dimension = 0;
  bool IsBox = false; ///< a parallelepiped; with 0 or 1 dimensions both are the same
  Eigen::Vector3d Origin = Eigen::Vector3d::Zero();
  Eigen::Matrix3d Edges = Eigen::Matrix3d::Zero(); ///< the first Dimension columns
  std::array<double, 8> Density{ { 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0 } };

  int CornerCount() const { return this->IsBox ? 1 << this->Dimension : this->Dimension + 1; }
  Eigen::Vector3d Corner(int i) const;
};

/// Length, area or volume of a piece, in length^Dimension; 1 for a point.
double MeasureOf(const ShapePiece& piece);

/// The integral of the density over a piece: its measure times the mean of the densities at its
/// corners, which is exact for both interpolations.
double MassOf(const ShapePiece& piece);

/// A point of a piece, drawn with the piece's density. Exact but for rounding: a corner is chosen
/// by its density; the density that belongs to one corner is Dirichlet with parameters 1, and 2 at
/// the corner, in a simplex, and a product of linear functions in a parallelepiped.
///
/// @param piece  with a mass above 0. Cost: at most 5 draws.
Eigen::Vector3d DrawFrom(const ShapePiece& piece, RandomStream& random);
}

#endif
