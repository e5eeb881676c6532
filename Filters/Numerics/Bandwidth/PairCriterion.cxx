// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/PairCriterion.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace
{
double LogPeak(int dimension, double bandwidth)
{
  return -dimension * (0.5 * std::log(2.0 * Pi) + std::log(bandwidth));
}
}

bool IsLeastSquares(Criterion criterion)
{
  switch (criterion)
  {
    case Criterion::LeastSquaresDensity:
    case Criterion::LeastSquaresGradient:
      return true;
    case Criterion::Likelihood:
    case Criterion::Hyvarinen:
      return false;
  }
  return false;
}

double LeastSquares(
  Criterion criterion, const Locations& locations, double bandwidth, double narrow, double wide)
{
  const double d = locations.Dimension;
  const double total = locations.TotalWeight;
  const double others = total * total - locations.SquaredWeights;
  const double widePeak = std::exp(LogPeak(locations.Dimension, std::sqrt(2.0) * bandwidth));
  if (criterion == Criterion::LeastSquaresGradient)
  {
    const double own = locations.SquaredWeights * -0.5 * d / (bandwidth * bandwidth) * widePeak;
    return -(wide + own) / (total * total) + 2.0 * narrow / others;
  }
  return (wide + locations.SquaredWeights * widePeak) / (total * total) - 2.0 * narrow / others;
}

PairCriterion::PairCriterion(const Locations& locations, const Execution& execution)
  : Points(locations)
  , Packed(locations)
  , Nearest(locations.Count())
{
  execution.For(locations.Count(),
    [&](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        this->Packed.FindNearest(locations.Points.col(i).data(), this->Nearest[i]);
      }
    });
}

PairCriterion::Term PairCriterion::TermOf(Criterion criterion, double bandwidth, Index i) const
{
  const double d = this->Points.Dimension;
  const double inverse = 1.0 / (bandwidth * bandwidth);
  const double* const own = this->Points.Points.col(i).data();
  const double others = this->Points.Others[i];
  PackedLocations::Sums sums;
  if (IsLeastSquares(criterion))
  {
    this->Packed.SumAtTwoBandwidths(own, inverse, sums);
    sums.Kernel += others;
    sums.WideKernel += others;
    if (criterion == Criterion::LeastSquaresDensity)
    {
      return { sums.Kernel, sums.WideKernel };
    }
    return { (sums.Distance * inverse - d * sums.Kernel) * inverse,
      (0.5 * sums.WideDistance * inverse - d * sums.WideKernel) * 0.5 * inverse };
  }
  const double shift = others > 0.0 ? 0.0 : -0.5 * this->Nearest[i] * inverse;
  this->Packed.SumShifted(own, inverse, shift, sums);
  sums.Kernel += others;
  if (criterion == Criterion::Likelihood)
  {
    const double weight = this->Points.TotalWeight - this->Points.Weights[i] + others;
    return { -(shift + std::log(sums.Kernel / weight) + LogPeak(this->Points.Dimension, bandwidth)),
      0.0 };
  }
  const double offset = sums.Offset[0] * sums.Offset[0] + sums.Offset[1] * sums.Offset[1] +
    sums.Offset[2] * sums.Offset[2];
  const double score = std::sqrt(offset) * inverse / sums.Kernel;
  return { (sums.Distance * inverse / sums.Kernel - d) * inverse - 0.5 * score * score, 0.0 };
}

std::vector<PairCriterion::Term> PairCriterion::Terms(
  Criterion criterion, double bandwidth, const Execution& execution) const
{
  std::vector<Term> terms(static_cast<std::size_t>(this->Points.Count()));
  execution.For(this->Points.Count(),
    [&](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        terms[static_cast<std::size_t>(i)] = this->TermOf(criterion, bandwidth, i);
      }
    });
  return terms;
}

double PairCriterion::Combined(Criterion criterion, double bandwidth, const Term& sum) const
{
  if (!IsLeastSquares(criterion))
  {
    return sum.Narrow / this->Points.TotalWeight;
  }
  const int d = this->Points.Dimension;
  return LeastSquares(criterion, this->Points, bandwidth,
    sum.Narrow * std::exp(LogPeak(d, bandwidth)),
    sum.Wide * std::exp(LogPeak(d, std::sqrt(2.0) * bandwidth)));
}

double PairCriterion::operator()(
  Criterion criterion, double bandwidth, const Execution& execution) const
{
  const std::vector<Term> terms = this->Terms(criterion, bandwidth, execution);
  Term sum;
  for (Index i = 0; i < this->Points.Count(); ++i)
  {
    sum.Narrow += this->Points.Weights[i] * terms[static_cast<std::size_t>(i)].Narrow;
    sum.Wide += this->Points.Weights[i] * terms[static_cast<std::size_t>(i)].Wide;
  }
  return this->Combined(criterion, bandwidth, sum);
}

double PairCriterion::StandardError(
  Criterion criterion, double first, double second, const Execution& execution) const
{
  const std::vector<Term> atFirst = this->Terms(criterion, first, execution);
  const std::vector<Term> atSecond = this->Terms(criterion, second, execution);
  const double total = this->Points.TotalWeight;
  double mean = 0.0;
  double square = 0.0;
  for (Index i = 0; i < this->Points.Count(); ++i)
  {
    // The criterion if every location added what this one does.
    const auto term = static_cast<std::size_t>(i);
    const double difference = this->Combined(criterion, first,
                                { total * atFirst[term].Narrow, total * atFirst[term].Wide }) -
      this->Combined(
        criterion, second, { total * atSecond[term].Narrow, total * atSecond[term].Wide });
    const double share = this->Points.Weights[i] / total;
    mean += share * difference;
    square += share * difference * difference;
  }
  const double variance = std::max(0.0, square - mean * mean);
  const double effective = total * total / this->Points.SquaredWeights;
  return (IsLeastSquares(criterion) ? 2.0 : 1.0) * std::sqrt(variance / effective);
}
}
