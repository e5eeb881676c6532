// SPDX-License-Identifier: BSD-3-Clause
#ifndef Bandwidth_PairCriterion_h
#define Bandwidth_PairCriterion_h

#include "Numerics/Bandwidth/Bandwidth.h"
#include "Numerics/Bandwidth/LocationImages.h"
#include "Numerics/Bandwidth/PackedLocations.h"
#include "Numerics/Base/Execution.h"

#include <memory>
#include <vector>

namespace scorefields
{
/// Whether terms of a criterion are shared by two locations, so that all pairs can be summed by a
/// spectrum as well (PowerSpectrumCriterion.h).
bool IsLeastSquares(Criterion criterion);

/// The criterion at bandwidth h in the coordinates of the locations, by sums over all pairs.
///
/// i and j are locations, or where points were rounded the points themselves (Locations.h); of
/// points at one location with different weights the mean term is taken.
/// With weights w_i, W = sum w_i, V = sum w_i^2, K_h the isotropic kernel in d dimensions and f_-i
/// the estimate from all locations but i:
///   LeastSquaresDensity:   int f^2 - 2 / (W^2 - V) sum_{i != j} w_i w_j K_h(z_i - z_j)
///   LeastSquaresGradient:  int |grad f|^2 + 2 / (W^2 - V) sum_{i != j} w_i w_j lap K_h(z_i - z_j)
///   Likelihood:            -(1/W) sum_i w_i log f_-i(z_i)
///   Hyvarinen:             (1/W) sum_i w_i (|s_-i|^2 / 2 + lap log f_-i)(z_i)
/// with int f^2 = W^-2 sum_ij w_i w_j K_{sqrt(2) h}(z_i - z_j) and likewise for the gradient. For
/// equal weights the second terms are the means of 2 f_-i(z_i) and 2 lap f_-i(z_i).
/// In a closed box K_h(z_i - z_j) stands for the sum over the images of z_j, as in the estimate
/// itself; f_-i lacks z_i with all its images.
/// Logarithms are of sums scaled by their largest term: outliers do not underflow.
///
/// Sources: Bowman 1984 (least squares); Habbema, Hermans and van den Broek 1974, Duin 1976
/// (likelihood); Hyvarinen 2005 (score matching); Chacon and Duong 2013 (gradient).
/// Error: a few eps, and images that are 1e-12 of the kernel's maximum and less. Cost: O(n^2) per
/// bandwidth times the images within reach, threaded; independent of the number of threads to
/// the bit.
class PairCriterion
{
public:
  /// @param locations  must outlive this object. Cost: O(n^2).
  PairCriterion(const Locations& locations, const Execution& execution)
    : PairCriterion(locations, locations.Count(), execution)
  {
  }
  /// For TermsOf alone, of the first `queries` locations. Cost: O(n queries).
  PairCriterion(const Locations& locations, Index queries, const Execution& execution);
  double operator()(Criterion criterion, double bandwidth, const Execution& execution) const;
  /// What each of the queries adds to Likelihood or Hyvarinen, which are its weighted means.
  Eigen::ArrayXd TermsOf(Criterion criterion, double bandwidth, const Execution& execution) const;
  /// Standard error of the difference of the criterion at two bandwidths, as a mean (twice that for
  /// the least squares criteria, whose terms are shared by two locations) over the locations.
  double StandardError(
    Criterion criterion, double first, double second, const Execution& execution) const;
  /// Squared distances from each location to the nearest other one.
  const Eigen::VectorXd& SquaredNearest() const { return this->Nearest; }

private:
  /// What each location adds: for the least squares criteria the sums at h and sqrt(2) h.
  struct Term
  {
    double Narrow = 0.0;
    double Wide = 0.0;
  };
  /// The locations, and images enough for bandwidths up to this one.
  struct Surroundings
  {
    double Bandwidth = 0.0;
    ImagedLocations Imaged;
    std::unique_ptr<PackedLocations> Packed;
  };
  /// What the images of location i add to the sums around it; those at the location itself are
  /// counted.
  struct OwnSums
  {
    PackedLocations::Sums Sums;
    double Touching = 0.0;
  };
  void Surround(double bandwidth) const;
  double NearestOf(Index i) const;
  PackedLocations::Sums SumAround(
    Criterion criterion, double bandwidth, double shift, Index i) const;
  OwnSums SumOwnImages(Index i, double inverse, double shift) const;
  PackedLocations::Sums SumOneByOne(Index i, double inverse, double shift) const;
  Term TermOf(Criterion criterion, double bandwidth, Index i) const;
  std::vector<Term> Terms(Criterion criterion, double bandwidth, const Execution& execution) const;
  double Combined(Criterion criterion, double bandwidth, const Term& sum) const;

  const Locations& Points;
  mutable Surroundings Around;
  Eigen::VectorXd Nearest;
};

/// The least squares criteria from the sums over pairs
///   kernel(h) = sum_{i != j} w_i w_j K_h and laplacian(h) = sum_{i != j} w_i w_j lap K_h.
/// @param narrow, wide  of the kernel or of its Laplacian, at h and at sqrt(2) h.
double LeastSquares(
  Criterion criterion, const Locations& locations, double bandwidth, double narrow, double wide);
}

#endif
