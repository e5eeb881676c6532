// SPDX-License-Identifier: BSD-3-Clause
#ifndef Modes_ModeSignificance_h
#define Modes_ModeSignificance_h

#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Cloud/Domain.h"
#include "Numerics/Modes/ModePairs.h"

#include <memory>
#include <vector>

namespace scorefields
{
/// How many samples a kernel density f rests on at a place, k(x) = f(x) / (u(x) K0(x)).
///
/// u(x) = sum_i a_i^2 K(x - x_i) / sum_i a_i K(x - x_i) is what one sample weighs there, 1 / n for
/// equal weights, and K0(x) the kernel of a sample at x there, K(0) and the values of its images
/// along closed axes. Each sample adds at most 1 to k.
class SampleCounts
{
public:
  /// @param squares  the density of the same samples with the squares of their weights; null for
  ///                 equal weights.
  /// @param unit     sum a_i^2: 1 / n for equal weights.
  SampleCounts(const GaussianKernel& kernel, const Domain& box,
    std::shared_ptr<const SmoothDensity> squares, double unit);

  /// k at some places.
  /// @param logDensities  of f there.
  std::vector<double> At(const PointsRef& places,
    const Eigen::Ref<const Eigen::VectorXd>& logDensities, const Execution& execution) const;

  /// That of k over its mean, to leading order: 2^(-d/2).
  double Variance() const;

private:
  double LogPeakAt(const Eigen::Vector3d& place) const;

  GaussianKernel Kernel;
  Domain Box;
  std::shared_ptr<const SmoothDensity> Squares;
  double Unit;
};

/// Is a mode more than a bump of chance?
///
/// If the mode is none, the true density, smoothed by the kernel, is at the mode no higher than at
/// the pass to the higher mode. The samples that count at the mode, m, and at the pass, s, then
/// share N = m + s at best evenly (Przyborowski and Wilenski 1940, the comparison of two Poisson
/// counts; with one hypothesis for each pair of neighbouring modes as in Burman and Polonik 2009,
/// "Multivariate mode hunting"). Two bounds of the probability of so large a difference count, of
/// which the smaller is taken. Let e be 1/2, and u_s / (u_m + u_s) where samples weigh u_m and u_s
/// at the two.
///
/// Chernoff's bound of a binomial, for a share q = m / N > e, else 1: each sample adds any part of
/// 1, which is no worse than all or nothing:
///   exp(-N (q log(q / e) + (1 - q) log((1 - q) / (1 - e)))).
/// Bennett's inequality, which knows that the parts of a Gaussian kernel vary less: with
///   t = (1 - e) m - e s,   V = 2^(-d/2) N e (1 - e),   b = max(e, 1 - e),
///   exp(-V / b^2 h(b t / V)),   h(v) = (1 + v) log(1 + v) - v.
/// V is the variance of t to leading order, estimated from N; the largest part of a sample is b.
/// Chernoff's is smaller where few samples count on a line, Bennett's else.
///
/// Modes and passes are sought where chance has put them, so that the bound is multiplied by the
/// number of different places that chance had (Bonferroni),
///   R = sum over the samples of 1 / k(x_i),
/// about the volume where samples are over (2 pi)^(d/2) |H|^(1/2), between 1 and n. So the p-value
/// is about the whole cloud: with a level of 5 %, one cloud in twenty at most should show any mode
/// that the smoothed truth does not have. It does not say whether the smoothing has made or removed
/// modes. The choice of places is not part of the bounds, so that how often it errs is measured:
/// see docs/density-modes.md.
struct ModeCount
{
  double AtMode = 0.0;        ///< m
  double AtPass = 0.0;        ///< s
  double ExpectedShare = 0.5; ///< e
  double Variance = 1.0;      ///< 2^(-d/2)
};

/// R. @param counts  k at samples; for parts of a cloud the sum of theirs.
double DifferentPlaces(const std::vector<double>& counts);

double ModePValue(const ModeCount& count, double places);

/// One per mode; of a mode that meets no other both counts are its own.
std::vector<ModeCount> CountsOfModes(
  const CriticalSet& set, const SampleCounts& counts, const Execution& execution);

/// The p-value of each mode. That of the highest, which every density has, is 0; of another one
/// that meets none, or that no node shows, 1.
/// @param places  R.
std::vector<double> ModePValues(const std::vector<ModeCount>& counts, double places);
}

#endif
