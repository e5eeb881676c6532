// SPDX-License-Identifier: BSD-3-Clause
#ifndef Fit_GaussianModel_h
#define Fit_GaussianModel_h

#include "Numerics/Fit/FitSamples.h"
#include "Numerics/Fit/ScoreModel.h"

namespace scorefields
{
/// The normal distribution fitted by score matching: mean and covariance are those of the samples,
///   m = sum p_i y_i,  C = sum p_i (y_i - m)(y_i - m)'   (divisor n, not n - 1),
/// exactly, since J = |P (y - m)|^2 / 2 - tr P in the mean over the samples is least there
/// (Hyvarinen 2005, section 3.1).
class GaussianModel : public ScoreModel
{
public:
  /// @throws std::invalid_argument that names Input if C is singular (its smallest eigenvalue is
  ///         not above 1e-12 of its largest).
  explicit GaussianModel(const FitSamples& samples);

  Potential Knows() const override { return Potential::Normalized; }
  void Evaluate(const Eigen::MatrixXd& points, Eigen::MatrixXd& score,
    Eigen::VectorXd* logDensity) const override;
  FitTable Parameters(const FitFrame& frame) const override
  {
    return TableOfGaussians({ 1.0 }, { this->Centre }, { this->C }, frame);
  }

  const Eigen::VectorXd& Mean() const { return this->Centre; }
  const Eigen::MatrixXd& Covariance() const { return this->C; }
  /// The divergence of the score, -tr C^-1.
  double Divergence() const { return -this->P.trace(); }
  /// The mean of |score|^2 / 2 + divergence over samples (Hyvarinen's objective).
  double Objective(const FitSamples& samples) const;

private:
  Eigen::VectorXd Centre;
  Eigen::MatrixXd C;
  Eigen::MatrixXd P;
  double LogPeak = 0.0;
};
}

#endif
