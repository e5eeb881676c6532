// SPDX-License-Identifier: BSD-3-Clause
#ifndef Flow_FlowState_h
#define Flow_FlowState_h

#include "Numerics/Base/Types.h"
#include "Numerics/Flow/SmoothDensity.h"

#include <cmath>
#include <cstdint>
#include <vector>

namespace scorefields
{
/// Who the particles are: random numbers are keyed by their number in the whole set, so that any
/// division over processes draws the same.
using ParticleNumbers = std::vector<std::uint64_t>;

/// n particles after a number of steps, and what is known where they are.
struct FlowState
{
  Index Step = 0;
  double Bandwidth = 0.0; ///< of the density that the values below belong to
  Eigen::Matrix3Xd Positions;
  Eigen::VectorXd LogDensity;
  Eigen::Matrix3Xd Score;
  Eigen::VectorXd Speed; ///< length of the last step; 0 at the start
  /// Probability flow: log density of the particles as they are transported, from that of their
  /// start (Flow::Start).
  Eigen::VectorXd PathLogDensity;
  /// Ascent: 1 where a mode is reached.
  std::vector<unsigned char> Settled;
  /// Ascent: Hessian of the log density; denoising: posterior covariance at the start. 6 by n.
  Eigen::Matrix<double, 6, Eigen::Dynamic> Tensors;
  /// Denoising: the posterior mean at the start. 3 by n.
  Eigen::Matrix3Xd Goals;
  double Proposed = 0.0; ///< Langevin steps asked for, and those accepted, in all steps so far
  double Accepted = 0.0;

  Index Count() const { return this->Positions.cols(); }
  /// False where the density is not known: there a particle that is moved by its score stays.
  bool IsKnown(Index i) const { return !std::isnan(this->LogDensity[i]); }
  /// Bytes that the state takes.
  double Size() const;
};

/// Evaluates log density and score, and the Hessian into Tensors if wanted, at all particles.
void EvaluateState(
  const SmoothDensity& source, bool hessian, FlowState& state, const Execution& execution);

/// What a step needs to know of a matrix M (a kernel's covariance, or a unit of steps): M itself
/// and the lower triangular L with L L' = M, both 0 in inactive axes.
struct StepMetric
{
  Axes Active;
  Eigen::Matrix3d Matrix = Eigen::Matrix3d::Zero();
  Eigen::Matrix3d Factor = Eigen::Matrix3d::Zero();

  StepMetric(const Axes& axes, const Eigen::Matrix3d& matrix);
  /// |L' s|^2 = s' M s.
  double SquaredLength(const Eigen::Vector3d& score) const
  {
    return score.dot(this->Matrix * score);
  }
};
}

#endif
