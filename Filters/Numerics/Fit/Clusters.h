// SPDX-License-Identifier: BSD-3-Clause
#ifndef Fit_Clusters_h
#define Fit_Clusters_h

#include "Numerics/Fit/FitSamples.h"

#include <vector>

namespace scorefields
{
/// Centres of clusters, and the cluster of each sample.
struct Clusters
{
  Eigen::MatrixXd Centres; ///< d by K
  std::vector<Index> Of;   ///< n
};

/// Centres by k-means++ (Arthur, Vassilvitskii 2007), each drawn with a probability in proportion
/// to share and squared distance to those before, and Lloyd's iteration until no sample changes, at
/// most 50 times. Of 20 such starts the one with the least sum of squared distances.
/// @throws std::invalid_argument that names NumberOfComponents if the samples have fewer different
///         places than clusters.
Clusters FindClusters(const FitSamples& samples, Index count, std::uint64_t seed);
}

#endif
