// SPDX-License-Identifier: BSD-3-Clause
#ifndef Fit_ScoreBasis_h
#define Fit_ScoreBasis_h

#include "Numerics/Fit/FitSamples.h"
#include "Numerics/Fit/QuadraticObjective.h"
#include "Numerics/Fit/ScoreModel.h"

#include <memory>
#include <vector>

namespace scorefields
{
/// Vector fields of which a score is a linear combination.
class ScoreBasis
{
public:
  virtual ~ScoreBasis() = default;

  /// An objective of 0 of the right size.
  virtual QuadraticObjective Zero() const = 0;
  /// Adds what the samples [begin, end) have to the objective: the mean of
  ///   |f + b|^2 / 2 + div f
  /// but for what does not depend on f, where b are the scores of a base density.
  /// @param base  d by n, or without columns: b = 0.
  virtual void Add(const FitSamples& samples, const Eigen::MatrixXd& base, Index begin, Index end,
    QuadraticObjective& objective) const = 0;
  /// |f + b|^2 / 2 + div f at each sample, a row, for each combination, a column.
  virtual Eigen::MatrixXd ObjectivesAt(const FitSamples& samples, const Eigen::MatrixXd& base,
    const std::vector<Eigen::MatrixXd>& parameters) const = 0;
  /// R of the penalty tr(t' R t) / 2; without rows: the identity.
  virtual Eigen::MatrixXd Penalty() const = 0;
  /// The combination with these parameters.
  virtual std::unique_ptr<ScoreModel> Combine(const Eigen::MatrixXd& parameters) const = 0;
};
}

#endif
