// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Base/GaussianKernel.h"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>

#include <cmath>
#include <sstream>
#include <stdexcept>

namespace scorefields
{
namespace
{
constexpr double SmallestEigenvalueShare = 1e-12;

void RequireBandwidth(double bandwidth)
{
  if (!(std::isfinite(bandwidth) && bandwidth > 0.0))
  {
    std::ostringstream message;
    message << "Bandwidth is " << bandwidth << "; it must be positive and finite";
    throw std::invalid_argument(message.str());
  }
}
}

GaussianKernel::GaussianKernel(const Axes& axes, const Eigen::Matrix3d& covariance)
  : Active(axes)
{
  const Eigen::MatrixXd given = axes.PartOf(covariance);
  const Eigen::MatrixXd part = 0.5 * (given + given.transpose());
  this->Diagonal = part.isDiagonal(0.0);
  Eigen::VectorXd eigenvalues = part.diagonal();
  if (part.allFinite() && !this->Diagonal)
  {
    eigenvalues =
      Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(part, Eigen::EigenvaluesOnly).eigenvalues();
  }
  // Separate units per axis are legitimate, so a diagonal matrix needs positive entries only.
  const double threshold = this->Diagonal ? 0.0 : SmallestEigenvalueShare * eigenvalues.maxCoeff();
  if (!part.allFinite() || !(eigenvalues.minCoeff() > threshold))
  {
    std::ostringstream message;
    message << "BandwidthMatrix (the kernel covariance) has the eigenvalues "
            << eigenvalues.transpose() << "; all must be finite, positive and above "
            << SmallestEigenvalueShare << " of the largest";
    throw std::invalid_argument(message.str());
  }
  this->H = axes.Embedded(part);
  const Eigen::MatrixXd inverse = this->Diagonal
    ? Eigen::MatrixXd(part.diagonal().cwiseInverse().asDiagonal())
    : Eigen::MatrixXd(part.llt().solve(Eigen::MatrixXd::Identity(axes.Count, axes.Count)));
  this->P = axes.Embedded(inverse);
  this->LogPeakValue =
    -0.5 * axes.Count * std::log(2.0 * Pi) - 0.5 * eigenvalues.array().log().sum();
}

GaussianKernel GaussianKernel::Isotropic(const Axes& axes, double bandwidth)
{
  return GaussianKernel::PerAxis(axes, Eigen::Vector3d::Constant(bandwidth));
}

GaussianKernel GaussianKernel::PerAxis(const Axes& axes, const Eigen::Vector3d& bandwidths)
{
  Eigen::Matrix3d covariance = Eigen::Matrix3d::Identity();
  for (int a = 0; a < axes.Count; ++a)
  {
    const int axis = axes.Axis[a];
    RequireBandwidth(bandwidths[axis]);
    covariance(axis, axis) = bandwidths[axis] * bandwidths[axis];
  }
  return GaussianKernel(axes, covariance);
}

double GaussianKernel::EquivalentBandwidth() const
{
  // log K(0) = -(d/2) log(2 pi) - log|H| / 2, so log|H| / (2d) follows from it.
  return std::exp(-(this->LogPeakValue / this->Dimension()) - 0.5 * std::log(2.0 * Pi));
}

GaussianKernel GaussianKernel::WithBandwidth(double bandwidth) const
{
  RequireBandwidth(bandwidth);
  const double factor = bandwidth / this->EquivalentBandwidth();
  return GaussianKernel(this->Active, factor * factor * this->H);
}
}
