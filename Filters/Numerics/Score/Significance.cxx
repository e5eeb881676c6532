// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/Significance.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace scorefields
{
double ChiSquareTail(double w, int degreesOfFreedom)
{
  if (!(w > 0.0))
  {
    return 1.0;
  }
  const double half = 0.5 * w;
  if (degreesOfFreedom == 2)
  {
    return std::exp(-half);
  }
  const double tail = std::erfc(std::sqrt(half));
  return degreesOfFreedom == 1 ? tail : tail + 2.0 * std::sqrt(half / Pi) * std::exp(-half);
}

SignificanceTest::SignificanceTest(const GaussianKernel& kernel, double sampleCount)
  : Dimension(kernel.Dimension())
  , LogSizeFactor(std::log(sampleCount) - kernel.LogPeak())
  , Factor(std::exp2(1.0 + 0.5 * kernel.Dimension()))
  , Covariance(kernel.Covariance())
{
}

double SignificanceTest::PValue(double effectiveSampleSize, const Eigen::Vector3d& score) const
{
  const double w = this->Factor * effectiveSampleSize * score.dot(this->Covariance * score);
  return ChiSquareTail(w, this->Dimension);
}

double SignificanceTest::StandardError(double effectiveSampleSize) const
{
  double sum = 0.0;
  for (int axis = 0; axis < 3; ++axis)
  {
    const double variance = this->Covariance(axis, axis);
    sum += variance > 0.0 ? 1.0 / variance : 0.0;
  }
  return std::sqrt(sum / (this->Dimension * this->Factor * effectiveSampleSize));
}

double SignificanceThreshold(
  MultipleTesting method, double level, std::vector<double>& pValues, double tests)
{
  if (method == MultipleTesting::Pointwise || !(tests > 0.0))
  {
    return level;
  }
  const double strictest = level / tests;
  if (method == MultipleTesting::Bonferroni)
  {
    return strictest;
  }
  std::sort(pValues.begin(), pValues.end());
  for (std::size_t k = pValues.size(); k > 0; --k)
  {
    const double allowed = level / (tests - static_cast<double>(k) + 1.0);
    if (pValues[k - 1] <= allowed)
    {
      return pValues[k - 1];
    }
  }
  return strictest;
}
}
