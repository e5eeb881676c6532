// SPDX-License-Identifier: BSD-3-Clause
#ifndef Score_Significance_h
#define Score_Significance_h

#include "Numerics/Base/Enumerations.h"
#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Base/Types.h"

#include <vector>

/// Is the score of a kernel density different from 0, given how few samples it rests on?
///
/// With n samples and kernel covariance H, the effective sample size at x is
///   ESS = n f(x) / K_H(0),
/// and for a true score of 0 the statistic
///   W = 2^(1 + d/2) ESS s'Hs
/// is distributed as chi^2 with d degrees of freedom (Godtliebsen, Marron and Chaudhuri 2002, with
/// the estimate put in for f). The standard error of a component along axis a is
///   1 / sqrt(2^(1 + d/2) ESS H_aa) to leading order for H = diag(h_a^2).
/// It is a statement on the smoothed density f * K_H, not on f: bias is not covered.
namespace scorefields
{
/// P(chi^2_d > w) for d = 1, 2, 3; 1 for w <= 0. Relative error 1e-14 where it is above 1e-300.
double ChiSquareTail(double w, int degreesOfFreedom);

/// The factors of the test for one kernel.
struct SignificanceTest
{
  int Dimension = 0;          ///< 0: not enough is known for a test
  double LogSizeFactor = 0.0; ///< log(n / K_H(0)): log ESS = log f + this
  double Factor = 0.0;        ///< 2^(1 + d/2)
  Eigen::Matrix3d Covariance = Eigen::Matrix3d::Zero();

  SignificanceTest() = default;
  SignificanceTest(const GaussianKernel& kernel, double sampleCount);

  double PValue(double effectiveSampleSize, const Eigen::Vector3d& score) const;
  /// Root of the mean over the active axes of the squared standard errors; infinite without
  /// samples.
  double StandardError(double effectiveSampleSize) const;
};

/// How the level of many tests is shared among them.
enum class MultipleTesting
{
  Pointwise,  ///< each node at the given level: 5 % of the nodes without slope will pass
  Bonferroni, ///< level / number of nodes tested
  Hochberg    ///< step-up: the largest p(k) <= level / (m - k + 1), as R's feature package
};

constexpr const char* NameOf(MultipleTesting value)
{
  switch (value)
  {
    case MultipleTesting::Pointwise:
      return "Pointwise";
    case MultipleTesting::Bonferroni:
      return "Bonferroni";
    case MultipleTesting::Hochberg:
      return "Hochberg";
  }
  return nullptr;
}

/// The p-value up to which a node counts as significant.
/// @param pValues  of the nodes tested that are at most `level`, in any order; reordered.
/// @param tests    m, how many nodes were tested in all.
double SignificanceThreshold(
  MultipleTesting method, double level, std::vector<double>& pValues, double tests);
}

#endif
