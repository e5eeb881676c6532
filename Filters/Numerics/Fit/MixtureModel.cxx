// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/MixtureModel.h"

#include "Numerics/Mixture/MixtureField.h"

#include <utility>

namespace scorefields
{
MixtureModel::MixtureModel(Mixture mixture)
  : Bells(std::move(mixture))
{
}

void MixtureModel::Evaluate(
  const Eigen::MatrixXd& points, Eigen::MatrixXd& score, Eigen::VectorXd* logDensity) const
{
  Eigen::Matrix3Xd inSpace(3, points.cols());
  FieldView fields;
  fields.Score = inSpace.data();
  if (logDensity)
  {
    logDensity->resize(points.cols());
    fields.LogDensity = logDensity->data();
  }
  EvaluateMixture(this->Bells, WithThreeRows(points), fields);
  score = inSpace.topRows(points.rows());
}

FitTable MixtureModel::Parameters(const FitFrame& frame) const
{
  std::vector<double> weights;
  std::vector<Eigen::VectorXd> means;
  std::vector<Eigen::MatrixXd> covariances;
  const int d = this->Bells.Dimension();
  for (Index k = 0; k < this->Bells.Count(); ++k)
  {
    const MixtureComponent& bell = this->Bells.Component(k);
    weights.push_back(bell.Weight);
    means.emplace_back(bell.Mean.head(d));
    covariances.emplace_back(bell.Covariance.topLeftCorner(d, d));
  }
  return TableOfGaussians(weights, means, covariances, frame);
}

double MixtureModel::Objective(const FitSamples& samples) const
{
  Eigen::Matrix3Xd score(3, samples.Count());
  Eigen::Matrix<double, 6, Eigen::Dynamic> hessian(6, samples.Count());
  FieldView fields;
  fields.Score = score.data();
  fields.Hessian = hessian.data();
  EvaluateMixture(this->Bells, WithThreeRows(samples.Points), fields);
  const Eigen::RowVectorXd divergence = hessian.topRows<3>().colwise().sum();
  return (0.5 * score.colwise().squaredNorm() + divergence).dot(samples.Shares);
}
}
