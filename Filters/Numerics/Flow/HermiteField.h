// SPDX-License-Identifier: BSD-3-Clause
#ifndef Flow_HermiteField_h
#define Flow_HermiteField_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/Types.h"

#include <array>
#include <vector>

namespace scorefields
{
/// A function known at the nodes of a grid, with its gradient; between them the piecewise cubic
/// (bicubic, tricubic) Hermite interpolant, continuous with its gradient. In a cell of spacing D,
/// with u in [0, 1]^d,
///   p(u) = sum_{c, k in {0,1}^d} f_{c,k} prod_a phi_{k_a}(c_a, u_a),
///   phi_0(0, u) = (1 + 2u)(1 - u)^2,  phi_1(0, u) = u (1 - u)^2,
///   phi_k(1, u) = (-1)^k phi_k(0, 1 - u),
/// f_{c,k} = D^k times the derivative of order k at corner c. Value and first derivatives are those
/// given; mixed ones are means of second-order differences of these, one-sided at edges and gaps.
///
/// Polynomials up to degree 3 are reproduced. Else, with M4 = max |d^4 f / dx^4| along an axis in
/// the cell, the error of the value is at most D^4 M4 / 384 for each axis, of the gradient
/// sqrt(3) D^3 M4 / 216, of the Hessian (which jumps between cells) D^2 M4 / 12, equal for a fourth
/// derivative that is constant, and terms of the same order in D from the mixed derivatives.
///
/// A node whose value or gradient is not finite has none; a cell with such a corner is a gap.
///
/// Memory: 2^d doubles per node. Cost of a value: 4^d multiply-adds, about twice that with the
/// gradient; the gradient and the Hessian are those of the interpolant itself.
class HermiteField
{
public:
  /// @param nodes      at least two along one axis; axes with one node are flat.
  /// @param values     one per node. @param gradients  one column per node, by the grid's axes.
  /// @throws Aborted.
  HermiteField(const Grid& nodes, const Eigen::Ref<const Eigen::VectorXd>& values,
    const PointsRef& gradients, const Execution& execution);

  struct Value
  {
    double Function; ///< NaN in a gap
    Eigen::Vector3d Gradient;
    Eigen::Matrix3d Hessian; ///< 0 unless asked for
  };

  /// @param point  finite; its coordinates along flat axes do not matter. Outside of the grid's box
  ///               the nearest point of the box is meant.
  Value At(const Eigen::Vector3d& point, bool hessian) const;

  const Grid& Nodes() const { return this->Knots; }
  const Axes& ActiveAxes() const { return this->Active; }
  /// Bytes that the field of such a grid takes.
  static double Bytes(const Grid& nodes);

private:
  /// What an evaluation needs of an axis.
  struct Along
  {
    int Axis;
    double Origin;
    double PerSpacing;
    double Cells;
    Index Stride; ///< from the data of a node to that of the next
  };

  void AddMixed(int kind, const Execution& execution);
  double DifferenceAt(int kind, int axis, Index node) const;
  template <int D, bool Hessian>
  Value Evaluate(const Eigen::Vector3d& point) const;

  Grid Knots;
  Axes Active;
  std::array<Along, 3> Ways{}; ///< by active axis
  std::vector<double> Data;    ///< of a node after the other: f_{c,k}, bit a of k for active axis a
};
}

#endif
