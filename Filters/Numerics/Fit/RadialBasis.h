// SPDX-License-Identifier: BSD-3-Clause
#ifndef Fit_RadialBasis_h
#define Fit_RadialBasis_h

#include "Numerics/Fit/ScoreBasis.h"

namespace scorefields
{
/// A score as a sum of Gaussian bumps, each component on its own:
///   s_a(y) = sum_m t_ma psi_m(y),  psi_m(y) = exp(-|y - c_m|^2 / (2 w^2)).
///
/// The minimum of score matching with the penalty lambda |t|^2 / 2 is
///   t_a = -(G + lambda I)^-1 mean d_a psi,  G = mean psi psi'
/// (Hyvarinen 2005; Sasaki, Hyvarinen, Sugiyama 2014, "LSLDG"). Such a field need not be the
/// gradient of anything.
class RadialBasis : public ScoreBasis
{
public:
  /// @param centres  c, d by M.
  /// @param width    w, in units of the frame.
  RadialBasis(Eigen::MatrixXd centres, double width);

  QuadraticObjective Zero() const override;
  void Add(const FitSamples& samples, const Eigen::MatrixXd& base, Index begin, Index end,
    QuadraticObjective& objective) const override;
  Eigen::MatrixXd ObjectivesAt(const FitSamples& samples, const Eigen::MatrixXd& base,
    const std::vector<Eigen::MatrixXd>& parameters) const override;
  Eigen::MatrixXd Penalty() const override { return {}; }
  std::unique_ptr<ScoreModel> Combine(const Eigen::MatrixXd& parameters) const override;

private:
  Eigen::MatrixXd Centres;
  double Width;
};
}

#endif
