// SPDX-License-Identifier: BSD-3-Clause
#ifndef Comparison_DensityMetrics_h
#define Comparison_DensityMetrics_h

#include "Numerics/Base/Types.h"

#include <array>

namespace scorefields
{
/// A density p and a reference q at the same nodes.
struct ComparedNodes
{
  Index Count = 0;
  /// Length, area or volume that each node stands for; 0 where nothing is compared.
  const double* Measure = nullptr;
  const double* LogDensity = nullptr;   ///< log p, -infinity where p is 0
  const double* LogReference = nullptr; ///< log q
  /// Three each, in 1 / length; null: scores are not compared. Nodes with a score that is not
  /// finite count in no sum over scores.
  const double* Score = nullptr;
  const double* ReferenceScore = nullptr;
  const unsigned char* Class = nullptr; ///< 0 to ComparisonSums::Classes - 1; null: none
};

/// How far p is from q. Integrals are sums over the nodes, each times what the node stands for.
struct DensityMetrics
{
  double Measure = 0.0;         ///< of the nodes that are compared
  double Mass = 0.0;            ///< integral of p
  double ReferenceMass = 0.0;   ///< integral of q
  double KullbackLeibler = 0.0; ///< integral of p log(p / q); infinite if q is 0 where p is not
  double KullbackLeiblerReverse = 0.0; ///< integral of q log(q / p)
  /// Half the Kullback-Leibler divergences of p and of q from their mean; at most log 2.
  double JensenShannon = 0.0;
  double Hellinger = 0.0;       ///< root of half the integral of (sqrt p - sqrt q)^2; at most 1
  double TotalVariation = 0.0;  ///< half the integral of |p - q|; at most 1
  double L2 = 0.0;              ///< root of the integral of (p - q)^2
  double LargestError = 0.0;    ///< largest |p - q|
  double LargestLogError = 0.0; ///< largest |log p - log q| where both are positive

  bool HasScores = false;
  double Fisher = 0.0;        ///< integral of p |s_p - s_q|^2 (no factor 1/2)
  double FisherReverse = 0.0; ///< integral of q |s_p - s_q|^2
  /// Root of the mean of |s_p - s_q|^2 under q, in 1 / length.
  double ScoreRmse = 0.0;
  /// The same over the root of the mean of |s_q|^2 under q, the reference's Fisher information.
  double RelativeScoreRmse = 0.0;
  double LargestScoreError = 0.0;
};

/// What the nodes of one class have.
struct ClassMetrics
{
  double Share = 0.0;     ///< of the measure
  double Mass = 0.0;      ///< integral of q over them, over that of all
  double ScoreRmse = 0.0; ///< as above, over them
  double LargestScoreError = 0.0;
};

/// Sums over nodes, to be added up over the parts of distributed images.
class ComparisonSums
{
public:
  static constexpr int Classes = 8;

  /// Adds nodes. Sums are compensated (Neumaier 1974), so that their order hardly counts.
  void Add(const ComparedNodes& nodes);

  /// What adds up over parts, and what is the largest of them.
  Eigen::VectorXd& Totals() { return this->Sums; }
  Eigen::VectorXd& Maxima() { return this->Largest; }

  DensityMetrics Metrics() const;
  std::array<ClassMetrics, Classes> OfClasses() const;

private:
  class Compensated;
  void AddDensities(const ComparedNodes& nodes, Index node, int ofClass, Compensated& sums);
  void AddScores(const ComparedNodes& nodes, Index node, int ofClass, Compensated& sums);

  enum Total
  {
    Measure,
    Mass,
    ReferenceMass,
    Forward,
    Reverse,
    Shannon,
    Hellinger,
    Variation,
    Squares,
    Fisher,
    FisherReverse,
    ScoredMass,
    Information,
    ScoredNodes,
    FirstOfClass, ///< measure, mass, squares and their mass
    PerClass = 4,
    Totals_ = FirstOfClass + PerClass * Classes
  };
  enum Maximum
  {
    Error,
    LogError,
    ScoreError,
    ScoreErrorOfClass,
    Maxima_ = ScoreErrorOfClass + Classes
  };

  Eigen::VectorXd Sums = Eigen::VectorXd::Zero(Totals_);
  Eigen::VectorXd Largest = Eigen::VectorXd::Zero(Maxima_);
};
}

#endif
