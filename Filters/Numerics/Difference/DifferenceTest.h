// SPDX-License-Identifier: BSD-3-Clause
#ifndef Difference_DifferenceTest_h
#define Difference_DifferenceTest_h

#include "Numerics/Base/Enumerations.h"
#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Cloud/CloudMoments.h"

/// Do two clouds have the same density at a place?
///
/// A and B are kernel densities with one kernel K, covariance H, in d dimensions:
///   f(x) = sum_i a_i K(x - x_i),   the weights a_i of a cloud having the sum 1.
/// Both have the same bias if the true densities are the same, so that the difference A - B is
/// judged by its variance alone.
///
/// The unit weight of a cloud at x is what one of its samples adds there,
///   u(x) = sum_i a_i^2 K(x - x_i) / sum_i a_i K(x - x_i),
/// which is 1 / n for n samples of equal weight. To leading order the variance of f(x) is
///   u f c,   c = integral of K^2 = K(0) 2^(-d/2).
///
/// Separate (Duong 2013, "Local significant differences from nonparametric two-sample tests",
/// J. Nonparametric Statistics 25; R ks::kde.local.test without mean.adj): each cloud has its own
/// variance,
///   Z^2 = (f_A - f_B)^2 / ((u_A f_A + u_B f_B) c).
/// Where one cloud has no sample by chance and the other cloud is much larger, this takes the
/// difference for certain.
///
/// Pooled: the variance that the difference has if both densities are the same. The density is then
/// estimated from both clouds,
///   f = (f_A / u_A + f_B / u_B) / (1 / u_A + 1 / u_B),
/// and, with P the density of the joined clouds (sample i with the weight a_i^2 / (sum a^2)^2 of
/// its cloud, so that all samples are alike if those of each cloud are) and Q the same with the
/// kernel covariance H / 2,
///   V = (u_A + u_B) f (c Q / P) (1 - P^2 / (c Q)) N / (N - 1),   N = n_A + n_B,
/// where n are the effective numbers of samples. c Q = mean K^2 is exact, not to leading order. For
/// samples of equal weight V = (1/n_A + 1/n_B) (mean K^2 - (mean K)^2) N / (N - 1) is the variance
/// of A - B over all ways to deal the N samples to both clouds. P^2 / (c Q) is taken as
/// MostOverlap at most. A unit weight that rests on few samples, s = f / (u K(0)), says little:
/// (s u + SteadySamples / n) / (s + SteadySamples) stands for u, which is u for equal weights.
///
/// Z^2 = (f_A - f_B)^2 / V is also the score test of a binomial: of
///   k = (f_A / u_A + f_B / u_B) (u_A + u_B) f / V   samples,
/// the share s = (f_A / u_A) / (f_A / u_A + f_B / u_B) is from A, where pi = u_B / (u_A + u_B) is
/// expected. The likelihood ratio of that binomial is
///   G^2 = 2 k (s log(s / pi) + (1 - s) log((1 - s) / (1 - pi))),
/// and exp(-G^2 / 2) bounds the probability of a share beyond s (Chernoff). Pooled takes the
/// smaller of both: with clouds of different size Z^2 overstates a surplus of the smaller cloud.
///
/// Near closed boundaries the kernel is the sum of its images, whose squares have cross terms: c is
/// to be multiplied by ImageOverlap.
namespace scorefields
{
enum class DifferenceStatistic
{
  Pooled,
  Separate
};

constexpr const char* NameOf(DifferenceStatistic value)
{
  switch (value)
  {
    case DifferenceStatistic::Pooled:
      return "Pooled variance";
    case DifferenceStatistic::Separate:
      return "Separate variances";
  }
  return nullptr;
}

/// Which samples are from A is a matter of signs if clouds are of equal size: Z is a sum of +-c_i,
/// sum c_i^2 = 1. Its tail is at most this factor above that of the normal distribution, whatever
/// the c_i, and is so where few samples count: five from A and none from B have Z^2 = 5, whose
/// probability is 2 / 32 and not 0.025 (V. Bentkus, D. Dzindzalieta, "A tight Gaussian bound for
/// weighted sums of Rademacher random variables", Bernoulli 21, 2015).
constexpr double SignFactor = 3.179;

constexpr double MostOverlap = 0.9;
constexpr double SteadySamples = 5.0;

/// The logarithms of what both clouds are at a place.
struct NodeSums
{
  double A = 0.0; ///< log f_A
  double B = 0.0; ///< log f_B
  double SquaresA =
    0.0; ///< log of the density with the weights a_i^2 / sum a^2; A for equal weights
  double SquaresB = 0.0;
  double Narrow = 0.0;  ///< log Q; not used for Separate
  double Overlap = 1.0; ///< factor of c at closed boundaries
};

struct NodeTest
{
  /// The root of the statistic, with the sign of f_A - f_B. Standard normal for large samples.
  double Standardised = 0.0;
  double SampleSizeA = 0.0; ///< f_A / (u_A K(0)), about how many samples lie within one bandwidth
  double SampleSizeB = 0.0;
};

class DifferenceTest
{
public:
  DifferenceTest(const GaussianKernel& kernel, const CloudMoments& a, const CloudMoments& b,
    DifferenceStatistic statistic);

  NodeTest At(const NodeSums& sums) const;

private:
  double LogPeak;
  double Square; ///< c / K(0)
  double CountA;
  double CountB;
  DifferenceStatistic Statistic;
};

/// The probability of a standardised difference beyond +-z if both densities are the same: that of
/// the chi-square with one degree of freedom for Separate; for Pooled a bound, SignFactor times
/// that, 1 at most.
double DifferencePValue(double standardised, DifferenceStatistic statistic);
}

#endif
