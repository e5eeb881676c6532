// SPDX-License-Identifier: BSD-3-Clause
#ifndef Bandwidth_Bandwidth_h
#define Bandwidth_Bandwidth_h

#include "Numerics/Base/Enumerations.h"
#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Cloud/CloudMoments.h"

#include <optional>

namespace scorefields
{
/// How the size of the kernel follows from n points in d dimensions with covariance S: H = c^2 S.
/// A new rule comes last: state files hold the numbers.
enum class BandwidthRule
{
  Manual,         ///< given by the user
  Scott,          ///< c = n^(-1/(d+4)) (Scott 1992, eq. 6.42)
  Silverman,      ///< c = (4 / ((d+2) n))^(1/(d+4)) (Silverman 1986, eq. 4.14)
  NormalGradient, ///< c = (4 / ((d+4) n))^(1/(d+6)): least error of the gradient for normal data
                  ///< (Chacon, Duong and Wand 2011, normal scale rule with r = 1)
  // The following look at the points themselves (KernelChoice.h).
  SheatherJones,        ///< plug-in rule per axis (SheatherJones.h)
  Likelihood,           ///< cross-validation, Criterion::Likelihood
  LeastSquaresDensity,  ///< cross-validation, Criterion::LeastSquaresDensity
  LeastSquaresGradient, ///< cross-validation, Criterion::LeastSquaresGradient
  Hyvarinen,            ///< cross-validation, Criterion::Hyvarinen
};

constexpr const char* NameOf(BandwidthRule value)
{
  switch (value)
  {
    case BandwidthRule::Manual:
      return "Manual";
    case BandwidthRule::Scott:
      return "Scott";
    case BandwidthRule::Silverman:
      return "Silverman";
    case BandwidthRule::NormalGradient:
      return "Normal scale for the gradient";
    case BandwidthRule::SheatherJones:
      return "Improved Sheather-Jones";
    case BandwidthRule::Likelihood:
      return "Likelihood cross-validation";
    case BandwidthRule::LeastSquaresDensity:
      return "Least-squares cross-validation";
    case BandwidthRule::LeastSquaresGradient:
      return "Least-squares cross-validation for the gradient";
    case BandwidthRule::Hyvarinen:
      return "Leave-one-out Hyvarinen";
  }
  return nullptr;
}

/// What cross-validation makes least (PairCriterion.h): up to a constant, a distance between the
/// estimate f and the density p behind the points, estimated from the points alone.
enum class Criterion
{
  LeastSquaresDensity,  ///< integral of (f - p)^2
  LeastSquaresGradient, ///< integral of |grad f - grad p|^2
  Likelihood,           ///< Kullback-Leibler divergence of f from p
  Hyvarinen,            ///< Fisher divergence: p-mean of |score of f - score of p|^2 / 2
};

/// How a rule finds its bandwidth.
enum class RuleKind
{
  Manual,
  Covariance,     ///< by BandwidthFactor
  SheatherJones,  ///< SheatherJones.h
  CrossValidation ///< by CriterionOf, BandwidthSelectors.h
};
RuleKind KindOf(BandwidthRule rule);

/// What a rule makes least; none unless it is one of cross-validation.
std::optional<Criterion> CriterionOf(BandwidthRule rule);

/// Whether a rule needs more than the moments of the cloud.
bool NeedsSamples(BandwidthRule rule);

/// Which of the covariance S a rule keeps.
enum class BandwidthShape
{
  Isotropic,  ///< (tr S / d) I: one length for all axes
  PerAxis,    ///< diag S
  Covariance, ///< S
};

constexpr const char* NameOf(BandwidthShape value)
{
  switch (value)
  {
    case BandwidthShape::Isotropic:
      return "Isotropic";
    case BandwidthShape::PerAxis:
      return "Per axis";
    case BandwidthShape::Covariance:
      return "Covariance";
  }
  return nullptr;
}

/// c of a rule. @throws std::invalid_argument for Manual and rules that need samples.
double BandwidthFactor(BandwidthRule rule, double count, int dimension);

/// The covariance in the shape asked for; entries of inactive axes mean nothing.
/// @throws std::invalid_argument if no rule can work: fewer than two points, or points that do not
///         differ along an active axis (all active axes, for Isotropic), where the message names
///         BandwidthRule; or Covariance of points on an oblique line or plane.
Eigen::Matrix3d ShapedCovariance(
  BandwidthShape shape, const CloudMoments& moments, const Axes& axes);

/// @throws std::invalid_argument that names BandwidthScale if it is not positive and finite.
void RequireScale(double scale);

/// The kernel a rule chooses: H = (scale c)^2 times the shaped covariance.
///
/// n is the effective number of points, (sum w)^2 / sum w^2.
/// @throws like ShapedCovariance, RequireScale and BandwidthFactor.
GaussianKernel ChooseKernel(BandwidthRule rule, BandwidthShape shape, const CloudMoments& moments,
  const Axes& axes, double scale);
}

#endif
