// SPDX-License-Identifier: BSD-3-Clause
#ifndef Fit_QuadraticObjective_h
#define Fit_QuadraticObjective_h

#include <Eigen/Core>

namespace scorefields
{
/// The score matching objective of a score that is linear in its parameters t, which form a matrix:
///   J(t) = tr(t' Gram t) / 2 + tr(Slope' t) + Constant,
/// summed over samples whose shares add up to Share.
struct QuadraticObjective
{
  Eigen::MatrixXd Gram;  ///< P by P, symmetric
  Eigen::MatrixXd Slope; ///< P by columns of t
  double Constant = 0.0;
  double Share = 0.0;

  QuadraticObjective(Eigen::Index parameters, Eigen::Index columns)
    : Gram(Eigen::MatrixXd::Zero(parameters, parameters))
    , Slope(Eigen::MatrixXd::Zero(parameters, columns))
  {
  }
  QuadraticObjective& operator+=(const QuadraticObjective& other);
  QuadraticObjective& operator-=(const QuadraticObjective& other);
  /// J(t) / Share.
  double Mean(const Eigen::MatrixXd& parameters) const;
};

/// The minima of J(t) / Share + lambda tr(t' R t) / 2 for any lambda, from one decomposition of the
/// pencil (Gram, R), whose eigenvectors make both diagonal.
class RidgePath
{
public:
  /// @param penalty  R, symmetric and positive definite up to rounding: 1e-11 of its largest
  ///                 diagonal value is added to the diagonal. Without rows: the identity.
  RidgePath(const QuadraticObjective& objective, const Eigen::MatrixXd& penalty);
  Eigen::MatrixXd Solve(double regularization) const;

private:
  Eigen::MatrixXd Basis;       ///< its columns are the eigenvectors V of the pencil
  Eigen::VectorXd Eigenvalues; ///< V' Gram V / Share
  Eigen::MatrixXd Right;       ///< -V' Slope / Share
};

/// @throws std::invalid_argument that names Regularization.
[[noreturn]] void RefuseSingular(double regularization);

/// One of these minima, by a Cholesky decomposition, which costs less.
/// @throws std::invalid_argument that names Regularization if the matrix is singular to rounding.
Eigen::MatrixXd SolveRidge(
  const QuadraticObjective& objective, const Eigen::MatrixXd& penalty, double regularization);
}

#endif
