// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Comparison/DensityMetrics.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
/// Sums with the part that rounding lost beside them.
class ComparisonSums::Compensated
{
public:
  explicit Compensated(Index size)
    : Sum(Eigen::VectorXd::Zero(size))
    , Lost(Eigen::VectorXd::Zero(size))
  {
  }
  void Add(Index entry, double value)
  {
    const double before = this->Sum[entry];
    const double after = before + value;
    if (std::isfinite(after))
    {
      this->Lost[entry] +=
        std::abs(before) >= std::abs(value) ? (before - after) + value : (value - after) + before;
    }
    this->Sum[entry] = after;
  }
  Eigen::VectorXd Total() const { return this->Sum + this->Lost; }

private:
  Eigen::VectorXd Sum;
  Eigen::VectorXd Lost;
};

namespace
{
/// a log(a / b) for logarithms; 0 if a is 0.
double Divergence(double density, double logarithm, double other)
{
  return density > 0.0 ? density * (logarithm - other) : 0.0;
}

double LogOfMean(double one, double other)
{
  const double larger = std::max(one, other);
  return std::isfinite(larger)
    ? larger + std::log1p(std::exp(std::min(one, other) - larger)) - std::log(2.0)
    : larger;
}

void Raise(double& largest, double value)
{
  largest = value > largest ? value : largest;
}

double RootOfRatio(double numerator, double denominator)
{
  return denominator > 0.0 ? std::sqrt(numerator / denominator) : 0.0;
}
}

void ComparisonSums::Add(const ComparedNodes& nodes)
{
  Compensated sums(Totals_);
  for (Index node = 0; node < nodes.Count; ++node)
  {
    const double measure = nodes.Measure[node];
    if (measure > 0.0)
    {
      const int ofClass = nodes.Class ? std::min<int>(nodes.Class[node], Classes - 1) : 0;
      this->AddDensities(nodes, node, ofClass, sums);
      if (nodes.Score && nodes.ReferenceScore)
      {
        this->AddScores(nodes, node, ofClass, sums);
      }
    }
  }
  this->Sums += sums.Total();
}

void ComparisonSums::AddDensities(
  const ComparedNodes& nodes, Index node, int ofClass, Compensated& sums)
{
  const double measure = nodes.Measure[node];
  const double logP = nodes.LogDensity[node];
  const double logQ = nodes.LogReference[node];
  const double p = std::exp(logP);
  const double q = std::exp(logQ);
  const double logMean = LogOfMean(logP, logQ);
  const double roots = std::exp(0.5 * logP) - std::exp(0.5 * logQ);
  const double fromMean = Divergence(p, logP, logMean) + Divergence(q, logQ, logMean);
  sums.Add(Measure, measure);
  sums.Add(Mass, measure * p);
  sums.Add(ReferenceMass, measure * q);
  sums.Add(Forward, measure * Divergence(p, logP, logQ));
  sums.Add(Reverse, measure * Divergence(q, logQ, logP));
  sums.Add(Shannon, 0.5 * measure * fromMean);
  sums.Add(Hellinger, 0.5 * measure * roots * roots);
  sums.Add(Variation, 0.5 * measure * std::abs(p - q));
  sums.Add(Squares, measure * (p - q) * (p - q));
  sums.Add(FirstOfClass + PerClass * ofClass, measure);
  sums.Add(FirstOfClass + PerClass * ofClass + 1, measure * q);
  Raise(this->Largest[Error], std::abs(p - q));
  Raise(this->Largest[LogError], p > 0.0 && q > 0.0 ? std::abs(logP - logQ) : 0.0);
}

void ComparisonSums::AddScores(
  const ComparedNodes& nodes, Index node, int ofClass, Compensated& sums)
{
  const Eigen::Map<const Eigen::Vector3d> score(nodes.Score + 3 * node);
  const Eigen::Map<const Eigen::Vector3d> reference(nodes.ReferenceScore + 3 * node);
  const double squared = (score - reference).squaredNorm();
  if (!std::isfinite(squared))
  {
    return;
  }
  const double p = nodes.Measure[node] * std::exp(nodes.LogDensity[node]);
  const double q = nodes.Measure[node] * std::exp(nodes.LogReference[node]);
  sums.Add(ScoredNodes, 1.0);
  sums.Add(Fisher, p * squared);
  sums.Add(FisherReverse, q * squared);
  sums.Add(ScoredMass, q);
  sums.Add(Information, q * reference.squaredNorm());
  sums.Add(FirstOfClass + PerClass * ofClass + 2, q * squared);
  sums.Add(FirstOfClass + PerClass * ofClass + 3, q);
  Raise(this->Largest[ScoreError], std::sqrt(squared));
  Raise(this->Largest[ScoreErrorOfClass + ofClass], std::sqrt(squared));
}

DensityMetrics ComparisonSums::Metrics() const
{
  const Eigen::VectorXd& sums = this->Sums;
  DensityMetrics metrics;
  metrics.Measure = sums[Measure];
  metrics.Mass = sums[Mass];
  metrics.ReferenceMass = sums[ReferenceMass];
  metrics.KullbackLeibler = sums[Forward];
  metrics.KullbackLeiblerReverse = sums[Reverse];
  metrics.JensenShannon = sums[Shannon];
  metrics.Hellinger = std::sqrt(sums[Hellinger]);
  metrics.TotalVariation = sums[Variation];
  metrics.L2 = std::sqrt(sums[Squares]);
  metrics.LargestError = this->Largest[Error];
  metrics.LargestLogError = this->Largest[LogError];
  metrics.HasScores = sums[ScoredNodes] > 0.0;
  metrics.Fisher = sums[Fisher];
  metrics.FisherReverse = sums[FisherReverse];
  metrics.ScoreRmse = RootOfRatio(sums[FisherReverse], sums[ScoredMass]);
  metrics.RelativeScoreRmse = RootOfRatio(sums[FisherReverse], sums[Information]);
  metrics.LargestScoreError = this->Largest[ScoreError];
  return metrics;
}

std::array<ClassMetrics, ComparisonSums::Classes> ComparisonSums::OfClasses() const
{
  const auto share = [](double part, double whole) { return whole > 0.0 ? part / whole : 0.0; };
  std::array<ClassMetrics, Classes> classes;
  for (int k = 0; k < Classes; ++k)
  {
    const Index row = FirstOfClass + PerClass * k;
    ClassMetrics& metrics = classes[static_cast<std::size_t>(k)];
    metrics.Share = share(this->Sums[row], this->Sums[Measure]);
    metrics.Mass = share(this->Sums[row + 1], this->Sums[ReferenceMass]);
    metrics.ScoreRmse = RootOfRatio(this->Sums[row + 2], this->Sums[row + 3]);
    metrics.LargestScoreError = this->Largest[ScoreErrorOfClass + k];
  }
  return classes;
}
}
