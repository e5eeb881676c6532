// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Difference/DifferenceTest.h"

#include "Numerics/Score/Significance.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace
{
/// Both densities in units of exp(Log), which is the larger one.
struct ScaledPair
{
  double Log;
  double A;
  double B;
  double UnitA;
  double UnitB;

  double SamplesA() const { return this->A / this->UnitA; }
  double SamplesB() const { return this->B / this->UnitB; }
  double ExpectedShare() const { return this->UnitB / (this->UnitA + this->UnitB); }
  /// (u_A + u_B) f: what the pooled density adds to the variance of the difference.
  double PooledUnits() const { return this->A * this->UnitB + this->B * this->UnitA; }
};

/// x log(x / expected), 0 for no share.
double Entropy(double share, double expected)
{
  return share > 0.0 ? share * std::log1p((share - expected) / expected) : 0.0;
}

/// A unit weight that rests on few samples, drawn towards that of the whole cloud.
double Steadied(double unitWeight, double sampleSize, double count)
{
  return (sampleSize * unitWeight + SteadySamples / count) / (sampleSize + SteadySamples);
}

/// G^2 for a number of samples in units of exp(Log).
double LikelihoodRatio(const ScaledPair& pair, double logSamples)
{
  const double share = pair.SamplesA() / (pair.SamplesA() + pair.SamplesB());
  const double expected = pair.ExpectedShare();
  const double divergence = Entropy(share, expected) + Entropy(1.0 - share, 1.0 - expected);
  return 2.0 * std::exp(logSamples) * std::max(divergence, 0.0);
}
}

DifferenceTest::DifferenceTest(const GaussianKernel& kernel, const CloudMoments& a,
  const CloudMoments& b, DifferenceStatistic statistic)
  : LogPeak(kernel.LogPeak())
  , LogSquare(kernel.LogPeak() - 0.5 * kernel.Dimension() * std::log(2.0))
  , CountA(a.EffectiveCount())
  , CountB(b.EffectiveCount())
  , Statistic(statistic)
{
}

NodeTest DifferenceTest::At(const NodeSums& sums) const
{
  const double log = std::max(sums.A, sums.B);
  const double squaresA = sums.SquaresA - std::log(this->CountA);
  const double squaresB = sums.SquaresB - std::log(this->CountB);
  ScaledPair pair{ log, std::exp(sums.A - log), std::exp(sums.B - log), std::exp(squaresA - sums.A),
    std::exp(squaresB - sums.B) };
  NodeTest test;
  test.SampleSizeA = std::exp(2.0 * sums.A - squaresA - this->LogPeak);
  test.SampleSizeB = std::exp(2.0 * sums.B - squaresB - this->LogPeak);
  const double difference = pair.A - pair.B;
  const double count = this->CountA + this->CountB;
  if (difference == 0.0 || !(count > 1.0))
  {
    return test;
  }
  const double logSquare = this->LogSquare + std::log(sums.Overlap);
  if (this->Statistic == DifferenceStatistic::Separate)
  {
    const double units = pair.UnitA * pair.A + pair.UnitB * pair.B;
    test.Standardised = difference * std::exp(0.5 * (log - logSquare - std::log(units)));
    return test;
  }
  pair.UnitA = Steadied(pair.UnitA, test.SampleSizeA, this->CountA);
  pair.UnitB = Steadied(pair.UnitB, test.SampleSizeB, this->CountB);
  const double joined = log +
    std::log((this->CountA * std::exp(sums.SquaresA - log) +
               this->CountB * std::exp(sums.SquaresB - log)) /
      count);
  const double meanSquare = logSquare + sums.Narrow;
  const double overlap = std::min(std::exp(2.0 * joined - meanSquare), MostOverlap);
  // log of V / ((u_A + u_B) f).
  const double spread =
    meanSquare - joined + std::log1p(-overlap) + std::log(count / (count - 1.0));
  const double root =
    std::abs(difference) * std::exp(0.5 * (log - spread - std::log(pair.PooledUnits())));
  const double logSamples = std::log(pair.SamplesA() + pair.SamplesB()) + log - spread;
  const double standardised = std::min(root, std::sqrt(LikelihoodRatio(pair, logSamples)));
  test.Standardised = std::copysign(standardised, difference);
  return test;
}

double DifferencePValue(double standardised)
{
  return ChiSquareTail(standardised * standardised, 1);
}
}
