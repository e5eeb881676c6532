// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/Normalization.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>

namespace scorefields
{
namespace
{
void RequireConsistent(const Samples& samples)
{
  std::ostringstream message;
  if (samples.Weights.size() != 0 && samples.Weights.size() != samples.Count())
  {
    message << "WeightArray has " << samples.Weights.size() << " values for " << samples.Count()
            << " points; it must have one per point";
    throw std::invalid_argument(message.str());
  }
  if (samples.Count() > 0 && !(samples.TotalWeight > 0.0 && std::isfinite(samples.TotalWeight)))
  {
    message << "The total of WeightArray is " << samples.TotalWeight
            << "; it must be positive and finite";
    throw std::invalid_argument(message.str());
  }
}

/// As a difference of logarithms: the mean of subnormal weights may be no number.
double LogMeanPositiveWeight(const Samples& samples)
{
  if (samples.Weights.size() == 0)
  {
    return 0.0;
  }
  const Index positive = (samples.Weights.array() > 0.0).count();
  return std::log(samples.Weights.sum()) - std::log(static_cast<double>(positive));
}
}

Normalization Normalization::Of(const Samples& samples, const GaussianKernel& kernel)
{
  RequireConsistent(samples);
  return Normalization{ kernel.LogPeak() - std::log(samples.TotalWeight),
    LogMeanPositiveWeight(samples) };
}

Eigen::VectorXd LeaveOneOutFactors(const Samples& samples, const GaussianKernel& kernel)
{
  const Index n = samples.Count();
  Eigen::VectorXd before(n); // weight of the samples before each one
  double sum = 0.0;
  for (Index i = 0; i < n; ++i)
  {
    before[i] = sum;
    sum += samples.Weight(i);
  }
  const double elsewhere = std::max(samples.TotalWeight - sum, 0.0); // a distributed cloud's rest
  Eigen::VectorXd factors(n);
  double after = elsewhere > 1e-9 * sum ? elsewhere : 0.0; // less than that is rounding
  for (Index i = n - 1; i >= 0; --i)
  {
    factors[i] = kernel.LogPeak() - std::log(before[i] + after);
    after += samples.Weight(i);
  }
  return factors;
}
}
