// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/Clusters.h"

#include "Numerics/Base/Random.h"

#include <limits>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace scorefields
{
namespace
{
constexpr std::uint32_t ClusterStep = 0xffffff03U;

/// The squared distance of each sample to the nearest of the first `count` centres.
Eigen::VectorXd DistancesTo(const FitSamples& samples, const Eigen::MatrixXd& centres, Index count,
  std::vector<Index>* nearest)
{
  Eigen::VectorXd distances(samples.Count());
  for (Index i = 0; i < samples.Count(); ++i)
  {
    Index closest = 0;
    distances[i] = (centres.leftCols(count).colwise() - samples.Points.col(i))
                     .colwise()
                     .squaredNorm()
                     .minCoeff(&closest);
    if (nearest)
    {
      (*nearest)[static_cast<std::size_t>(i)] = closest;
    }
  }
  return distances;
}

/// A sample drawn with probabilities in proportion to the given ones.
Index Draw(const Eigen::VectorXd& chances, double uniform)
{
  double left = uniform * chances.sum();
  for (Index i = 0; i < chances.size(); ++i)
  {
    left -= chances[i];
    if (left < 0.0 && chances[i] > 0.0)
    {
      return i;
    }
  }
  Index last = 0;
  chances.maxCoeff(&last);
  return last;
}

/// Centres drawn one after the other.
Eigen::MatrixXd DrawCentres(
  const FitSamples& samples, Index count, std::uint64_t seed, std::uint64_t start)
{
  Eigen::MatrixXd centres(samples.Dimension(), count);
  RandomStream stream(seed, start, ClusterStep);
  Eigen::VectorXd chances = samples.Shares;
  for (Index k = 0; k < count; ++k)
  {
    if (!(chances.maxCoeff() > 0.0))
    {
      std::ostringstream message;
      message << "NumberOfComponents is " << count << "; Input has only " << k
              << " different points. Take at most that many";
      throw std::invalid_argument(message.str());
    }
    centres.col(k) = samples.Points.col(Draw(chances, stream.Uniform()));
    chances = DistancesTo(samples, centres, k + 1, nullptr).cwiseProduct(samples.Shares);
  }
  return centres;
}

/// Puts each centre into the middle of its samples.
void MoveCentres(const FitSamples& samples, Clusters& clusters)
{
  const Index d = samples.Dimension();
  Eigen::MatrixXd sums = Eigen::MatrixXd::Zero(d + 1, clusters.Centres.cols());
  for (Index i = 0; i < samples.Count(); ++i)
  {
    auto sum = sums.col(clusters.Of[static_cast<std::size_t>(i)]);
    sum.head(d) += samples.Shares[i] * samples.Points.col(i);
    sum[d] += samples.Shares[i];
  }
  for (Index k = 0; k < clusters.Centres.cols(); ++k)
  {
    if (sums(d, k) > 0.0)
    {
      clusters.Centres.col(k) = sums.col(k).head(d) / sums(d, k);
    }
  }
}

/// @returns the sum of the squared distances to the centres, each counting its share.
double Improve(const FitSamples& samples, Clusters& clusters)
{
  constexpr int rounds = 50;
  std::vector<Index> before;
  double sum = 0.0;
  for (int round = 0; round < rounds; ++round)
  {
    sum = DistancesTo(samples, clusters.Centres, clusters.Centres.cols(), &clusters.Of)
            .dot(samples.Shares);
    if (before == clusters.Of)
    {
      break;
    }
    before = clusters.Of;
    MoveCentres(samples, clusters);
  }
  return sum;
}
}

Clusters FindClusters(const FitSamples& samples, Index count, std::uint64_t seed)
{
  constexpr std::uint64_t starts = 20;
  Clusters best;
  double least = std::numeric_limits<double>::infinity();
  for (std::uint64_t start = 0; start < starts; ++start)
  {
    Clusters clusters{ DrawCentres(samples, count, seed, start),
      std::vector<Index>(static_cast<std::size_t>(samples.Count())) };
    const double sum = Improve(samples, clusters);
    if (sum < least)
    {
      least = sum;
      best = std::move(clusters);
    }
  }
  return best;
}
}
