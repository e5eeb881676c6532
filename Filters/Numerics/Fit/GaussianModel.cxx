// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/GaussianModel.h"

#include <Eigen/Eigenvalues>

#include <cmath>
#include <sstream>
#include <stdexcept>

namespace scorefields
{
GaussianModel::GaussianModel(const FitSamples& samples)
  : Centre(samples.Points * samples.Shares)
{
  const Eigen::MatrixXd centred = samples.Points.colwise() - this->Centre;
  this->C = centred * samples.Shares.asDiagonal() * centred.transpose();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(this->C);
  const Eigen::VectorXd& eigenvalues = solver.eigenvalues();
  if (!(eigenvalues[0] > 1e-12 * eigenvalues[eigenvalues.size() - 1]))
  {
    std::ostringstream message;
    message << "Input has " << samples.Count() << " points that lie on one "
            << (samples.Dimension() == 3 ? "plane or line" : "line")
            << ": their covariance has no inverse. Set Dimension to fewer axes";
    throw std::invalid_argument(message.str());
  }
  this->P = solver.eigenvectors() * eigenvalues.cwiseInverse().asDiagonal() *
    solver.eigenvectors().transpose();
  this->LogPeak = -0.5 * static_cast<double>(samples.Dimension()) * std::log(2.0 * Pi) -
    0.5 * eigenvalues.array().log().sum();
}

void GaussianModel::Evaluate(
  const Eigen::MatrixXd& points, Eigen::MatrixXd& score, Eigen::VectorXd* logDensity) const
{
  const Eigen::MatrixXd centred = points.colwise() - this->Centre;
  score = -(this->P * centred);
  if (logDensity)
  {
    *logDensity =
      (0.5 * centred.cwiseProduct(score).colwise().sum().array() + this->LogPeak).transpose();
  }
}

double GaussianModel::Objective(const FitSamples& samples) const
{
  const Eigen::MatrixXd score = this->ScoreAt(samples.Points);
  return 0.5 * score.colwise().squaredNorm().dot(samples.Shares) + this->Divergence();
}
}
