// SPDX-License-Identifier: BSD-3-Clause
#ifndef Regions_SampleShares_h
#define Regions_SampleShares_h

#include <utility>
#include <vector>

namespace scorefields
{
/// Regions by the share of the samples in them (Hyndman 1996, "Computing and graphing highest
/// density regions", The American Statistician 50): the level of the region with the share p is the
/// quantile 1 - p of the densities at the samples.
///
/// Between two samples the quantile is linear, and samples i = 1 ... n in ascending order are those
/// of (i - 1) / (n - 1), as in R's quantile (type 7) and so in contourLevels of the package ks.
/// With weights, sample i is the quantile of (the weights up to i, without that of i) / (all
/// weights, without the last).
class SampleShares
{
public:
  /// @param weightedDensities  density and weight of each sample, in any order; weights of 0 do not
  ///                           count. @throws std::invalid_argument if none is left.
  explicit SampleShares(std::vector<std::pair<double, double>> weightedDensities);

  /// The level whose region holds the share, from 0 to 1.
  double LevelOf(double share) const;
  /// The share of the region of a level: 0 above all samples, 1 below them.
  double ShareAbove(double density) const;

private:
  std::vector<double> Densities; ///< ascending
  std::vector<double> Quantiles; ///< of each, from 0 to 1
};
}

#endif
