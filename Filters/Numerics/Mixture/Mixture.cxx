// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Mixture/Mixture.h"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace scorefields
{
namespace
{
constexpr double SmallestCorrelationEigenvalue = 1e-12;

[[noreturn]] void RefuseRow(Index row, const std::string& reason)
{
  std::ostringstream message;
  message << "Components row " << row + 1 << ": " << reason;
  throw std::invalid_argument(message.str());
}

Axes ExtendedAxes(const std::vector<MixtureComponent>& components)
{
  Eigen::Array<bool, 3, 1> extended = Eigen::Array<bool, 3, 1>::Constant(false);
  for (const MixtureComponent& component : components)
  {
    extended = extended || (component.Covariance.array() != 0.0).rowwise().any();
  }
  if (!components.empty() && !extended.any())
  {
    RefuseRow(0, "all variances are 0; at least one axis needs a positive variance");
  }
  return components.empty() ? Axes() : Axes::FromFlags(extended[0], extended[1], extended[2]);
}

bool IsPositiveDefinite(const Eigen::MatrixXd& matrix)
{
  const Eigen::VectorXd variance = matrix.diagonal();
  if (!matrix.allFinite() || !(variance.minCoeff() > 0.0))
  {
    return false;
  }
  // Of the correlations, so that axes may have different units.
  const Eigen::VectorXd scale = variance.cwiseSqrt().cwiseInverse();
  const Eigen::MatrixXd correlation = scale.asDiagonal() * matrix * scale.asDiagonal();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(correlation, Eigen::EigenvaluesOnly);
  return solver.eigenvalues().minCoeff() > SmallestCorrelationEigenvalue;
}

void CheckCovariance(Index row, const Axes& axes, const Eigen::Matrix3d& covariance)
{
  static constexpr char Name[3] = { 'X', 'Y', 'Z' };
  const Eigen::MatrixXd part = axes.PartOf(covariance);
  if (IsPositiveDefinite(part))
  {
    return;
  }
  std::ostringstream reason;
  reason << "the covariance is";
  for (int a = 0; a < axes.Count; ++a)
  {
    for (int b = a; b < axes.Count; ++b)
    {
      reason << ' ' << Name[axes.Axis[a]] << Name[axes.Axis[b]] << ' ' << part(a, b) << ',';
    }
  }
  reason << " which is not positive definite;";
  if (part.allFinite())
  {
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(part, Eigen::EigenvaluesOnly);
    reason << " its eigenvalues are " << solver.eigenvalues().transpose() << ", and all";
  }
  else
  {
    reason << " its entries must be finite and its eigenvalues";
  }
  reason << " must be positive";
  RefuseRow(row, reason.str());
}
}

Mixture::Mixture(const Axes& axes, std::vector<MixtureComponent> components)
  : Active(axes)
  , Components(std::move(components))
{
  if (this->Components.empty())
  {
    throw std::invalid_argument("Components is empty; a mixture needs at least one row");
  }
  this->CheckAndNormalizeWeights();
  this->CheckMeans();
  this->Shapes.reserve(this->Components.size());
  for (Index k = 0; k < this->Count(); ++k)
  {
    MixtureComponent& component = this->Components[At(k)];
    CheckCovariance(k, axes, component.Covariance);
    component.Covariance = axes.Embedded(axes.PartOf(component.Covariance));
    this->Shapes.push_back(this->MakeShape(k));
  }
}

Mixture::Mixture(std::vector<MixtureComponent> components)
  : Mixture(ExtendedAxes(components), components)
{
}

void Mixture::CheckAndNormalizeWeights()
{
  double largest = 0.0;
  for (Index k = 0; k < this->Count(); ++k)
  {
    const double weight = this->Component(k).Weight;
    if (!(std::isfinite(weight) && weight > 0.0))
    {
      std::ostringstream reason;
      reason << "the weight is " << weight << "; it must be positive and finite";
      RefuseRow(k, reason.str());
    }
    largest = std::max(largest, weight);
  }
  double sum = 0.0;
  for (MixtureComponent& component : this->Components)
  {
    component.Weight /= largest; // so that the sum cannot overflow
    sum += component.Weight;
  }
  for (MixtureComponent& component : this->Components)
  {
    component.Weight /= sum;
  }
}

void Mixture::CheckMeans() const
{
  const Eigen::Vector3d& first = this->Component(0).Mean;
  for (Index k = 0; k < this->Count(); ++k)
  {
    const Eigen::Vector3d& mean = this->Component(k).Mean;
    std::ostringstream reason;
    reason << "the mean is (" << mean.transpose() << "); ";
    if (!mean.allFinite())
    {
      reason << "it must be finite";
      RefuseRow(k, reason.str());
    }
    for (int axis = 0; axis < 3; ++axis)
    {
      if (!this->Active.IsActive(axis) && mean[axis] != first[axis])
      {
        reason << "along an axis where no component has a variance all rows must have the mean of "
                  "row 1, ("
               << first.transpose() << ')';
        RefuseRow(k, reason.str());
      }
    }
  }
}

Mixture::Shape Mixture::MakeShape(Index k) const
{
  const MixtureComponent& component = this->Component(k);
  const Index dimension = this->Dimension();
  const Eigen::MatrixXd factor = this->Active.PartOf(component.Covariance).llt().matrixL();
  const Eigen::MatrixXd whitening =
    factor.triangularView<Eigen::Lower>().solve(Eigen::MatrixXd::Identity(dimension, dimension));
  Shape shape;
  shape.Factor = this->Active.Embedded(factor);
  shape.Whitening = this->Active.Embedded(whitening);
  shape.LogPeak = std::log(component.Weight) -
    0.5 * static_cast<double>(dimension) * std::log(2.0 * Pi) -
    factor.diagonal().array().log().sum();
  return shape;
}

Eigen::Vector3d Mixture::Mean() const
{
  Eigen::Vector3d mean = Eigen::Vector3d::Zero();
  for (const MixtureComponent& component : this->Components)
  {
    mean += component.Weight * component.Mean;
  }
  return mean;
}

Eigen::Matrix3d Mixture::Covariance() const
{
  const Eigen::Vector3d mean = this->Mean();
  Eigen::Matrix3d covariance = Eigen::Matrix3d::Zero();
  for (const MixtureComponent& component : this->Components)
  {
    const Eigen::Vector3d offset = component.Mean - mean;
    covariance += component.Weight * (component.Covariance + offset * offset.transpose());
  }
  return this->Active.Embedded(this->Active.PartOf(covariance));
}

double Mixture::LeastVariance() const
{
  double least = std::numeric_limits<double>::infinity();
  for (const MixtureComponent& component : this->Components)
  {
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(
      this->Active.PartOf(component.Covariance), Eigen::EigenvaluesOnly);
    least = std::min(least, solver.eigenvalues()[0]);
  }
  return least;
}

Mixture Mixture::Smoothed(const Eigen::Matrix3d& covariance) const
{
  std::vector<MixtureComponent> components = this->Components;
  for (MixtureComponent& component : components)
  {
    component.Covariance += covariance;
  }
  return Mixture(this->Active, std::move(components));
}

Mixture Mixture::Smoothed(double bandwidth) const
{
  if (!(std::isfinite(bandwidth) && bandwidth >= 0.0))
  {
    std::ostringstream message;
    message << "Bandwidth is " << bandwidth << "; it must be 0 or positive, and finite";
    throw std::invalid_argument(message.str());
  }
  return this->Smoothed(bandwidth * bandwidth * Eigen::Matrix3d::Identity());
}

Mixture Mixture::InDimension(int dimension) const
{
  if (dimension < 1 || dimension > 3)
  {
    std::ostringstream message;
    message << "Dimension is " << dimension << "; it must be 1, 2 or 3";
    throw std::invalid_argument(message.str());
  }
  const Axes axes = Axes::First(dimension);
  std::vector<MixtureComponent> components = this->Components;
  for (MixtureComponent& component : components)
  {
    const double variance = component.Covariance.trace() / this->Dimension();
    for (int axis = 0; axis < 3; ++axis)
    {
      if (!axes.IsActive(axis) || !this->Active.IsActive(axis))
      {
        component.Mean[axis] = 0.0;
      }
      if (axes.IsActive(axis) && !this->Active.IsActive(axis))
      {
        component.Covariance(axis, axis) = variance;
      }
    }
  }
  return Mixture(axes, std::move(components));
}
}
