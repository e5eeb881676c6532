// SPDX-License-Identifier: BSD-3-Clause
#ifndef Fit_MixtureLoss_h
#define Fit_MixtureLoss_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Fit/FitSamples.h"
#include "Numerics/Fit/ScoreModel.h"
#include "Numerics/Mixture/Mixture.h"

#include <vector>

namespace scorefields
{
/// Where the numbers of a component stand in the vector of parameters: the logarithm of its weight,
/// its mean, and the rows of its lower triangle.
class MixtureLayout
{
public:
  MixtureLayout(Index dimension, Index components)
    : D(dimension)
    , Count(components)
  {
  }
  Index Each() const { return 1 + this->D + this->D * (this->D + 1) / 2; }
  Index Size() const { return this->Each() * this->Count; }
  Index Components() const { return this->Count; }
  Index Dimension() const { return this->D; }

  double& LogWeight(Eigen::VectorXd& x, Index k) const { return x[this->Each() * k]; }
  auto Mean(Eigen::VectorXd& x, Index k) const { return x.segment(this->Each() * k + 1, this->D); }
  Small MeanOf(const Eigen::VectorXd& x, Index k) const
  {
    return x.segment(this->Each() * k + 1, this->D);
  }
  /// L, lower triangular.
  SmallMatrix FactorOf(const Eigen::VectorXd& x, Index k) const;
  void SetFactor(const SmallMatrix& factor, Index k, Eigen::VectorXd& x) const;
  /// The derivative over the entries of the factor as one over the parameters.
  void AddFactor(const SmallMatrix& derivative, const SmallMatrix& factor, Index k,
    Eigen::VectorXd& gradient) const;
  /// The weights, with sum 1.
  std::vector<double> Weights(const Eigen::VectorXd& x) const;

private:
  Index D;
  Index Count;
};

/// The noised samples: what the loss is the mean over.
struct NoisedSamples
{
  Eigen::MatrixXd Points; ///< y + s z
  Eigen::MatrixXd Draws;  ///< z
  Eigen::VectorXd Shares;
  Eigen::VectorXd Noise; ///< s
};

/// Some antithetic pairs for each sample, about 20,000 in all, 4 to 100 for each.
NoisedSamples AddNoise(const FitSamples& samples, std::uint64_t seed);

/// The components, without the noise, in the frame.
std::vector<MixtureComponent> ComponentsOf(
  const Eigen::VectorXd& x, const MixtureLayout& layout, const Eigen::VectorXd& noise);

struct Bell;

/// The denoising loss of MixtureFit.h and its gradient.
///
/// With g = the loss's derivative over the score s, v_k the score of component k and u_k = g . (v_k
/// - s), a change of component k changes the loss by r_k (u_k dq_k + g . dv_k), where q_k is the
/// logarithm of its part of the density. So over its mean that is r (P g - u v), and over its
/// covariance r (u (v v' - P) / 2 - sym(P g v')).
class MixtureLoss
{
public:
  MixtureLoss(const NoisedSamples& noised, const MixtureLayout& layout, const Execution& execution);
  double operator()(const Eigen::VectorXd& x, Eigen::VectorXd& gradient) const;

private:
  /// For each component: the derivatives over the logarithm of its weight, its mean and its
  /// covariance (d by d).
  Index SumSize() const { return this->EachSum() * this->Places.Components(); }
  Index EachSum() const;
  double AddChunk(
    const std::vector<Bell>& bells, Index begin, Index end, Eigen::Ref<Eigen::VectorXd> sums) const;
  void Finish(
    const Eigen::VectorXd& x, const Eigen::VectorXd& sums, Eigen::VectorXd& gradient) const;

  const NoisedSamples& Over;
  const MixtureLayout& Places;
  const Execution& Run;
};
}

#endif
