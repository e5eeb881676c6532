// SPDX-License-Identifier: BSD-3-Clause
#ifndef Fit_MixtureModel_h
#define Fit_MixtureModel_h

#include "Numerics/Fit/ScoreModel.h"
#include "Numerics/Mixture/Mixture.h"

namespace scorefields
{
/// A mixture of Gaussians on the first d axes, in the frame, as a model of a score.
class MixtureModel : public ScoreModel
{
public:
  explicit MixtureModel(Mixture mixture);

  Potential Knows() const override { return Potential::Normalized; }
  void Evaluate(const Eigen::MatrixXd& points, Eigen::MatrixXd& score,
    Eigen::VectorXd* logDensity) const override;
  FitTable Parameters(const FitFrame& frame) const override;
  /// The mean of |score|^2 / 2 + divergence over samples (Hyvarinen's objective).
  double Objective(const FitSamples& samples) const;

private:
  Mixture Bells;
};
}

#endif
