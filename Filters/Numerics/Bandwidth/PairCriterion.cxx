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

PairCriterion::PairCriterion(const Locations& locations, Index queries, const Execution& execution)
  : Points(locations)
  , Nearest(queries)
{
  this->Surround(0.0);
  execution.For(queries,
    [&](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        this->Nearest[i] = this->NearestOf(i);
      }
    });
}

void PairCriterion::Surround(double bandwidth) const
{
  // Up to the next power of 2, so that a search does not surround the locations at each step.
  const double limit = bandwidth > 0.0 ? std::exp2(std::ceil(std::log2(bandwidth))) : 0.0;
  if (this->Around.Packed && (limit == this->Around.Bandwidth || !this->Points.Box.IsClosed()))
  {
    return;
  }
  this->Around.Bandwidth = limit; // the wide kernel reaches farthest
  this->Around.Imaged = WithImages(this->Points, ReachOf(std::sqrt(2.0) * limit));
  this->Around.Packed = std::make_unique<PackedLocations>(this->Around.Imaged.All);
}

double PairCriterion::NearestOf(Index i) const
{
  const ImagedLocations& imaged = this->Around.Imaged;
  const Eigen::Vector3d own = this->Points.Points.col(i);
  double nearest = 0.0;
  this->Around.Packed->FindNearest(own.data(), nearest);
  const bool maybeItself = std::any_of(imaged.Images.begin(), imaged.Images.end(),
    [&](const LocationImage& image)
    { return image.OffsetOf(own).squaredNorm() <= nearest * (1.0 + 1e-9); });
  if (!maybeItself)
  {
    return nearest;
  }
  nearest = 1e300;
  for (std::size_t j = 0; j < imaged.Owners.size(); ++j)
  {
    const double squared = (imaged.All.Points.col(static_cast<Index>(j)) - own).squaredNorm();
    nearest = imaged.Owners[j] != i && squared > 0.0 ? std::min(nearest, squared) : nearest;
  }
  return nearest;
}

PairCriterion::OwnSums PairCriterion::SumOwnImages(Index i, double inverse, double shift) const
{
  OwnSums own;
  const double weight = this->Points.Weights[i] - this->Points.Others[i];
  for (const LocationImage& image : this->Around.Imaged.Images)
  {
    const Eigen::Vector3d offset = image.OffsetOf(this->Points.Points.col(i));
    const double squared = offset.squaredNorm();
    if (!(squared > 0.0))
    {
      own.Touching += 1.0;
      continue;
    }
    const double term = weight * std::exp(std::min(0.0, -0.5 * squared * inverse - shift));
    own.Sums.Kernel += term;
    own.Sums.Distance += term * squared;
    Eigen::Map<Eigen::Vector3d>(own.Sums.Offset) += term * offset;
  }
  return own;
}

PackedLocations::Sums PairCriterion::SumOneByOne(Index i, double inverse, double shift) const
{
  PackedLocations::Sums sums;
  const ImagedLocations& imaged = this->Around.Imaged;
  for (std::size_t j = 0; j < imaged.Owners.size(); ++j)
  {
    const auto at = static_cast<Index>(j);
    const Eigen::Vector3d offset = imaged.All.Points.col(at) - this->Points.Points.col(i);
    const double squared = offset.squaredNorm();
    const double weight = imaged.Owners[j] == i ? this->Points.Others[i] : imaged.All.Weights[at];
    if (weight > 0.0 && squared > 0.0)
    {
      const double term = weight * std::exp(std::min(0.0, -0.5 * squared * inverse - shift));
      sums.Kernel += term;
      sums.Distance += term * squared;
      Eigen::Map<Eigen::Vector3d>(sums.Offset) += term * offset;
    }
  }
  return sums;
}

/// The narrow sums leave location i out with its images; the wide ones have its images.
PackedLocations::Sums PairCriterion::SumAround(
  Criterion criterion, double bandwidth, double shift, Index i) const
{
  constexpr double leastShare = 1e-4; // so that taking images away loses four digits at most
  const double inverse = 1.0 / (bandwidth * bandwidth);
  const double* const own = this->Points.Points.col(i).data();
  const double others = this->Points.Others[i];
  PackedLocations::Sums sums;
  if (IsLeastSquares(criterion))
  {
    this->Around.Packed->SumAtTwoBandwidths(own, inverse, sums);
  }
  else
  {
    this->Around.Packed->SumShifted(own, inverse, shift, sums);
  }
  double touching = 0.0;
  if (this->Points.Box.IsClosed())
  {
    const OwnSums images = this->SumOwnImages(i, inverse, shift);
    touching = images.Touching;
    PackedLocations::Sums narrow = sums;
    narrow.Kernel -= images.Sums.Kernel;
    narrow.Distance -= images.Sums.Distance;
    Eigen::Map<Eigen::Vector3d>(narrow.Offset) -=
      Eigen::Map<const Eigen::Vector3d>(images.Sums.Offset);
    if (narrow.Kernel < leastShare * images.Sums.Kernel)
    {
      narrow = this->SumOneByOne(i, inverse, shift);
      narrow.WideKernel = sums.WideKernel;
      narrow.WideDistance = sums.WideDistance;
    }
    sums = narrow;
  }
  sums.Kernel += (1.0 + touching) * others;
  sums.WideKernel += others + touching * this->Points.Weights[i];
  return sums;
}

PairCriterion::Term PairCriterion::TermOf(Criterion criterion, double bandwidth, Index i) const
{
  const double d = this->Points.Dimension;
  const double inverse = 1.0 / (bandwidth * bandwidth);
  const double others = this->Points.Others[i];
  const bool scaled = !IsLeastSquares(criterion) && !(others > 0.0);
  const double shift = scaled ? -0.5 * this->Nearest[i] * inverse : 0.0;
  const PackedLocations::Sums sums = this->SumAround(criterion, bandwidth, shift, i);
  if (criterion == Criterion::LeastSquaresDensity)
  {
    return { sums.Kernel, sums.WideKernel };
  }
  if (criterion == Criterion::LeastSquaresGradient)
  {
    return { (sums.Distance * inverse - d * sums.Kernel) * inverse,
      (0.5 * sums.WideDistance * inverse - d * sums.WideKernel) * 0.5 * inverse };
  }
  if (criterion == Criterion::Likelihood)
  {
    const double weight = this->Points.TotalWeight - this->Points.Weights[i] + others;
    return { -(shift + std::log(sums.Kernel / weight) + LogPeak(this->Points.Dimension, bandwidth)),
      0.0 };
  }
  const double offset = Eigen::Map<const Eigen::Vector3d>(sums.Offset).squaredNorm();
  const double score = std::sqrt(offset) * inverse / sums.Kernel;
  return { (sums.Distance * inverse / sums.Kernel - d) * inverse - 0.5 * score * score, 0.0 };
}

std::vector<PairCriterion::Term> PairCriterion::Terms(
  Criterion criterion, double bandwidth, const Execution& execution) const
{
  this->Surround(bandwidth);
  std::vector<Term> terms(static_cast<std::size_t>(this->Nearest.size()));
  execution.For(this->Nearest.size(),
    [&](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        terms[static_cast<std::size_t>(i)] = this->TermOf(criterion, bandwidth, i);
      }
    });
  return terms;
}

Eigen::ArrayXd PairCriterion::TermsOf(
  Criterion criterion, double bandwidth, const Execution& execution) const
{
  const std::vector<Term> terms = this->Terms(criterion, bandwidth, execution);
  Eigen::ArrayXd values(this->Nearest.size());
  for (Index i = 0; i < values.size(); ++i)
  {
    values[i] = terms[static_cast<std::size_t>(i)].Narrow;
  }
  return values;
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
