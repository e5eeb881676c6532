// SPDX-License-Identifier: BSD-3-Clause
#ifndef Fit_ScoreModel_h
#define Fit_ScoreModel_h

#include "Numerics/Fit/FitSamples.h"

#include <Eigen/Core>

#include <string>
#include <vector>

namespace scorefields
{
/// Vectors and matrices of at most three components, without memory of its own.
using Small = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, 3, 1>;
using SmallMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, 3, 3>;

/// What a model knows of the density whose score it has.
enum class Potential
{
  None,         ///< its vectors need not be the gradient of anything
  UpToConstant, ///< the log density but for its constant
  Normalized    ///< the log density, whose integral over space is 1
};

/// Numbers under headings.
struct FitTable
{
  std::vector<std::string> Names;
  Eigen::MatrixXd Values; ///< a column for each name
};

/// A fitted model of a score, in the coordinates of a fit (FitSamples.h).
class ScoreModel
{
public:
  virtual ~ScoreModel() = default;

  virtual Potential Knows() const = 0;
  /// @param points      d by m.
  /// @param score       becomes d by m.
  /// @param logDensity  becomes m long; null: not wanted. Left alone where the model has none.
  virtual void Evaluate(
    const Eigen::MatrixXd& points, Eigen::MatrixXd& score, Eigen::VectorXd* logDensity) const = 0;
  /// All numbers that make up the model. Weights, means and covariances are those in space; all
  /// others are in the coordinates of the fit.
  virtual FitTable Parameters(const FitFrame& frame) const = 0;

  Eigen::MatrixXd ScoreAt(const Eigen::MatrixXd& points) const
  {
    Eigen::MatrixXd score;
    this->Evaluate(points, score, nullptr);
    return score;
  }
};

/// Names with the letters of the active axes: "MeanX", "MeanY".
std::vector<std::string> NamesAlongAxes(const std::string& name, const FitFrame& frame);
/// The table of Gaussians: Weight, mean and covariance as a row of the property Components has
/// them.
FitTable TableOfGaussians(const std::vector<double>& weights,
  const std::vector<Eigen::VectorXd>& means, const std::vector<Eigen::MatrixXd>& covariances,
  const FitFrame& frame);
}

#endif
