// SPDX-License-Identifier: BSD-3-Clause
#ifndef Fit_MixtureModel_h
#define Fit_MixtureModel_h

#include "Numerics/Fit/FitSamples.h"
#include "Numerics/Fit/ScoreModel.h"

#include <vector>

namespace scorefields
{
/// One component of a fitted mixture, in the frame.
struct FittedComponent
{
  double Weight = 1.0;
  Eigen::VectorXd Mean;
  Eigen::MatrixXd Covariance;
};

/// A mixture of Gaussians as a model of a score.
class MixtureModel : public ScoreModel
{
public:
  explicit MixtureModel(std::vector<FittedComponent> components);

  Potential Knows() const override { return Potential::Normalized; }
  void Evaluate(const Eigen::MatrixXd& points, Eigen::MatrixXd& score,
    Eigen::VectorXd* logDensity) const override;
  FitTable Parameters(const FitFrame& frame) const override;
  /// The mean of |score|^2 / 2 + divergence over samples (Hyvarinen's objective).
  double Objective(const FitSamples& samples) const;
  const std::vector<FittedComponent>& Components() const { return this->Parts; }

private:
  std::vector<FittedComponent> Parts;
};

/// A Gaussian ready to be evaluated.
struct Bell
{
  double LogWeight = 0.0; ///< with the peak of the density
  Small Mean;
  SmallMatrix Precision;

  Bell(double weight, const Small& mean, const SmallMatrix& covariance);
};

/// The density of a mixture at one place.
struct MixtureAt
{
  std::vector<double> Shares; ///< responsibilities
  std::vector<Small> Scores;  ///< of each component
  Small Score;
  double LogDensity = 0.0;

  explicit MixtureAt(std::size_t components)
    : Shares(components)
    , Scores(components)
  {
  }
  void Look(const std::vector<Bell>& bells, const Small& y);
};

/// @param variance  added to the diagonal of each covariance.
std::vector<Bell> BellsOf(
  const std::vector<FittedComponent>& components, const Eigen::VectorXd& variance);
}

#endif
