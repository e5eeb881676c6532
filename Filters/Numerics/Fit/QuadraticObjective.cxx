// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/QuadraticObjective.h"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>

#include <sstream>
#include <stdexcept>

namespace scorefields
{
namespace
{
constexpr double Jitter = 1e-11;

Eigen::MatrixXd Sound(const Eigen::MatrixXd& penalty)
{
  Eigen::MatrixXd sound = penalty;
  sound.diagonal().array() += Jitter * penalty.diagonal().maxCoeff();
  return sound;
}
}

QuadraticObjective& QuadraticObjective::operator+=(const QuadraticObjective& other)
{
  this->Gram += other.Gram;
  this->Slope += other.Slope;
  this->Constant += other.Constant;
  this->Share += other.Share;
  return *this;
}

QuadraticObjective& QuadraticObjective::operator-=(const QuadraticObjective& other)
{
  this->Gram -= other.Gram;
  this->Slope -= other.Slope;
  this->Constant -= other.Constant;
  this->Share -= other.Share;
  return *this;
}

double QuadraticObjective::Mean(const Eigen::MatrixXd& parameters) const
{
  const double squares = parameters.cwiseProduct(this->Gram * parameters).sum();
  const double slope = parameters.cwiseProduct(this->Slope).sum();
  return (0.5 * squares + slope + this->Constant) / this->Share;
}

RidgePath::RidgePath(const QuadraticObjective& objective, const Eigen::MatrixXd& penalty)
{
  const Eigen::MatrixXd gram = objective.Gram / objective.Share;
  const Eigen::MatrixXd slope = objective.Slope / objective.Share;
  if (penalty.rows() == 0)
  {
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(gram);
    this->Basis = solver.eigenvectors();
    this->Eigenvalues = solver.eigenvalues();
  }
  else
  {
    const Eigen::LLT<Eigen::MatrixXd> root(Sound(penalty));
    Eigen::MatrixXd scaled = root.matrixL().solve(gram);
    scaled = root.matrixL().solve(scaled.transpose().eval());
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(
      0.5 * (scaled + scaled.transpose()));
    this->Basis = root.matrixU().solve(solver.eigenvectors());
    this->Eigenvalues = solver.eigenvalues();
  }
  this->Eigenvalues = this->Eigenvalues.cwiseMax(0.0);
  this->Right = -(this->Basis.transpose() * slope);
}

Eigen::MatrixXd RidgePath::Solve(double regularization) const
{
  const Eigen::VectorXd shrunk = (this->Eigenvalues.array() + regularization).inverse();
  return this->Basis * (shrunk.asDiagonal() * this->Right);
}

void RefuseSingular(double regularization)
{
  std::ostringstream message;
  message << "Regularization is " << regularization
          << "; the equations of the fit are then singular to rounding. Take a larger one, or 0 to "
             "have it chosen";
  throw std::invalid_argument(message.str());
}

Eigen::MatrixXd SolveRidge(
  const QuadraticObjective& objective, const Eigen::MatrixXd& penalty, double regularization)
{
  Eigen::MatrixXd matrix = objective.Gram / objective.Share;
  if (penalty.rows() == 0)
  {
    matrix.diagonal().array() += regularization;
  }
  else
  {
    matrix += regularization * Sound(penalty);
  }
  const Eigen::LLT<Eigen::MatrixXd> root(matrix);
  if (root.info() != Eigen::Success)
  {
    RefuseSingular(regularization);
  }
  return -root.solve(objective.Slope / objective.Share);
}
}
