// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Difference/DifferenceTest.h"

#include "Numerics/Score/Significance.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace
{
/// Both densities in units of the larger one.
struct ScaledPair
{
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

/// G^2 for a number of samples.
double LikelihoodRatio(const ScaledPair& pair, double samples)
{
  const double share = pair.SamplesA() / (pair.SamplesA() + pair.SamplesB());
  const double expected = pair.ExpectedShare();
  const double divergence = Entropy(share, expected) + Entropy(1.0 - share, 1.0 - expected);
  return 2.0 * samples * std::max(divergence, 0.0);
}

/// exp(x), without computing it for the 0 that equal weights give.
double Ratio(double x)
{
  return x == 0.0 ? 1.0 : std::exp(x);
}
}

DifferenceTest::DifferenceTest(const GaussianKernel& kernel, const CloudMoments& a,
  const CloudMoments& b, DifferenceStatistic statistic)
  : LogPeak(kernel.LogPeak())
  , Square(std::exp2(-0.5 * kernel.Dimension()))
  , CountA(a.EffectiveCount())
  , CountB(b.EffectiveCount())
  , Statistic(statistic)
{
}

NodeTest DifferenceTest::At(const NodeSums& sums) const
{
  const double log = std::max(sums.A, sums.B);
  const double squaresA = Ratio(sums.SquaresA - sums.A);
  const double squaresB = Ratio(sums.SquaresB - sums.B);
  ScaledPair pair{ Ratio(sums.A - log), Ratio(sums.B - log), squaresA / this->CountA,
    squaresB / this->CountB };
  NodeTest test;
  const double scale = std::exp(log - this->LogPeak);
  test.SampleSizeA = scale * pair.SamplesA();
  test.SampleSizeB = scale * pair.SamplesB();
  const double difference = pair.A - pair.B;
  const double count = this->CountA + this->CountB;
  if (difference == 0.0 || !(count > 1.0))
  {
    return test;
  }
  if (this->Statistic == DifferenceStatistic::Separate)
  {
    const double units = this->Square * sums.Overlap * (pair.UnitA * pair.A + pair.UnitB * pair.B);
    test.Standardised = difference * std::sqrt(scale / units);
    return test;
  }
  // P and P^2 / (c Q) in units of exp(log).
  const double joined =
    (this->CountA * squaresA * pair.A + this->CountB * squaresB * pair.B) / count;
  const double overSquare =
    std::exp(2.0 * log - this->LogPeak - sums.Narrow) / (this->Square * sums.Overlap);
  const double overlap = std::min(joined * joined * overSquare, MostOverlap);
  pair.UnitA = Steadied(pair.UnitA, test.SampleSizeA, this->CountA);
  pair.UnitB = Steadied(pair.UnitB, test.SampleSizeB, this->CountB);
  // exp(log) (u_A + u_B) f / V.
  const double precision = joined * overSquare / (1.0 - overlap) * (count - 1.0) / count;
  const double root = std::abs(difference) * std::sqrt(precision / pair.PooledUnits());
  test.Standardised = std::copysign(root, difference);
  if ((difference > 0.0) == (pair.UnitA > pair.UnitB) && pair.UnitA != pair.UnitB)
  {
    const double samples = (pair.SamplesA() + pair.SamplesB()) * precision;
    const double ratio = std::sqrt(LikelihoodRatio(pair, samples));
    test.Standardised = std::copysign(std::min(root, ratio), difference);
  }
  return test;
}

double DifferencePValue(double standardised, DifferenceStatistic statistic)
{
  const double normal = ChiSquareTail(standardised * standardised, 1);
  return statistic == DifferenceStatistic::Pooled ? std::min(SignFactor * normal, 1.0) : normal;
}
}
