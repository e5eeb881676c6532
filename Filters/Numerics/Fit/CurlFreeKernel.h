// SPDX-License-Identifier: BSD-3-Clause
#ifndef Fit_CurlFreeKernel_h
#define Fit_CurlFreeKernel_h

#include "Numerics/Fit/ScoreBasis.h"

namespace scorefields
{
/// The kernel exponential family with the Gaussian kernel k(r) = exp(-|r|^2 / (2 w^2)): scores that
/// are gradients by construction, in the space of the curl-free kernel
///   Gamma(r) = (I / w^2 - r r' / w^4) k(r) = -grad grad' k.
///
/// With r_i = y - z_i, a score and its log density are
///   s(y)     = sum_i Gamma(r_i) c_i - q_i r_i ((d + 2) / w^4 - |r_i|^2 / w^6) k(r_i)
///   log p(y) = sum_i (r_i . c_i / w^2) k(r_i) - q_i (|r_i|^2 / w^4 - d / w^2) k(r_i)  + constant
/// (the second terms are the gradient of the Laplacian of k, and that Laplacian).
///
/// Source: Sriperumbudur, Fukumizu, Gretton, Hyvarinen, Kumar, "Density estimation in infinite
/// dimensional exponential families", JMLR 18 (2017); Zhou, Shi, Zhu, "Nonparametric score
/// estimators", ICML 2020, section 4.
class CurlFreeModel : public ScoreModel
{
public:
  /// @param centres       z, d by M.
  /// @param coefficients  c, d by M.
  /// @param laplacian     q, M.
  CurlFreeModel(
    Eigen::MatrixXd centres, double width, Eigen::MatrixXd coefficients, Eigen::VectorXd laplacian);

  Potential Knows() const override { return Potential::UpToConstant; }
  void Evaluate(const Eigen::MatrixXd& points, Eigen::MatrixXd& score,
    Eigen::VectorXd* logDensity) const override;
  FitTable Parameters(const FitFrame& frame) const override;

private:
  Eigen::MatrixXd Centres;
  double Width;
  Eigen::MatrixXd Coefficients;
  Eigen::VectorXd Laplacian;
};

/// Of that space, the combinations of Gamma(. - z_m) e_a at M centres (Nystrom's method;
/// Sutherland, Strathmann, Arbel, Gretton, AISTATS 2018). Parameters: d M, those of one centre
/// adjacent.
class CurlFreeBasis : public ScoreBasis
{
public:
  CurlFreeBasis(Eigen::MatrixXd centres, double width);

  QuadraticObjective Zero() const override;
  void Add(const FitSamples& samples, const Eigen::MatrixXd& base, Index begin, Index end,
    QuadraticObjective& objective) const override;
  Eigen::MatrixXd ObjectivesAt(const FitSamples& samples, const Eigen::MatrixXd& base,
    const std::vector<Eigen::MatrixXd>& parameters) const override;
  Eigen::MatrixXd Penalty() const override;
  std::unique_ptr<ScoreModel> Combine(const Eigen::MatrixXd& parameters) const override;

private:
  /// Gamma between centres and a point as d M by d.
  void FillColumns(
    const Eigen::Ref<const Eigen::VectorXd>& point, Eigen::Ref<Eigen::MatrixXd> columns) const;

  Eigen::MatrixXd Centres;
  double Width;
};

/// The minimum over the whole space of
///   sum p_i (|s(y_i) + b_i|^2 / 2 + div s(y_i)) + lambda |s|^2 / 2,
/// which has centres at the samples: with K_ij = Gamma(y_i - y_j), zeta_i = sum_j p_j r_ij ((d + 2)
/// / w^4 - |r_ij|^2 / w^6) k(r_ij) and D the diagonal matrix of the p_i,
///   (K + lambda D^-1) C = zeta - lambda b,  c = C / lambda,  q = p / lambda.
/// @param base  b, the scores of a base density at the samples; or without columns: 0.
/// @throws std::invalid_argument that names Regularization if the matrix is singular to rounding.
/// Memory: (d n)^2 values. Cost: (d n)^3 / 3.
std::unique_ptr<ScoreModel> FitCurlFree(
  const FitSamples& samples, const Eigen::MatrixXd& base, double width, double regularization);
}

#endif
