// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Ridges/RidgePoint.h"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace
{
constexpr double FlatCurvature = 1e-12; ///< taken for at least this, where steps are cut anyway

template <int D>
void Fill(const RidgeUnit& unit, const Eigen::Vector3d& score, const Eigen::Matrix3d& hessian,
  RidgeGeometry& geometry)
{
  Eigen::Matrix<double, D, D> scaled;
  Eigen::Matrix<double, D, 1> slope;
  const double h = unit.Length;
  for (int a = 0; a < D; ++a)
  {
    slope[a] = h * score[unit.Active.Axis[a]];
    for (int b = 0; b < D; ++b)
    {
      scaled(a, b) = h * h * hessian(unit.Active.Axis[a], unit.Active.Axis[b]);
    }
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix<double, D, D>> solver(scaled);
  Eigen::Matrix<double, D, 1> step = Eigen::Matrix<double, D, 1>::Zero();
  for (int k = 0; k + 1 < D; ++k) // ascending: the last is e_1
  {
    const auto direction = solver.eigenvectors().col(k);
    step += direction *
      (direction.dot(slope) / std::max(std::abs(solver.eigenvalues()[k]), FlatCurvature));
  }
  Index largest = 0;
  const auto along = solver.eigenvectors().col(D - 1);
  along.cwiseAbs().maxCoeff(&largest);
  const double sign = along[largest] < 0.0 ? -1.0 : 1.0;
  for (int a = 0; a < D; ++a)
  {
    geometry.Curvatures[a] = solver.eigenvalues()[D - 1 - a];
    geometry.Along[unit.Active.Axis[a]] = sign * along[a];
    geometry.Step[unit.Active.Axis[a]] = step[a];
  }
}
}

RidgeUnit RidgeUnit::Of(const GaussianKernel& kernel)
{
  const Eigen::MatrixXd active = kernel.ActiveAxes().PartOf(kernel.Covariance());
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(active, Eigen::EigenvaluesOnly);
  return { kernel.ActiveAxes(), std::sqrt(solver.eigenvalues()[0]) };
}

RidgeGeometry::RidgeGeometry(
  const RidgeUnit& unit, const Eigen::Vector3d& score, const SymmetricTensor& hessian)
{
  if (unit.Active.Count == 2)
  {
    Fill<2>(unit, score, ToMatrix(hessian), *this);
  }
  else
  {
    Fill<3>(unit, score, ToMatrix(hessian), *this);
  }
}
}
