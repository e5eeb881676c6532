// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/MixtureFamily.h"

#include "Numerics/Mixture/MixtureField.h"

#include <stdexcept>
#include <utility>

namespace scorefields
{
MixtureDensity::MixtureDensity(Mixture mixture)
  : Components(std::move(mixture))
{
}

void MixtureDensity::Evaluate(
  const PointsRef& points, const FieldView& fields, const Execution& execution) const
{
  FieldView wanted;
  wanted.LogDensity = fields.LogDensity;
  wanted.Score = fields.Score;
  wanted.Hessian = fields.Hessian;
  EvaluateMixture(this->Components, points, wanted, execution);
}

MixtureFamily::MixtureFamily(const Mixture& mixture, const GaussianKernel& shape)
  : Truth(mixture)
  , Shape(shape)
  , LeastVariance(mixture.LeastVariance())
{
  const Axes& axes = mixture.ActiveAxes();
  const int d = axes.Count;
  bool same = shape.Dimension() == d;
  for (int a = 0; a < d && same; ++a)
  {
    same = shape.ActiveAxes().Axis[a] == axes.Axis[a];
  }
  if (!same)
  {
    throw std::invalid_argument("Dimension: the mixture and the samples extend along other axes;"
                                " set Dimension to that of the mixture");
  }
}

std::shared_ptr<const SmoothDensity> MixtureFamily::At(
  double bandwidth, const Execution& /*execution*/) const
{
  return std::make_shared<const MixtureDensity>(
    this->Truth.Smoothed(this->KernelAt(bandwidth).Covariance()));
}

GaussianKernel MixtureFamily::KernelAt(double bandwidth) const
{
  return this->Shape.WithBandwidth(bandwidth);
}

Eigen::Matrix3d MixtureFamily::StepUnitAt(double bandwidth) const
{
  Eigen::Matrix3d unit = this->KernelAt(bandwidth).Covariance();
  const Axes& axes = this->Shape.ActiveAxes();
  for (int a = 0; a < axes.Count; ++a)
  {
    unit(axes.Axis[a], axes.Axis[a]) += this->LeastVariance;
  }
  return unit;
}
}
