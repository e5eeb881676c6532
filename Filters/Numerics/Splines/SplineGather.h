// SPDX-License-Identifier: BSD-3-Clause
#ifndef Splines_SplineGather_h
#define Splines_SplineGather_h

#include "Numerics/Base/Types.h"

#include <array>

namespace scorefields
{
constexpr int GatherOrder = 8; ///< of the B-splines: eight nodes per axis

/// The function f(x) = sum_j c_j prod_a B_8(u_a - j_a), u = (x - origin) / spacing, on a grid in
/// d = 1 to 3 dimensions, first axis fastest; axes from d on have one node.
struct SplineNodes
{
  int Dimension = 1;
  std::array<int, 3> Axis{ { 0, 1, 2 } }; ///< of a point, by grid axis
  std::array<double, 3> Origin{ { 0.0, 0.0, 0.0 } };
  std::array<double, 3> PerSpacing{ { 1.0, 1.0, 1.0 } }; ///< 1 / spacing
  std::array<Index, 3> Size{ { 1, 1, 1 } };              ///< at least GatherOrder along each axis
  const double* Coefficients = nullptr;
};

/// f, its gradient and Hessian at one point, by grid axes and in units of length.
struct SplineValue
{
  double Value = 0.0; ///< 0 outside
  std::array<double, 3> First{ { 0.0, 0.0, 0.0 } };
  std::array<double, 6> Second{ { 0.0, 0.0, 0.0, 0.0, 0.0, 0.0 } }; ///< VTK's order
  bool Inside = false; ///< all nodes that the point needs are in the grid
};

/// Evaluates f at `count` points (xyz each); Second only if wanted. Exact to rounding, eps times
/// the sum of |c_j| around the point; derivatives are those of the spline itself. Cost: 8^d
/// multiply-adds, twice that for the derivatives, in vectors of eight.
void GatherSpline(
  const SplineNodes& nodes, const double* points, Index count, bool second, SplineValue* values);
}

#endif
