// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/MixtureModel.h"

#include <Eigen/LU>

#include <algorithm>
#include <cmath>
#include <utility>

namespace scorefields
{
Bell::Bell(double weight, const Small& mean, const SmallMatrix& covariance)
  : Mean(mean)
  , Precision(covariance.inverse())
{
  this->LogWeight = std::log(weight) - 0.5 * std::log(covariance.determinant()) -
    0.5 * static_cast<double>(mean.size()) * std::log(2.0 * Pi);
}

void MixtureAt::Look(const std::vector<Bell>& bells, const Small& y)
{
  for (std::size_t k = 0; k < bells.size(); ++k)
  {
    const Small offset = bells[k].Mean - y;
    this->Scores[k] = bells[k].Precision * offset;
    this->Shares[k] = bells[k].LogWeight - 0.5 * offset.dot(this->Scores[k]);
  }
  const double largest = *std::max_element(this->Shares.begin(), this->Shares.end());
  double sum = 0.0;
  for (double& share : this->Shares)
  {
    share = std::exp(share - largest);
    sum += share;
  }
  this->Score = Small::Zero(y.size());
  for (std::size_t k = 0; k < bells.size(); ++k)
  {
    this->Shares[k] /= sum;
    this->Score += this->Shares[k] * this->Scores[k];
  }
  this->LogDensity = largest + std::log(sum);
}

std::vector<Bell> BellsOf(
  const std::vector<FittedComponent>& components, const Eigen::VectorXd& variance)
{
  std::vector<Bell> bells;
  for (const FittedComponent& component : components)
  {
    SmallMatrix covariance = component.Covariance;
    covariance.diagonal() += variance;
    bells.emplace_back(component.Weight, component.Mean, covariance);
  }
  return bells;
}

MixtureModel::MixtureModel(std::vector<FittedComponent> components)
  : Parts(std::move(components))
{
}

void MixtureModel::Evaluate(
  const Eigen::MatrixXd& points, Eigen::MatrixXd& score, Eigen::VectorXd* logDensity) const
{
  const std::vector<Bell> bells = BellsOf(this->Parts, Eigen::VectorXd::Zero(points.rows()));
  score.resizeLike(points);
  if (logDensity)
  {
    logDensity->resize(points.cols());
  }
  MixtureAt at(bells.size());
  for (Index i = 0; i < points.cols(); ++i)
  {
    at.Look(bells, points.col(i));
    score.col(i) = at.Score;
    if (logDensity)
    {
      (*logDensity)[i] = at.LogDensity;
    }
  }
}

FitTable MixtureModel::Parameters(const FitFrame& frame) const
{
  std::vector<double> weights;
  std::vector<Eigen::VectorXd> means;
  std::vector<Eigen::MatrixXd> covariances;
  for (const FittedComponent& part : this->Parts)
  {
    weights.push_back(part.Weight);
    means.push_back(part.Mean);
    covariances.push_back(part.Covariance);
  }
  return TableOfGaussians(weights, means, covariances, frame);
}

double MixtureModel::Objective(const FitSamples& samples) const
{
  const std::vector<Bell> bells = BellsOf(this->Parts, Eigen::VectorXd::Zero(samples.Dimension()));
  MixtureAt at(bells.size());
  double sum = 0.0;
  for (Index i = 0; i < samples.Count(); ++i)
  {
    at.Look(bells, samples.Points.col(i));
    double divergence = -at.Score.squaredNorm();
    for (std::size_t k = 0; k < bells.size(); ++k)
    {
      divergence += at.Shares[k] * (at.Scores[k].squaredNorm() - bells[k].Precision.trace());
    }
    sum += samples.Shares[i] * (0.5 * at.Score.squaredNorm() + divergence);
  }
  return sum;
}
}
