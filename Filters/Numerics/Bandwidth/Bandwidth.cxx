// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/Bandwidth.h"

#include <Eigen/Eigenvalues>

#include <cmath>
#include <sstream>
#include <stdexcept>
#include <string>

namespace scorefields
{
namespace
{
constexpr const char* AxisNames = "xyz";

Eigen::Matrix3d Shaped(BandwidthShape shape, const Axes& axes, const Eigen::Matrix3d& covariance)
{
  if (shape == BandwidthShape::Covariance)
  {
    return covariance;
  }
  if (shape == BandwidthShape::PerAxis)
  {
    return covariance.diagonal().asDiagonal();
  }
  double trace = 0.0;
  for (int a = 0; a < axes.Count; ++a)
  {
    trace += covariance(axes.Axis[a], axes.Axis[a]);
  }
  return Eigen::Matrix3d::Identity() * (trace / axes.Count);
}

void RequireSpread(const CloudMoments& moments, const Axes& axes, BandwidthShape shape)
{
  std::ostringstream message;
  message << "BandwidthRule cannot choose a bandwidth: ";
  if (!(moments.EffectiveCount() > 1.0 + 1e-12))
  {
    message << "it needs at least two points that carry weight, and there are "
            << moments.EffectiveCount() << ". Set BandwidthRule to Manual and give Bandwidth";
    throw std::invalid_argument(message.str());
  }
  bool anySpread = false;
  for (int a = 0; a < axes.Count; ++a)
  {
    const int axis = axes.Axis[a];
    const bool spread = moments.Scatter(axis, axis) > 0.0;
    anySpread = anySpread || spread;
    if (!spread && shape != BandwidthShape::Isotropic)
    {
      message << "all points have the same " << AxisNames[axis]
              << ". Set BandwidthRule to Manual, or BandwidthShape to Isotropic";
      throw std::invalid_argument(message.str());
    }
  }
  if (!anySpread)
  {
    message << "all points are identical. Set BandwidthRule to Manual and give Bandwidth";
    throw std::invalid_argument(message.str());
  }
}
}

namespace
{
/// A cloud thinner than this share of its length has a covariance that GaussianKernel refuses, or
/// that rounding may make so.
constexpr double LeastThickness = 1.1e-6;

void RequireThickness(const Eigen::Matrix3d& covariance, const Axes& axes)
{
  const Eigen::MatrixXd part = axes.PartOf(covariance);
  if (part.isDiagonal(0.0) || !part.allFinite())
  {
    return;
  }
  const Eigen::VectorXd squares =
    Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(part, Eigen::EigenvaluesOnly).eigenvalues();
  const double least = LeastThickness * LeastThickness * squares.maxCoeff();
  const auto rank = (squares.array() > least).count();
  if (rank == axes.Count)
  {
    return;
  }
  throw std::invalid_argument(
    std::string("BandwidthShape is Covariance, but the points lie on a ") +
    (rank == 1 ? "line" : "plane") + " that is oblique to the axes, so that a kernel of their" +
    " shape would have no width across it. Set BandwidthShape to Isotropic or \"Per axis\"");
}
}

RuleKind KindOf(BandwidthRule rule)
{
  switch (rule)
  {
    case BandwidthRule::Manual:
      return RuleKind::Manual;
    case BandwidthRule::Scott:
    case BandwidthRule::Silverman:
    case BandwidthRule::NormalGradient:
      return RuleKind::Covariance;
    case BandwidthRule::SheatherJones:
      return RuleKind::SheatherJones;
    case BandwidthRule::Likelihood:
    case BandwidthRule::LeastSquaresDensity:
    case BandwidthRule::LeastSquaresGradient:
    case BandwidthRule::Hyvarinen:
      return RuleKind::CrossValidation;
  }
  return RuleKind::Manual;
}

std::optional<Criterion> CriterionOf(BandwidthRule rule)
{
  switch (rule)
  {
    case BandwidthRule::Likelihood:
      return Criterion::Likelihood;
    case BandwidthRule::LeastSquaresDensity:
      return Criterion::LeastSquaresDensity;
    case BandwidthRule::LeastSquaresGradient:
      return Criterion::LeastSquaresGradient;
    case BandwidthRule::Hyvarinen:
      return Criterion::Hyvarinen;
    case BandwidthRule::Manual:
    case BandwidthRule::Scott:
    case BandwidthRule::Silverman:
    case BandwidthRule::NormalGradient:
    case BandwidthRule::SheatherJones:
      break;
  }
  return std::nullopt;
}

bool NeedsSamples(BandwidthRule rule)
{
  switch (KindOf(rule))
  {
    case RuleKind::Manual:
    case RuleKind::Covariance:
      return false;
    case RuleKind::SheatherJones:
    case RuleKind::CrossValidation:
      return true;
  }
  return false;
}

double BandwidthFactor(BandwidthRule rule, double count, int dimension)
{
  const double d = dimension;
  switch (rule)
  {
    case BandwidthRule::Scott:
      return std::pow(count, -1.0 / (d + 4.0));
    case BandwidthRule::Silverman:
      return std::pow(4.0 / ((d + 2.0) * count), 1.0 / (d + 4.0));
    case BandwidthRule::NormalGradient:
      return std::pow(4.0 / ((d + 4.0) * count), 1.0 / (d + 6.0));
    case BandwidthRule::Manual:
    case BandwidthRule::SheatherJones:
    case BandwidthRule::Likelihood:
    case BandwidthRule::LeastSquaresDensity:
    case BandwidthRule::LeastSquaresGradient:
    case BandwidthRule::Hyvarinen:
      break;
  }
  throw std::invalid_argument(std::string("BandwidthRule is ") + NameOf(rule) +
    "; a rule that follows from the covariance was expected");
}

Eigen::Matrix3d ShapedCovariance(
  BandwidthShape shape, const CloudMoments& moments, const Axes& axes)
{
  RequireSpread(moments, axes, shape);
  const Eigen::Matrix3d covariance = moments.Covariance();
  if (shape == BandwidthShape::Covariance)
  {
    RequireThickness(covariance, axes);
  }
  return Shaped(shape, axes, covariance);
}

void RequireScale(double scale)
{
  if (!(std::isfinite(scale) && scale > 0.0))
  {
    std::ostringstream message;
    message << "BandwidthScale is " << scale << "; it must be positive and finite";
    throw std::invalid_argument(message.str());
  }
}

GaussianKernel ChooseKernel(BandwidthRule rule, BandwidthShape shape, const CloudMoments& moments,
  const Axes& axes, double scale)
{
  RequireScale(scale);
  const Eigen::Matrix3d covariance = ShapedCovariance(shape, moments, axes);
  const double factor = scale * BandwidthFactor(rule, moments.EffectiveCount(), axes.Count);
  return GaussianKernel(axes, factor * factor * covariance);
}
}
